"""A finding as pictures: the pages that it is about, with its cells outlined and numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingsuan.model import Finding
from mingsuan.places import Place
from mingsuan.reading.pdf.isolated import picture
from mingsuan.reading.pdf.picture import Mark


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a finding with the number by which its picture and its legend name it."""

    number: int
    place: Place
    words: str

    @property
    def is_drawn(self) -> bool:
        """Whether it stands on a page."""
        return self.place.page is not None and self.place.box is not None


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a file as PNG."""

    file: str
    page: int
    png: bytes


def spots(finding: Finding) -> tuple[Spot, ...]:
    """The places of a finding: both sides of the difference, then cells that only a repair names."""
    words: dict[Place, list[str]] = {}
    for side in finding.sides:
        words.setdefault(side.place, []).append(f"{side.label}：{side.text}")
    for repair in finding.repairs:
        words.setdefault(repair.place, []).append(f"改法：{repair.label} {repair.before} → {repair.after}")
    return tuple(Spot(number, place, "；".join(dict.fromkeys(said))) for number, (place, said) in enumerate(words.items(), 1))


def pictures(found: Sequence[Spot], sources: Mapping[str, bytes]) -> tuple[PagePicture, ...]:
    """The pages on which some spots stand, in the order of the spots; `sources` are the PDF files by their names in places.

    Raises:
        UnreadableFile: a file cannot be drawn.
    """
    pages: dict[tuple[str, int], list[Mark]] = {}
    for spot in found:
        if spot.place.page is not None and spot.place.box is not None and spot.place.file in sources:
            pages.setdefault((spot.place.file, spot.place.page), []).append(Mark(spot.number, *spot.place.box))
    return tuple(PagePicture(file, page, picture(sources[file], file, page, marks)) for (file, page), marks in pages.items())

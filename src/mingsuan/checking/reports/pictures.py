"""A finding as pictures: the pages that it is about, with its cells outlined and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mingsuan.checking.telling.cell_names import named
from mingsuan.model import Finding
from mingsuan.places import Place
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.archive import members
from mingsuan.reading.formats.files import contents
from mingsuan.reading.formats.pdf.isolated import picture
from mingsuan.reading.formats.pdf.picture import Mark
from mingsuan.reading.formats.sniff import Kind, sniff
from mingsuan.values import dataclass


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
        words.setdefault(side.place, []).append(f"{named(side.label)}：{side.text}")
    for repair in finding.repairs:
        words.setdefault(repair.place, []).append(f"改法：{named(repair.label)} {repair.before} → {repair.after}")
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


def sources(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The PDF files among some files and in the archives among them, by their names in places.

    Raises:
        UnreadableFile: a file cannot be opened.
    """
    for path in files:
        data = contents(path)
        kind = sniff(data, path.name)
        if kind is Kind.PDF:
            yield path.name, data
        elif kind is Kind.ZIP:
            yield from ((name, inner) for name, inner in members(data, path.name) if _is_pdf(inner, name))


def _is_pdf(data: bytes, name: str) -> bool:
    try:
        return sniff(data, name) is Kind.PDF
    except UnreadableFile:
        return False

"""The pages of the PDF files that findings are about, drawn once each however many findings show them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from mingsuan.checking.personal import personal_places
from mingsuan.checking.reports.pictures import spots
from mingsuan.model import Disclosure, Finding
from mingsuan.reading.document import UnreadableFile
from mingsuan.values import dataclass

MAX_SHEETS = 40
"""Pages that a report carries."""
MAX_BYTES = 3_000_000
"""Bytes of their pictures together; a third more as they stand in the report."""

At = tuple[str, int]
"""File and page."""


@dataclass(frozen=True)
class Sheet:
    """A page as a picture.

    Attributes:
        key: names it within the report.
        width, height: of the page, in points.
        png: the picture, as base64.
    """

    key: str
    width: float
    height: float
    png: str


@dataclass(frozen=True)
class Sheets:
    """The pages that a report carries, and why it does not carry others.

    Attributes:
        left_out: pages beyond the bounds of number and size.
        withheld: pages that print names with numbers, which a report does not repeat.
        problems: why the pages of a file could not be drawn.
    """

    found: Mapping[At, Sheet] = field(default_factory=dict)
    left_out: frozenset[At] = frozenset()
    withheld: frozenset[At] = frozenset()
    problems: tuple[str, ...] = ()


def sheets(findings: Iterable[Finding], disclosure: Disclosure, sources: Mapping[str, bytes]) -> Sheets:
    """The pages with places of findings, those of the first findings first; `sources` are the PDF files by their names in places."""
    from mingsuan.reading.formats.pdf.isolated import facsimiles

    named = _wanted(findings, sources)
    personal = {(place.file, place.page) for place in personal_places(disclosure)} if named else set()
    wanted = [at for at in named if at not in personal]
    found: dict[At, Sheet] = {}
    problems: list[str] = []
    drawn: dict[At, tuple[float, float, bytes]] = {}
    for file in dict.fromkeys(file for file, _ in wanted[:MAX_SHEETS]):
        try:
            for made in facsimiles(sources[file], file, [page for name, page in wanted[:MAX_SHEETS] if name == file]):
                drawn[file, made.page] = (made.width, made.height, made.png)
        except UnreadableFile as error:
            problems.append(str(error))
    spent = 0
    for at in wanted[:MAX_SHEETS]:
        if at in drawn and spent + len(drawn[at][2]) <= MAX_BYTES:
            width, height, png = drawn[at]
            spent += len(png)
            found[at] = Sheet(f"sheet-{len(found) + 1}", width, height, base64.b64encode(png).decode())
    beyond = frozenset(wanted[MAX_SHEETS:]) | frozenset(at for at in drawn if at not in found)
    return Sheets(found, beyond, frozenset(at for at in named if at in personal), tuple(problems))


def _wanted(findings: Iterable[Finding], sources: Mapping[str, bytes]) -> Sequence[At]:
    places = (spot.place for finding in findings for spot in spots(finding) if spot.is_drawn)
    return list(dict.fromkeys((p.file, p.page) for p in places if p.page is not None and p.file in sources))

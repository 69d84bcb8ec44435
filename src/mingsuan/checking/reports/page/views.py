"""The parts of a page that a finding is about: strips around its cells, under the headings of the table, and the page as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.checking.reports.page.excerpts import Excerpts
from mingsuan.checking.reports.page.sheets import At, Sheet, Sheets
from mingsuan.checking.reports.pictures import Spot
from mingsuan.checking.summary import Summary
from mingsuan.model import Table
from mingsuan.places import Place
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.values import dataclass

ABOVE, BELOW = 34.0, 26.0
"""Points shown above and below the cells."""
SNAP = 16.0
"""Points by which that is stretched or cut to whole rows."""
SIDE = 14.0
"""Points shown beside a table."""
MARGIN = 0.06
"""Part of the page's width that is left out on either side where no table says how wide to show it."""
HEADINGS = 130.0
"""Points that the headings of a table take at most; taller ones are not shown above a strip."""
TAG = 11.0
"""Points that a tag is high."""
MAX_STRIPS = 4
"""Strips of one page; further places are on the whole page only."""


@dataclass(frozen=True)
class Mark:
    """An outline around a cell and its number."""

    number: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def tag_top(self) -> float:
        """Where the tag with the number begins: it stands on the outline, or hangs from it at the top of the page."""
        above = self.top - 2.4 - TAG
        return above if above >= 0 else self.bottom + 2.4


@dataclass(frozen=True)
class Strip:
    """A part of a page with its marks."""

    box: Box
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class View:
    """What a finding shows of one page.

    Attributes:
        where: the page, with its file where the report is about several.
    """

    where: str
    sheet: Sheet
    strips: tuple[Strip, ...]
    marks: tuple[Mark, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """Numbers of the places that it shows."""
        return frozenset(mark.number for mark in self.marks)

    @property
    def whole(self) -> Strip:
        """All of the page with all the marks."""
        return Strip(Box(0.0, 0.0, self.sheet.width, self.sheet.height), self.marks)


def views(found: Sequence[Spot], sheets: Sheets, excerpts: Excerpts, counts: Summary) -> tuple[View, ...]:
    """The pages of some places that the report carries, in the order of the places; `counts` say how to call them."""
    by_page: dict[At, list[Spot]] = {}
    for spot in found:
        at = (spot.place.file, spot.place.page or 0)
        if spot.is_drawn and at in sheets.found:
            by_page.setdefault(at, []).append(spot)
    return tuple(_view(at, on_page, sheets.found[at], excerpts, counts) for at, on_page in by_page.items())


def _view(at: At, found: Sequence[Spot], sheet: Sheet, excerpts: Excerpts, counts: Summary) -> View:
    marks = tuple(Mark(spot.number, *spot.place.box) for spot in found if spot.place.box is not None)
    table = next((t for spot in found if (t := excerpts.table_at(spot.place)) is not None), None)
    left, right = _sides(marks, sheet, _across(table, at[1]) if table else None)
    edges = _edges(table, at[1]) if table else ()
    strips = [Strip(Box(left, _snapped(top, edges), right, _snapped(bottom, edges)), held) for top, bottom, held in _clusters(marks, sheet)]
    heading = _headings(table, sheet, left, right) if table and table.place.page == at[1] and strips else None
    if heading is not None and heading.box.bottom < strips[0].box.top:
        strips.insert(0, heading)
    elif heading is not None and heading.box.top < strips[0].box.top:
        strips[0] = Strip(strips[0].box._replace(top=heading.box.top), strips[0].marks)
    return View(counts.where(Place(*at)), sheet, tuple(strips[:MAX_STRIPS]), marks)


def _sides(marks: Sequence[Mark], sheet: Sheet, across: tuple[float, float] | None) -> tuple[float, float]:
    """From where to where a page is shown: the width of the table, or of what a page usually prints, and all the marks."""
    lefts = [m.left for m in marks] + [across[0] if across else sheet.width * MARGIN]
    rights = [m.right for m in marks] + [across[1] if across else sheet.width * (1 - MARGIN)]
    return max(0.0, min(lefts) - SIDE), min(sheet.width, max(rights) + SIDE)


def _across(table: Table, page: int) -> tuple[float, float] | None:
    """From where to where a table goes on a page, which may be one on which it is continued."""
    if table.place.page == page and table.place.box:
        return table.place.box[0], table.place.box[2]
    boxes = [c.place.box for row in table.rows for c in row.cells.values() if c.place.page == page and c.place.box is not None]
    return (min(b[0] for b in boxes), max(b[2] for b in boxes)) if boxes else None


def _clusters(marks: Sequence[Mark], sheet: Sheet) -> Iterator[tuple[float, float, tuple[Mark, ...]]]:
    """Top and bottom of the strips around marks that stand close together, from top to bottom."""
    held: list[Mark] = []
    for mark in sorted(marks, key=lambda m: m.top):
        if held and mark.top - ABOVE > max(m.bottom for m in held) + BELOW:
            yield *_extent(held, sheet), tuple(held)
            held = []
        held.append(mark)
    if held:
        yield *_extent(held, sheet), tuple(held)


def _edges(table: Table, page: int) -> Sequence[float]:
    """Where the rows of a table begin and end on a page."""
    boxes = [c.place.box for row in table.rows for c in row.cells.values() if c.place.page == page and c.place.box is not None]
    return sorted({edge for _, top, _, bottom in boxes for edge in (top, bottom)})


def _snapped(edge: float, edges: Sequence[float]) -> float:
    """The nearest edge of a row, so that no line of print is cut through; the same where none is near."""
    nearest = min(edges, key=lambda one: abs(one - edge), default=edge)
    return nearest if abs(nearest - edge) <= SNAP else edge


def _extent(held: Sequence[Mark], sheet: Sheet) -> tuple[float, float]:
    return max(0.0, min(m.top for m in held) - ABOVE), min(sheet.height, max(m.bottom for m in held) + BELOW)


def _headings(table: Table, sheet: Sheet, left: float, right: float) -> Strip | None:
    """The column headings of a table that begins on the page: from its top to its first row."""
    box = table.place.box
    tops = [c.place.box[1] for row in table.rows[:1] for c in row.cells.values() if c.place.box and c.place.page == table.place.page]
    if box is None or not tops or not 0 < min(tops) - box[1] <= HEADINGS:
        return None
    return Strip(Box(left, max(0.0, box[1] - 2), right, min(sheet.height, min(tops) + 1)))

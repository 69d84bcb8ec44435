"""A page → its tables and the lines outside them: the physical layer of one page."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.reading.formats.pdf.alignment import aligned_in_frame, aligned_tables
from mingsuan.reading.formats.pdf.crossing import Web, webs
from mingsuan.reading.formats.pdf.crowding import parted
from mingsuan.reading.formats.pdf.drawing import Drawing, Piece, drawing
from mingsuan.reading.formats.pdf.filling import Table, filled
from mingsuan.reading.formats.pdf.frame import Frame, frame_of
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.lattice import Lattice, lattice
from mingsuan.reading.formats.pdf.limits import MAX_RULES
from mingsuan.reading.formats.pdf.lines import Line, lines
from mingsuan.reading.formats.pdf.opening import Page, opened_page, opened_text
from mingsuan.reading.formats.pdf.rules import joined
from mingsuan.reading.formats.pdf.runs import Run, Writing, writing
from mingsuan.values import dataclass

_TWO = 2
_NOTHING = Writing((), 0, 0, True)


@dataclass(frozen=True)
class PageLayout:
    """What stands on a page.

    Attributes:
        number: page, counted from 1.
        frame: how the page is held for reading; all places are those of the page held so.
        tables: its tables from top to bottom.
        lines: printed lines outside them, from top to bottom.
        characters: number of characters that are seen.
        unknown: number of those that the file gives no meaning.
        hidden: number of characters that are in the file and not seen.
        pictured: share of the page that images cover.
        paths: number of paths that are seen.
        whole: nothing was left out because of the bounds.
    """

    number: int
    frame: Frame
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]
    characters: int
    unknown: int
    hidden: int
    pictured: float
    paths: int
    whole: bool

    @property
    def width(self) -> float:
        """Width of the page as it is read."""
        return self.frame.held.width

    @property
    def height(self) -> float:
        """Height of the page as it is read."""
        return self.frame.held.height


def page_layout(document: int, number: int) -> PageLayout | None:
    """Read a page of an open document, None where it is damaged."""
    with opened_page(document, number) as page:
        if page is None:
            return None
        drawn = drawing(page)
        with opened_text(page) as text:
            written = writing(page, text, drawn.within) if text else _NOTHING
        return _layout(page, drawn, written)


def _layout(page: Page, drawn: Drawing, written: Writing) -> PageLayout:
    level, upright = joined(drawn.level, seams=True), joined(drawn.upright)
    runs = written.runs
    frame = frame_of(runs, page.width, page.height)
    if frame.turn:
        runs = tuple(map(frame.run, runs))
        level, upright = frame.rules(level, upright)
    drawable = len(level) + len(upright) <= MAX_RULES
    tables, outside = _tables(level, upright, runs) if drawable else ([], list(runs))
    return PageLayout(
        number=page.number,
        frame=frame,
        tables=tuple(sorted(tables, key=_top)),
        lines=tuple(lines(outside)),
        characters=sum(len(run.text) for run in runs),
        unknown=written.unknown,
        hidden=written.hidden,
        pictured=_share(drawn.images, page.box),
        paths=drawn.paths,
        whole=drawn.whole and written.whole and drawable,
    )


def _top(table: Table) -> tuple[float, float]:
    return table.lattice.ys[0], table.lattice.xs[0]


def _share(images: Sequence[Box], page: Box) -> float:
    """Share of a page that images cover, at most all of it."""
    seen = [image.meets(page) for image in images]
    return min(1.0, sum(box.width * box.height for box in seen) / (page.width * page.height))


def _tables(level: Sequence[Piece], upright: Sequence[Piece], runs: Sequence[Run]) -> tuple[list[Table], list[Run]]:
    """Ruled tables first, then those that only alignment shows in what is left."""
    found = [(web, grid) for web in webs(level, upright) if (grid := lattice(web)) is not None]
    tables, outside = _filled([_refined(web, grid, runs) for web, grid in found], runs)
    ruled = {rule for web, _ in found for rule in web.level}
    loose = [rule for rule in level if rule not in ruled]
    more = aligned_tables(loose, outside, [table.lattice.box for table in tables])
    if not more:
        return tables, outside
    further, outside = _filled(more, outside)
    return tables + further, outside


def _refined(web: Web, grid: Lattice, runs: Sequence[Run]) -> Lattice:
    """A frame without inner upright rules may hold a table that is set by alignment, one without level rules rows that are."""
    return parted(grid, runs) if grid.columns >= _TWO else aligned_in_frame(grid.box, web.level, runs) or grid


def _filled(grids: Sequence[Lattice], runs: Sequence[Run]) -> tuple[list[Table], list[Run]]:
    """Tables with their text and the runs outside; what rules enclose beside tables (boxes, charts, keys of charts) is no table."""
    grids = sorted((g for g in grids if g.rows * g.columns >= _TWO), key=_area)
    tables, outside = filled(grids, runs)
    real = [table.lattice for table in tables if _is_table(table)]
    if len(real) < len(grids):
        return filled(real, runs)
    return tables, outside


def _area(grid: Lattice) -> float:
    return grid.box.width * grid.box.height


def _is_table(table: Table) -> bool:
    grid = table.lattice
    texts = sum(1 for text in table.texts.values() if text)
    return texts >= _TWO or (texts == 1 and grid.rows >= _TWO and grid.columns >= _TWO)

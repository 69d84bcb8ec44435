"""How other tools read the tables of a page, in the terms of ../shared/gold/pages: grids of all distinct edges with merged cells as spans.

A tool is asked as its own documentation shows, for ruled tables and with its usual settings.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

NEAR = 2.0
"""Points within which two edges are one."""


class Found(NamedTuple):
    """A cell that a tool found: its box in points, y growing downwards, and its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Peer(NamedTuple):
    """A tool.

    Attributes:
        name: what it is called.
        module: what is imported.
        read: reads all tables of a file, or of some pages of it (counted from 1), and says how many pages that were.
        tables: the tables of one page, as cells.
        every: it is quick enough to read all pages.
        does: what `read` reads.
    """

    name: str
    module: str
    read: Callable[[Path, Sequence[int] | None], int]
    tables: Callable[[Path, int], Iterator[list[Found]]]
    every: bool
    does: str


def grid(cells: Sequence[Found]) -> dict[str, Any]:
    """The grid of all distinct edges of a table's cells."""
    xs, ys = _edges(x for c in cells for x in (c.left, c.right)), _edges(y for c in cells for y in (c.top, c.bottom))
    rows, columns = max(1, len(ys) - 1), max(1, len(xs) - 1)
    texts = [[""] * columns for _ in range(rows)]
    spans = []
    for cell in cells:
        left, right, top, bottom = _at(xs, cell.left), _at(xs, cell.right) - 1, _at(ys, cell.top), _at(ys, cell.bottom) - 1
        texts[min(top, rows - 1)][min(left, columns - 1)] += cell.text
        if (top, left) != (bottom, right):
            spans.append([top, left, bottom, right])
    return {"grid": texts, "spans": spans}


def _edges(values: Iterable[float]) -> list[float]:
    """Distinct edges, each the first of those near it."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _at(edges: Sequence[float], value: float) -> int:
    after = bisect_left(edges, value)
    near = [n for n in (after - 1, after) if 0 <= n < len(edges)]
    return min(near, key=lambda n: abs(edges[n] - value))


def _plumber(path: Path, pages: Sequence[int] | None, *, text: bool) -> int:
    import pdfplumber

    with pdfplumber.open(path, pages=list(pages) if pages else None) as document:
        for page in document.pages:
            if text:
                page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def _plumber_tables(path: Path, number: int) -> Iterator[list[Found]]:
    import pdfplumber

    with pdfplumber.open(path, pages=[number]) as document:
        for table in document.pages[0].find_tables():
            rows = zip(table.rows, table.extract(), strict=True)
            yield [Found(*box, text or "") for row, texts in rows for box, text in zip(row.cells, texts, strict=True) if box is not None]


def _module(name: str) -> Any:
    """A module that is not looked into by type checkers, which trip over it."""
    return import_module(name)


def _tablers(path: Path, pages: Sequence[int] | None) -> int:
    tablers = _module("tablers")

    with tablers.Document(str(path)) as document:
        numbers = range(document.page_count) if pages is None else [number - 1 for number in pages]
        for number in numbers:
            tablers.find_tables(document.get_page(number), extract_text=True)
        return len(numbers)


def _tablers_tables(path: Path, number: int) -> Iterator[list[Found]]:
    tablers = _module("tablers")

    with tablers.Document(str(path)) as document:
        for table in tablers.find_tables(document.get_page(number - 1), extract_text=True):
            boxes: list[tuple[tuple[float, float, float, float], str]] = [(cell.bbox, cell.text) for cell in table.cells]
            yield [Found(*box, text) for box, text in boxes]


def _camelot(path: Path, pages: Sequence[int] | None) -> int:
    return len(list(_camelot_read(path, pages or [1]))) if pages else 0


def _camelot_read(path: Path, pages: Sequence[int]) -> Iterator[list[Any]]:
    import warnings

    camelot = _module("camelot")
    _module("cv2").setNumThreads(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for page in pages:
            yield list(camelot.read_pdf(str(path), pages=str(page), flavor="lattice", suppress_stdout=True))


def _camelot_tables(path: Path, number: int) -> Iterator[list[Found]]:
    for table in next(_camelot_read(path, [number])):
        yield [_joined(table.cells, corner) for corner in _corners(table.cells)]


def _corners(cells: Sequence[Sequence[Any]]) -> Iterator[tuple[int, int]]:
    """Positions that no neighbour to the left or above is open to."""
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            open_left = column > 0 and not cell.left and not line[column - 1].right
            open_top = row > 0 and not cell.top and not cells[row - 1][column].bottom
            if not open_left and not open_top:
                yield row, column


def _joined(cells: Sequence[Sequence[Any]], corner: tuple[int, int]) -> Found:
    """A cell with those to its right and below that no edge parts from it."""
    row, column = corner
    right, bottom = column, row
    while right + 1 < len(cells[row]) and not cells[row][right].right and not cells[row][right + 1].left:
        right += 1
    while bottom + 1 < len(cells) and not cells[bottom][column].bottom and not cells[bottom + 1][column].top:
        bottom += 1
    text = "".join(cells[r][c].text for r in range(row, bottom + 1) for c in range(column, right + 1))
    first, last = cells[row][column], cells[bottom][right]
    return Found(first.x1, -first.y2, last.x2, -last.y1, text)


PEERS = (
    Peer("pdfplumber", "pdfplumber", lambda path, pages: _plumber(path, pages, text=True), _plumber_tables, True, "文字和表格"),
    Peer("pdfplumber（只读表格）", "pdfplumber", lambda path, pages: _plumber(path, pages, text=False), _plumber_tables, True, "表格"),
    Peer("tablers", "tablers", _tablers, _tablers_tables, True, "表格"),
    Peer("camelot", "camelot", _camelot, _camelot_tables, False, "表格"),
)
ONE_CORE: Mapping[str, str] = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


def is_installed(peer: Peer) -> bool:
    """Whether a tool is there."""
    return find_spec(peer.module) is not None


def one_core() -> None:
    """Keep this process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

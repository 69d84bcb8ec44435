"""The tables of a DOCX: rows, cells and merges as Word shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from lxml import etree

from mingsuan.reading.formats.grids import MAX_COLUMNS
from mingsuan.reading.formats.wordml import GONE, MAX_DEPTH, TBL, TC, TCPR, TR, TRPR, VAL, P, W, is_on, properties_of, whole

MAX_WIDTH = 32_000
"""Width of the widest column that Word makes, in twentieths of a point."""
NEAR = 30
"""Distance of two edges in twentieths of a point below which no one sees two."""
_GRID_SPAN, _VERTICAL, _ACROSS = (W + tag for tag in ("gridSpan", "vMerge", "hMerge"))


def rows_of(table: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """The shown rows of a table, also inside content controls."""
    for element in table if depth <= MAX_DEPTH else ():
        if element.tag == TR:
            properties = element.find(TRPR)
            deleted = properties is not None and properties.find(W + "del") is not None
            if not deleted and not is_on(properties, "hidden"):
                yield element
        elif element.tag not in GONE and element.tag != TBL:
            yield from rows_of(element, depth + 1)


def cells_of(row: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """The cells of a row, also inside content controls."""
    for element in row if depth <= MAX_DEPTH else ():
        if element.tag == TC:
            yield element
        elif element.tag not in GONE and element.tag not in (TBL, P):
            yield from cells_of(element, depth + 1)


def edges(table: etree._Element) -> Callable[[int], int]:
    """The number of an edge of a table's raster, where edges nearer than `NEAR` are one: converters round the same edge differently."""
    raster = table.find(W + "tblGrid")
    widths = [whole(column.get(W + "w"), most=MAX_WIDTH) for column in raster] if raster is not None else []
    numbers = list(accumulate((width >= NEAR for width in widths[:MAX_COLUMNS]), initial=0))
    return lambda edge: numbers[edge] if edge < len(numbers) else numbers[-1] + edge - len(numbers) + 1


def extent(cell: etree._Element) -> tuple[int, str]:
    """Columns that a cell spans, and its part in a merge: "restart", "continue", "across" or none."""
    wide, merge = 1, ""
    properties = properties_of(cell, TCPR)
    for said in properties if properties is not None else ():
        tag = said.tag
        if tag == _GRID_SPAN:
            wide = max(1, whole(said.get(VAL)))
        elif tag == _VERTICAL:
            merge = "restart" if said.get(VAL) == "restart" else "continue"
        elif tag == _ACROSS and said.get(VAL) == "continue":
            merge = merge or "across"
    return wide, merge

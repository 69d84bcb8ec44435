"""The grids of a PDF as plain data, for `mingsuan grids` and for comparison with other readers."""

from __future__ import annotations

from typing import TypedDict

from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.page import PageLayout
from mingsuan.reading.formats.pdf.reader import layouts


class GridData(TypedDict):
    """A physical grid.

    `box` is left, bottom, right, top in points from the lower left corner of the page as it is shown; `spans` are merged cells as
    first row, first column, last row, last column, counted from 0, inclusive; their text stands in their top left position.
    """

    page: int
    box: list[float]
    rows: int
    cols: int
    grid: list[list[str]]
    spans: list[list[int]]


def grids(data: bytes, name: str, page: int | None = None) -> list[GridData]:
    """The grids of a PDF, of all pages or one, in reading order.

    Raises:
        UnreadableFile: it is encrypted or damaged.
    """
    pages, _ = layouts(data, name, page)
    return [grid for found in pages if found is not None for grid in _of_page(found)]


def _of_page(page: PageLayout) -> list[GridData]:
    return [
        GridData(
            page=page.number,
            box=_from_below(page.frame.shown(table.lattice.box), page.frame.height),
            rows=table.lattice.rows,
            cols=table.lattice.columns,
            grid=[list(row) for row in table.grid],
            spans=[list(span) for span in table.spans],
        )
        for table in page.tables
    ]


def _from_below(box: Box, height: float) -> list[float]:
    return [round(value, 1) for value in (box.left, height - box.bottom, box.right, height - box.top)]

"""What a document holds, in the shape in which tests compare it."""

from __future__ import annotations

from mingsuan.reading.document import Document, Grid, Paragraph


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def headings(document: Document) -> list[int | None]:
    return [block.heading for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def table(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def tables(document: Document) -> list[list[list[str]]]:
    return [table(grid) for grid in grids(document)]

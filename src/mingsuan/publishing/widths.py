"""How wide columns must be, and the page and type on which a table fits."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from mingsuan.patterns import regex
from mingsuan.publishing.publication import Grid, Paper, Sheet, Tile

PORTRAIT = Paper("A4", 595.3, 841.9, 62.0)
LANDSCAPE = Paper("A4", 841.9, 595.3, 45.0)
LARGE = Paper("A3", 1190.6, 841.9, 45.0)
LARGEST, SMALLEST = 10.5, 4.5
"""Type sizes of tables, in points: 五号, and what can just be read."""
_UPRIGHT, _ACROSS = 8.5, 6.5
"""Below these sizes a table is printed on a page with a longer measure."""
_PAD = 1.1
"""Ems of white at the sides of a cell."""
_NAME, _PROSE = 13.0, 22.0
"""Ems at which names, and longer texts, are broken into lines."""
_HEADING = 4.0
"""Ems at which headings of columns are broken."""
_LONG = 40
"""Ems from which a text is no name."""
_PITCH = 1.5
"""Lines of a cell, in ems."""
_ROW = 1.95
"""Ems that a row of one line takes, its white included."""
_AROUND = 185.0
"""Points of a page's height that margins, title and the line over a table take."""
_LEAST_SQUEEZE = 0.8
"""Share of its size down to which type is made smaller for the last rows' sake."""
_MOST_OF_PAGE = 0.6
"""Share of the page's height up to which a cell is kept on one page."""
_WORD = regex(r"[!-~]+")


def ems(text: str) -> float:
    """Width of a text in ems: Chinese characters one, others a little more than half."""
    return sum(1.0 if east_asian_width(c) in "WFA" else 0.58 for c in text)


def widths(tiles: Sequence[Tile], count: int, header: int = 0) -> tuple[float, ...]:
    """Widths of `count` columns, in ems: amounts and codes in one line, texts broken."""
    found = [2.0] * count
    for tile in tiles:
        if tile.columns == 1:
            found[tile.column] = max(found[tile.column], _PAD + _needed(tile, header))
    for tile in tiles:
        if tile.columns > 1:
            _widen(found, tile, _PAD + _needed(tile, header))
    return tuple(round(width, 2) for width in found)


def _needed(tile: Tile, header: int) -> float:
    natural = ems(tile.text)
    unbroken = max((ems(word) for word in _WORD.findall(tile.text)), default=0.0)
    if tile.amount is not None:
        return natural
    limit = _HEADING if tile.row < header else _PROSE if natural > _LONG else _NAME
    return max(min(natural, limit), min(unbroken, _LONG))


def _widen(found: list[float], tile: Tile, needed: float) -> None:
    """Give the columns below a wide tile what it needs more than they have, evenly."""
    span = range(tile.column, tile.column + tile.columns)
    lacking = needed - sum(found[n] for n in span)
    if lacking > 0:
        for n in span:
            found[n] += lacking / tile.columns


def height(text: str, wide: float, size: float) -> float:
    """Height in points that a text takes in type of a size, broken into lines some ems wide."""
    return _lines(text, wide) * size * _PITCH


def _lines(text: str, wide: float) -> int:
    return max(1, -(-round(10 * ems(text)) // round(10 * max(2.0, wide - _PAD))))


def unbroken(tile: Tile, sheet: Sheet) -> bool:
    """Whether a tile is short enough to be kept on one page."""
    return height(tile.text, _across(tile, sheet), sheet.size) < _MOST_OF_PAGE * sheet.paper.height


def openings(sheet: Sheet, tiles: Sequence[Tile]) -> list[tuple[int, int]]:
    """First row and number of the rows that tiles of many rows need for their text, those that overlap joined.

    Rows are taken to be of one line, and one more is added: estimates err. What would fill most of a page is left out.
    """
    joined: list[tuple[int, int]] = []
    for tile in sorted(tiles, key=lambda t: t.row):
        first, end = tile.row, tile.row + min(tile.rows, _lines(tile.text, _across(tile, sheet)) + 1)
        if joined and first < joined[-1][1]:
            begun, other = joined.pop()
            first, end = begun, max(end, other)
        joined.append((first, end))
    tall = _row_heights(sheet)
    return [(first, end - first) for first, end in joined if sum(tall[first:end]) < _MOST_OF_PAGE * sheet.paper.height]


def _across(tile: Tile, sheet: Sheet) -> float:
    """Width of a tile as printed, in ems."""
    scale = sheet.paper.measure / sum(sheet.grid.widths) / sheet.size
    return scale * sum(sheet.grid.widths[tile.column : tile.column + tile.columns])


def _row_heights(sheet: Sheet) -> list[float]:
    """Estimated heights of the rows of a grid, in points."""
    return [sheet.size * (_ROW + _PITCH * (count - 1)) for count in row_lines(sheet)]


def row_lines(sheet: Sheet) -> list[int]:
    """How many lines the rows of a grid take, as far as can be told without setting them."""
    return _row_lines(sheet.grid, sheet.paper.measure / sum(sheet.grid.widths) / sheet.size)


def _row_lines(grid: Grid, scale: float) -> list[int]:
    lines = [1] * grid.height
    for tile in grid.tiles:
        if tile.rows == 1:
            wide = scale * sum(grid.widths[tile.column : tile.column + tile.columns])
            lines[tile.row] = max(lines[tile.row], _lines(tile.text, wide))
    return lines


def fitting(grid: Grid) -> tuple[Paper, float]:
    """The page and the size of type on which a grid fits: upright if it can be read so, else across, else twice as large."""
    total = sum(grid.widths)
    for paper, least in ((PORTRAIT, _UPRIGHT), (LANDSCAPE, _ACROSS), (LARGE, SMALLEST)):
        size = paper.measure / total
        if size >= least:
            return paper, squeezed(grid, paper, min(size, LARGEST))
    return LARGE, SMALLEST


def squeezed(grid: Grid, paper: Paper, size: float) -> float:
    """A size of type, a little smaller where that spares a page with only the last rows of a table."""
    lines = _row_lines(grid, paper.measure / sum(grid.widths) / size)
    tall = sum(_ROW + _PITCH * (count - 1) for count in lines)
    fits = (paper.height - _AROUND) / tall
    return round(fits if _LEAST_SQUEEZE * size <= fits < size else size, 1)

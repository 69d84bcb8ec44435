"""Where a thing stands in a published file, so that whatever is shown can be clicked back to its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from mingsuan.patterns import regex
from mingsuan.values import dataclass

_ADDRESS = regex(r"([A-Z]{1,4})(\d{1,8})")
_LAST = float("inf")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: a page and box, or a sheet and cell, or lines and columns (all 1-based).

    Attributes:
        file: name of the file as the user gave it (never an absolute path of a machine).
        page: page of a paged format.
        box: left, top, right, bottom in points from the upper left corner of the page as it is shown; on the first page of several.
        sheet: name of a worksheet.
        cell: address in a worksheet, "B7", or range, "A3:F20".
        line: line of a text file; in Word files and web pages, where each paragraph and each row of a table is one, its running number.
        column: column of a table; for text files the tab-separated field.
        end_line: last line, where the thing covers several.
        table: number of a table on its page or, where there are no pages, in its file.
        row: row of such a table.
        end_row: last row, where the thing covers several.
        end_page: last page, where the thing covers several.
    """

    file: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    table: int | None = None
    row: int | None = None
    end_row: int | None = None
    end_page: int | None = None

    def __str__(self) -> str:
        """The place in Chinese, as findings print it."""
        parts: list[str] = []
        if self.page is not None:
            parts.append(f"第{_span(self.page, self.end_page)}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”{self.cell or ''}")
        if self.table is not None:
            parts.append(f"第{self.table}个表")
        elif self.line is not None:
            parts.append(f"第{_span(self.line, self.end_line)}行")
        if self.row is not None:
            parts.append(f"第{_span(self.row, self.end_row)}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        return "".join(parts) or self.file

    @property
    def of_row(self) -> Place:
        """The row of the table, or the line, that a cell stands in."""
        row = self.row
        if self.cell is not None:
            row = _corners(self.cell)[0][0]
        return replace(self, box=None, cell=None, column=None, row=row, end_row=None, end_page=None, end_line=None)

    @property
    def order(self) -> tuple[float, ...]:
        """Sorts the places of one file, or of one worksheet, as they are read; what stands nowhere comes last."""
        left, top, *_ = self.box or (_LAST, _LAST)
        row, column = _corners(self.cell)[0] if self.cell is not None else (self.line or self.row or _LAST, self.column or 0)
        return (self.page or _LAST, top, left, row, column)


NOWHERE = Place()
"""The place of what was not read from a file."""


def extent(places: Iterable[Place]) -> Place:
    """From the first to the last of some places of one file, which are given in order: rows of a table, of one sheet or of some pages."""
    known = list(places)
    if not known:
        return NOWHERE
    first, last = known[0], known[-1]
    one_table = (first.page, first.table) == (last.page, last.table)
    return Place(
        file=first.file,
        page=first.page,
        box=_around([p.box for p in known if p.page == first.page and p.box is not None]),
        sheet=first.sheet,
        cell=_range([p.cell for p in known if p.sheet == first.sheet and p.cell is not None]),
        line=first.line,
        end_line=last.end_line or last.line,
        table=first.table,
        row=first.row if one_table else None,
        end_row=(last.end_row or last.row) if one_table else None,
        end_page=_different(last.end_page or last.page, first.page),
    )


def rows_named(places: Iterable[Place]) -> str:
    """The rows or lines of some cells in Chinese: 第12、14行, 第3个表第4、6行."""
    rows = list(dict.fromkeys(place.of_row for place in places))
    named = []
    for table, group in groupby(rows, lambda place: replace(place, line=None, row=None)):
        numbers = "、".join(str(place.row or place.line) for place in group)
        words = str(table) if table.page or table.sheet or table.table else ""
        named.append(f"{words}第{numbers}行")
    return "，".join(named)


def _span(first: int, last: int | None) -> str:
    return f"{first}—{last}" if last and last != first else str(first)


def _different(number: int | None, other: int | None) -> int | None:
    return number if number != other else None


def _around(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float] | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _corners(cell: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last row and column of an address or range, (0, 0) twice for what is none."""
    found = [(int(row), _column(letters)) for letters, row in _ADDRESS.findall(cell)] or [(0, 0)]
    return found[0], found[-1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _range(cells: list[str]) -> str | None:
    """The range that some cells of a sheet span."""
    corners = [corner for cell in cells for corner in _corners(cell)]
    if not corners:
        return None
    top, bottom = min(row for row, _ in corners), max(row for row, _ in corners)
    left, right = min(column for _, column in corners), max(column for _, column in corners)
    first, last = f"{_letters(left)}{top}", f"{_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"

"""The names of a worksheet's cells: B7, AB."""

from __future__ import annotations

from functools import lru_cache

from mingsuan.patterns import regex

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Rows and columns that a worksheet has at most."""
_ADDRESS = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})\Z")


def address(row: int, column: int) -> str:
    """The name of a position, "B7"."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The name of a column, "AB"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_of(named: str | None, following: int) -> int:
    """The column that a cell names, or the one after the cell before it."""
    letters = named.rstrip("0123456789") if named else ""
    return _column(letters) if 0 < len(letters) < 4 and letters.isascii() and letters.isalpha() else following


def position_of(cell: str) -> tuple[int, int] | None:
    """Row and column, from 0, of an address like B7; None where it is none within a sheet."""
    match = _ADDRESS.match(cell)
    if match is None:
        return None
    row, column = int(match[2]) - 1, _column(match[1])
    return (row, column) if 0 <= row < MOST_ROWS and column < MOST_COLUMNS else None

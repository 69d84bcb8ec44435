"""Last year's figures from last year's compiled budget, so that nobody types them again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingsuan.compiling.book import Book, Figure
from mingsuan.compiling.lines import PLANNED
from mingsuan.places import Place

if TYPE_CHECKING:
    from mingsuan.compiling.bundle import Bundle

_KEPT = (PLANNED, "机关运行经费")
"""Measures that the narrative compares with last year's."""


class WrongYearError(ValueError):
    """The compiled budget is not of the year before; the message says of which it is."""


def with_last_year(book: Book, last: Bundle) -> Book:
    """The book with last year's lines in place of its own figures of that year.

    Raises:
        WrongYearError: the compiled budget is of another year.
    """
    year = book.year - 1
    if last.disclosure.year != year:
        raise WrongYearError(f"上年数据是{last.disclosure.year}年的，应为{year}年的。请换成上年编制的数据。")
    at = Place(f"{year}年编制的数据")
    lines = [line for line in last.ledger.lines if line.year == "0" and line.measure in _KEPT]
    taken = tuple(Figure.of(line, year, at=at) for line in lines)
    return replace(book, figures=(*(f for f in book.figures if f.year != year), *taken))

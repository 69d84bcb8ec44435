"""Tables whose own cells show that the columns they were read in are not the printed ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingsuan.indicators.listing import family
from mingsuan.model import CellKind, Table
from mingsuan.patterns import regex

GROWN_TOGETHER = 2
"""Cells with two contents from which a table's columns have run together: one is a slip of the pen."""
_PRINTED = r"-?\d[\d,]*\.\d\d"
_AMOUNT = regex(_PRINTED)
_SHORT, _DIGIT = regex(r"-?\d[\d,]*\.\d?"), regex(r"\d{1,2}")
_BEGINS = r"[一二三四五六七八九十]+、\D+|(?:本年|上年|收入|支出|年终|结转)\D+"
_ENDS = r"合计|总计|小计|\D{4,}[局委厅处室院部]"
_TWO = regex(rf"{_PRINTED}(?:{_PRINTED}|{_BEGINS})|(?:{_ENDS}){_PRINTED}")
"""An amount beside another, or beside the name of a line: what two columns of one printed line hold."""


def misshapen(table: Table) -> bool:
    """Whether columns of a table ran together, its amounts broke over two lines, or an untitled one counts what its form does not.

    Without a title a form is taken by the words of the header alone, so that they must name every column with amounts.
    """
    if family(table.kind):
        return False
    if sum(_TWO.fullmatch(text) is not None for text in _texts(table)) >= GROWN_TOGETHER or _broken(table) >= GROWN_TOGETHER:
        return True
    unknown = [c.path for c in table.columns if c.form is None and c.kind is CellKind.AMOUNT]
    return not table.title and any(_AMOUNT.fullmatch(row.text(path)) for row in table.rows for path in unknown)


def _broken(table: Table) -> int:
    """How many amounts lack a decimal that stands alone on the line below (2983.0 over 9)."""
    paths = [c.path for c in table.columns if c.kind is CellKind.AMOUNT]
    return sum(
        _SHORT.fullmatch(above.text(path)) is not None and _DIGIT.fullmatch(below.text(path)) is not None
        for above, below in pairwise(table.rows)
        for path in paths
    )


def _texts(table: Table) -> Iterator[str]:
    return (cell.text for row in table.rows for cell in row.cells.values())

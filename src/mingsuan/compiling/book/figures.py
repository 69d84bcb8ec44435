"""Figures of other years and measures, stated as they are, and why they changed."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from mingsuan.compiling.book.money import THIS_YEAR
from mingsuan.ledger import Line
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of another year, or of another measure, stated as it is; "" on an axis means not told.

    Last year's published or compiled budget is entered so, and this year's measures that are no sums of the book's lines.

    Attributes:
        year: calendar year.
        measure: 年初预算, 项目总金额, 机关运行经费, 政府采购 … A figure of the fiscal year's own 年初预算 is refused: that is what
            people, quotas and cost lines give.
        unit: code of a unit, or of the department where units are not told apart.
        use: 支出 or 结转.
    """

    year: int
    unit: str
    amount: Decimal
    fund: str
    measure: str = "年初预算"
    origin: str = THIS_YEAR
    use: str = "支出"
    kind: str = ""
    function: str = ""
    department: str = ""
    government: str = ""
    project: str = ""
    post: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)

    @classmethod
    def of(cls, line: Line, year: int, note: str = "", at: Place = NOWHERE) -> Figure:
        """A line of a ledger as a figure of a year."""
        return cls(
            year,
            line.unit,
            line.amount,
            line.fund,
            line.measure,
            line.origin,
            line.use,
            line.kind,
            line.function,
            line.department,
            line.government,
            line.project,
            line.post,
            note,
            at,
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure of the narrative changed against last year, by the item of `compiling.telling.sections.REASONS` (收入, 公务接待费 …)."""

    item: str
    text: str
    at: Place = field(default=NOWHERE, compare=False)

"""Projects, what they cost, and what is to be reached."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal

from mingsuan.compiling.book.money import THIS_YEAR, in_cents
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class BookProject:
    """A project; what it costs is the sum of its `CostLine`s.

    Attributes:
        code: unique in the book.
        unit: code of the unit that spends.
        kind: node of the dialect's tree of kinds below 项目.
        usage: 资金用途 (业务类 …).
        duty: the duty of the department's post plan that it serves (三定方案职责).
        overview: 项目概况.
        basis: 立项依据, the policy that it rests on.
        necessity, measures, schedule: 必要性, 保障措施, 实施计划, where the forms print them.
        last_budget, last_spent: last year's, in 元; None where there was no such project. What is left is their difference.
        total: 项目总金额 over all its years, in 元; None where it is not asked for.
        last_total: the same as it was stated last year.
        total_goal: 项目总目标.
        goal: this year's 绩效目标 in words.
        reason: why it changes against last year.
        service: of this year's amount, what buys services from society (政府购买服务), in 元.
        assets: of this year's amount, what buys assets, in 元.
        start, end: planned dates.
    """

    code: str
    name: str
    unit: str
    kind: str
    usage: str = ""
    duty: str = ""
    overview: str = ""
    basis: str = ""
    necessity: str = ""
    measures: str = ""
    schedule: str = ""
    last_budget: Decimal | None = None
    last_spent: Decimal | None = None
    total: Decimal | None = None
    last_total: Decimal | None = None
    total_goal: str = ""
    goal: str = ""
    reason: str = ""
    service: Decimal = Decimal(0)
    assets: Decimal = Decimal(0)
    start: date | None = None
    end: date | None = None
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class CostLine:
    """A sub-item of a project's costing: quantity × price × times × times (16人×260元×8天×12月).

    Attributes:
        project: code of the project.
        item: what it is for; lines of one item are its parts.
        year: calendar year that the money is needed in: the fiscal year or one of the two after it.
        quantity, quantity_unit: 16, 人.
        price: 元 for each; negative for a deduction.
        times, times_unit, again, again_unit: further factors, 8 天 and 12 月; 1 and "" where there are none.
        department, function, government, fund, origin: as for `PayLine`; the government class follows the unit's nature.
    """

    project: str
    item: str
    year: int
    quantity: Decimal
    price: Decimal
    department: str
    function: str
    fund: str
    origin: str = THIS_YEAR
    quantity_unit: str = ""
    times: Decimal = Decimal(1)
    times_unit: str = ""
    again: Decimal = Decimal(1)
    again_unit: str = ""
    government: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def amount(self) -> Decimal:
        """In 元: the product of all factors."""
        return in_cents(self.quantity * self.price * self.times * self.again)


@dataclass(frozen=True, slots=True)
class Target:
    """A performance target: of a project, or of the whole department where `project` is "".

    Attributes:
        first, second, third: names of the three levels.
        value: ≥98%, 4000本, 健全.
        explanation: 指标值说明 or 度量单位, whatever the form prints beside it.
    """

    project: str
    first: str
    second: str
    third: str
    value: str
    explanation: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Task:
    """One of the year's main tasks (年度主要任务)."""

    name: str
    content: str
    at: Place = field(default=NOWHERE, compare=False)

"""The content of an input workbook as frozen values: what a department has in hand before there is a budget.

A book holds no table cells. It holds people with pay standards, quotas, cost lines, last year's lines, counts and words; everything
that is published follows from them (`compiling.lines`). All money is in 元 and exact; years are calendar years; codes are strings.
Every record knows the row that it was read from (`at`), which takes no part in comparison. A record's `note` is the officer's own
remark; what `lift` inferred says so there (`INFERRED`).
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.ledger import Line
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass

CENT = Decimal("0.01")
"""Amounts of a book are whole 分: a product of people, standard and months is rounded to it, half away from zero."""
INFERRED = "推定"
"""What the note of a record begins with whose figures were inferred, not stated."""
STAGES = ("一上", "一下", "二上", "二下")
"""The two-up-two-down procedure in order: proposal, control figures, draft budget, approval."""
THIS_YEAR = "本年"
"""The origin of money of the fiscal year."""


def in_cents(value: Decimal) -> Decimal:
    """An amount in 元 rounded to 分."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Department:
    """The department as a whole.

    Attributes:
        code: its units' codes begin with it (003 ⊃ 003001).
        region: province and city, 河南省郑州市.
        goal: 年度履职目标, for the form of the whole department's targets.
        transfers: whether it manages special transfers to counties; None where the officer has not said.
        stock_date: the day on which vehicles and equipment were counted.
        by_unit: whether tables by class are printed unit by unit; None for the dialect's usual way, which is so.
        narrowed: whether notes that narrow a table to part of what its title says are printed under it; usually not.
    """

    code: str = ""
    name: str = ""
    region: str = ""
    goal: str = ""
    transfers: bool | None = None
    stock_date: date | None = None
    by_unit: bool | None = None
    narrowed: bool | None = None
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BookUnit:
    """A budget unit.

    Attributes:
        nature: 行政, 参公 or 事业.
        own_books: False where another unit keeps its money (财务不独立).
    """

    code: str
    name: str
    nature: str = "行政"
    own_books: bool = True
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the officer's own words under a heading of `compiling.sections`: 主要职责, 机构设置, 名词解释 …

    Several passages of one heading are its paragraphs in order.
    """

    heading: str
    text: str
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PostCount:
    """Posts and people of a unit by the nature of the posts.

    Attributes:
        posts: 编制.
        staff: 在职.
        retired: 离退休.
    """

    unit: str
    nature: str
    posts: int = 0
    staff: int = 0
    retired: int = 0
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PayLine:
    """People of one unit and post nature who are paid one item: a line of 人员经费.

    Attributes:
        nature: of the posts, 行政, 参公 or 事业; it decides the government class.
        item: the officer's name of it (基本工资).
        department: department economic class, five digits.
        function: function class, seven digits (five where the dialect's year has no deeper one).
        people: 人数.
        standard: 元 per person and month (or per person, with one month).
        months: how often it is paid.
        government: government economic class where it is not the one of the official correspondence, "" where it is.
        fund, origin: nodes of the dialect's trees.
        kind: node of the tree of kinds, 人员经费 as a rule.
    """

    unit: str
    nature: str
    item: str
    department: str
    function: str
    people: Decimal
    standard: Decimal
    months: Decimal
    fund: str
    origin: str = THIS_YEAR
    government: str = ""
    kind: str = "人员经费"
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def amount(self) -> Decimal:
        """In 元: people × standard × months."""
        return in_cents(self.people * self.standard * self.months)


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A quota of one unit: a line of 公用经费.

    Attributes:
        item: the officer's name of it (办公费).
        basis: 按人, 按车, 按面积 or 定额.
        quantity: heads, vehicles, square metres; 1 for a fixed amount.
        standard: 元 a year for each.
        nature: 行政, 参公 or 事业 of what is kept running; "" for the unit's.
        kind: 公用经费, or a kind of the dialect that is neither basic nor a project (单位预留机动经费).
        department, function, government, fund, origin: as for `PayLine`.
    """

    unit: str
    item: str
    basis: str
    quantity: Decimal
    standard: Decimal
    department: str
    function: str
    fund: str
    origin: str = THIS_YEAR
    government: str = ""
    nature: str = ""
    kind: str = "公用经费"
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def amount(self) -> Decimal:
        """In 元: quantity × standard."""
        return in_cents(self.quantity * self.standard)


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Money that is carried into next year (年终结转): it has a source and no use yet."""

    unit: str
    fund: str
    amount: Decimal
    origin: str = THIS_YEAR
    function: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Holding:
    """Vehicles by use, equipment above a value, buildings.

    Attributes:
        category: 车辆, 设备 or 房屋.
        item: 一般公务用车, 单价50万元以上通用设备 …
        count: how many there are.
        measure: 辆, 台（套）, 平方米.
        to_buy: how many the budget buys.
    """

    unit: str
    category: str
    item: str
    count: Decimal
    measure: str
    to_buy: Decimal = Decimal(0)
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


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
class PurchaseLine:
    """An item of government procurement; it is part of what quotas and cost lines already pay for.

    Attributes:
        project: code of the project that pays, "" where basic expenditure does.
        item: 采购项目.
        sort: 货物, 工程 or 服务.
        catalogue: 采购目录.
        spec: 规格.
        quantity, quantity_unit: how much of it.
        amount: in 元.
        reserved: reserved for small and medium firms, in 元.
        reserved_small: of that, for small and micro firms, in 元.
    """

    unit: str
    item: str
    sort: str
    amount: Decimal
    function: str
    fund: str
    project: str = ""
    catalogue: str = ""
    spec: str = ""
    quantity: Decimal = Decimal(1)
    quantity_unit: str = ""
    reserved: Decimal = Decimal(0)
    reserved_small: Decimal = Decimal(0)
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Part of a project's money of this year that is passed to a county or district, in 元."""

    project: str
    county: str
    amount: Decimal
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


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
    """Why a figure of the narrative changed against last year, by the item of `compiling.sections.REASONS` (收入, 公务接待费 …)."""

    item: str
    text: str
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BudgetStage:
    """A stage of the procedure that is done: one of `STAGES`, when, and under which document."""

    name: str
    day: date | None = None
    document: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StageFigure:
    """An amount of a stage, in 元: proposed (一上, 二上), a limit (一下) or approved (二下).

    It covers the fiscal year's spending of a unit (or the department) under a kind, a project or all, from a fund or all.
    """

    stage: str
    unit: str
    amount: Decimal
    kind: str = ""
    project: str = ""
    fund: str = ""
    note: str = ""
    at: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Book:
    """A department's budget as it is put together.

    Attributes:
        year: the fiscal year.
        dialect: name of the dialect that its disclosure follows.
    """

    year: int = 0
    dialect: str = ""
    department: Department = field(default_factory=Department)
    units: tuple[BookUnit, ...] = ()
    passages: tuple[Passage, ...] = ()
    posts: tuple[PostCount, ...] = ()
    people: tuple[PayLine, ...] = ()
    quotas: tuple[QuotaLine, ...] = ()
    carried: tuple[CarryOut, ...] = ()
    holdings: tuple[Holding, ...] = ()
    projects: tuple[BookProject, ...] = ()
    costs: tuple[CostLine, ...] = ()
    purchases: tuple[PurchaseLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    reasons: tuple[Reason, ...] = ()
    stages: tuple[BudgetStage, ...] = ()
    limits: tuple[StageFigure, ...] = ()

"""What a department spends on people and on itself, what it buys, passes on and carries into next year."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from mingsuan.compiling.book.money import THIS_YEAR, in_cents
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


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

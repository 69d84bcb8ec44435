"""Who a department is and what it has: units, posts and people, holdings, its own words."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal

from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


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
    """A paragraph of the officer's own words under a heading of `compiling.telling.sections`: 主要职责, 机构设置, 名词解释 …

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

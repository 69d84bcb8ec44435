"""Who a department is and what it does: what a form prints beside amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from functools import cached_property

from mingsuan.dialects.names import plain
from mingsuan.ledger import Ledger
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator with its target.

    Attributes:
        levels: names from the first level to the third.
        target: what is to be reached, as printed (≥98%, 4000本, 健全).
        note: what the form prints beside the target.
    """

    levels: tuple[str, str, str]
    target: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A budget unit of the department.

    Attributes:
        nature: 行政, 参公 or 事业.
        own_books: False where its money is kept by another unit.
    """

    code: str
    name: str
    nature: str = "行政"
    own_books: bool = True


@dataclass(frozen=True, slots=True)
class RosterProject:
    """A project, or a task of a form whose rows are tasks.

    Attributes:
        code: what ledger lines call it.
        unit: code of its unit.
        kind: node of the tree of kinds.
        texts: what forms print of it beside amounts, by the label that they print it under.
    """

    code: str
    name: str
    unit: str
    kind: str
    aims: tuple[Aim, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Purchase:
    """An item of procurement; its ledger lines have the measure 政府采购 and its name (采购项目) as their project."""

    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Holding:
    """A count of the department's stock: posts, people, vehicles by use."""

    item: str
    value: Decimal
    unit: str
    total: str | None = None


@dataclass(frozen=True)
class Roster:
    """A department.

    Attributes:
        code: of the department; the codes of its units begin with it.
        region: province and city.
        texts: what forms print of the department, by label.
        tasks: (name, what it is) of the yearly main tasks.
        aims: indicators of the whole department.
    """

    code: str
    name: str
    units: tuple[RosterUnit, ...]
    projects: tuple[RosterProject, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    stock: tuple[Holding, ...] = ()
    region: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[tuple[str, str], ...] = ()
    aims: tuple[Aim, ...] = ()

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """Names of the department and its units by code."""
        return {self.code: self.name, **{u.code: u.name for u in self.units}}

    def known_as(self, ledger: Ledger) -> Mapping[str, str]:
        """What a reader of the printed tables can know a project by, for each code that the ledger names it by.

        That is its name, with the unit where several units have a project of the name (`dialects.meaning`).
        """
        names = {p.code: plain(p.name) for p in self.projects}
        shared = {name for name in names.values() if list(names.values()).count(name) > 1}
        owners = {p.code: p.unit for p in self.projects}
        return {
            code: f"{names[code]}@{owners[code]}" if names[code] in shared else names[code]
            for code in {line.project for line in ledger.lines}
            if code in names
        }

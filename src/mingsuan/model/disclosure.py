"""One published document, or the files that together make it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum

from mingsuan.model.claims import Claim
from mingsuan.model.tables import Table
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


class Stage(StrEnum):
    """What is disclosed."""

    BUDGET = "budget"
    FINAL_ACCOUNT = "final_account"
    PERFORMANCE_DECLARATION = "performance_declaration"


class Scope(StrEnum):
    """Whether a department with all its units or one unit discloses."""

    DEPARTMENT = "department"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the narrative.

    Attributes:
        title: the heading, white space removed (a part keeps one between 第一部分 and its name). A numbered paragraph that heads
            others (1、某项目经费100万元，……) has as title its words before the first figure or stop.
        kind: meaning of the section in the dialect's words (`duties`, `revenue_note`, `glossary` …), None if unknown.
        level: depth of the heading, 1 for 第一部分, 0 for text before any heading.
        place: where the heading stands.
        text: the paragraphs below it that belong to no section further down, one per line, those that a page break cut joined again.
            A numbered paragraph that heads others is also the first line of its own text.
        path: headings from the top, joined by "/".
        origins: offsets in `text` at which a source line begins, with its place, in order.
    """

    title: str
    kind: str | None
    level: int
    place: Place
    text: str = ""
    path: str = ""
    origins: tuple[tuple[int, Place], ...] = ()

    def place_at(self, offset: int) -> Place:
        """The source line that the character of `text` at `offset` comes from."""
        position = bisect_right(self.origins, offset, key=lambda origin: origin[0])
        return self.origins[position - 1][1] if position else self.place


@dataclass(frozen=True, slots=True)
class StockFact:
    """A count as of a date: posts, people, vehicles by use, equipment above a value, buildings."""

    item: str
    value: Decimal | None
    unit: str
    year: int | None
    place: Place = NOWHERE
    total: str | None = None
    """The item that this one is a part of, if any (一般公务用车 ⊂ 车辆)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the narrative lists."""

    name: str
    own_books: bool = True
    """False where the document says 财务不独立."""
    place: Place = NOWHERE


OTHER_TEXT = "另一份公开文本"
"""What is unrecognised where a file holds several public texts, of which the first alone is read."""


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """Something found in the file that could not be given a meaning, and why."""

    what: str
    why: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Disclosure:
    """A department or unit, a fiscal year, a stage, and what was published of it."""

    department: str | None = None
    region: str | None = None
    year: int | None = None
    stage: Stage = Stage.BUDGET
    scope: Scope = Scope.DEPARTMENT
    dialect: str | None = None
    tables: tuple[Table, ...] = ()
    claims: tuple[Claim, ...] = ()
    sections: tuple[Section, ...] = ()
    stock: tuple[StockFact, ...] = ()
    units: tuple[Unit, ...] = ()
    contents: tuple[str, ...] = field(default=())
    """Titles that the document's own list of contents names, tables included."""
    unrecognised: tuple[Unrecognised, ...] = ()

    def of_kind(self, kind: str) -> tuple[Table, ...]:
        """The tables of one kind in the order of the document."""
        return tuple(t for t in self.tables if t.kind == kind)

    def with_table(self, index: int, table: Table) -> Disclosure:
        """A copy in which one table is another."""
        tables = list(self.tables)
        tables[index] = table
        return replace(self, tables=tuple(tables))

"""What an office says shows that its targets were reached: the content of its evidence file."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from mingsuan.performance.evidence.evidence import Value
from mingsuan.performance.evidence.period import Period
from mingsuan.values import dataclass


class Cause(StrEnum):
    """What a deviation comes from; the words are those of 财预〔2019〕136号."""

    MONEY = "经费保障"
    RULES = "制度保障"
    PEOPLE = "人员保障"
    EQUIPMENT = "硬件条件保障"
    OTHER = "其他"


class Chance(StrEnum):
    """How likely a target will be reached by the end of the year; the words are those of 财预〔2019〕136号."""

    CERTAIN = "确定能"
    POSSIBLE = "有可能"
    NO = "完全不可能"


class Money(StrEnum):
    """Sources of a project's money as 财预〔2020〕10号 tells them apart."""

    APPROPRIATION = "财政拨款"
    CARRIED = "上年结转"
    OTHER = "其他资金"


@dataclass(frozen=True, slots=True)
class BoundSource:
    """A table of data under the name that evidence uses.

    Attributes:
        path: of a file, None for a table of a server.
        server: how to reach PostgreSQL (service=…), "" for a file.
        table: worksheet or table of a database, "" for the only one.
        pack: the sector pack that it follows, "" for none.
        kind: which table of the pack it is.
    """

    name: str
    path: Path | None = None
    server: str = ""
    table: str = ""
    pack: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """How one indicator's value is shown: typed in, a measure of a pack, or a question.

    Attributes:
        number: which entry of the file it is, from 1.
        meets: the lines of the library's rubric that are fulfilled, None where the entry does not go by them.
    """

    number: int
    project: str
    indicator: str
    period: Period
    owner: str
    value: Value | None = None
    unit: str = ""
    attachment: Path | None = None
    source: str = ""
    measure: str = ""
    query: str = ""
    share: Decimal | None = None
    meets: tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoundSpending:
    """Money of a project ("" for the department), in 元; None where nothing is written. `fund` is None for the whole."""

    project: str
    approved: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None
    fund: Money | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the office says of a deviation.

    Attributes:
        text: the reason, and what is done about it.
        cause: what it comes from, None where the office does not say.
        chance: how likely the target will still be reached, None likewise.
    """

    project: str
    indicator: str
    text: str
    cause: Cause | None = None
    chance: Chance | None = None


@dataclass(frozen=True)
class Binding:
    """Sources and what they show.

    Attributes:
        period: of the whole, where an entry says nothing else.
        spending: what was spent.
        weights: the office's own weights of the parts of the scheme, in points.
        explanations: of deviations.
        facts: named amounts, in 元, and counts that indicators of the library are computed from.
        goals: (project, what was done) of the goals of the year.
    """

    file: str
    period: Period
    sources: tuple[BoundSource, ...]
    entries: tuple[Bound, ...]
    spending: tuple[BoundSpending, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()
    explanations: tuple[Explanation, ...] = ()
    facts: tuple[tuple[str, Decimal], ...] = ()
    goals: tuple[tuple[str, str], ...] = ()

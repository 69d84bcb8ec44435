"""The two-up-two-down procedure (一上, 一下, 二上, 二下): what a stage limits, and how it differs from the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from mingsuan.compiling.book import STAGES, Book, StageFigure
from mingsuan.compiling.lines import lines_of
from mingsuan.dialects.dialect import Dialect
from mingsuan.ledger import Line, NamedTree
from mingsuan.values import dataclass

Key = tuple[str, str, str, str]
"""What a stage figure is of: unit, kind, project, fund; "" for all."""
_BINDING = (STAGES[1], STAGES[3])
"""Stages whose figures the budget must not exceed: control figures and the approval."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure that binds, and what is planned under it, in 元."""

    figure: StageFigure
    planned: Decimal
    label: str

    @property
    def exceeded(self) -> bool:
        """Whether more is planned."""
        return self.planned > self.figure.amount


@dataclass(frozen=True, slots=True)
class Move:
    """How one figure changed from a stage to the next, in 元; None where a stage has no such figure."""

    key: Key
    label: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """After minus before, a missing one counting as nothing."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


def limits(book: Book, dialect: Dialect) -> tuple[Limit, ...]:
    """Every binding figure with what the book plans; where there is an approval, control figures bind no longer."""
    binding = [f for f in book.limits if f.stage in _BINDING]
    if not binding:
        return ()
    last = max(STAGES.index(f.stage) for f in binding)
    lines = [line for line, _ in lines_of(book, dialect) if line.year == "0" and line.measure == "年初预算" and line.use == "支出"]
    return tuple(Limit(f, planned(lines, _key(f), dialect), label(book, _key(f))) for f in binding if STAGES.index(f.stage) == last)


def planned(lines: Sequence[Line], key: Key, dialect: Dialect) -> Decimal:
    """What lines spend under a key."""
    unit, kind, project, fund = key
    return sum(
        (
            line.amount
            for line in lines
            if line.unit.startswith(unit)
            and (not project or line.project == project)
            and _within(dialect, "kind", line.kind, kind)
            and _within(dialect, "fund", line.fund, fund)
        ),
        Decimal(0),
    )


def moves(book: Book, dialect: Dialect) -> Iterator[tuple[str, str, tuple[Move, ...]]]:
    """For each stage that has figures and the one before it, the figures of either with their difference; last the book itself."""
    by_stage = {name: _figures(book, name) for name in STAGES if any(f.stage == name for f in book.limits)}
    lines = [line for line, _ in lines_of(book, dialect) if line.year == "0" and line.measure == "年初预算" and line.use == "支出"]
    names = list(by_stage)
    for before, after in pairwise(names):
        keys = dict.fromkeys((*by_stage[before], *by_stage[after]))
        yield before, after, tuple(Move(k, label(book, k), by_stage[before].get(k), by_stage[after].get(k)) for k in keys)
    if names:
        final = by_stage[names[-1]]
        yield names[-1], "本预算", tuple(Move(k, label(book, k), amount, planned(lines, k, dialect)) for k, amount in final.items())


def label(book: Book, key: Key) -> str:
    """What a stage figure is of, in words."""
    unit, kind, project, fund = key
    units = {book.department.code: book.department.name, **{u.code: u.name for u in book.units}}
    projects = {p.code: p.name for p in book.projects}
    what = projects.get(project, project) or kind or "全部支出"
    return f"{units.get(unit, unit)}{what}{f'（{fund}）' if fund else ''}"


def _figures(book: Book, stage: str) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = {}
    for figure in book.limits:
        if figure.stage == stage:
            found[_key(figure)] = found.get(_key(figure), Decimal(0)) + figure.amount
    return found


def _key(figure: StageFigure) -> Key:
    return figure.unit, figure.kind, figure.project, figure.fund


def _within(dialect: Dialect, axis: str, value: str, node: str) -> bool:
    tree = dialect.axes[axis]
    return not node or value == node or (isinstance(tree, NamedTree) and value in tree.parents and node in tree.path(value))

"""Amounts whose parts everyone knows: “三公”经费, 公务用车, 政府采购, 基本支出; told in one paragraph or item by item after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, product

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import GENERIC, is_done, is_planned, subject
from mingsuan.values import dataclass

_FURTHEST = 40
"""Claims after a whole among which its parts are looked for."""


def _is_car(name: str) -> bool:
    return ("用车" in name or "公车" in name) and "购置" in name and "运行" in name


Names = Callable[[str], bool]
_SETS: tuple[tuple[Names, tuple[Names, ...]], ...] = (
    (
        lambda name: "三公" in name and "经费" in name,
        (
            lambda name: "出国" in name,
            _is_car,
            lambda name: "接待" in name and not any(word in name for word in ("国内", "外事", "外宾", "境外", "境）外")),
        ),
    ),
    (_is_car, (lambda name: "购置" in name and "运行" not in name, lambda name: "运行" in name and "购置" not in name)),
    (
        lambda name: "政府采购" in name,
        (lambda name: "货物" in name, lambda name: "工程" in name, lambda name: "服务" in name and "购买服务" not in name),
    ),
    (
        lambda name: "基本支出" in name,
        (lambda name: name.startswith("人员经费"), lambda name: name.removeprefix("日常").startswith("公用经费")),
    ),
)
"""What an amount is called, and what its parts are called, each in one way of several."""
_NO_WHOLE = ("中小", "小微", "预留", "授予", "集中采购", "分散采购", "人均", "上年", "去年", "其中", "会议", "培训")


@dataclass(frozen=True, slots=True)
class WholeAndParts:
    """A whole of a known set with its parts, told once each.

    Attributes:
        holds: the parts may sum to the whole, or to what else is stated of it beside it.
    """

    whole: Claim
    parts: tuple[Claim, ...]
    holds: bool


def wholes_and_parts(statements: Sequence[Statement]) -> Iterator[WholeAndParts]:
    """Every whole of a known set whose parts are told after it in its section, each by one amount."""
    for _, group in groupby(statements, key=lambda s: s.claim.section):
        told = [s for s in group if s.claim.role is Role.AMOUNT and s.claim.amount is not None]
        for number, statement in enumerate(told):
            for known in _SETS:
                found = _parts(known, statement, told[number + 1 : number + 1 + _FURTHEST])
                if found is not None:
                    yield found


def _parts(known: tuple[Names, tuple[Names, ...]], whole: Statement, after: Sequence[Statement]) -> WholeAndParts | None:
    is_whole, names = known
    if not is_whole(whole.claim.measure) or any(word in whole.claim.measure for word in _NO_WHOLE):
        return None
    here = _until_next(known, after)
    for near in ([s for s in here if s.paragraph is whole.paragraph], here):
        told = [[s.claim for s in near if is_part(s.claim.measure)] for is_part in names]
        if all(told):
            break
    else:
        return None
    wholes = [whole.claim, *_beside(whole, after)]
    plain = [c[0] for c in told]
    if any(c.year != whole.claim.year for c in plain):
        return None
    fits = any(_fits(one, parts) for one in wholes for parts in product(*(c[:3] for c in told)))
    if fits or (len(wholes) == 1 and all(len(c) == 1 for c in told) and not _mixed(whole.claim, plain)):
        return WholeAndParts(whole.claim, tuple(plain), fits)
    return None


def _until_next(known: tuple[Names, tuple[Names, ...]], after: Sequence[Statement]) -> list[Statement]:
    """What follows up to the next amount of the same name."""
    is_whole, names = known
    found: list[Statement] = []
    for statement in after:
        name = statement.claim.measure
        if is_whole(name) and not any(is_part(name) for is_part in names):
            break
        found.append(statement)
    return found


def _beside(whole: Statement, after: Sequence[Statement]) -> list[Claim]:
    """Other amounts of the same thing right behind it (…预算10万元，支出决算8万元)."""
    found = []
    for statement in after[:2]:
        if statement.claim.sentence != whole.claim.sentence or subject(statement.claim.measure) not in GENERIC:
            break
        found.append(statement.claim)
    return found


def _mixed(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether some are budgets and some are what was spent."""
    claims = (whole, *parts)
    return any(is_planned(c) for c in claims) and any(is_done(c) for c in claims)


def _fits(whole: Claim, parts: Sequence[Claim]) -> bool:
    difference = abs(sum(value_of(p) for p in parts) - value_of(whole))
    return difference == 0 or difference < half_of(whole) + sum(half_of(p) for p in parts)

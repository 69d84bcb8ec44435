"""Aims + evidence + a scheme → points: every number can be followed back to the value, the target and the weight it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.performance.attainment import Attainment, attained
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Aim
from mingsuan.performance.schemes import EXECUTION, TOTAL, Scheme, spread
from mingsuan.values import dataclass

CENT = Decimal("0.01")
GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
"""财预〔2020〕10号: 90 and more, 80 to 90, 60 to 80, below 60."""
FAR = Decimal("0.3")
"""A value that surpasses its target by more than this needs an explanation: the target may have been set too low."""


@dataclass(frozen=True, slots=True)
class Spending:
    """Money of a project or department: budgets and what was spent, in 元."""

    approved: Decimal | None
    adjusted: Decimal | None = None
    spent: Decimal | None = None

    @property
    def base(self) -> Decimal | None:
        """What execution is measured against: the adjusted budget, where there is one."""
        return self.approved if self.adjusted is None else self.adjusted

    @property
    def rate(self) -> Decimal | None:
        """Spent ÷ budget, None where one of them is not known or the budget is nothing."""
        return self.spent / self.base if self.spent is not None and self.base else None


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of a score.

    Attributes:
        part: the part of the scheme, "" where the scheme has none for it.
        points: the most that it can earn.
        earned: None where it cannot be told; it then counts as nothing and is listed.
        explain: why an explanation of the deviation is due, "" if none is.
    """

    aim: Aim
    part: str
    points: Decimal
    earned: Decimal | None
    attainment: Attainment
    evidence: Evidence | None
    explain: str = ""


@dataclass(frozen=True)
class Score:
    """A score of 100.

    Attributes:
        execution: points for the execution rate that were earned of `execution_points`; None where spending is not known.
        lines: all aims, those outside the scheme too.
    """

    scheme: Scheme
    spending: Spending
    execution_points: Decimal
    execution: Decimal | None
    lines: tuple[Scored, ...]

    @property
    def total(self) -> Decimal:
        """All that was earned."""
        return sum((line.earned or Decimal(0) for line in self.lines), self.execution or Decimal(0))

    @property
    def possible(self) -> Decimal:
        """All that could be earned with what is known; less than 100 where evidence is missing."""
        known = sum((line.points for line in self.lines if line.earned is not None), Decimal(0))
        return known + (self.execution_points if self.execution is not None else Decimal(0))

    @property
    def complete(self) -> bool:
        """Whether every part of the 100 points could be told."""
        return self.possible == TOTAL

    @property
    def grade(self) -> str:
        """优, 良, 中 or 差; "" while the score is incomplete."""
        return grade_of(self.total) if self.complete else ""

    def by_part(self) -> Mapping[str, tuple[Decimal, Decimal]]:
        """Part → (earned, points), the execution rate first."""
        found: dict[str, tuple[Decimal, Decimal]] = {}
        if self.execution_points:
            found[EXECUTION] = (self.execution or Decimal(0), self.execution_points)
        for line in self.lines:
            if line.points:
                earned, points = found.get(line.part, (Decimal(0), Decimal(0)))
                found[line.part] = (earned + (line.earned or Decimal(0)), points + line.points)
        return found


def grade_of(total: Decimal) -> str:
    """The grade of a score of 100."""
    return next(name for least, name in GRADES if total >= least)


def score(
    aims: Sequence[Aim],
    evidence: Mapping[str, Evidence],
    scheme: Scheme,
    spending: Spending,
    year: int | None = None,
    own: Mapping[str, Decimal] | None = None,
) -> Score:
    """Score aims by a scheme.

    Args:
        aims: what was to be reached.
        evidence: by indicator name, as `keyed` spells it.
        scheme: how the 100 points are spread.
        spending: for the execution rate.
        year: of the plan; dates without a year are of it.
        own: weights that the office gives single indicators, in points or any unit; within a part they are shares of its points.
    """
    parts = [scheme.part_of(aim) if scheme.parts else _of_first(aim) for aim in aims]
    points = _points(aims, parts, scheme, own or {})
    lines = tuple(
        _scored(aim, part or "", most, evidence.get(keyed(aim.name)), year) for aim, part, most in zip(aims, parts, points, strict=True)
    )
    execution_points = scheme.execution if any(points) else Decimal(0)
    rate = spending.rate
    earned = None if rate is None else _cents(min(rate, Decimal(1)) * execution_points)
    return Score(scheme, spending, execution_points, earned, lines)


def _of_first(aim: Aim) -> str:
    return aim.first or "指标"


def _points(aims: Sequence[Aim], parts: Sequence[str | None], scheme: Scheme, own: Mapping[str, Decimal]) -> list[Decimal]:
    """Points of each aim: its part's, spread by the weights that it has, evenly where it has none."""
    shares = [own.get(keyed(aim.name), aim.weight or Decimal(1)) for aim in aims]
    found = [Decimal(0)] * len(aims)
    if not scheme.parts:
        return list(spread(TOTAL - scheme.execution, shares))
    for part, most in scheme.weights(frozenset(p for p in parts if p)).items():
        members = [n for n, p in enumerate(parts) if p == part]
        for n, value in zip(members, spread(most, [shares[n] for n in members]), strict=True):
            found[n] = value
    return found


def _scored(aim: Aim, part: str, points: Decimal, evidence: Evidence | None, year: int | None) -> Scored:
    if evidence is None:
        reached = Attainment(None, None, reason="没有完成值" if aim.target.judgeable else f"指标值无法衡量：{aim.target.reason}")
    else:
        reached = attained(aim.target, evidence.value, evidence.unit, evidence.share, year, aim.operator)
    earned = None if reached.share is None else _cents(reached.share * points)
    return Scored(aim, part, points, earned, reached, evidence, _explain(reached))


def _explain(reached: Attainment) -> str:
    if reached.reached is False:
        return "未完成指标值，需说明偏差原因和改进措施"
    if reached.deviation is not None and reached.reached and abs(reached.deviation) > FAR:
        return f"完成值与指标值相差{abs(reached.deviation):.0%}，需说明指标值是否设定明显偏低；是的，应按偏离度调减分值"
    return ""


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)

"""Monitoring: how far money and targets have come at a date, where they will stand at the end of the year, and which need attention."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mingsuan.indicators.dates import deadline
from mingsuan.indicators.targets import Sort, Target
from mingsuan.model import Finding
from mingsuan.performance.attainment import Attainment, attained
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.evidence.period import Period
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Aim, Plan
from mingsuan.performance.scoring import Spending
from mingsuan.values import dataclass

_DATA = Path(__file__).with_name("thresholds.yaml")
_ONE, _HUNDRED = Decimal(1), Decimal(100)


class Light(StrEnum):
    """How something stands; the word goes beside the colour wherever it is shown."""

    GREEN = "绿灯"
    YELLOW = "黄灯"
    RED = "红灯"
    GREY = "无数据"


@dataclass(frozen=True, slots=True)
class Watched:
    """One target at a date.

    Attributes:
        evidence: the value so far, None where there is none.
        now: how far it reaches the target.
        projected: the value that is to be expected at the end of the year, None where it cannot be told.
        reason: of the light.
    """

    aim: Aim
    evidence: Evidence | None
    now: Attainment
    projected: Decimal | None
    light: Light
    reason: str


@dataclass(frozen=True, slots=True)
class WatchedMoney:
    """Spending at a date; `projected` in 元 is what will be spent by the end of the year if it goes on so."""

    spending: Spending
    projected: Decimal | None
    light: Light
    reason: str


@dataclass(frozen=True)
class WatchedProject:
    """A project at a date; `name` is "" for the department as a whole."""

    name: str
    money: WatchedMoney
    targets: tuple[Watched, ...]

    @property
    def light(self) -> Light:
        """The worst light of it."""
        lights = [self.money.light, *(t.light for t in self.targets)]
        return next((light for light in (Light.RED, Light.YELLOW, Light.GREEN) if light in lights), Light.GREY)


@dataclass(frozen=True)
class Monitoring:
    """A department's plan at a date; `findings` is what is wrong with the evidence."""

    plan: Plan
    at: date
    projects: tuple[WatchedProject, ...]
    findings: tuple[Finding, ...] = ()


@cache
def thresholds() -> Mapping[str, Any]:
    """The lines that monitoring and the use of results draw."""
    found: Mapping[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


def monitor(plan: Plan, evidence: Mapping[str, Mapping[str, Evidence]], spending: Mapping[str, Spending], at: date) -> Monitoring:
    """How a plan stands at a date.

    Args:
        plan: targets and budgets.
        evidence: values so far, by project ("" for the department) and indicator, as `keyed` spells both.
        spending: money so far, by project.
        at: the date; values are of the time from the beginning of the plan's year to it.
    """
    elapsed = _elapsed(at, plan.year or at.year)
    whole = WatchedProject("", _money(spending.get("", Spending(None)), elapsed), _targets(plan.overall, evidence.get("", {}), at, elapsed))
    projects = tuple(
        WatchedProject(
            project.name,
            _money(spending.get(keyed(project.name), Spending(project.budget)), elapsed),
            _targets(project.aims, evidence.get(keyed(project.name), {}), at, elapsed),
        )
        for project in plan.projects
    )
    return Monitoring(plan, at, ((whole,) if plan.overall else ()) + projects)


def _elapsed(at: date, year: int) -> Decimal:
    """The share of the year that is over."""
    period = Period.of_year(year)
    if at < period.first:
        return Decimal(0)
    return min(_ONE, Decimal((at - period.first).days + 1) / period.days)


def _money(spending: Spending, elapsed: Decimal) -> WatchedMoney:
    rate = spending.rate
    if rate is None or not elapsed:
        return WatchedMoney(spending, None, Light.GREY, _unknown(spending))
    lines = thresholds()["monitoring"]["spending"]
    pace = rate / elapsed
    projected = (spending.spent or Decimal(0)) / elapsed
    if rate > 1:
        return WatchedMoney(spending, projected, Light.RED, f"支出已超过预算，执行率{rate:.1%}")
    light = _light(pace, lines)
    said = f"执行率{rate:.1%}，时间进度{elapsed:.1%}"
    why = {Light.GREEN: "与时间进度相符", Light.YELLOW: "慢于时间进度", Light.RED: "明显慢于时间进度"}[light]
    return WatchedMoney(spending, projected, light, f"{said}，{why}")


def _unknown(spending: Spending) -> str:
    if spending.spent is None:
        return "没有支出数"
    if spending.base is None:
        return "没有预算数"
    return "年度还没有开始" if spending.base else "预算数是0，算不出执行率"


def _targets(aims: tuple[Aim, ...], evidence: Mapping[str, Evidence], at: date, elapsed: Decimal) -> tuple[Watched, ...]:
    return tuple(_target(aim, evidence.get(keyed(aim.name)), at, elapsed) for aim in aims)


def _target(aim: Aim, evidence: Evidence | None, at: date, elapsed: Decimal) -> Watched:
    if not aim.target.judgeable:
        reason = f"指标值无法衡量：{aim.target.reason}"
        return Watched(aim, evidence, Attainment(None, None, reason=reason), None, Light.GREY, reason)
    if evidence is None:
        light, reason = _without_value(aim.target, at)
        return Watched(aim, None, Attainment(None, None, reason="没有完成值"), None, light, reason)
    now = attained(aim.target, evidence.value, evidence.unit, evidence.share, at.year, aim.operator)
    if now.reached is None:
        return Watched(aim, evidence, now, None, Light.GREY, now.reason)
    projected = _projected(aim, evidence, elapsed)
    if projected is None:
        light = Light.GREEN if now.reached else Light.RED if elapsed == 1 else Light.YELLOW
        return Watched(aim, evidence, now, None, light, now.reason)
    then = attained(aim.target, projected, evidence.unit, operator=aim.operator)
    share = then.share if then.share is not None else Decimal(0)
    light = Light.GREEN if then.reached else _light(share, thresholds()["monitoring"]["target"])
    said = f"目前{_shown(evidence.value)}{evidence.unit}，预计全年{_shown(projected)}{evidence.unit}，指标值{aim.target.text}"
    return Watched(aim, evidence, now, projected, light, said + ("" if then.reached else f"，预计完成{share:.1%}"))


def _without_value(target: Target, at: date) -> tuple[Light, str]:
    end = deadline(target, at.year) if target.sort is Sort.DATE else None
    if end is not None and at > end:
        return Light.RED, f"期限{end}已过，没有填报完成情况"
    return Light.GREY, "没有填报完成值"


def _projected(aim: Aim, evidence: Evidence, elapsed: Decimal) -> Decimal | None:
    """The value at the end of the year: what adds up goes on as before, what holds at any time stays."""
    if not isinstance(evidence.value, Decimal) or aim.target.value is None:
        return None
    lines = thresholds()["monitoring"]
    counts = aim.target.sort is Sort.QUANTITY and aim.target.unit in lines["adding_up"] and "月" not in aim.name
    adds_up = counts or aim.name.endswith(tuple(lines["adding_up_names"]))
    covered = min(elapsed, Decimal(evidence.period.days) / Period.of_year(evidence.period.last.year).days)
    if not adds_up or not covered:
        return evidence.value
    projected = evidence.value / covered
    return projected if counts else min(projected, max(evidence.value, _HUNDRED))


def _light(share: Decimal, lines: Mapping[str, float]) -> Light:
    if share >= Decimal(str(lines["green"])):
        return Light.GREEN
    return Light.YELLOW if share >= Decimal(str(lines["yellow"])) else Light.RED


def _shown(value: object) -> str:
    return f"{value.quantize(Decimal('0.01')).normalize():f}" if isinstance(value, Decimal) else str(value)

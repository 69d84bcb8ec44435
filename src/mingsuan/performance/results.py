"""The use of results: what a score means for next year's request, and a list of what is to be put right until it is closed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from mingsuan.dialects.names import plain
from mingsuan.patterns import regex
from mingsuan.performance.evaluation import Evaluated, Evaluation
from mingsuan.performance.monitoring import thresholds
from mingsuan.performance.names import keyed
from mingsuan.values import dataclass

_HUNDRED = Decimal(100)
_COMMON = regex(r"\d{4}年?度?|专项|经费|资金|费用?|项目")
_LONGEST = 60


class Advice(StrEnum):
    """What is recommended for next year."""

    KEEP = "保持"
    REDUCE = "压减"
    MERGE = "合并"
    STOP = "取消"
    WAIT = "暂不建议"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is recommended for one project.

    Attributes:
        rule: the rule that led to it, in words.
        amount: in 元, the most that next year's request should be; None where no amount follows.
        basis: of the rule.
    """

    project: str
    advice: Advice
    rule: str
    amount: Decimal | None
    basis: str


@dataclass(frozen=True, slots=True)
class Rectification:
    """Something to be put right.

    Attributes:
        key: stable name, the same whenever the same thing is found again.
        done: how it was put right, "" while it is open.
        closed: when; an item is closed only with `done` and `closed`.
    """

    key: str
    project: str
    what: str
    owner: str = ""
    due: date | None = None
    done: str = ""
    closed: date | None = None

    @property
    def open(self) -> bool:
        """Whether it still is to be put right."""
        return not (self.done and self.closed)


def recommendations(evaluation: Evaluation) -> tuple[Recommendation, ...]:
    """What is recommended for each project."""
    names = [one.name for one in evaluation.projects]
    return tuple(_recommended(one, _alike(one.name, names)) for one in evaluation.projects)


def _recommended(one: Evaluated, alike: str | None) -> Recommendation:
    lines = thresholds()["use_of_results"]
    basis = str(lines["basis"])
    grade, spending = one.score.grade, one.score.spending
    rate, budget = spending.rate, spending.base
    if not grade:
        missing = _HUNDRED - one.score.possible
        return Recommendation(one.name, Advice.WAIT, f"有{missing}分没有完成值或支出数，得分不完整", None, basis)
    if grade == lines["stop"]:
        return Recommendation(one.name, Advice.STOP, f"等级为“{grade}”（{one.score.total}分）", Decimal(0), basis)
    if alike is not None:
        return Recommendation(one.name, Advice.MERGE, f"与“{alike}”名称相近，请核实是否为同一事项", None, basis)
    least = Decimal(str(lines["spent_at_least"]))
    if rate is not None and rate < least:
        return Recommendation(one.name, Advice.REDUCE, f"预算执行率{rate:.1%}，低于{least:.0%}，按实际支出安排", spending.spent, basis)
    cut = Decimal(str(lines["reduce"].get(grade, 0)))
    if cut and budget is not None:
        amount = (budget * (1 - cut)).quantize(Decimal("0.01"), ROUND_DOWN)
        return Recommendation(one.name, Advice.REDUCE, f"等级为“{grade}”（{one.score.total}分），压减{cut:.0%}", amount, basis)
    return Recommendation(one.name, Advice.KEEP, f"等级为“{grade}”（{one.score.total}分）", budget, basis)


def _alike(name: str, names: Sequence[str]) -> str | None:
    """Another project whose name, years and 经费 aside, is almost the same."""
    least = thresholds()["use_of_results"]["alike"]
    core = _core(name)
    for other in names:
        if other == name:
            continue
        matcher = SequenceMatcher(None, core, _core(other), autojunk=False)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            return other
    return None


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    """What a project is about: 2024年会议费 and 2024年培训费 share all but that."""
    return _COMMON.sub("", plain(name)[:_LONGEST]) or plain(name)[:_LONGEST]


def to_rectify(evaluation: Evaluation) -> tuple[Rectification, ...]:
    """What an evaluation asks to be put right: targets that cannot be judged, that were missed, deviations without explanation."""
    found = (item for one in evaluation.scored for item in _of(one, evaluation.explanations))
    return tuple({item.key: item for item in found}.values())


def _of(one: Evaluated, explanations: Mapping[tuple[str, str], str]) -> Iterator[Rectification]:
    for line in one.score.lines:
        name = line.aim.name
        owner = line.evidence.owner if line.evidence else ""
        unclear = line.aim.unclear or line.aim.target.reason
        if unclear:
            yield _item(one.name, name, "指标值", f"指标“{name}”的指标值无法衡量（{unclear}），请在下年度改为可以衡量的值", owner)
        if not line.aim.target.judgeable:
            continue
        if line.explain and (keyed(one.name), keyed(name)) not in explanations:
            yield _item(one.name, name, "偏差", f"指标“{name}”（指标值{line.aim.target.text}）：{line.explain}", owner)
        elif line.attainment.reached is False:
            yield _item(one.name, name, "改进", f"指标“{name}”未完成（指标值{line.aim.target.text}），请落实所说明的改进措施", owner)


def _item(project: str, indicator: str, sort: str, what: str, owner: str) -> Rectification:
    """An item whose key is that of its indicator and sort, so that it stays the same when the numbers move."""
    key = hashlib.sha256("\x1f".join((project, indicator, sort)).encode()).hexdigest()[:12]
    return Rectification(key, project, what, owner)


def tracked(found: Sequence[Rectification], register: Sequence[Rectification]) -> tuple[Rectification, ...]:
    """What is found, with what the register says of it; what the register has and is not found any more stays in it as it is.

    An item that the register closed and that is found again is open again, and says so.
    """
    known = {item.key: item for item in register}
    joined = tuple(_again(item, known[item.key]) if item.key in known else item for item in found)
    new = {item.key for item in found}
    return (*joined, *(item for item in register if item.key not in new))


def _again(item: Rectification, known: Rectification) -> Rectification:
    if known.open:
        return replace(known, what=item.what)
    return replace(known, closed=None, done="", what=f"{item.what}（再次出现）")

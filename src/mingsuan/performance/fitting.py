"""Whether evidence fits the plan that it is for: names, money and days; what does not is told, for it would count for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from mingsuan.model import Finding, Level, Side
from mingsuan.performance.evidence.binding import Binding
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.evidence.period import Period, in_chinese
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Plan
from mingsuan.performance.scoring import Spending
from mingsuan.places import Place

UNKNOWN_PROJECT, UNKNOWN_INDICATOR, NO_BUDGET, NAMESAKES, CONTRADICTION, UNTIMELY = (f"EVI20{n}" for n in range(3, 9))
"""Codes: for a project or an indicator that the plan does not have; spending without a budget; one piece of evidence for several
indicators of a name; a value that others contradict; days that are not those of the use."""
_NEAR = 3
_MOST = 50_000
"""Comparisons of names that a hint may cost."""


def misfits(
    plan: Plan, binding: Binding, spending: Mapping[str, Spending], typed: Mapping[str, Evidence], computed: Mapping[str, Evidence]
) -> Iterator[Finding]:
    """What does not fit: strangers, spending without a budget, namesakes, contradictions.

    Args:
        plan: targets and budgets.
        binding: what the office wrote.
        spending: by project.
        typed: values of the department's indicators that the binding gives, by name.
        computed: those that named amounts give.
    """
    yield from _strangers(plan, binding)
    yield from _namesakes(plan, binding)
    for project, money in spending.items():
        if money.base is None:
            name = f"项目“{project}”" if project else "部门整体"
            says = f"{name}有支出数，没有预算数，算不出执行率。请在 spending 里写上 approved 或 adjusted"
            yield _finding(NO_BUDGET, binding, says, name)
    for name, one in computed.items():
        other = typed.get(name)
        if other is not None and other.value != one.value:
            says = (
                f"“{other.indicator}”填报的是{other.value}{other.unit}，按{one.formula}算得{one.value}{one.unit}，"
                "评分按填报的值。请核对，或删去填报的值"
            )
            yield _finding(CONTRADICTION, binding, says, f"{other.value}{other.unit}")


def _strangers(plan: Plan, binding: Binding) -> Iterator[Finding]:
    """Evidence, spending, explanations and goals that fit nothing in the plan."""
    projects = {keyed(p.name): p for p in plan.projects}
    said: dict[tuple[str, str], tuple[str, str, str]] = {}
    for word, written in _written(binding):
        for project, indicator in written:
            said.setdefault((keyed(project), keyed(indicator)), (word, project, indicator))
    told: set[str] = set()
    for (project, indicator), (word, shown, wanted) in said.items():
        if project and project not in projects and project not in {keyed(name) for name in plan.unaimed}:
            if project not in told:
                told.add(project)
                what = f"公开文本里没有绩效目标的项目“{shown}”，它的{word}没有用上"
                yield _stranger(binding, UNKNOWN_PROJECT, what, shown, [p.name for p in plan.projects])
            continue
        names = [aim.name for aim in (projects[project].aims if project in projects else () if project else plan.overall)]
        if indicator and indicator not in set(map(keyed, names)):
            where = f"项目“{shown}”" if project else "部门整体绩效目标"
            yield _stranger(binding, UNKNOWN_INDICATOR, f"{where}没有指标“{wanted}”，它的{word}没有用上", wanted, names)


def _written(binding: Binding) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What the office wrote of projects and indicators, in its words."""
    yield "佐证", [(entry.project, entry.indicator) for entry in binding.entries]
    yield "支出数", [(money.project, "") for money in binding.spending]
    yield "偏差说明", [(explanation.project, explanation.indicator) for explanation in binding.explanations]
    yield "年度目标完成情况", [(project, "") for project, _ in binding.goals]


def _namesakes(plan: Plan, binding: Binding) -> Iterator[Finding]:
    """Indicators of one name in one project: the same evidence is theirs."""
    for name, aims in (("", plan.overall), *((p.name, p.aims) for p in plan.projects)):
        counts = Counter(keyed(aim.name) for aim in aims)
        for entry in binding.entries:
            times = counts[keyed(entry.indicator)] if keyed(entry.project) == keyed(name) else 0
            if times > 1:
                says = f"“{entry.indicator}”在公开文本里有{times}个同名指标，这条佐证用于全部{times}个。不是一回事的，请改名"
                yield _finding(NAMESAKES, binding, says, entry.indicator)


def untimely(plan: Plan, binding: Binding, at: date | None) -> Iterator[Finding]:
    """Periods of evidence that are not those of its use: up to a date, or the whole year where that is None."""
    year = Period.of_year(plan.year or binding.period.first.year)
    counts = Counter(entry.period for entry in binding.entries) or Counter([binding.period])
    for period, number in counts.items():
        if at is None and period != year:
            says = f"有{number}条佐证的期间是{period}，不是{year.first.year}年全年，得分按所给的值计算。请补充到年底的数据"
        elif at is not None and period.last != at:
            says = f"有{number}条佐证的期间是{period}，监控日期是{in_chinese(at)}，完成值和支出数不是到监控日期为止的。请改正期间或监控日期"
        else:
            continue
        yield _finding(UNTIMELY, binding, says, str(period))


def _stranger(binding: Binding, code: str, what: str, name: str, known: Sequence[str]) -> Finding:
    near = get_close_matches(name[:60], known, n=_NEAR, cutoff=0.5) if len(known) * len(name) < _MOST else []
    hint = f"相近的有：{'、'.join(near)}" if near else "请检查名称"
    return _finding(code, binding, f"{what}。{hint}", name)


def _finding(code: str, binding: Binding, says: str, observed: str) -> Finding:
    level = Level.INFO if code == NAMESAKES else Level.WARNING
    return Finding(code, level, says, (Side(Place(file=binding.file), "佐证", observed),), observed=observed)

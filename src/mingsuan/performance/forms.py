"""The forms as offices file them, as rows of cells with extents.

绩效目标执行监控表 is that of 财预〔2019〕136号, 绩效自评表 that of 财预〔2020〕10号.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from itertools import groupby

from mingsuan.performance.evaluation import Evaluated
from mingsuan.performance.evidence.binding import Cause, Chance, Explanation, Money
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.monitoring import Light, Monitoring, Watched, WatchedProject
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Aim, Plan, arranged
from mingsuan.performance.scoring import Scored, Spending
from mingsuan.performance.tabular import WHOLE, percent, points, scored_remark, trimmed, unit_of, value, wan
from mingsuan.values import dataclass

TICK, DASH = "√", "—"
_LEVELS = ("一级指标", "二级指标", "三级指标")
_LIKELY = {Light.GREEN: Chance.CERTAIN, Light.YELLOW: Chance.POSSIBLE}
"""What a light suggests where the office says nothing; that a target cannot be reached is for the office to say."""


_EVALUATION = (5.5, 6.0, 6.5, 12.0, 7.0, 7.5, 5.0, 5.5, 15.0)
_MONITORING = (5.3, 5.3, 5.3, 9.0, 5.5, 6.0, 6.0, *(3.2,) * 5, 9.0, *(3.2,) * 3, 13.0)
"""Widths of the columns: the forms are the same whatever is filled in, and fit A4."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form: its text, how many columns and rows it covers; `head` marks a label, `right` a number."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    right: bool = False


@dataclass(frozen=True)
class Form:
    """A form filled in.

    Attributes:
        under: what stands under the title.
        widths: of its columns, in ems of its own type.
        rows: each the cells that begin in it, from left to right, as in HTML.
        notes: under the form.
    """

    title: str
    under: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What the office adds to the numbers. Names are spelt as `keyed` spells them, "" is the department.

    Attributes:
        funds: money by project and source.
        goals: what was done of the goals of the year, by project.
        explanations: of deviations, by project and indicator.
    """

    funds: Mapping[str, Mapping[Money, Spending]] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[tuple[str, str], Explanation] = field(default_factory=dict)


def evaluation_form(one: Evaluated, plan: Plan, said: Said) -> Form:
    """The self-evaluation form of a project, or of the department as a whole."""
    project, score = keyed(one.name), one.score
    lines = arranged(score.lines, lambda line: line.aim)
    rows = [
        *_names(one.name, plan, (3, 4)),
        *_funds_scored(one, said.funds.get(project, {})),
        (_head("年度总体目标", down=2), _head("预期目标", across=4), _head("实际完成情况", across=4)),
        (Cell(_goal(plan, one.name), across=4), Cell(said.goals.get(project, ""), across=4)),
        (
            _head("绩效指标", down=len(lines) + 1),
            *map(_head, (*_LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")),
        ),
        *_with_levels([line.aim for line in lines], [_scored_cells(line, one.name, said) for line in lines]),
        (_head("总分", across=6), Cell("100.00", right=True), Cell(points(score.total), right=True), Cell(score.grade or "得分不完整")),
    ]
    title = f"项目支出绩效自评表：{one.name}" if one.name else "部门（单位）整体绩效自评表"
    return Form(title, _year(plan), _EVALUATION, tuple(rows), (f"评分依据：{score.scheme.basis}",))


def monitoring_form(one: WatchedProject, monitoring: Monitoring, said: Said) -> Form:
    """The monitoring form of a project, or of the department as a whole."""
    plan, span = monitoring.plan, span_of(monitoring)
    project = keyed(one.name)
    targets = arranged(one.targets, lambda target: target.aim)
    cells = [_watched_cells(target, said.explanations.get((project, keyed(target.aim.name)))) for target in targets]
    heads = (*_LEVELS, "年度指标值", f"{span}执行情况", "全年预计完成情况")
    rows = [
        *_names(one.name, plan, (6, 8), between=2),
        *_funds_watched(one, said.funds.get(project, {}), span),
        (_head("年度总体目标"), Cell(_goal(plan, one.name), across=16)),
        (
            _head("绩效指标", down=len(one.targets) + 2),
            *(_head(text, down=2) for text in heads),
            *(_head("偏差原因分析", across=6), _head("完成目标可能性", across=3), _head("备注", down=2)),
        ),
        (*map(_head, Cause), _head("原因说明"), *map(_head, Chance)),
        *_with_levels([target.aim for target in targets], cells),
    ]
    title = f"项目支出绩效目标执行监控表：{one.name}" if one.name else "部门（单位）整体绩效目标执行监控表"
    notes = (f"资金：{one.money.light}，{one.money.reason}", "依据：《中央部门预算绩效运行监控管理暂行办法》（财预〔2019〕136号）")
    return Form(title, _year(plan), _MONITORING, tuple(rows), notes)


def span_of(monitoring: Monitoring) -> str:
    """The months that a monitoring is about, 1—6月; with the day where a month is not over."""
    at = monitoring.at
    over = at.day == monthrange(at.year, at.month)[1]
    return f"1—{at.month}月" if over else f"1月1日—{at.month}月{at.day}日"


def _year(plan: Plan) -> str:
    return f"（{plan.year}年度）" if plan.year else ""


def _head(text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(text, across, down, head=True)


def _number(text: str, across: int = 1) -> Cell:
    return Cell(text, across, right=True)


def _names(name: str, plan: Plan, across: tuple[int, int], between: int = 1) -> Iterator[tuple[Cell, ...]]:
    found = plan.project(name) if name else None
    left, right = across
    yield _head("项目名称" if name else "部门名称"), Cell(name or plan.department or WHOLE, across=left + between + right)
    if name:
        unit = found.unit if found else ""
        yield _head("主管部门"), Cell(plan.department, across=left), _head("实施单位", across=between), Cell(unit, across=right)


def _goal(plan: Plan, name: str) -> str:
    found = plan.project(name) if name else None
    return (found.goal if found else "") if name else plan.goal


def _money(whole: Spending, funds: Mapping[Money, Spending]) -> Iterator[tuple[str, Spending, bool]]:
    """The rows of money: the whole, then where it comes from; the last says whether it is the whole."""
    yield "年度资金总额", whole, True
    for number, fund in enumerate(Money):
        yield ("其中：" if not number else "　　　") + fund, funds.get(fund, Spending(None)), False


def _funds_scored(one: Evaluated, funds: Mapping[Money, Spending]) -> Iterator[tuple[Cell, ...]]:
    score = one.score
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    yield _head("项目资金（万元）" if one.name else "资金（万元）", down=len(Money) + 2), _head("", across=2), *map(_head, heads)
    for name, money, whole in _money(score.spending, funds):
        counts = whole and bool(score.execution_points)
        yield (
            _head(name, across=2),
            *map(_number, (wan(money.approved), wan(money.base), wan(money.spent))),
            _number(points(score.execution_points) if counts else DASH),
            _number(percent(money.rate)),
            _number(points(score.execution) if counts else DASH),
        )


def _funds_watched(one: WatchedProject, funds: Mapping[Money, Spending], span: str) -> Iterator[tuple[Cell, ...]]:
    yield (
        _head("项目资金（万元）" if one.name else "资金（万元）", down=len(Money) + 2),
        *(_head("", across=3), _head("年初预算数", across=2), _head(f"{span}执行数", across=3), _head(f"{span}执行率", across=3)),
        _head("全年预计执行数", across=5),
    )
    for name, money, whole in _money(one.money.spending, funds):
        yield (
            *(_head(name, across=3), _number(wan(money.approved), 2), _number(wan(money.spent), 3), _number(percent(money.rate), 3)),
            _number(wan(one.money.projected) if whole else "", 5),
        )


def _with_levels(aims: Sequence[Aim], rest: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows of indicators; a level that several of them share is one cell."""
    firsts, seconds = _runs([(aim.first,) for aim in aims]), _runs([(aim.first, aim.second) for aim in aims])
    for number, aim in enumerate(aims):
        levels = (Cell(text, down=runs[number]) for text, runs in ((aim.first, firsts), (aim.second, seconds)) if number in runs)
        yield *levels, Cell(aim.name), *rest[number]


def _runs(keys: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """Where runs of equal keys begin, and how long they are."""
    found: dict[int, int] = {}
    for _, run in groupby(range(len(keys)), lambda n: keys[n]):
        members = list(run)
        found[members[0]] = len(members)
    return found


def _scored_cells(line: Scored, project: str, said: Said) -> tuple[Cell, ...]:
    explanation = said.explanations.get((keyed(project), keyed(line.aim.name)))
    return (
        Cell(line.aim.target.text),
        Cell(value(line.evidence)),
        _number(points(line.points) if line.points else DASH),
        _number(points(line.earned) if line.points else "不计分"),
        Cell(scored_remark(line, explanation.text if explanation else "")),
    )


def _watched_cells(target: Watched, explanation: Explanation | None) -> tuple[Cell, ...]:
    chance = explanation.chance if explanation and explanation.chance else _LIKELY.get(target.light)
    cause = explanation.cause if explanation else None
    return (
        *(Cell(target.aim.target.text), Cell(value(target.evidence)), Cell(_projected(target.projected, target.evidence))),
        *(Cell(TICK if one is cause else "") for one in Cause),
        Cell(explanation.text if explanation else ""),
        *(Cell(TICK if one is chance else "") for one in Chance),
        Cell(f"{target.light}：{target.reason}"),
    )


def _projected(projected: Decimal | None, evidence: Evidence | None) -> str:
    return "" if projected is None else f"{trimmed(projected)}{unit_of(evidence)}"

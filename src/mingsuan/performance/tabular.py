"""Monitoring, evaluation and its use as tables of text: what every report of them prints, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from mingsuan.performance.comparing import Compared, Total
from mingsuan.performance.drilling import Drilled
from mingsuan.performance.evaluation import Evaluated, Evaluation
from mingsuan.performance.evidence.evidence import Evidence
from mingsuan.performance.evidence.period import in_chinese
from mingsuan.performance.monitoring import Monitoring, Watched, WatchedProject
from mingsuan.performance.names import keyed
from mingsuan.performance.packs.measuring import Measured
from mingsuan.performance.plan import arranged
from mingsuan.performance.results import Recommendation, Rectification
from mingsuan.performance.scoring import Scored
from mingsuan.values import dataclass

_WAN = Decimal(10_000)
_DIGEST = 16
"""Digits of a hash that a table prints."""
WHOLE = "部门整体"
"""What the department as a whole is called where projects have names."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title.

    Attributes:
        facts: lines above the table, (name, value).
        columns: headings.
        rows: as wide as the columns.
        numbers: columns that hold numbers and are set right.
        notes: lines below the table.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


def monitoring_sheets(monitoring: Monitoring) -> tuple[Sheet, ...]:
    """A summary of all projects and a sheet for each, in the manner of 财预〔2019〕136号."""
    return (monitoring_summary(monitoring), *(_monitored(project, monitoring) for project in monitoring.projects))


def monitoring_summary(monitoring: Monitoring) -> Sheet:
    """All projects in one table."""
    rows = tuple(
        (
            project.name or WHOLE,
            wan(project.money.spending.base),
            wan(project.money.spending.spent),
            percent(project.money.spending.rate),
            wan(project.money.projected),
            f"{sum(1 for t in project.targets if t.light.value == '绿灯')}/{len(project.targets)}",
            project.light.value,
            project.money.reason,
        )
        for project in monitoring.projects
    )
    columns = ("项目", "预算数（万元）", "支出数（万元）", "执行率", "预计全年支出（万元）", "绿灯指标", "状态", "支出进度说明")
    facts = (("部门", monitoring.plan.department), ("监控日期", in_chinese(monitoring.at)))
    return Sheet("绩效运行监控汇总表", facts, columns, rows, frozenset({1, 2, 3, 4, 5}))


def _monitored(project: WatchedProject, monitoring: Monitoring) -> Sheet:
    columns = ("一级指标", "二级指标", "三级指标", "年度指标值", "目前完成值", "预计全年", "状态", "说明")
    rows = tuple(map(_watched, arranged(project.targets, lambda target: target.aim)))
    facts = (
        ("项目", project.name or WHOLE),
        ("监控日期", in_chinese(monitoring.at)),
        ("预算数（万元）", wan(project.money.spending.base)),
        ("支出数（万元）", wan(project.money.spending.spent)),
        ("资金状态", f"{project.money.light}：{project.money.reason}"),
    )
    return Sheet(f"绩效目标运行监控表：{project.name or WHOLE}", facts, columns, rows)


def _watched(target: Watched) -> tuple[str, ...]:
    aim = target.aim
    projected = "" if target.projected is None else f"{trimmed(target.projected)}{unit_of(target.evidence)}"
    return aim.first, aim.second, aim.name, aim.target.text, value(target.evidence), projected, target.light.value, target.reason


def evaluation_sheets(evaluation: Evaluation) -> tuple[Sheet, ...]:
    """A summary of all scores and a self-evaluation sheet for each, in the manner of 财预〔2020〕10号."""
    return (evaluation_summary(evaluation), *(_evaluated(one, evaluation) for one in evaluation.scored))


def evaluation_summary(evaluation: Evaluation) -> Sheet:
    """All scores in one table."""
    rows = tuple(
        (
            one.name or WHOLE,
            wan(one.score.spending.base),
            wan(one.score.spending.spent),
            percent(one.score.spending.rate),
            points(one.score.total),
            one.score.grade or f"不完整（可评{points(one.score.possible)}分）",
            str(len(one.deviations)),
        )
        for one in evaluation.scored
    )
    columns = ("项目", "预算数（万元）", "支出数（万元）", "执行率", "得分", "等级", "需说明的偏差")
    facts = (("部门", evaluation.plan.department), ("年度", str(evaluation.plan.year or "")))
    return Sheet("绩效自评结果汇总表", facts, columns, rows, frozenset({1, 2, 3, 4, 6}))


def _evaluated(one: Evaluated, evaluation: Evaluation) -> Sheet:
    columns = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施", "佐证")
    score = one.score
    rows = [_scored(line, one.name, evaluation.explanations) for line in arranged(score.lines, lambda line: line.aim)]
    if score.execution_points:
        rate = percent(score.spending.rate)
        rows.insert(0, ("预算执行率", "", "", "100%", rate, points(score.execution_points), points(score.execution), "", ""))
    rows.append(("合计", "", "", "", "", points(Decimal(100)), points(score.total), "", ""))
    facts = (
        ("项目", one.name or WHOLE),
        ("部门", evaluation.plan.department),
        ("预算数（万元）", wan(score.spending.base)),
        ("支出数（万元）", wan(score.spending.spent)),
        ("得分和等级", f"{points(score.total)}分，{score.grade or '得分不完整，不评等级'}"),
    )
    return Sheet(
        f"绩效自评表：{one.name or WHOLE}",
        facts,
        columns,
        tuple(rows),
        frozenset({5, 6}),
        (f"评分依据：{score.scheme.basis}", *_notes(one)),
    )


def _notes(one: Evaluated) -> Iterator[str]:
    if one.outside:
        yield f"评分办法没有给下列指标分值，未计分：{'、'.join(dict.fromkeys(line.aim.name for line in one.outside))}"
    if one.unknown:
        lost = sum((line.points for line in one.unknown), Decimal(0))
        yield f"下列指标没有完成值或无法衡量，共{points(lost)}分未评：{'、'.join(dict.fromkeys(line.aim.name for line in one.unknown))}"


def scored_remark(line: Scored, said: str) -> str:
    """What is to be said of a line: the office's explanation, that one is due, or why there is no score."""
    return said or (f"（待说明）{line.explain}" if line.explain else "" if line.earned is not None else line.attainment.reason)


def _scored(line: Scored, project: str, explanations: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    aim = line.aim
    remark = scored_remark(line, explanations.get((keyed(project), keyed(aim.name)), ""))
    shown = "；".join(s.file for s in line.evidence.shown) if line.evidence else ""
    earned = points(line.earned) if line.points else "不计分"
    return (
        *(aim.first, aim.second, aim.name, aim.target.text, value(line.evidence)),
        *(points(line.points) if line.points else "—", earned, remark, shown),
    )


def comparison_sheet(rows: Sequence[Compared], this: int | None, last: int | None) -> Sheet:
    """Scores of two years beside each other."""

    def shown(total: Total | None) -> tuple[str, str]:
        return ("", "") if total is None else (points(total.points), total.grade or "不完整")

    cells = tuple(
        (one.name or WHOLE, *shown(one.last), *shown(one.this), "" if one.change is None else f"{one.change:+.2f}") for one in rows
    )
    before, now = (f"{year}年" if year else word for year, word in ((last, "上年"), (this, "本年")))
    columns = ("项目", f"{before}得分", f"{before}等级", f"{now}得分", f"{now}等级", "增减（分）")
    return Sheet("与上年得分比较表", (), columns, cells, frozenset({1, 3, 5}), ("得分不完整的不比较。",))


def recommendation_sheet(recommendations: Sequence[Recommendation]) -> Sheet:
    """What is recommended for next year."""
    rows = tuple((r.project, r.advice.value, r.rule, wan(r.amount)) for r in recommendations)
    basis = tuple(f"依据：{b}" for b in dict.fromkeys(r.basis for r in recommendations))
    return Sheet("评价结果应用建议表", (), ("项目", "建议", "理由", "下年度预算上限（万元）"), rows, frozenset({3}), basis)


def rectification_sheet(items: Sequence[Rectification]) -> Sheet:
    """What is to be put right, and what was."""
    rows = tuple(
        (
            *(item.key, item.project or WHOLE, item.what, item.owner, item.due.isoformat() if item.due else ""),
            *("待整改" if item.open else "已整改", item.done, item.closed.isoformat() if item.closed else ""),
        )
        for item in items
    )
    return Sheet("整改台账", (), ("编号", "项目", "事项", "责任人", "期限", "状态", "整改情况", "完成日期"), rows)


def evidence_sheet(evidence: Iterable[Evidence]) -> Sheet:
    """Every value with what shows it: how it was computed, from which file, and the hash of what was read."""
    rows = tuple(
        (
            *(one.project or WHOLE, one.indicator, value(one), str(one.period), one.owner, one.formula),
            *("" if number is None else f"{number.normalize():f}" for number in (one.numerator, one.denominator)),
            "；".join(shown.file for shown in one.shown),
            "；".join("" if shown.rows is None else str(shown.rows) for shown in one.shown),
            "；".join(shown.sha256[:_DIGEST] for shown in one.shown),
            one.note,
        )
        for one in evidence
    )
    columns = ("项目", "指标", "完成值", "期间", "责任人", "计算方法", "分子", "分母", "佐证", "记录数", "校验值", "备注")
    notes = (f"校验值是佐证文件 SHA-256 的前{_DIGEST}位，全部64位在 JSON 格式里。",)
    return Sheet("佐证清单", (), columns, rows, frozenset({6, 7, 9}), notes)


def drilled_sheets(drilled: Drilled) -> tuple[Sheet, ...]:
    """An indicator's value with its parts, and the rows that keep it from its target."""
    whole, failing = drilled.whole, drilled.failing
    facts = (
        ("项目", drilled.entry.project or WHOLE),
        ("期间", str(drilled.entry.period)),
        ("数据", drilled.file),
        ("计算方法", drilled.measure.formula),
        ("可以按", "、".join(f"{name}（{title}）" for name, title in drilled.breakdowns)),
    )
    rows = (*map(_measured, drilled.parts), ("合计", *_measured(whole)[1:]))
    first = Sheet(drilled.entry.indicator, facts, ("分组", "数值", "分子", "分母"), rows, frozenset({1, 2, 3}))
    if not drilled.measure.failing:
        return (first,)
    title = f"没有达标的记录：共{failing.number}条" + (f"，列出前{len(failing.rows)}条" if failing.number > len(failing.rows) else "")
    return first, Sheet(title, (), ("位置", *failing.columns), tuple((place, *values) for place, values in failing.rows))


def _measured(part: Measured) -> tuple[str, ...]:
    bottom = "" if part.denominator is None else f"{part.denominator:f}"
    shown = "分母为零" if part.value is None else f"{trimmed(part.value)}{part.unit}"
    return part.name, shown, f"{part.numerator:f}", bottom


def value(evidence: Evidence | None) -> str:
    """The value of evidence with its unit, "" where there is none."""
    if evidence is None:
        return ""
    shown = trimmed(evidence.value) if isinstance(evidence.value, Decimal) else str(evidence.value)
    return f"{shown}{unit_of(evidence)}"


def unit_of(evidence: Evidence | None) -> str:
    """The unit of a number, "" of anything else."""
    return evidence.unit if evidence is not None and isinstance(evidence.value, Decimal) else ""


def trimmed(number: Decimal) -> str:
    """A number with at most two decimals and no needless zeros."""
    return f"{number.quantize(Decimal('0.01')).normalize():f}"


def points(number: Decimal | None) -> str:
    """Points with two decimals, "" where they could not be told."""
    return "" if number is None else f"{number:.2f}"


def wan(amount: Decimal | None) -> str:
    """An amount of 元 in 万元, "" where there is none."""
    return "" if amount is None else f"{amount / _WAN:,.2f}"


def percent(share: Decimal | None) -> str:
    """A share as a percentage with two decimals, "" where there is none."""
    return "" if share is None else f"{share * 100:.2f}%"

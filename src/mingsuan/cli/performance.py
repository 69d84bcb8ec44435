"""The commands targets, monitor, evaluate and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingsuan.cli.console import OK, Failure, as_json, dialect_option, emit, output_option, write
from mingsuan.cli.reading import disclosure_of, opening

if TYPE_CHECKING:
    from mingsuan.model import Disclosure, Finding
    from mingsuan.performance.case import Case
    from mingsuan.performance.drilling import Drilled
    from mingsuan.performance.evaluation import Evaluation
    from mingsuan.performance.forms import Form
    from mingsuan.performance.plan import Plan
    from mingsuan.performance.tabular import Sheet

UNSCORED = 1
"""Exit status: some points could not be told."""
_REPORTS = click.Choice(["text", "json", "html", "docx", "xlsx"])
_LISTED = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。")


def _evidence(function: Callable[..., int]) -> Callable[..., int]:
    """The options that monitor and evaluate share."""
    for option in (
        dialect_option,
        output_option,
        click.option("--format", "form", type=_REPORTS, default="text", show_default=True, help="输出格式。"),
        click.option(
            "--evidence", "binding", type=click.Path(path_type=Path), required=True, metavar="佐证.yaml", help="完成值、支出数和数据来源。"
        ),
    ):
        function = option(function)
    return function


@click.command(short_help="列出绩效指标和指标值。")
@click.argument("file", metavar="文件")
@_LISTED
@output_option
@dialect_option
def targets(file: str, form: str, output: Path | None, dialect: str | None) -> int:
    """列出一份公开文本的绩效指标：项目、层级、名称，指标值拆成比较符号、数值、单位，以及能否衡量。"""
    from mingsuan.indicators.export import targets_of

    found = targets_of(_disclosure(file, dialect))
    emit(as_json(found) if form == "json" else _listed(found), output)
    return OK


def _listed(found: dict[str, Any]) -> str:
    lines = []
    for one in found["indicators"]:
        where = "/".join([one["project"] or "部门整体", *one["path"]])
        lines.append(f"{where}  {one['name']}  {one['text']}" + (f"  （无法衡量：{one['reason']}）" if not one["judgeable"] else ""))
    bad = sum(not one["judgeable"] for one in found["indicators"])
    lines.append(f"共{len(lines)}个指标，其中{bad}个的指标值无法衡量。")
    return "\n".join(lines) + "\n"


@click.command(short_help="绩效运行监控：支出进度和目标进度。")
@click.argument("file", metavar="文件")
@_evidence
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="年-月-日", help="监控日期；不写时为佐证期间的最后一天。")
def monitor(file: str, binding: Path, form: str, output: Path | None, dialect: str | None, day: datetime | None) -> int:
    """按佐证监控公开文本里的绩效目标：支出和目标完成到哪里，预计全年如何，红灯、黄灯、绿灯和理由。

    docx、xlsx、html 按财预〔2019〕136号的绩效目标执行监控表填写。
    """
    from mingsuan.performance.forms import monitoring_form
    from mingsuan.performance.json import monitoring_to_json
    from mingsuan.performance.tabular import monitoring_sheets, monitoring_summary

    case = _case(file, dialect, binding)
    at: date | None = day.date() if day else None
    monitoring = case.monitored(at)
    parts: Sequence[Sheet | Form] = ()
    if form == "text":
        parts = monitoring_sheets(monitoring)
    elif form != "json":
        forms = (monitoring_form(project, monitoring, case.said) for project in monitoring.projects)
        parts = (monitoring_summary(monitoring), *forms, _shown(case))
    _out(form, monitoring_to_json(monitoring), parts, monitoring.findings, output, ("绩效运行监控", monitoring.plan))
    return OK


@click.command(short_help="绩效自评：得分、等级、偏差、结果应用建议。")
@click.argument("file", metavar="文件")
@_evidence
@click.option("--register", type=click.Path(dir_okay=False, path_type=Path), metavar="整改台账.yaml", help="读入并更新整改台账。")
@click.option("--against", type=click.Path(dir_okay=False, path_type=Path), metavar="上年.json", help="与上年自评结果（JSON）比较得分。")
def evaluate(
    file: str, binding: Path, form: str, output: Path | None, dialect: str | None, register: Path | None, against: Path | None
) -> int:
    """按佐证给公开文本里的绩效目标评分，列出需要说明的偏差、下年度预算建议和整改事项。

    docx、xlsx、html 按财预〔2020〕10号的绩效自评表填写。

    退出码：0 评分完整；1 有指标没有评分；2 读不了。
    """
    from mingsuan.performance.comparing import compared, read_last, totals_of
    from mingsuan.performance.json import comparison_to_json, evaluation_to_json
    from mingsuan.performance.register import read_register, register_text
    from mingsuan.performance.results import recommendations, to_rectify, tracked
    from mingsuan.performance.tabular import comparison_sheet, recommendation_sheet, rectification_sheet
    from mingsuan.performance.telling import told

    case = _case(file, dialect, binding)
    with _told():
        evaluation = case.evaluated()
        known = read_register(register) if register else ()
        last = read_last(against) if against else None
    advice, items = recommendations(evaluation), tracked(to_rectify(evaluation), known)
    both = compared(totals_of(evaluation), last.totals) if last else ()
    data = evaluation_to_json(evaluation, advice, items) | ({"compared": comparison_to_json(both)} if last else {})
    sentence = told(evaluation, case.dialect) if case.dialect else ""
    data |= {"sentence": sentence}
    after = (comparison_sheet(both, evaluation.plan.year, last.year),) if last else ()
    parts = (*_evaluated(form, case, evaluation), *after, recommendation_sheet(advice), rectification_sheet(items))
    parts = parts if form == "text" else (*parts, _shown(case))
    _out(form, data, parts, evaluation.findings, output, ("绩效自评", evaluation.plan))
    if sentence and form == "text" and output is None:
        click.echo(f"\n可写入预算绩效情况说明：{sentence}")
    if register:
        write(register_text(items).encode(), register)
    return OK if all(one.score.complete for one in evaluation.scored) else UNSCORED


def _evaluated(form: str, case: Case, evaluation: Evaluation) -> tuple[Sheet | Form, ...]:
    from mingsuan.performance.forms import evaluation_form
    from mingsuan.performance.tabular import evaluation_sheets, evaluation_summary

    if form == "text":
        return evaluation_sheets(evaluation)
    return evaluation_summary(evaluation), *(evaluation_form(one, evaluation.plan, case.said) for one in evaluation.scored)


@click.command(short_help="查看佐证，下钻到没有达标的记录。")
@click.argument("binding", metavar="佐证.yaml", type=click.Path(path_type=Path))
@click.option("--indicator", metavar="指标", help="只看这个由数据包计算的指标：数值、构成和没有达标的记录。")
@click.option("--project", metavar="项目", default="", help="几个项目有同名指标时，是哪个项目的。")
@click.option("--by", metavar="分组", default="", help="怎样分组，如 day、group、district，也可以写 日期、班组、区县。")
@click.option("--rows", type=click.IntRange(0, 10_000), default=20, show_default=True, metavar="N", help="列出几条没有达标的记录。")
@_LISTED
@output_option
def evidence(binding: Path, indicator: str | None, project: str, by: str, rows: int, form: str, output: Path | None) -> int:
    """读取佐证文件，列出各指标的值和出处；用 --indicator 下钻到一个指标的构成和没有达标的记录。"""
    from mingsuan.performance.drilling import drill
    from mingsuan.performance.evidence.binding_file import read_binding
    from mingsuan.performance.evidence.collecting import collect
    from mingsuan.performance.json import drilled_to_json, evidence_to_json
    from mingsuan.performance.tabular import evidence_sheet

    if not indicator and (project or by):
        raise Failure("--project 和 --by 要与 --indicator 一起用。")
    with _told():
        bound = read_binding(binding)
        if indicator:
            drilled = drill(bound, indicator, project, by, rows)
            _out(form, drilled_to_json(drilled), _drilled(drilled), drilled.findings, output)
            return OK
        found = collect(bound)
    _out(form, evidence_to_json(found.evidence, found.findings), (evidence_sheet(found.evidence),), found.findings, output)
    return OK


def _drilled(drilled: Drilled) -> tuple[Sheet, ...]:
    from mingsuan.performance.tabular import drilled_sheets

    return drilled_sheets(drilled)


def _shown(case: Case) -> Sheet:
    """The list of evidence, which every report ends with."""
    from mingsuan.performance.tabular import evidence_sheet

    return evidence_sheet(one for project in case.evidence.values() for one in project.values())


def _case(file: str, dialect: str | None, binding: Path) -> Case:
    from mingsuan.dialects.dialect import load
    from mingsuan.performance.case import open_case

    disclosure = _disclosure(file, dialect)
    with _told():
        return open_case(disclosure, load(disclosure.dialect) if disclosure.dialect else None, binding)


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be used, as a message of the command."""
    from mingsuan.performance.evidence.errors import EvidenceError
    from mingsuan.performance.schemes import NoSchemeError, UnknownPartError, WeightsError

    try:
        yield
    except (EvidenceError, NoSchemeError, UnknownPartError, WeightsError) as error:
        raise Failure(str(error)) from None


def _out(
    form: str,
    data: object,
    parts: Sequence[Sheet | Form],
    findings: Sequence[Finding],
    output: Path | None,
    report: tuple[str, Plan] | None = None,
) -> None:
    """Print or write the data as JSON, the tables as text, or the report as a document."""
    if form == "json":
        emit(as_json(data), output)
        return
    if form == "text" or report is None:
        from mingsuan.performance.tabular import Sheet
        from mingsuan.performance.text import sheets_text

        emit(sheets_text((part for part in parts if isinstance(part, Sheet)), findings), output)
        return
    if output is None:
        raise Failure(f"{form} 格式请用 -o 写入文件。")
    from mingsuan.publishing.performance import written

    write(written(form, *report, parts, findings), output)
    click.echo(f"已写入 {output}")


def _disclosure(file: str, dialect: str | None) -> Disclosure:
    return disclosure_of(opening([file]), dialect)

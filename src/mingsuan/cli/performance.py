"""The commands targets, monitor and evaluate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from mingsuan.model import Disclosure
    from mingsuan.performance.case import Case
    from mingsuan.performance.tabular import Sheet

OK, UNSCORED = 0, 1
_REPORTS = click.Choice(["text", "json", "html", "docx", "xlsx"])


def _evidence(function: Callable[..., int]) -> Callable[..., int]:
    """The options that monitor and evaluate share."""
    for option in (
        click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。"),
        click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；写完整以后才替换旧文件。"),
        click.option("--format", "form", type=_REPORTS, default="text", show_default=True, help="输出格式。"),
        click.option(
            "--evidence", "binding", type=click.Path(path_type=Path), required=True, metavar="佐证.yaml", help="完成值、支出数和数据来源。"
        ),
    ):
        function = option(function)
    return function


@click.command(short_help="列出绩效指标和指标值。")
@click.argument("file", metavar="文件")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；写完整以后才替换旧文件。")
@click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。")
def targets(file: str, form: str, output: Path | None, dialect: str | None) -> int:
    """列出一份公开文本的绩效指标：项目、层级、名称，指标值拆成比较符号、数值、单位，以及能否衡量。"""
    from mingsuan.cli.console import as_json, emit
    from mingsuan.indicators.export import targets_of

    found = targets_of(_read(file, dialect))
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
    """按佐证监控公开文本里的绩效目标：支出和目标完成到哪里，预计全年如何，红灯、黄灯、绿灯和理由。"""
    from mingsuan.cli.console import as_json
    from mingsuan.performance.json import monitoring_to_json
    from mingsuan.performance.tabular import monitoring_sheets

    case = _case(file, dialect, binding)
    at: date | None = day.date() if day else None
    monitoring = case.monitored(at)
    text = as_json({**monitoring_to_json(monitoring), "findings": _findings(case)}) if form == "json" else ""
    _out(form, text, monitoring_sheets(monitoring), case, output, "绩效运行监控")
    return OK


@click.command(short_help="绩效自评：得分、等级、偏差、结果应用建议。")
@click.argument("file", metavar="文件")
@_evidence
@click.option("--register", type=click.Path(dir_okay=False, path_type=Path), metavar="整改台账.yaml", help="读入并更新整改台账。")
def evaluate(file: str, binding: Path, form: str, output: Path | None, dialect: str | None, register: Path | None) -> int:
    """按佐证给公开文本里的绩效目标评分，列出需要说明的偏差、下年度预算建议和整改事项。

    退出码：0 评分完整；1 有指标没有评分；2 读不了。
    """
    from mingsuan.cli.console import as_json, write
    from mingsuan.performance.evidence.errors import EvidenceError
    from mingsuan.performance.json import evaluation_to_json
    from mingsuan.performance.register import read_register, register_text
    from mingsuan.performance.results import recommendations, to_rectify, tracked
    from mingsuan.performance.schemes import WeightsError
    from mingsuan.performance.tabular import evaluation_sheets, recommendation_sheet, rectification_sheet

    case = _case(file, dialect, binding)
    try:
        evaluation = case.evaluated()
        known = read_register(register) if register else ()
    except (WeightsError, LookupError, EvidenceError) as error:
        raise _failure(f"weights 里的“{error.args[0]}”不是评分办法的一级指标。" if isinstance(error, KeyError) else str(error)) from None
    advice, items = recommendations(evaluation), tracked(to_rectify(evaluation), known)
    text = as_json({**evaluation_to_json(evaluation, advice, items), "findings": _findings(case)}) if form == "json" else ""
    sheets = (*evaluation_sheets(evaluation), recommendation_sheet(advice), rectification_sheet(items))
    _out(form, text, sheets, case, output, "绩效自评")
    if register:
        write(register_text(items).encode(), register)
    scores = [one.score for one in (*((evaluation.overall,) if evaluation.overall else ()), *evaluation.projects)]
    return OK if all(score.complete for score in scores) else UNSCORED


def _case(file: str, dialect: str | None, binding: Path) -> Case:
    from mingsuan.dialects.dialect import load
    from mingsuan.performance.case import open_case
    from mingsuan.performance.evidence.errors import EvidenceError

    disclosure = _read(file, dialect)
    try:
        return open_case(disclosure, load(disclosure.dialect) if disclosure.dialect else None, binding)
    except EvidenceError as error:
        raise _failure(str(error)) from None


def _findings(case: Case) -> list[dict[str, str]]:
    return [{"code": f.code, "level": f.level.value, "message": f.message} for f in case.findings]


def _out(form: str, text: str, sheets: tuple[Sheet, ...], case: Case, output: Path | None, title: str) -> None:
    from mingsuan.cli.console import emit, write

    if form == "json":
        emit(text, output)
        return
    if form == "text":
        from mingsuan.performance.text import sheets_text

        emit(sheets_text(sheets, case.findings), output)
        return
    if output is None:
        raise _failure(f"{form} 格式请用 -o 写入文件。")
    from mingsuan.publishing.performance import written

    write(written(form, title, case.plan, sheets, case.findings), output)
    click.echo(f"已写入 {output}")


def _read(file: str, dialect: str | None) -> Disclosure:
    from mingsuan.cli.reading import disclosure_of, opening

    return disclosure_of(opening([file]), dialect)


def _failure(message: str) -> click.ClickException:
    from mingsuan.cli.console import Failure

    return Failure(message)

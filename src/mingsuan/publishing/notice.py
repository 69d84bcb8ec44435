"""The rectification notice (整改通知) that an office sends a department: what was found, and what is to be done by when, as a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mingsuan.model import Disclosure, Finding, Level, Report, Stage
from mingsuan.publishing.docx import write_docx
from mingsuan.publishing.publication import Block, Heading, Publication, Text
from mingsuan.publishing.tabulated import tabulated

_COLUMNS = ("序号", "问题性质", "位置", "问题", "公开数", "应为", "整改要求", "依据")
_LEVELS = {Level.ERROR: "错误", Level.WARNING: "需核实", Level.INFO: "建议"}
_BLANK = "　　　　"


def rectification_notice(
    disclosure: Disclosure, report: Report, name: str, *, dated: date | None = None, due: date | None = None, sender: str = ""
) -> bytes:
    """The notice.

    Args:
        disclosure: what was published.
        report: the check; waived findings are not listed.
        name: of the file that was checked.
        dated: date of the notice, blank to be filled in if it is not given.
        due: last day for rectification, blank likewise.
        sender: who sends it, blank likewise.
    """
    what = "决算" if disclosure.stage is Stage.FINAL_ACCOUNT else "预算"
    title = f"关于{disclosure.department or '你单位'}{disclosure.year or ''}年部门{what}公开问题的整改通知"
    return write_docx(
        Publication(
            title, sender or "", disclosure.year, dated, tuple(_blocks(title, disclosure, report, name, dated, due, sender)), plain=True
        )
    )


def _blocks(
    title: str, disclosure: Disclosure, report: Report, name: str, dated: date | None, due: date | None, sender: str
) -> Iterator[Block]:
    errors = sum(f.level is Level.ERROR for f in report.findings)
    others = len(report.findings) - errors
    yield Heading(title, 1)
    yield Text(f"{disclosure.department or _BLANK}：")
    yield Text(f"经核对你单位公开的《{name}》，发现错误{errors}处、需要核实或完善的{others}处，详见附表。请对照附表逐项整改。")
    yield Text(
        f"请于{_day(due)}前完成整改，重新公开更正后的文本，并将附表“整改情况”连同更正后的文本一并报送。对不需要整改的，请逐项说明理由。"
    )
    if report.waived:
        yield Text(f"另有{len(report.waived)}处已说明理由，不再列入。")
    yield Text(f"{sender or _BLANK + _BLANK}")
    yield Text(_day(dated))
    rows = [(str(n), *_row(finding), "") for n, finding in enumerate(report.findings, start=1)]
    yield tabulated(0, "附表：公开问题及整改要求", (*_COLUMNS, "整改情况"), rows, over=(f"单位：{disclosure.department or ''}",))


def _row(finding: Finding) -> tuple[str, ...]:
    places = "；".join(dict.fromkeys(str(side.place) for side in finding.sides))
    return _LEVELS[finding.level], places, finding.message, finding.observed, finding.expected, finding.fix, finding.basis


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"

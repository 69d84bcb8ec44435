"""The rectification notice (整改通知) that an office sends a department: what was found, and what is to be done by when, as a Word file.

What the office has to fill in stands in 【】.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mingsuan.checking.summary import Summary, printed_wrong, summary
from mingsuan.model import Disclosure, Finding, Level, Report, Stage
from mingsuan.patterns import regex
from mingsuan.publishing.docx import write_docx
from mingsuan.publishing.publication import Align, Block, Grid, Heading, Publication, Sheet, Text, Tile
from mingsuan.publishing.widths import PORTRAIT, ems, fitting, widths

_COLUMNS = ("序号", "问题性质", "位置", "问题", "公开数", "应为", "整改要求", "依据", "整改情况")
_CENTRED = frozenset({"序号", "问题性质"})
_NATURES = {Level.ERROR: "错误", Level.WARNING: "需核实", Level.INFO: "建议"}
_TO_FILL = 9.0
"""Ems that the column is wide which the department fills in."""
_AMOUNT = regex(r"[+−-]?[\d,.]+(?:元|千元|万元|亿元|%|)")
_TITLE_SIZE = 18.0
"""Points of a heading of level 1."""


def rectification_notice(
    disclosure: Disclosure, report: Report, name: str, *, dated: date | None = None, due: date | None = None, sender: str = ""
) -> bytes:
    """The notice; where nothing was found, it says so and asks for nothing.

    Args:
        disclosure: what was published.
        report: the check; waived findings are not listed.
        name: of the file that was checked.
        dated: date of the notice, to be filled in if it is not given.
        due: last day for rectification, likewise.
        sender: who sends it, likewise.
    """
    whom = disclosure.department or "你单位"
    title = f"{_what(disclosure)}公开{'问题的整改' if report.findings else '核对情况的'}通知"
    line = "\n" if ems(f"关于{whom}{title}") * _TITLE_SIZE > PORTRAIT.measure else ""
    blocks = (
        Heading(f"关于{whom}{line}{title}", 1),
        Text(f"{disclosure.department or '【主送单位】'}：", Align.LEFT),
        *_body(disclosure, report, name, due),
        Text("", Align.RIGHT),
        Text(sender or "【发文机关】", Align.RIGHT),
        Text(_day(dated) if dated else "【发文日期】", Align.RIGHT),
        *([_list(disclosure, report)] if report.findings else []),
    )
    return write_docx(Publication(f"关于{whom}{title}", sender, disclosure.year, dated, blocks, plain=True))


def _what(disclosure: Disclosure) -> str:
    kinds = {Stage.BUDGET: "部门预算", Stage.FINAL_ACCOUNT: "部门决算", Stage.PERFORMANCE_DECLARATION: "整体绩效目标"}
    return f"{f'{disclosure.year}年' if disclosure.year else ''}{kinds[disclosure.stage]}"


def _body(disclosure: Disclosure, report: Report, name: str, due: date | None) -> Iterator[Block]:
    counts = summary(report, disclosure)
    checked = f"经核对你单位公开的{_what(disclosure)}（文件：{name}），"
    if not report.findings:
        yield Text(f"{checked}没有发现需要整改的问题。{_left_out(counts)}{_unchecked(counts)}{_waived(report)}")
        return
    found = "、".join(f"{_NATURES[level]}{count}处" for level, count in counts.levels.items() if count)
    yield Text(f"{checked}发现{found}，详见附件。现将整改要求通知如下：")
    yield Text("一、逐项整改。列为“错误”的，核对原始数据后改正；列为“需核实”的，核实后改正，或说明理由；列为“建议”的，请予完善。")
    yield Text(f"二、重新公开。请于{_day(due) if due else '【整改期限】'}前完成整改，重新公开更正后的文本。")
    yield Text("三、报送结果。请填写附件“整改情况”一栏，连同更正后的文本一并报送；不需要整改的，逐项说明理由。")
    if counts.unchecked or counts.left_out or report.waived:
        yield Text(f"{_left_out(counts)}{_unchecked(counts)}{_waived(report)}")
    yield Text("联系人：【姓名】，电话：【号码】。")
    yield Text("附件：公开问题及整改要求")


def _left_out(counts: Summary) -> str:
    """Another text in the file, which nothing here is said of."""
    return f"{counts.left_out}。" if counts.left_out else ""


def _unchecked(counts: Summary) -> str:
    """What the check could not decide is neither found right nor wrong."""
    return f"另有{counts.unchecked}项因数据不足等原因没有核对，请自行核对。" if counts.unchecked else ""


def _waived(report: Report) -> str:
    return f"另有{len(report.waived)}处已说明理由，不再列入。" if report.waived else ""


def _list(disclosure: Disclosure, report: Report) -> Sheet:
    """The findings as a table, the last column to be filled in by the department."""
    counts = summary(report, disclosure)
    head = [Tile(0, n, text, align=Align.CENTRE, head=True) for n, text in enumerate(_COLUMNS)]
    rows = [(str(n), *_row(finding, counts), "") for n, finding in enumerate(report.findings, start=1)]
    body = [Tile(r, n, text, align=_align(n, text)) for r, row in enumerate(rows, start=1) for n, text in enumerate(row)]
    tiles = (*head, *body)
    found = widths(tiles, len(_COLUMNS), 1)
    grid = Grid(tiles, (*found[:-1], max(found[-1], _TO_FILL)), len(rows) + 1, 1)
    paper, size = fitting(grid)
    over = (f"公开单位：{disclosure.department or ''}", "（“整改情况”由公开单位填写）")
    return Sheet(0, "附件：公开问题及整改要求", over, grid, (), paper, size)


def _row(finding: Finding, counts: Summary) -> Sequence[str]:
    places = "；".join(filter(None, dict.fromkeys(counts.where(side.place) for side in finding.sides)))
    return _NATURES[finding.level], places, finding.message, printed_wrong(finding), finding.expected, finding.fix, finding.basis


def _align(column: int, text: str) -> Align:
    if _COLUMNS[column] in _CENTRED:
        return Align.CENTRE
    return Align.RIGHT if _AMOUNT.fullmatch(text) else Align.LEFT


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

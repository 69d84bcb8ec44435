"""Reports as a workbook (XLSX): one document or a thousand — a summary, all findings, what was not checked, what is waived."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from mingsuan.checking.reports.checked import Checked
from mingsuan.checking.summary import LEVELS, STATUSES
from mingsuan.model import Level, Status
from mingsuan.places import Place

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDTHS = {"问题": 60, "改正": 40, "原因": 50, "依据": 28, "位置": 26, "文件": 28, "核对事项": 46, "部门": 30, "理由": 40}
_USUAL = 14
_MOST = 1_000_000
"""Rows that a worksheet can hold, and a little less."""
_LONGEST = 32_000
"""Characters that a cell can hold, and a little less."""
_COLOURS = {Level.ERROR: "#F8D7DA", Level.WARNING: "#FFF3CD", Level.INFO: "#E2E8F0"}

Row = Sequence[str | int]


_SUMMARY = ("文件", "部门", "年度", "版式", "错误", "警告", "提示", "已豁免", "通过", "有问题", "未执行或数据不足", "不适用")
_FINDINGS = ("序号", "文件", "部门", "编号", "级别", "问题", "印的数", "应为", "差额", "位置", "改正", "依据", "指纹")
_UNCHECKED = ("文件", "核对事项", "对象", "状态", "原因")
_WAIVED = ("文件", "编号", "级别", "问题", "理由", "批准人", "日期", "有效至")
_INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def findings_workbook(documents: Sequence[Checked], unread: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook of the reports; `unread` are names of files that could not be read, with the reason.

    Cells are strings and numbers only: text that begins with = + - @ stays text.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _INERT)
    book.set_properties({"title": "核对结果", "created": datetime.datetime(2000, 1, 1)})
    for name, columns, rows in (
        ("概况", _SUMMARY, _summary(documents, unread)),
        ("问题", _FINDINGS, _findings(documents)),
        ("未核对", _UNCHECKED, _unchecked(documents)),
        ("已豁免", _WAIVED, _waived(documents)),
    ):
        _sheet(book, name, columns, rows)
    book.close()
    return target.getvalue()


def _sheet(book: Workbook, name: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True, "valign": "vcenter"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    coloured = {LEVELS[level]: book.add_format({"border": 1, "valign": "top", "bg_color": c}) for level, c in _COLOURS.items()}
    sheet = book.add_worksheet(name)
    for column, title in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(title, _USUAL))
        sheet.write_string(0, column, title, head)
    last = 0
    for last, row in enumerate(islice(rows, _MOST), start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, column, value, body)
            else:
                sheet.write_string(last, column, value[:_LONGEST], coloured.get(value, body) if columns[column] == "级别" else body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _summary(documents: Sequence[Checked], unread: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for document in documents:
        disclosure, report = document.disclosure, document.report
        levels = Counter(f.level for f in report.findings)
        statuses = Counter(r.status for r in report.receipts)
        yield (
            *(document.name, disclosure.department or "未认出", str(disclosure.year or "未认出"), disclosure.dialect or "未认出"),
            *(levels[level] for level in (Level.ERROR, Level.WARNING, Level.INFO)),
            len(report.waived),
            *(statuses[Status.PASSED], statuses[Status.FAILED], statuses[Status.NOT_EXECUTED] + statuses[Status.INSUFFICIENT]),
            statuses[Status.NOT_APPLICABLE],
        )
    for name, reason in unread:
        yield (name, f"没有读取：{reason}")


def _findings(documents: Sequence[Checked]) -> Iterator[Row]:
    for document in documents:
        for number, finding in enumerate(document.report.findings, start=1):
            places = "；".join(dict.fromkeys(_where(side.place, document.name) for side in finding.sides))
            yield (
                *(number, document.name, document.disclosure.department or "", finding.code, LEVELS[finding.level], finding.message),
                *(finding.observed, finding.expected, finding.difference, places, finding.fix, finding.basis, finding.fingerprint),
            )


def _unchecked(documents: Sequence[Checked]) -> Iterator[Row]:
    for document in documents:
        for receipt in document.report.receipts:
            if receipt.status in (Status.NOT_EXECUTED, Status.INSUFFICIENT):
                yield document.name, receipt.obligation, receipt.about, STATUSES[receipt.status], receipt.reason


def _waived(documents: Iterable[Checked]) -> Iterator[Row]:
    for document in documents:
        for one in document.report.waived:
            finding, waiver = one.finding, one.waiver
            until = waiver.until.isoformat() if waiver.until else ""
            yield (
                *(document.name, finding.code, LEVELS[finding.level], finding.message),
                *(waiver.reason, waiver.person, waiver.date.isoformat(), until),
            )


def _where(place: Place, name: str) -> str:
    shown = str(place)
    return f"{place.file} {shown}" if place.file not in ("", name, shown) else shown

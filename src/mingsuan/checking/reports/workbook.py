"""Reports as a workbook (XLSX): one document or a thousand — a summary, all findings, how often each rule, what was not checked, waived."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from mingsuan.checking.collection import rules
from mingsuan.checking.reports.checked import Checked
from mingsuan.checking.reports.verdict import verdict
from mingsuan.checking.summary import LEVELS, STATUSES, dialect_title, printed_wrong, summary
from mingsuan.folding import columns
from mingsuan.model import Level, Status
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_A3, _A4 = 8, 9
_WIDEST = 200
"""Characters of a row that can be read when it is printed on A4 across."""
_MOST = 1_000_000
"""Rows that a worksheet can hold, and a little less."""
_MOST_LINKS = 65_000
"""Links that a worksheet can hold, and a little less."""
_LONGEST = 32_000
"""Characters that a cell can hold, and a little less."""
_COLOURS = {Level.ERROR: "#F8D7DA", Level.WARNING: "#FFF3CD", Level.INFO: "#E2E8F0"}
_LINE, _TALLEST = 15.0, 405.0
"""Points of a line, and of the tallest row that a worksheet shows."""
_CENTRED = frozenset({"序号", "年度"})
_FIGURE = regex(r"[+−-]?[\d,]+(?:\.\d+)?(?:元|千元|万元|亿元|%|个百分点)?")

Row = Sequence[str | int]


@dataclass(frozen=True)
class _Sheet:
    """A worksheet.

    Attributes:
        columns: title → width in characters.
        rows: values in the order of the columns.
        frozen: columns that stay in sight.
        links: row → the row of the worksheet 问题 that its first cell leads to, both counted from 1.
    """

    name: str
    columns: Mapping[str, int]
    rows: Iterable[Row]
    frozen: int = 1
    links: Mapping[int, int] | None = None


_OF_FILE = {"文件": 26, "部门": 22}
_FINDINGS = {
    "序号": 6,
    **_OF_FILE,
    "级别": 7,
    "编号": 10,
    "问题": 52,
    "印的数": 17,
    "应为": 17,
    "差额": 15,
    "位置": 20,
    "改正": 36,
    "依据": 24,
    "整改情况": 18,
    "指纹": 18,
}
_SUMMARY = {
    **_OF_FILE,
    "年度": 8,
    "版式": 24,
    "结论": 30,
    "错误": 7,
    "警告": 7,
    "提示": 7,
    "已豁免": 8,
    "通过": 8,
    "有问题": 8,
    "没有核对": 10,
    "不适用": 8,
}
_RULES = {"编号": 10, "规则": 46, "章": 9, "问题": 8, "错误": 8, "警告": 8, "提示": 8, "涉及的文件": 11}
_UNCHECKED = {"文件": 26, "核对事项": 46, "对象": 30, "状态": 10, "原因": 50}
_WAIVED = {"文件": 26, "编号": 10, "级别": 7, "问题": 52, "理由": 36, "决定人": 12, "日期": 12, "有效至": 12, "指纹": 18}
_INERT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def findings_workbook(documents: Sequence[Checked], unread: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook of the reports; `unread` are names of files that were not checked, with the reason.

    Cells are strings and numbers only: text that begins with = + - @ stays text. Every sheet can be filtered; its headings stay in
    sight and are printed on every page.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _INERT)
    book.set_properties({"title": "核对结果", "created": datetime.datetime(2000, 1, 1)})
    for sheet in (
        _Sheet("概况", _SUMMARY, _summary(documents, unread), links=_first_findings(documents)),
        _Sheet("问题", _FINDINGS, _findings(documents), frozen=2),
        _Sheet("规则", _RULES, _by_rule(documents)),
        _Sheet("未核对", _UNCHECKED, _unchecked(documents)),
        _Sheet("已豁免", _WAIVED, _waived(documents)),
    ):
        _write(book, sheet)
    book.close()
    return target.getvalue()


def _write(book: Workbook, sheet: _Sheet) -> None:
    plain = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "top"}
    head = book.add_format({**plain, "bold": True, "bg_color": "#D9E2EC", "valign": "vcenter", "align": "center"})
    body, figure = book.add_format(plain), book.add_format({**plain, "align": "right"})
    link = book.add_format({**plain, "font_color": "#1F4F8A", "underline": 1})
    middle = book.add_format({**plain, "align": "center"})
    coloured = {LEVELS[level]: book.add_format({**plain, "align": "center", "bg_color": colour}) for level, colour in _COLOURS.items()}
    made = book.add_worksheet(sheet.name)
    titles, wide = list(sheet.columns), list(sheet.columns.values())
    for column, (title, width) in enumerate(sheet.columns.items()):
        made.set_column(column, column, width)
        made.write_string(0, column, title, head)
    last = 0
    for last, row in enumerate(islice(sheet.rows, _MOST), start=1):
        made.set_row(last, _height(row, wide))
        for column, value in enumerate(row):
            if isinstance(value, int):
                made.write_number(last, column, value, middle if titles[column] in _CENTRED else body)
            else:
                style = coloured.get(value, body) if titles[column] == "级别" else figure if _FIGURE.fullmatch(value) else body
                made.write_string(last, column, value[:_LONGEST], style)
        if sheet.links and last in sheet.links:
            made.write_url(last, 0, f"internal:'问题'!A{sheet.links[last] + 1}", link, str(row[0])[:_LONGEST], "这份文件的第一个问题")
    made.freeze_panes(1, sheet.frozen)
    made.autofilter(0, 0, max(last, 1), len(titles) - 1)
    made.set_landscape()
    made.set_paper(_A4 if sum(wide) <= _WIDEST else _A3)
    made.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    made.set_footer("&C第&P页，共&N页")
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)


def _height(row: Row, wide: Sequence[int]) -> float:
    """Points that a row takes: spreadsheets do not all fit rows to wrapped text when they open a file."""
    lines = max(-(-columns(str(value)[:_LONGEST]) // max(1, width - 3)) for value, width in zip(row, wide, strict=False))
    return min(_TALLEST, _LINE * max(1, lines))


def _summary(documents: Sequence[Checked], unread: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for document in documents:
        disclosure, counts = document.disclosure, summary(document.report, document.disclosure)
        about: Row = (document.name, disclosure.department or "未认出", disclosure.year or "未认出", dialect_title(disclosure) or "未认出")
        found: Row = (
            "。".join(filter(None, (verdict(counts).words, counts.left_out))),
            *counts.levels.values(),
            len(document.report.waived),
        )
        statuses = counts.statuses
        yield *about, *found, statuses[Status.PASSED], statuses[Status.FAILED], counts.unchecked, statuses[Status.NOT_APPLICABLE]
    for name, reason in unread:
        yield (name, "", "", "", f"没有核对：{reason}")


def _first_findings(documents: Sequence[Checked]) -> Mapping[int, int]:
    """Rows of the summary and of the findings, counted from 1, of the documents that have any."""
    found: dict[int, int] = {}
    row = 1
    for number, document in enumerate(documents, start=1):
        if document.report.findings and row <= _MOST and len(found) < _MOST_LINKS:
            found[number] = row
        row += len(document.report.findings)
    return found


def _findings(documents: Sequence[Checked]) -> Iterator[Row]:
    for document in documents:
        for number, finding in enumerate(document.report.findings, start=1):
            places = "；".join(filter(None, dict.fromkeys(_where(side.place, document.name) for side in finding.sides)))
            yield (
                *(number, document.name, document.disclosure.department or "", LEVELS[finding.level], finding.code, finding.message),
                *(printed_wrong(finding), finding.expected, finding.difference, places),
                *(finding.fix, finding.basis, "", finding.fingerprint),
            )


def _by_rule(documents: Sequence[Checked]) -> Iterator[Row]:
    """How many findings of each rule there are and in how many files, those in the most files first."""
    levels = Counter((f.code, f.level) for d in documents for f in d.report.findings)
    files = Counter(code for d in documents for code in {f.code for f in d.report.findings})
    for code, count in sorted(files.items(), key=lambda one: (-one[1], one[0])):
        known = rules().get(code)
        each = [levels[code, level] for level in Level]
        yield (code, known.title.rstrip("。") if known else "", known.chapter if known else "", sum(each), *each, count)


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
                *(waiver.reason, waiver.person, waiver.date.isoformat(), until, finding.fingerprint),
            )


def _where(place: Place, name: str) -> str:
    shown = str(place)
    return f"{place.file} {shown}" if place.file not in ("", name, shown) else shown

"""Writing the input workbook: sheets that can be filled in without a manual, with drop-downs, locked formulas and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingsuan.compiling.book import INFERRED, Book, BookUnit
from mingsuan.compiling.workbook.choices import choices_of, labelled, named
from mingsuan.compiling.workbook.layout import (
    DEPARTMENT,
    FIRST_ROW,
    GUIDE,
    HEAD_ROW,
    LISTS,
    MARK,
    SHEETS,
    TITLE_ROW,
    TOTAL_ROW,
    Entry,
    Field,
    SheetLayout,
)
from mingsuan.dialects.dialect import Dialect
from mingsuan.reading.formats.addresses import address, column_letters

_FONT = "Microsoft YaHei"
_INK, _QUIET, _RULE, _HEAD, _NEEDED, _LOCKED, _GUESSED = "#1F2933", "#6B7785", "#D5DBE1", "#E8EEF3", "#FFFAEB", "#F3F5F7", "#E6F0E6"
"""Colours: text, quiet text, rules, headings, cells that must be filled in, computed cells, inferred entries."""
_NUMBERS: Mapping[Entry, str] = {
    Entry.MONEY: "#,##0.00##",
    Entry.COMPUTED: "#,##0.00",
    Entry.NUMBER: "#,##0.####",
    Entry.COUNT: "0",
    Entry.YEAR: "0",
    Entry.DATE: "yyyy-mm-dd",
}
_BLANK_PRINTED = 12
"""Rows of a sheet that are printed though nothing is entered."""
_MEASURE = 190
"""Width in characters of what one page can hold and still be read."""
_LAST_CHOSEN = 2_000
"""Row as far as which drop-downs reach: rows below the prepared ones may be filled in too."""
_OPEN = ("functions", "departments", "governments", "holdings", "headings")
"""Lists that other words than theirs may be entered for; what they mean is examined later."""
_REFERENCES: Mapping[str, int] = {"units": 60, "any_units": 61, "projects": 300}
"""Lists that grow with what is entered, and the rows kept for them."""


def empty_book(dialect: Dialect, units: int, year: int | None = None) -> Book:
    """A book in which nothing is filled in but what is known: dialect, year, region and rows for the units."""
    book = Book(year=year or dialect.until or dialect.since or 0, dialect=dialect.name)
    department = replace(book.department, region=next(iter(dialect.regions), ""))
    return replace(book, department=department, units=tuple(BookUnit("", "", "行政" if n == 0 else "事业") for n in range(units)))


def write_book(book: Book, dialect: Dialect, path: Path | str) -> None:
    """Write a book as a workbook; `read_book` reads back the same book.

    Texts are written as text, whatever they begin with; only our own formulas are formulas.

    Raises:
        OSError: the file cannot be written.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": False}
    workbook = xlsxwriter.Workbook(str(path), options)
    # The same book gives the same bytes, whenever it is written.
    workbook.set_properties({"created": datetime(book.year or 2000, 1, 1)})
    try:
        _Writer(workbook, book, dialect).write()
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from None


class _Writer:
    def __init__(self, workbook: Any, book: Book, dialect: Dialect) -> None:
        self.workbook, self.book, self.dialect = workbook, book, dialect
        self.choices = choices_of(book, dialect)
        self.ranges: dict[str, str] = {}
        self.labels = {
            "units": {u.code: labelled(u.code, u.name) for u in book.units},
            "projects": {p.code: labelled(p.code, p.name) for p in book.projects},
        }
        self.labels["any_units"] = {book.department.code: labelled(book.department.code, book.department.name), **self.labels["units"]}
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def write(self) -> None:
        guide = self.workbook.add_worksheet(GUIDE)
        department = self.workbook.add_worksheet(DEPARTMENT.name)
        sheets = [(layout, self.workbook.add_worksheet(layout.name)) for layout in SHEETS]
        self._lists(self.workbook.add_worksheet(LISTS))
        self._guide(guide)
        self._department(department)
        for layout, sheet in sheets:
            self._sheet(layout, sheet)
        guide.activate()

    def _format(self, **properties: object) -> Any:
        full = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(full)
        return self._formats[key]

    def _lists(self, sheet: Any) -> None:
        """One column per list; those of units and projects follow what is entered on their sheets."""
        sheet.hide()
        text = self._format()
        sources = {"units": ("单位", "code", "name"), "projects": ("项目", "code", "name")}
        for column, (name, words) in enumerate(self.choices.items()):
            letters = column_letters(column)
            sheet.write_string(0, column, name, text)
            size = max(len(words), _REFERENCES.get(name, 1))
            for row in range(size):
                shown = words[row] if row < len(words) else ""
                if name == "any_units" and row == 0:
                    code, label = address(*self._department_cell("code")), address(*self._department_cell("name"))
                    sheet.write_formula(row + 1, column, f'={DEPARTMENT.name}!{code}&" "&{DEPARTMENT.name}!{label}', text, shown)
                elif name in _REFERENCES:
                    place, code_name, label_name = sources[name if name != "any_units" else "units"]
                    layout = next(s for s in SHEETS if s.name == place)
                    source = FIRST_ROW + row - (name == "any_units")
                    code, label = (address(source, layout.column(n)) for n in (code_name, label_name))
                    sheet.write_formula(row + 1, column, f'=IF({place}!{code}="","",{place}!{code}&" "&{place}!{label})', text, shown)
                else:
                    sheet.write_string(row + 1, column, shown, text)
            self.ranges[name] = f"={LISTS}!${letters}$2:${letters}${size + 1}"
        sheet.protect()

    def _department_cell(self, name: str) -> tuple[int, int]:
        return FIRST_ROW + DEPARTMENT.column(name), 1

    def _guide(self, sheet: Any) -> None:
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 3)
        sheet.set_column(1, 1, 16)
        sheet.set_column(2, 2, 92)
        sheet.write_string(0, 1, "部门预算输入簿", self._format(font_size=16, bold=True))
        sheet.set_row(0, 30)
        sheet.write_string(1, 1, f"{self.dialect.title}　{self.book.year}年", self._format(font_color=_QUIET))
        steps = (
            ("怎样填", "依次填写“部门”“单位”，再填各张明细表。每张表第一行说明它的用途，选中单元格时显示怎样填。"),
            ("必填", f"标题前有“{MARK}”、底色为淡黄的列必须填写。一行只要填了一格，必填的列就要填全。"),
            ("自动计算", "底色为灰的格由公式计算，不能修改。金额一律以元填写，公开文本自动换算。"),
            ("下拉选择", "科目、单位、项目、资金来源从下拉列表选择；列表里没有的科目可以直接填编码。"),
            ("不要", "不要改表名和标题，不要合并单元格，不要在金额里写文字。行数不够时，在下面的空行接着填即可。"),
            ("完成以后", "运行 mingsuan compile 本文件 -o 公开.json。有问题的单元格会逐个指出，改好再运行。"),
        )
        for row, (title, text) in enumerate(steps, 3):
            sheet.write_string(row, 1, title, self._format(bold=True, valign="top"))
            sheet.write_string(row, 2, text, self._format(text_wrap=True, valign="top"))
            sheet.set_row(row, 32)
        row = 3 + len(steps) + 1
        sheet.write_string(row, 1, "各表", self._format(bold=True))
        for number, layout in enumerate((DEPARTMENT, *SHEETS), 1):
            link = self._format(font_color="#2B5C8A", underline=1)
            sheet.write_url(row + number, 1, f"internal:'{layout.name}'!A1", link, layout.name)
            sheet.write_string(row + number, 2, layout.purpose, self._format(font_color=_QUIET))
        _printed(sheet)
        sheet.fit_to_pages(1, 1)
        sheet.protect()

    def _department(self, sheet: Any) -> None:
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 2, 60)
        sheet.write_string(TITLE_ROW, 0, DEPARTMENT.purpose, self._format(bold=True, font_size=12))
        sheet.set_row(TITLE_ROW, 26)
        for column, title in enumerate(("事项", "内容", "说明")):
            sheet.write_string(HEAD_ROW, column, title, self._head(required=False))
        values = {"dialect": self.book.dialect, "year": self.book.year or None}
        for number, field in enumerate(DEPARTMENT.fields):
            row = FIRST_ROW + number
            value = values[field.name] if field.name in values else getattr(self.book.department, field.name)
            sheet.write_string(row, 0, f"{MARK if field.required else ''}{field.head}", self._label())
            self._put(sheet, row, 1, field, value, self._entry(field))
            sheet.write_string(row, 2, field.help, self._format(font_color=_QUIET, text_wrap=True))
            sheet.set_row(row, 48 if field.entry is Entry.LONG else 24)
            self._choose(sheet, field, row, row, 1)
        _printed(sheet)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _sheet(self, layout: SheetLayout, sheet: Any) -> None:
        records: Sequence[Any] = getattr(self.book, layout.part)
        last = FIRST_ROW + len(records) + layout.spare - 1
        sheet.hide_gridlines(2)
        sheet.write_string(TITLE_ROW, 0, layout.purpose, self._format(bold=True, font_size=12))
        sheet.set_row(TITLE_ROW, 26)
        sheet.set_row(HEAD_ROW, 34)
        sheet.freeze_panes(FIRST_ROW, 1)
        for column, field in enumerate(layout.fields):
            loose = None if field.entry is Entry.COMPUTED else self._format(locked=False, num_format=_NUMBERS.get(field.entry, "@"))
            sheet.set_column(column, column, max(field.width, 2 * len(field.head) + 3), loose)
            sheet.write_string(HEAD_ROW, column, f"{MARK if field.required else ''}{field.head}", self._head(field.required))
            self._total(sheet, layout, column, field, records, last)
            self._choose(sheet, field, FIRST_ROW, max(last, _LAST_CHOSEN), column)
        blank = [self._entry(field) for field in layout.fields]
        for row in range(FIRST_ROW, last + 1):
            record = records[row - FIRST_ROW] if row - FIRST_ROW < len(records) else None
            guessed = record is not None and str(getattr(record, "note", "")).startswith(INFERRED)
            for column, field in enumerate(layout.fields):
                if field.entry is Entry.COMPUTED:
                    self._formula(sheet, layout, row, column, field, record)
                else:
                    style = self._entry(field, guessed=True) if guessed else blank[column]
                    self._put(sheet, row, column, field, None if record is None else getattr(record, field.name), style)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        wide = sum(max(field.width, 2 * len(field.head) + 3) for field in layout.fields)
        _printed(sheet, -(-wide // _MEASURE))
        sheet.repeat_rows(HEAD_ROW)
        sheet.repeat_columns(0)
        sheet.print_area(TITLE_ROW, 0, FIRST_ROW + max(len(records), _BLANK_PRINTED) - 1, len(layout.fields) - 1)

    def _head(self, required: bool) -> Any:
        colour = {"bg_color": _NEEDED} if required else {"bg_color": _HEAD}
        return self._format(bold=True, text_wrap=True, align="center", bottom=1, bottom_color=_RULE, right=1, right_color=_RULE, **colour)

    def _label(self) -> Any:
        return self._format(bottom=1, bottom_color=_RULE)

    def _entry(self, field: Field, *, guessed: bool = False) -> Any:
        computed = field.entry is Entry.COMPUTED
        properties: dict[str, object] = {"locked": computed, "border": 1, "border_color": _RULE}
        if field.width == DEPARTMENT.fields[0].width:
            properties["align"] = "left"
        if computed:
            properties["bg_color"] = _LOCKED
        elif guessed:
            properties["bg_color"] = _GUESSED
        elif field.required:
            properties["bg_color"] = _NEEDED
        properties["num_format"] = _NUMBERS.get(field.entry, "@")
        if field.entry is Entry.LONG:
            properties["text_wrap"] = True
        return self._format(**properties)

    def _put(self, sheet: Any, row: int, column: int, field: Field, value: Any, style: Any) -> None:
        """A value as its cell shows it; what a row leaves at its default is left blank where the column is optional."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, bool):
            sheet.write_string(row, column, "是" if value else "否", style)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, style)
        elif isinstance(value, Decimal | int):
            blank = not field.required and ((field.name in ("times", "again") and value == 1) or (field.name not in _KEPT and value == 0))
            if blank:
                sheet.write_blank(row, column, None, style)
            else:
                sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, self._shown(field, str(value)), style)

    def _shown(self, field: Field, text: str) -> str:
        if not isinstance(field.choices, str):
            return text
        if field.choices in self.labels:
            return self.labels[field.choices].get(text, text)
        return named(field.choices, text, self.book.year) if field.choices in ("functions", "departments", "governments") else text

    def _formula(self, sheet: Any, layout: SheetLayout, row: int, column: int, field: Field, record: Any) -> None:
        places = {f.name: address(row, n) for n, f in enumerate(layout.fields) if f.name}
        first = next(f.name for f in layout.fields if f.name in field.formula and f.required) if "ROUND" in field.formula else "last_budget"
        blank = address(row, layout.column(first))
        value: Any = ""
        if record is not None:
            value = amount_shown(record)
        formula = f'=IF({blank}="","",{field.formula.format(**places)})'
        sheet.write_formula(row, column, formula, self._entry(field), "" if value is None else value)

    def _total(self, sheet: Any, layout: SheetLayout, column: int, field: Field, records: Sequence[Any], last: int) -> None:
        style = self._format(font_color=_QUIET, num_format=_NUMBERS[Entry.COMPUTED], bold=True)
        summed = field.entry is Entry.COMPUTED or (field.entry is Entry.MONEY and field.name == "amount")
        if column == 0 and layout.fields[0].entry is not Entry.COMPUTED:
            if any(f.entry is Entry.COMPUTED or f.name == "amount" for f in layout.fields):
                sheet.write_string(TOTAL_ROW, 0, "合计（元）", style)
        elif summed:
            shown = [v for r in records if (v := amount_shown(r) if field.entry is Entry.COMPUTED else r.amount) is not None]
            span = f"{address(FIRST_ROW, column)}:{address(last, column)}"
            sheet.write_formula(TOTAL_ROW, column, f"=SUM({span})", style, sum(shown, Decimal(0)))

    def _choose(self, sheet: Any, field: Field, first: int, last: int, column: int) -> None:
        """The drop-down, the bounds of a number, and the help of a column."""
        rule: dict[str, Any] = {"validate": "any"}
        if field.choices:
            source = self.ranges[field.choices] if isinstance(field.choices, str) else list(field.choices)
            rule = {"validate": "list", "source": source, "error_title": "请从列表中选择", "error_message": "列表里没有这个词。"}
            rule["error_type"] = "information" if field.choices in _OPEN else "stop"
        elif field.entry in (Entry.MONEY, Entry.NUMBER, Entry.COUNT):
            message = "这里只填数字，单位见标题。"
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13, "error_message": message}
        elif field.entry is Entry.DATE:
            rule = {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1), "error_message": "这里填日期，例如 2023-01-31。"}
        elif field.entry is Entry.YEAR:
            rule = {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100, "error_message": "这里填四位年份。"}
        if field.help and last > first:
            rule |= {"input_title": field.head[:32], "input_message": field.help[:255]}
        if rule != {"validate": "any"}:
            sheet.data_validation(first, column, last, column, rule)


def _printed(sheet: Any, across: int = 1) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(across, 0)


_KEPT = ("last_budget", "last_spent", "total", "last_total")
"""Optional amounts whose 0 says something else than a blank."""


def amount_shown(record: Any) -> Decimal | None:
    """What the computed cell of a record shows, None for nothing."""
    if hasattr(record, "last_budget"):
        known = record.last_budget is not None
        return record.last_budget - (record.last_spent or 0) if known else None
    amount: Decimal = record.amount
    return amount

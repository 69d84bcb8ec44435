"""Reading the input workbook strictly: a book, and a finding with sheet and cell for everything that is not as it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingsuan.amounts import parse_number
from mingsuan.compiling.book import Book, Department
from mingsuan.compiling.workbook.cells import Stored, StoredBook, StoredSheet, cell_name, stored_book
from mingsuan.compiling.workbook.layout import (
    DEPARTMENT,
    FIRST_ROW,
    GUIDE,
    HEAD_ROW,
    LISTS,
    MARK,
    SHEETS,
    YES_NO,
    Entry,
    Field,
    SheetLayout,
)
from mingsuan.compiling.workbook.writer import amount_shown
from mingsuan.dialects.names import plain
from mingsuan.model import Finding, Level, Side
from mingsuan.places import Place
from mingsuan.values import dataclass

MOST_OF_A_KIND = 30
"""Findings of one code on one sheet that are listed; more of them are counted."""
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_DAY = 200_000
"""Days since the epoch beyond which a number is no date."""
_NUMERIC = (Entry.MONEY, Entry.NUMBER, Entry.COUNT, Entry.YEAR)

LONGEST, LONGEST_NAME = 10_000, 300
"""Characters of a paragraph, and of any other text."""


def read_book(path: Path | str) -> tuple[Book, tuple[Finding, ...]]:
    """Read an input workbook; whatever cannot be used is left out of the book and reported.

    Raises:
        UnreadableFile: the file is no workbook, damaged or beyond the bounds.
    """
    stored = stored_book(Path(path))
    reader = _Reader(stored)
    book = reader.book()
    return book, tuple(_limited(reader.findings))


def _limited(findings: Sequence[Finding]) -> Iterator[Finding]:
    seen: Counter[tuple[str, str | None]] = Counter()
    for finding in findings:
        key = (finding.code, finding.sides[0].place.sheet if finding.sides else None)
        seen[key] += 1
        if seen[key] <= MOST_OF_A_KIND:
            yield finding
    for (code, sheet), count in seen.items():
        if count > MOST_OF_A_KIND:
            yield Finding(code, Level.WARNING, f"工作表“{sheet}”另有{count - MOST_OF_A_KIND}处同类问题没有列出。")


class _BadCellError(Exception):
    """A cell cannot be used; it has been reported."""


@dataclass
class _Reader:
    stored: StoredBook
    findings: list[Finding] = field(default_factory=list)

    def book(self) -> Book:
        for warning in self.stored.warnings:
            self._report("BOOK110", Level.WARNING, f"{warning}。", Place(self.stored.name), "")
        self._unknown()
        book = self._department()
        parts: dict[str, Any] = {layout.part: self._records(layout) for layout in SHEETS}
        return replace(book, **parts)

    def _unknown(self) -> None:
        """Say which sheets are not read; where one of ours is lacking, one of them may be it under another name."""
        known = {GUIDE, LISTS, DEPARTMENT.name, *(s.name for s in SHEETS)}
        lacking = any(layout.name not in self.stored.sheets for layout in SHEETS)
        for name, sheet in self.stored.sheets.items():
            if name not in known and any(c.text for row in sheet.rows.values() for c in row.values()):
                place = Place(self.stored.name, sheet=name)
                level, fix = (Level.ERROR, "如果是改了名的表，改回原名；不是的，移出输入簿") if lacking else (Level.INFO, "")
                self._report("BOOK111", level, f"工作表“{name}”不是输入簿的表，没有读取。", place, name, fix)

    def _report(self, code: str, level: Level, message: str, place: Place, text: str, fix: str = "") -> None:
        self.findings.append(Finding(code, level, message, (Side(place, place.sheet or place.file, text),), text, basis="版式", fix=fix))

    def _place(self, sheet: str, row: int, column: int) -> Place:
        return Place(self.stored.name, sheet=sheet, cell=cell_name(row, column))

    def _sheet(self, layout: SheetLayout) -> StoredSheet | None:
        sheet = self.stored.sheets.get(layout.name)
        if sheet is None:
            level = Level.ERROR if layout.needed else Level.WARNING
            place = Place(self.stored.name, sheet=layout.name)
            self._report("BOOK101", level, f"缺少工作表“{layout.name}”。", place, "", "不要删除或改名；用 mingsuan new 可得到空的输入簿")
            return None
        if sheet.problem:
            place = Place(self.stored.name, sheet=sheet.name)
            fix = "删去多余的行列，用 Excel 或 WPS 另存一份后再试"
            self._report("BOOK109", Level.ERROR, f"{sheet.problem}。", place, "", fix)
            return sheet if sheet.rows else None
        return sheet

    def _department(self) -> Book:
        sheet = self._sheet(DEPARTMENT)
        if sheet is None:
            return Book()
        self._merged(sheet, 0)
        rows = {plain(cells[0].text).lstrip(plain(MARK)): row for row, cells in sheet.rows.items() if 0 in cells}
        values: dict[str, Any] = {}
        for entry in DEPARTMENT.fields:
            row = rows.get(plain(entry.head))
            if row is None:
                if not entry.late:
                    place = Place(self.stored.name, sheet=sheet.name)
                    self._report("BOOK102", Level.ERROR, f"“部门”表缺少“{entry.head}”一行。", place, entry.head)
                continue
            try:
                values[entry.name] = self._value(sheet, row, 1, entry, sheet.rows[row].get(1))
            except _BadCellError:
                continue
        given = {name: value for name, value in values.items() if value is not None}
        year, dialect = given.pop("year", 0), given.pop("dialect", "")
        at = Place(self.stored.name, sheet=sheet.name, cell=f"A{FIRST_ROW + 1}")
        return Book(year=year, dialect=dialect, department=Department(**given, at=at))

    def _records(self, layout: SheetLayout) -> tuple[Any, ...]:
        sheet = self._sheet(layout)
        if sheet is None:
            return ()
        head = self._head_row(layout, sheet)
        if head is None:
            place = Place(self.stored.name, sheet=sheet.name)
            self._report("BOOK102", Level.ERROR, f"工作表“{sheet.name}”里找不到标题行。", place, "", "标题行应在第3行，列名不要改")
            return ()
        self._merged(sheet, head + 1)
        columns = self._columns(layout, sheet, head)
        found = []
        for row in sorted(sheet.rows):
            cells = sheet.rows[row]
            if row > head and any(self._entered(cells.get(column)) for name, column in columns.items() if name in layout.by_name):
                record = self._record(layout, sheet, row, cells, columns)
                if record is not None:
                    found.append(record)
        return tuple(found)

    @staticmethod
    def _entered(cell: Stored | None) -> bool:
        return cell is not None and bool(cell.text or cell.uncomputed)

    def _head_row(self, layout: SheetLayout, sheet: StoredSheet) -> int | None:
        wanted = {plain(f.head) for f in layout.fields}
        best = max(
            (row for row in sheet.rows if row < HEAD_ROW + 8),
            key=lambda row: sum(_heading(c.text) in wanted for c in sheet.rows[row].values()),
            default=None,
        )
        if best is None or not any(_heading(c.text) in wanted for c in sheet.rows[best].values()):
            return None
        return best

    def _columns(self, layout: SheetLayout, sheet: StoredSheet, head: int) -> Mapping[str, int]:
        """Columns by field; of computed ones by the field's heading."""
        printed: dict[str, int] = {}
        for column, cell in sorted(sheet.rows[head].items()):
            if _heading(cell.text) in printed:
                self._report("BOOK103", Level.ERROR, f"列“{cell.text}”出现两次。", self._place(sheet.name, head, column), cell.text)
            printed.setdefault(_heading(cell.text), column)
        columns: dict[str, int] = {}
        for entry in layout.fields:
            if plain(entry.head) in printed:
                columns[entry.name or entry.head] = printed.pop(plain(entry.head))
            elif entry.name:
                level = Level.ERROR if entry.required else Level.WARNING
                place = Place(self.stored.name, sheet=sheet.name, cell=f"A{head + 1}")
                fix = f"把标题改回“{MARK if entry.required else ''}{entry.head}”"
                self._report("BOOK102", level, f"工作表“{sheet.name}”缺少列“{entry.head}”。", place, entry.head, fix)
        for text, column in printed.items():
            if any(self._entered(cells.get(column)) for row, cells in sheet.rows.items() if row > head):
                shown = sheet.rows[head][column].text
                self._report("BOOK103", Level.WARNING, f"不认识列“{shown}”，没有读取。", self._place(sheet.name, head, column), text)
        return columns

    def _merged(self, sheet: StoredSheet, first: int) -> None:
        for row, span in sheet.merges:
            if row >= first:
                place = Place(self.stored.name, sheet=sheet.name, cell=span)
                fix = "取消合并，每一格都填上"
                self._report("BOOK107", Level.ERROR, f"单元格{span}是合并的，只有左上角的一格有内容。", place, span, fix)

    def _record(self, layout: SheetLayout, sheet: StoredSheet, row: int, cells: Mapping[int, Stored], columns: Mapping[str, int]) -> Any:
        values: dict[str, Any] = {}
        broken = False
        for name, entry in layout.by_name.items():
            if name not in columns:
                broken = broken or entry.required
                continue
            try:
                values[name] = self._value(sheet, row, columns[name], entry, cells.get(columns[name]))
            except _BadCellError:
                broken = True
        if broken:
            return None
        defaults = {f.name: f.default for f in fields(layout.record) if f.default is not MISSING}
        full = {name: defaults.get(name, _EMPTY.get(layout.by_name[name].entry, "")) if v is None else v for name, v in values.items()}
        record = layout.record(**full, at=Place(self.stored.name, sheet=sheet.name, cell=f"A{row + 1}"))
        self._recomputed(layout, sheet, row, cells, columns, record)
        return record

    def _recomputed(
        self, layout: SheetLayout, sheet: StoredSheet, row: int, cells: Mapping[int, Stored], columns: Mapping[str, int], record: Any
    ) -> None:
        """Compare what a computed cell stores with what it should; the book goes by its own arithmetic."""
        entry = next((f for f in layout.fields if f.entry is Entry.COMPUTED), None)
        column = columns.get(entry.head) if entry is not None else None
        cell = cells.get(column) if column is not None else None
        if entry is None or column is None or cell is None or not cell.text:
            return
        own = amount_shown(record)
        if cell.number is not None and own is not None and cell.number == own.normalize():
            return
        if cell.number is None and own is None:
            return
        place = self._place(sheet.name, row, column)
        should = "" if own is None else f"{own:f}"
        if cell.formula:
            message = f"“{entry.head}”保存的结果是{cell.text}，按本行的数应为{should}；已重新计算。"
            self._report("BOOK106", Level.INFO if not cell.error else Level.WARNING, message, place, cell.text)
        else:
            message = f"“{entry.head}”应由公式计算，这里填了{cell.text}，按本行的数应为{should}。"
            self._report("BOOK106", Level.ERROR, message, place, cell.text, "恢复公式，或改正本行的人数、标准、数量")

    def _value(self, sheet: StoredSheet, row: int, column: int, entry: Field, cell: Stored | None) -> Any:
        """The value of a cell, None for a blank one.

        Raises:
            _BadCellError: it cannot be used.
        """
        place = self._place(sheet.name, row, column)
        if cell is None or not self._entered(cell):
            if entry.required:
                self._report("BOOK108", Level.ERROR, f"“{entry.head}”没有填写。", place, "")
                raise _BadCellError
            return None
        self._sound(cell, entry, place)
        most = LONGEST if entry.entry is Entry.LONG else LONGEST_NAME
        if len(cell.text) > most:
            self._bad("BOOK113", f"“{entry.head}”有{len(cell.text)}字，最多{most}字。", place, cell.text, "写得简短些；长的文字分几行填写")
        if entry.entry in _NUMERIC:
            return self._number(cell, entry, place)
        if entry.entry is Entry.DATE:
            return self._day(cell, entry, place)
        if entry.entry is Entry.YES_NO:
            if cell.text not in YES_NO:
                self._bad("BOOK112", f"“{entry.head}”只能填“是”或“否”，这里是“{cell.text[:40]}”。", place, cell.text)
            return cell.text == YES_NO[0]
        if isinstance(entry.choices, tuple) and entry.choices and cell.text not in entry.choices:
            self._bad("BOOK112", f"“{entry.head}”只能填{'、'.join(entry.choices)}，这里是“{cell.text[:40]}”。", place, cell.text)
        return cell.text.split()[0] if entry.entry is Entry.CODE else cell.text

    def _bad(self, code: str, message: str, place: Place, text: str, fix: str = "") -> None:
        self._report(code, Level.ERROR, message, place, text[:60], fix)
        raise _BadCellError

    def _sound(self, cell: Stored, entry: Field, place: Place) -> None:
        """Refuse errors and formulas without a result; say so where a stored result is used."""
        if cell.error:
            self._bad("BOOK105", f"“{entry.head}”的公式出错：{cell.text}。", place, cell.text, "改正公式，或直接填数")
        if cell.uncomputed:
            self._bad(
                "BOOK105",
                f"“{entry.head}”的公式没有保存计算结果。",
                place,
                f"={cell.formula[:40]}",
                "用 Excel 或 WPS 打开后保存，或直接填数",
            )
        if cell.formula:
            outside = "链接到别的文件的" if "[" in cell.formula else ""
            message = f"“{entry.head}”是{outside}公式，按保存的结果{cell.text[:40]}读取，没有重新计算。"
            self._report("BOOK105", Level.WARNING if outside else Level.INFO, message, place, cell.text[:40])

    def _number(self, cell: Stored, entry: Field, place: Place) -> Any:
        number = cell.number
        if cell.dated:
            self._bad("BOOK104", f"“{entry.head}”应为数字，这里是日期。", place, cell.text, "把单元格的格式改为数值，重新填写")
        if number is None:
            number = parse_number(cell.text)
            if number is None:
                self._bad("BOOK104", f"“{entry.head}”应为数字，这里是“{cell.text[:40]}”。", place, cell.text, "只填数字，单位见标题")
            else:
                self._report("BOOK104", Level.WARNING, f"“{entry.head}”是以文本存储的数字，按{number}读取。", place, cell.text[:40])
        assert number is not None
        if entry.entry in (Entry.COUNT, Entry.YEAR):
            if number != number.to_integral_value() or not 0 <= number <= 10_000_000:
                self._bad("BOOK104", f"“{entry.head}”应为整数，这里是{cell.text[:40]}。", place, cell.text)
            return int(number)
        return number

    def _day(self, cell: Stored, entry: Field, place: Place) -> date:
        try:
            if cell.number is not None and 0 < cell.number < _LAST_DAY:
                return _EPOCHS[self.stored.from_1904] + timedelta(days=int(cell.number))
            return date.fromisoformat(cell.text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-"))
        except ValueError:
            self._bad("BOOK104", f"“{entry.head}”应为日期，这里是“{cell.text[:40]}”。", place, cell.text, "写作 2023-01-31")
            raise


_EMPTY: Mapping[Entry, Any] = {Entry.MONEY: Decimal(0), Entry.NUMBER: Decimal(0), Entry.COUNT: 0}


def _heading(text: str) -> str:
    return plain(text).lstrip(plain(MARK))

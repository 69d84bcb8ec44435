"""The stored cells of a workbook: numbers exact, texts, formulas with or without a result, merged ranges; within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Context, Decimal
from pathlib import Path

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.addresses import address, column_of, position_of
from mingsuan.reading.formats.package import Package
from mingsuan.reading.formats.xlsx_cells import is_true, streamed
from mingsuan.reading.formats.zipped import DAMAGED_REMEDY, PartError
from mingsuan.refusals import no_pipe, refusal
from mingsuan.values import dataclass

MAX_ROWS = 20_000
"""Rows of a sheet that are read; a department with more has several workbooks."""
MAX_COLUMNS = 200
"""Columns that are read."""
MAX_SHEETS = 100
"""Sheets that are read."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")
_BUILT_IN_DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
"""Number formats of ISO/IEC 29500-1, 18.8.30, that show dates or times, those of Chinese included."""
_QUOTED = regex(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATED = regex(r"[ymdhs]|年|月|日", re.IGNORECASE)
_STORED = Context(prec=15, traps=[])
"""Spreadsheets keep fifteen digits; what is stored beyond them is the trace of a binary fraction."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored cell.

    Attributes:
        text: what is stored, as text; "" for a formula without result.
        number: its value where it is a number.
        formula: the formula that it holds, "" where it holds none.
        error: it holds an error value (#REF!).
        dated: it is a number that is shown as a date or time.
    """

    text: str
    number: Decimal | None = None
    formula: str = ""
    error: bool = False
    dated: bool = False

    @property
    def uncomputed(self) -> bool:
        """Whether it is a formula whose result is not stored."""
        return bool(self.formula) and not self.text


@dataclass(frozen=True)
class StoredSheet:
    """A sheet of stored cells.

    Attributes:
        name: the words on its tab.
        rows: cells by row and column, 0-based.
        merges: merged ranges as addresses, with their first row.
        problem: why it was not read, or not to its end; "" where it was.
        hidden: rows that are hidden.
    """

    name: str
    rows: Mapping[int, Mapping[int, Stored]] = field(default_factory=dict)
    merges: Sequence[tuple[int, str]] = ()
    problem: str = ""
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True)
class StoredBook:
    """A workbook.

    Attributes:
        name: what places call the file.
        sheets: by name, in their order.
        warnings: what it holds that is never used (macros, links to other files), in Chinese.
        from_1904: days are counted from 1904.
    """

    name: str
    sheets: Mapping[str, StoredSheet]
    warnings: tuple[str, ...] = ()
    from_1904: bool = False


def is_input(data: bytes, path: Path) -> bool:
    """Whether a file is an input workbook, which has the sheet of the department or most of the others, and not a published one.

    Raises:
        UnreadableFile: it is a workbook that cannot be read.
    """
    from mingsuan.compiling.workbook.layout import DEPARTMENT, SHEETS
    from mingsuan.reading.formats.sniff import Kind, sniff

    if sniff(data, path.name) is not Kind.XLSX:
        return False
    _, listed = _listed(Package.open(data, path.name))
    found = {element.get("name", "") for element in listed}
    return DEPARTMENT.name in found or 2 * len(found & {layout.name for layout in SHEETS}) > len(SHEETS)


def stored_book(path: Path) -> StoredBook:
    """Read the cells of a workbook.

    Raises:
        UnreadableFile: it is no workbook, damaged, or beyond the bounds of size.
    """
    try:
        size = no_pipe(path).stat().st_size
        data = path.read_bytes() if size <= _most() else b""
    except OSError as error:
        raise UnreadableFile(path.name, f"打不开（{refusal(error)}）", "请检查文件是否存在、是否有权限读取") from None
    if size > _most():
        raise UnreadableFile(path.name, "文件过大", "输入簿一般不到1 MB，请去掉图片和多余的工作表再试")
    package = Package.open(data, path.name)
    root, listed = _listed(package)
    targets = package.targets(package.main_part("xl/workbook.xml"))
    if not listed:
        raise UnreadableFile(path.name, "不是Excel工作簿（XLSX）", "请用 Excel 或 WPS 另存为 .xlsx 再试")
    strings = _strings(package, targets)
    dates = _date_styles(package)
    sheets = {}
    for element in listed:
        title = element.get("name", "")
        kind, target = targets.get(element.get(_RELATION, ""), ("", ""))
        if kind == "worksheet":
            sheets[title] = _sheet(package, target, title, strings, dates)
    dated = any(is_true(e.get("date1904")) for e in root.iter(_MAIN + "workbookPr"))
    return StoredBook(path.name, sheets, tuple(_warnings(package)), dated)


def _listed(package: Package) -> tuple[etree._Element, Sequence[etree._Element]]:
    """The workbook part, and the sheets that it lists."""
    root = package.required(package.main_part("xl/workbook.xml"))
    return root, list(root.iter(_MAIN + "sheet"))[:MAX_SHEETS]


def _most() -> int:
    from mingsuan.reading.formats.encoding import MAX_BYTES

    return MAX_BYTES


def _strings(package: Package, targets: Mapping[str, tuple[str, str]]) -> Sequence[str]:
    part = dict(targets.values()).get("sharedStrings", "xl/sharedStrings.xml")
    if part not in package:
        return ()
    try:
        return [_worded(item) for item in package.xml(part).iterchildren(_MAIN + "si")]
    except PartError as error:
        raise UnreadableFile(package.name, f"文件已损坏（{error}）", DAMAGED_REMEDY) from None


def _worded(item: etree._Element) -> str:
    """The text of a string's runs with its line breaks, without the reading aids of East Asian names."""
    texts = [e.text or "" for e in item.iter(_MAIN + "t") if (above := e.getparent()) is None or above.tag != _MAIN + "rPh"]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(texts)).replace("\r\n", "\n").strip()


def _warnings(package: Package) -> Iterator[str]:
    parts = [part.lower() for part in package.members]
    if any(part.endswith("vbaproject.bin") for part in parts):
        yield "工作簿带有宏，宏没有运行，也没有读取"
    if any("externallinks/" in part for part in parts):
        yield "工作簿链接到别的文件，链接没有打开"


def _date_styles(package: Package) -> frozenset[str]:
    """The styles, by their number as cells name it, that show numbers as dates or times."""
    part = "xl/styles.xml"
    if part not in package:
        return frozenset()
    try:
        root = package.xml(part)
    except PartError:
        return frozenset()
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter(_MAIN + "numFmt")}
    dated = _BUILT_IN_DATES | {number for number, code in codes.items() if _DATED.search(_QUOTED.sub("", code))}
    found = enumerate(xf for group in root.iter(_MAIN + "cellXfs") for xf in group.iterchildren(_MAIN + "xf"))
    return frozenset(str(number) for number, xf in found if xf.get("numFmtId", "") in dated)


def _sheet(package: Package, target: str, title: str, strings: Sequence[str], dates: frozenset[str]) -> StoredSheet:
    rows: dict[int, dict[int, Stored]] = {}
    merges: list[tuple[int, str]] = []
    hidden: set[int] = set()
    problem = ""
    row = -1
    try:
        for element in streamed(package.bytes_of(target)):
            if element.tag == _MAIN + "row":
                named = element.get("r", "")
                row = int(named) - 1 if named.isdecimal() and len(named) < 9 else row + 1
                cells = _cells(element, strings, dates)
                if row >= MAX_ROWS and any(c.text or c.formula for c in cells.values()):
                    problem = f"内容超过{MAX_ROWS}行，第{MAX_ROWS + 1}行起没有读取"
                    break
                if cells:
                    rows[row] = cells
                if is_true(element.get("hidden")):
                    hidden.add(row)
            elif element.tag == _MAIN + "mergeCell" and len(merges) < MAX_ROWS:
                first = position_of(element.get("ref", "").partition(":")[0])
                if first is not None:
                    merges.append((first[0], element.get("ref", "")))
    except PartError as error:
        problem = f"没有读取：{error}"
    return StoredSheet(title, rows, merges, problem, frozenset(hidden))


def _cells(row: etree._Element, strings: Sequence[str], dates: frozenset[str]) -> dict[int, Stored]:
    found: dict[int, Stored] = {}
    column = -1
    for cell in row.iterchildren(_MAIN + "c"):
        column = column_of(cell.get("r"), column + 1)
        if column >= MAX_COLUMNS:
            break
        stored = _stored(cell, strings)
        if stored.number is not None and cell.get("s", "") in dates:
            stored = replace(stored, dated=True)
        if stored.text or stored.formula:
            found[column] = stored
    return found


def _stored(cell: etree._Element, strings: Sequence[str]) -> Stored:
    kind = cell.get("t", "n")
    value, formula = "", ""
    for child in cell:
        if child.tag == _MAIN + "v":
            value = (child.text or "").strip()
        elif child.tag == _MAIN + "is":
            return Stored(_worded(child))
        elif child.tag == _MAIN + "f":
            formula = child.text or "="
    if kind == "s":
        index = int(value) if value.isdecimal() and len(value) < 10 else len(strings)
        return Stored(strings[index].strip() if index < len(strings) else "", formula=formula)
    if kind == "e":
        return Stored(value or "#ERROR!", formula=formula, error=True)
    if kind == "b":
        return Stored("是" if value == "1" else "否", formula=formula)
    return _numeric(value, formula) if kind == "n" else Stored(value, formula=formula)


def _numeric(value: str, formula: str) -> Stored:
    number = _STORED.create_decimal(value) if value else None
    # What no amount can be stays a text, and is reported as one where a number is expected.
    if number is None or not number.is_finite() or abs(number.adjusted()) > 30:
        return Stored(value, formula=formula)
    plain = f"{number.normalize():f}"
    return Stored(plain, Decimal(plain), formula)


def cell_name(row: int, column: int) -> str:
    """The address of a position, "B7"."""
    return address(row, column)

"""XLSX → paragraphs and grids, from the workbook's XML: every number as its format prints it.

No library in between: number formats and hidden rows are in the XML only, stored digits stay exact, and a reader
that lays a sheet out densely can be made to ask for 500 GB by a file of one kilobyte.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import lru_cache

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.grids import Span
from mingsuan.reading.numberformat import BUILT_IN, GENERAL, number_shown, text_shown
from mingsuan.reading.package import MAX_MARKS, Package, elements, has_document_type
from mingsuan.reading.sheets import MAX_TEXT, Inked, Room, Sheet, address, document_of
from mingsuan.reading.zipped import DAMAGED_REMEDY, PartError
from mingsuan.values import dataclass

MAX_SHEETS = 500
"""Worksheets that are read."""
MAX_MERGES = 50_000
"""Merged ranges of a sheet."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (_MAIN + tag for tag in ("row", "c", "v", "f", "is"))
_COLUMN, _MERGE, _VIEW, _DRAWING = (_MAIN + tag for tag in ("col", "mergeCell", "sheetView", "drawing"))
_TEXT, _PHONETIC = _MAIN + "t", _MAIN + "rPh"
_ADDRESS = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})\Z")
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_TRUE = ("1", "true", "on")
_OTHER_SHEETS = {"chartsheet": "是图表", "dialogsheet": "是对话框", "xlmacrosheet": "是宏", "xlintlmacrosheet": "是宏"}
"""What a sheet is that is no worksheet."""


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    ruled: bool


_PLAIN = _Style(GENERAL, ruled=False)


@dataclass(frozen=True)
class _Book:
    """What all sheets share.

    Attributes:
        strings: the texts that cells name by number.
        styles: number formats and borders that cells name by number.
        from_1904: days are counted from 1904.
    """

    strings: Sequence[str]
    styles: Sequence[_Style]
    from_1904: bool


def read_xlsx(data: bytes, name: str) -> Document:
    """Read an XLSX workbook; `name` is what places and messages call the file.

    Hidden sheets, rows and columns are not read and are named in the problems.

    Raises:
        UnreadableFile: the file is damaged, too large, not a workbook, or nothing in it can be seen.
    """
    package = Package.open(data, name)
    main = package.main_part("xl/workbook.xml")
    root = package.required(main)
    targets = package.targets(main)
    by_kind = dict(targets.values())
    problems: list[str] = []
    book = _Book(
        _strings(package, by_kind.get("sharedStrings", "xl/sharedStrings.xml"), problems),
        _styles(package, by_kind.get("styles", "xl/styles.xml"), problems),
        any(is_true(e.get("date1904")) for e in root.iter(_MAIN + "workbookPr")),
    )
    sheets: list[Sheet] = []
    hidden: list[str] = []
    room = Room()
    listed = list(root.iter(_MAIN + "sheet"))
    if len(listed) > MAX_SHEETS:
        problems.append(f"工作簿有{len(listed)}个工作表，只读取了前{MAX_SHEETS}个")
    for element in listed[:MAX_SHEETS]:
        title = element.get("name", "")
        kind, target = targets.get(element.get(_RELATION, ""), ("", ""))
        if element.get("state", "visible") != "visible":
            hidden.append(title)
        elif kind != "worksheet":
            problems.append(f"工作表“{title}”{_OTHER_SHEETS.get(kind.lower(), '的内容找不到')}，没有读取")
        else:
            try:
                sheets.append(_sheet(package.bytes_of(target), title, book, room))
            except PartError as error:
                problems.append(f"工作表“{title}”没有读取：{error}")
    if not sheets and not hidden:
        raise UnreadableFile(name, f"没有可以读取的工作表（{'；'.join(problems) or '工作簿是空的'}）", DAMAGED_REMEDY)
    return document_of(name, sheets, hidden, problems)


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value is not None and value.lower() in _TRUE


def _strings(package: Package, part: str, problems: list[str]) -> Sequence[str]:
    if part not in package:
        return ()
    try:
        root = package.xml(part)
    except PartError as error:
        problems.append(f"工作簿的文字没有读取：{error}")
        return ()
    return [_rich_text(item) for item in root.iterchildren(_MAIN + "si")]


def _rich_text(item: etree._Element) -> str:
    """The text of a string's runs, without the reading aids of East Asian names; line breaks join with nothing."""
    texts = [element.text or "" for element in item.iter(_TEXT) if (above := element.getparent()) is None or above.tag != _PHONETIC]
    return _printed("".join(texts))


def _printed(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return "".join(text.replace("\t", " ").splitlines()).strip()[:MAX_TEXT]


def _styles(package: Package, part: str, problems: list[str]) -> Sequence[_Style]:
    if part not in package:
        return ()
    try:
        root = package.xml(part)
    except PartError as error:
        problems.append(f"数字格式没有读取，数字按存储的样子读取：{error}")
        return ()
    codes = dict(BUILT_IN) | {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iter(_MAIN + "numFmt")
        if element.get("numFmtId", "").isdecimal()
    }
    borders = [_is_ruled(border) for group in elements(root, "borders") for border in elements(group, "border")]
    return [
        _Style(codes.get(_number(xf.get("numFmtId")), GENERAL), _at(borders, _number(xf.get("borderId"))))
        for group in elements(root, "cellXfs")
        for xf in elements(group, "xf")
    ]


def _is_ruled(border: etree._Element) -> bool:
    sides = [side for tag in ("left", "right", "start", "end") for side in elements(border, tag)]
    return any(side.get("style", "none") != "none" for side in sides)


def _number(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else 0


def _at(flags: Sequence[bool], index: int) -> bool:
    return index < len(flags) and flags[index]


@dataclass
class _Found:
    """What is found in a sheet's XML while it streams by."""

    room: Room
    rows: dict[int, dict[int, Inked]] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[str] = field(default_factory=list)
    columns: int = 0
    no_zeros: bool = False
    pictured: bool = False
    cut: int | None = None


def _sheet(data: bytes, title: str, book: _Book, room: Room) -> Sheet:
    found = _Found(room)
    row = -1
    for element in streamed(data):
        if element.tag == _ROW:
            row = _number(element.get("r")) - 1 if element.get("r") else row + 1
            if row >= _MOST_ROWS or found.cut is not None:
                continue
            _row(element, row, found, book)
        else:
            _beside_rows(element, found)
    return Sheet(
        title,
        found.rows,
        found.merges,
        frozenset(found.hidden_rows),
        frozenset(found.hidden_columns),
        found.uncomputed,
        found.pictured,
        found.cut,
    )


def streamed(data: bytes) -> Iterator[etree._Element]:
    """Rows and what stands beside them, each forgotten when the next one comes.

    Raises:
        PartError: the XML is not well-formed, or beyond the bounds.
    """
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise PartError("内容多得异常")
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = data.replace(strict, _MAIN[1:-1].encode()) if strict in data else data
    checked = False
    tags = (_ROW, _COLUMN, _MERGE, _VIEW, _DRAWING)
    try:
        for _, element in etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True, remove_comments=True):
            if not checked and has_document_type(element):
                raise PartError("含有 Office 文件不应有的文档类型声明")
            checked = True
            yield element
            element.clear()
            while element.tag == _ROW and element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise PartError("XML 不完整") from None


def _beside_rows(element: etree._Element, found: _Found) -> None:
    if element.tag == _VIEW:
        found.no_zeros = element.get("showZeros") in ("0", "false")
    elif element.tag == _DRAWING:
        found.pictured = True
    elif element.tag == _COLUMN:
        if is_true(element.get("hidden")) or _is_nothing(element.get("width")):
            first, last = max(1, _number(element.get("min"))), min(_number(element.get("max")), _MOST_COLUMNS)
            found.columns += max(0, last - first + 1)
            found.hidden_columns.update(range(first - 1, last) if found.columns <= 2 * _MOST_COLUMNS else ())
    elif len(found.merges) < MAX_MERGES and not found.room.full:
        begin, _, end = element.get("ref", "").partition(":")
        top, bottom = position_of(begin), position_of(end or begin)
        if top is not None and bottom is not None and top[0] <= bottom[0] and top[1] <= bottom[1]:
            found.merges.append((*top, *bottom))
            found.room.take()


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_of(named: str | None, following: int) -> int:
    """The column that a cell names, or the one after the cell before it."""
    letters = named.rstrip("0123456789") if named else ""
    return _column(letters) if 0 < len(letters) < 4 and letters.isascii() and letters.isalpha() else following


def position_of(cell: str) -> tuple[int, int] | None:
    """Row and column, from 0, of an address like B7; None where it is none within a sheet."""
    match = _ADDRESS.match(cell)
    if match is None:
        return None
    row, column = int(match[2]) - 1, _column(match[1])
    return (row, column) if 0 <= row < _MOST_ROWS and column < _MOST_COLUMNS else None


def _row(element: etree._Element, row: int, found: _Found, book: _Book) -> None:
    if is_true(element.get("hidden")) or _is_nothing(element.get("ht")):
        found.hidden_rows.add(row)
        found.room.take()
    column = -1
    cells = found.rows.get(row, {})
    for cell in element.iterchildren(_CELL):
        column = column_of(cell.get("r"), column + 1)
        if column >= _MOST_COLUMNS or found.room.full:
            break
        index = _number(cell.get("s"))
        style = book.styles[index] if index < len(book.styles) else _PLAIN
        text, computed = _content(cell, style, book, no_zeros=found.no_zeros)
        if not computed:
            found.uncomputed.append(address(row, column))
            found.room.take()
        if text or style.ruled:
            cells[column] = Inked(text, style.ruled)
            found.room.take(text)
    if cells:
        found.rows[row] = cells
    if found.room.full:
        found.cut = row + 1


def _content(cell: etree._Element, style: _Style, book: _Book, *, no_zeros: bool) -> tuple[str, bool]:
    """What a cell prints, and whether it is known: a formula may be stored without its result."""
    kind = cell.get("t", "n")
    value = None
    formula = False
    for child in cell:
        if child.tag == _VALUE:
            value = child.text
        elif child.tag == _INLINE:
            return text_shown(_rich_text(child), style.code), True
        formula = formula or child.tag == _FORMULA
    if value is None:
        return "", not formula or kind == "str"
    if kind == "n":
        if no_zeros and not value.strip("0.+-"):
            return "", True
        return number_shown(value, style.code, from_1904=book.from_1904), True
    return _worded(kind, value, style, book), True


def _worded(kind: str, value: str, style: _Style, book: _Book) -> str:
    if kind == "s":
        index = int(value) if value.strip().isdecimal() and len(value) < 10 else len(book.strings)
        return text_shown(book.strings[index], style.code) if index < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return text_shown(_printed(value), style.code) if kind == "str" else _printed(value)

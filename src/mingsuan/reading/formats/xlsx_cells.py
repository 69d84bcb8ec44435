"""The XML of an XLSX worksheet → its cells, and what is said beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.reading.formats.addresses import MOST_COLUMNS, MOST_ROWS, address, column_of, position_of
from mingsuan.reading.formats.numberformat.shown import number_shown, text_shown
from mingsuan.reading.formats.package import MAX_MARKS, has_document_type
from mingsuan.reading.formats.worksheet import MAX_MERGES, PLAIN, CellStyle, FoundSheet, Inked, Room, Sheet, one_line
from mingsuan.reading.formats.zipped import PartError
from mingsuan.values import dataclass

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (MAIN + tag for tag in ("row", "c", "v", "f", "is"))
_COLUMN, _MERGE, _VIEW, _DRAWING = (MAIN + tag for tag in ("col", "mergeCell", "sheetView", "drawing"))
_TEXT, _PHONETIC = MAIN + "t", MAIN + "rPh"
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true", "on")


@dataclass(frozen=True)
class SharedParts:
    """What all sheets share.

    Attributes:
        strings: the texts that cells name by number.
        styles: number formats and borders that cells name by number.
        from_1904: days are counted from 1904.
    """

    strings: Sequence[str]
    styles: Sequence[CellStyle]
    from_1904: bool


@dataclass
class _Found(FoundSheet):
    """What is found in a sheet's XML while it streams by; `columns` counts those that it said to be hidden, some of them maybe twice."""

    columns: int = 0


def sheet_of(data: bytes, title: str, book: SharedParts, room: Room) -> Sheet:
    """The sheet of a title whose XML this is.

    Raises:
        PartError: the XML is not well-formed, or beyond the bounds.
    """
    found = _Found(room)
    row = -1
    for element in streamed(data):
        if element.tag == _ROW:
            row = whole(element.get("r")) - 1 if element.get("r") else row + 1
            if row >= MOST_ROWS or found.cut is not None:
                continue
            _row(element, row, found, book)
        else:
            _beside_rows(element, found)
    return found.sheet(title)


def streamed(data: bytes) -> Iterator[etree._Element]:
    """Rows and what stands beside them, each forgotten when the next one comes.

    Raises:
        PartError: the XML is not well-formed, or beyond the bounds.
    """
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise PartError("内容多得异常")
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = data.replace(strict, MAIN[1:-1].encode()) if strict in data else data
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
            first, last = max(1, whole(element.get("min"))), min(whole(element.get("max")), MOST_COLUMNS)
            found.columns += max(0, last - first + 1)
            found.hidden_columns.update(range(first - 1, last) if found.columns <= 2 * MOST_COLUMNS else ())
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


def _row(element: etree._Element, row: int, found: _Found, book: SharedParts) -> None:
    if is_true(element.get("hidden")) or _is_nothing(element.get("ht")):
        found.hidden_rows.add(row)
        found.room.take()
    column = -1
    cells = found.rows.get(row, {})
    for cell in element.iterchildren(_CELL):
        column = column_of(cell.get("r"), column + 1)
        if column >= MOST_COLUMNS or found.room.full:
            break
        index = whole(cell.get("s"))
        style = book.styles[index] if index < len(book.styles) else PLAIN
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


def _content(cell: etree._Element, style: CellStyle, book: SharedParts, *, no_zeros: bool) -> tuple[str, bool]:
    """What a cell prints, and whether it is known: a formula may be stored without its result."""
    kind = cell.get("t", "n")
    value = None
    formula = False
    for child in cell:
        if child.tag == _VALUE:
            value = child.text
        elif child.tag == _INLINE:
            return text_shown(rich_text(child), style.code), True
        formula = formula or child.tag == _FORMULA
    if value is None:
        return "", not formula or kind == "str"
    if kind == "n":
        if no_zeros and not value.strip("0.+-"):
            return "", True
        return number_shown(value, style.code, from_1904=book.from_1904), True
    return _worded(kind, value, style, book), True


def _worded(kind: str, value: str, style: CellStyle, book: SharedParts) -> str:
    if kind == "s":
        index = int(value) if value.strip().isdecimal() and len(value) < 10 else len(book.strings)
        return text_shown(book.strings[index], style.code) if index < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return text_shown(printed_text(value), style.code) if kind == "str" else printed_text(value)


def rich_text(item: etree._Element) -> str:
    """The text of a string's runs, without the reading aids of East Asian names; line breaks join with nothing."""
    texts = [element.text or "" for element in item.iter(_TEXT) if (above := element.getparent()) is None or above.tag != _PHONETIC]
    return printed_text("".join(texts))


def printed_text(text: str) -> str:
    """A stored text as a cell prints it, what is escaped in it put back."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return one_line(text)


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value is not None and value.lower() in _TRUE


def whole(value: str | None) -> int:
    """The number that an attribute holds, 0 where it holds none."""
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else 0

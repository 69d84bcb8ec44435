"""XLS (Excel 97 to 2003, WPS) → paragraphs and grids, from the workbook's binary records: every number as its format prints it.

Source: Microsoft, [MS-XLS] Excel Binary File Format; OpenOffice, Documentation of the Microsoft Excel File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import field

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.encoding import MAX_BYTES, too_large
from mingsuan.reading.grids import Span
from mingsuan.reading.numberformat import BUILT_IN, GENERAL, number_shown, text_shown
from mingsuan.reading.ole import Storage
from mingsuan.reading.sheets import MAX_TEXT, Inked, Room, Sheet, document_of
from mingsuan.reading.zipped import DAMAGED_REMEDY, PartError
from mingsuan.values import dataclass

MAX_RECORDS = 3_000_000
"""Records that are read of a file."""
MAX_STRINGS = 1_000_000
"""Shared texts of a workbook that are read."""
MAX_SHEETS = 500
"""Worksheets that are read."""
MAX_MERGES = 50_000
"""Merged ranges of a sheet."""

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILEPASS, _DATEMODE, _BOUNDSHEET, _SST, _FORMAT, _XF = 0x002F, 0x0022, 0x0085, 0x00FC, 0x041E, 0x00E0
_ROW, _COLINFO, _WINDOW2, _MERGES, _DRAWING = 0x0208, 0x007D, 0x023E, 0x00E5, 0x00EC
_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING = 0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6
_FORMULA, _STRING, _BOOLERR, _BLANK, _MULBLANK = 0x0006, 0x0207, 0x0205, 0x0201, 0x00BE
_BIFF8 = 0x0600
_WORKSHEET = 0
_LAST_COLUMN = 255
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

Record = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    ruled: bool


_PLAIN = _Style(GENERAL, ruled=False)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it: its name, where it begins, whether it is shown, whether it is a worksheet."""

    name: str
    offset: int
    shown: bool
    worksheet: bool


@dataclass
class _Book:
    """What all sheets share, filled while the workbook's own records pass."""

    entries: list[_Entry] = field(default_factory=list)
    strings: Sequence[str] = ()
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    formats: list[tuple[int, bool]] = field(default_factory=list)
    from_1904: bool = False

    def style(self, index: int) -> _Style:
        """The number format and borders that cells name by number."""
        if index >= len(self.formats):
            return _PLAIN
        number, ruled = self.formats[index]
        return _Style(self.codes.get(number, GENERAL), ruled)


def read_xls(data: bytes, name: str) -> Document:
    """Read a workbook of Excel 97 to 2003; `name` is what places and messages call the file.

    Hidden sheets, rows and columns are not read and are named in the problems.

    Raises:
        UnreadableFile: the file is damaged, too large, locked, of another version, or nothing in it can be seen.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    try:
        stream = Storage.open(data).read("Workbook")
        book = _book(_Records(stream))
    except PartError as error:
        raise UnreadableFile(name, f"文件不能读取（{error}）", DAMAGED_REMEDY) from None
    records = _Records(stream)
    room = Room()
    sheets: list[Sheet] = []
    problems: list[str] = []
    hidden = [entry.name for entry in book.entries if not entry.shown]
    for entry in book.entries[:MAX_SHEETS]:
        if not entry.shown:
            continue
        if not entry.worksheet:
            problems.append(f"工作表“{entry.name}”是图表或宏，没有读取")
            continue
        try:
            sheets.append(_sheet(records, entry, book, room))
        except PartError as error:
            problems.append(f"工作表“{entry.name}”没有读取：{error}")
    if not sheets and not hidden:
        raise UnreadableFile(name, f"没有可以读取的工作表（{'；'.join(problems) or '工作簿是空的'}）", DAMAGED_REMEDY)
    return document_of(name, sheets, hidden, problems)


@dataclass
class _Records:
    """The records of a workbook's stream; all that are read of a file together are bounded."""

    stream: bytes
    left: int = MAX_RECORDS

    def from_offset(self, offset: int) -> Iterator[Record]:
        """The records from an offset, without the substreams (charts) inside, up to the end of the substream that begins there.

        Raises:
            PartError: no substream of Excel 97 begins there, or the stream ends in it.
        """
        depth = 0
        while offset + 4 <= len(self.stream):
            kind, size = struct.unpack_from("<HH", self.stream, offset)
            body = self.stream[offset + 4 : offset + 4 + size]
            offset += 4 + size
            self.left -= 1 + size // 64
            if len(body) < size or self.left < 0:
                break
            if depth == 0 and (kind != _BOF or size < 4 or struct.unpack_from("<H", body)[0] != _BIFF8):
                raise PartError("不是 Excel 97—2003 格式的工作表")
            depth += (kind == _BOF) - (kind == _EOF)
            if depth == 0:
                return
            if depth == 1:
                yield kind, body
        raise PartError("记录不完整" if self.left >= 0 else "内容多得异常")


def _book(records: _Records) -> _Book:
    book = _Book()
    parts: list[bytes] = []
    continued = False
    for kind, body in records.from_offset(0):
        if kind == _FILEPASS:
            raise PartError("工作簿加了密码或保护，请先取消")
        if kind == _SST or (kind == _CONTINUE and continued):
            parts.append(body)
        continued = kind == _SST or (kind == _CONTINUE and continued)
        try:
            _noted(book, kind, body)
        except (struct.error, IndexError):
            raise PartError("工作簿的记录已损坏") from None
    book.strings = list(_shared_strings(parts))
    return book


def _noted(book: _Book, kind: int, body: bytes) -> None:
    """Take down what a record of the workbook says."""
    if kind == _BOUNDSHEET:
        offset, state, sort = struct.unpack_from("<IBB", body)
        book.entries.append(_Entry(_short_text(body, 6), offset, state & 3 == 0, sort == _WORKSHEET))
    elif kind == _FORMAT:
        book.codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)
    elif kind == _XF:
        number = struct.unpack_from("<H", body, 2)[0]
        book.formats.append((number, body[10] != 0))  # the low byte of the borders: left and right
    elif kind == _DATEMODE:
        book.from_1904 = body[:1] == b"\1"


def _short_text(body: bytes, offset: int) -> str:
    """A text with a length of one byte."""
    return _decoded(body[offset + 2 :], body[offset], wide=bool(body[offset + 1] & 1))


def _text(body: bytes, offset: int) -> str:
    """A text with a length of two bytes."""
    (length,) = struct.unpack_from("<H", body, offset)
    return _decoded(body[offset + 3 :], length, wide=bool(body[offset + 2] & 1))


def _decoded(raw: bytes, length: int, *, wide: bool) -> str:
    return raw[: length * 2].decode("utf-16-le", errors="replace") if wide else raw[:length].decode("latin-1")


@dataclass
class _Pieces:
    """A record with its continuations, read as one; texts that cross a border say again how wide their characters are."""

    parts: Sequence[bytes]
    part: int = 0
    at: int = 0

    def take(self, size: int) -> bytes:
        """The next bytes, fewer at the end."""
        out = b""
        while len(out) < size and self.part < len(self.parts):
            piece = self.parts[self.part][self.at : self.at + size - len(out)]
            out += piece
            self.at += len(piece)
            if self.at >= len(self.parts[self.part]):
                self.part, self.at = self.part + 1, 0
        return out

    def characters(self, count: int, *, wide: bool) -> str:
        """The next characters of a text."""
        out = ""
        while count > 0 and self.part < len(self.parts):
            rest = self.parts[self.part][self.at :]
            piece = rest[: count * 2 if wide else count]
            text = _decoded(piece, count, wide=wide)
            out += text
            count -= len(piece) // 2 if wide else len(piece)
            self.at += len(piece)
            if self.at >= len(self.parts[self.part]):
                self.part, self.at = self.part + 1, 0
                if count > 0 and self.part < len(self.parts):
                    wide = bool(self.take(1)[:1] == b"\1")
            elif len(piece) < 2:
                break
        return out


def _shared_strings(parts: Sequence[bytes]) -> Iterator[str]:
    if not parts or len(parts[0]) < 8:
        return
    (count,) = struct.unpack_from("<I", parts[0], 4)
    pieces = _Pieces([part for part in parts if part])
    pieces.take(8)
    for _ in range(min(count, MAX_STRINGS)):
        head = pieces.take(3)
        if len(head) < 3:
            return
        length, flags = struct.unpack("<HB", head)
        runs = int.from_bytes(pieces.take(2), "little") if flags & 8 else 0
        extra = int.from_bytes(pieces.take(4), "little") if flags & 4 else 0
        yield _printed(pieces.characters(length, wide=bool(flags & 1)))
        pieces.take(4 * runs)
        pieces.take(min(extra, MAX_BYTES))


def _printed(text: str) -> str:
    """A cell's text on one line; line breaks join with nothing."""
    return "".join(text.replace("\t", " ").splitlines()).strip()[:MAX_TEXT]


@dataclass
class _Found:
    """What is found in a sheet while its records pass."""

    room: Room
    rows: dict[int, dict[int, Inked]] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    zeros: list[tuple[int, int]] = field(default_factory=list)
    waiting: tuple[int, int, int] | None = None
    no_zeros: bool = False
    pictured: bool = False


def _sheet(records: _Records, entry: _Entry, book: _Book, room: Room) -> Sheet:
    found = _Found(room)
    cut = None
    for kind, body in records.from_offset(entry.offset):
        try:
            if kind in _CELLS and cut is None:
                _CELLS[kind](body, found, book)
            elif kind in _BESIDE:
                _BESIDE[kind](body, found)
        except (struct.error, IndexError):
            raise PartError("记录已损坏") from None
        if cut is None and room.full:
            cut = max(found.rows, default=0) + 1
    if found.no_zeros:
        for row, column in found.zeros:
            found.rows[row][column] = Inked("", found.rows[row][column].ruled)
    return Sheet(
        entry.name,
        found.rows,
        found.merges,
        frozenset(found.hidden_rows),
        frozenset(found.hidden_columns),
        pictured=found.pictured,
        cut=cut,
    )


def _put(found: _Found, row: int, column: int, text: str, style: _Style) -> None:
    if (text or style.ruled) and column <= _LAST_COLUMN:
        found.rows.setdefault(row, {})[column] = Inked(text, style.ruled)
        found.room.take(text)


def _put_number(found: _Found, row: int, column: int, value: float, index: int, book: _Book) -> None:
    style = book.style(index)
    _put(found, row, column, number_shown(repr(value), style.code, from_1904=book.from_1904), style)
    if value == 0 and column in found.rows.get(row, {}):
        found.zeros.append((row, column))


def _put_text(found: _Found, row: int, column: int, text: str, index: int, book: _Book) -> None:
    style = book.style(index)
    _put(found, row, column, text_shown(text, style.code), style)


def _rk(raw: int) -> float:
    """A number packed into 30 bits: an integer or the upper half of a binary number, maybe hundredths."""
    value: float = (raw >> 2) - (1 << 30 if raw >> 31 else 0) if raw & 2 else struct.unpack("<d", struct.pack("<Q", (raw & ~3) << 32))[0]
    return value / 100 if raw & 1 else value


def _number(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index, value = struct.unpack_from("<HHHd", body)
    _put_number(found, row, column, value, index, book)


def _packed(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index, raw = struct.unpack_from("<HHHI", body)
    _put_number(found, row, column, _rk(raw), index, book)


def _packed_row(body: bytes, found: _Found, book: _Book) -> None:
    row, first = struct.unpack_from("<HH", body)
    for n in range(min((len(body) - 6) // 6, _LAST_COLUMN + 1)):
        index, raw = struct.unpack_from("<HI", body, 4 + 6 * n)
        _put_number(found, row, first + n, _rk(raw), index, book)


def _shared(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index, number = struct.unpack_from("<HHHI", body)
    _put_text(found, row, column, book.strings[number] if number < len(book.strings) else "", index, book)


def _label(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index = struct.unpack_from("<HHH", body)
    _put_text(found, row, column, _printed(_text(body, 6)), index, book)


def _formula(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index = struct.unpack_from("<HHH", body)
    result = body[6:14]
    found.waiting = None
    if result[6:] != b"\xff\xff":
        _put_number(found, row, column, struct.unpack("<d", result)[0], index, book)
    elif result[0] == 0:
        found.waiting = (row, column, index)
    elif result[0] in (1, 2):
        _put_text(found, row, column, _flag(result[2], error=result[0] == 2), index, book)
    else:
        _put_text(found, row, column, "", index, book)


def _formula_text(body: bytes, found: _Found, book: _Book) -> None:
    if found.waiting is not None:
        row, column, index = found.waiting
        _put_text(found, row, column, _printed(_text(body, 0)), index, book)
        found.waiting = None


def _boolean(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index, value, error = struct.unpack_from("<HHHBB", body)
    _put_text(found, row, column, _flag(value, error=bool(error)), index, book)


def _flag(value: int, *, error: bool) -> str:
    return _ERRORS.get(value, "#N/A") if error else "TRUE" if value else "FALSE"


def _blank(body: bytes, found: _Found, book: _Book) -> None:
    row, column, index = struct.unpack_from("<HHH", body)
    _put(found, row, column, "", book.style(index))


def _blank_row(body: bytes, found: _Found, book: _Book) -> None:
    row, first = struct.unpack_from("<HH", body)
    for n in range(min((len(body) - 6) // 2, _LAST_COLUMN + 1)):
        _put(found, row, first + n, "", book.style(struct.unpack_from("<H", body, 4 + 2 * n)[0]))


def _row(body: bytes, found: _Found) -> None:
    row, options = struct.unpack_from("<H10xI", body)
    if options & 0x20:
        found.hidden_rows.add(row)


def _columns(body: bytes, found: _Found) -> None:
    first, last, width, _, options = struct.unpack_from("<HHHHH", body)
    if (options & 1 or width == 0) and not found.room.full:
        found.room.take()
        found.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))


def _window(body: bytes, found: _Found) -> None:
    found.no_zeros = not struct.unpack_from("<H", body)[0] & 0x10


def _merges(body: bytes, found: _Found) -> None:
    (count,) = struct.unpack_from("<H", body)
    for n in range(min(count, MAX_MERGES - len(found.merges)) if not found.room.full else 0):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * n)
        if top <= bottom and left <= right:
            found.merges.append((top, left, bottom, right))
            found.room.take()


def _drawing(_: bytes, found: _Found) -> None:
    found.pictured = True


_CELLS = {
    _NUMBER: _number,
    _RK: _packed,
    _MULRK: _packed_row,
    _LABELSST: _shared,
    _LABEL: _label,
    _RSTRING: _label,
    _FORMULA: _formula,
    _STRING: _formula_text,
    _BOOLERR: _boolean,
    _BLANK: _blank,
    _MULBLANK: _blank_row,
}
_BESIDE = {_ROW: _row, _COLINFO: _columns, _WINDOW2: _window, _MERGES: _merges, _DRAWING: _drawing}

"""The records of an XLS worksheet → its cells, and what is said beside them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import field

from mingsuan.reading.formats.numberformat.built_in import BUILT_IN, GENERAL
from mingsuan.reading.formats.numberformat.shown import number_shown, text_shown
from mingsuan.reading.formats.worksheet import MAX_MERGES, PLAIN, CellStyle, FoundSheet, Inked, Room, Sheet, one_line
from mingsuan.reading.formats.xls_records import Record, text_at
from mingsuan.reading.formats.zipped import PartError
from mingsuan.values import dataclass

_ROW, _COLINFO, _WINDOW2, _MERGES, _DRAWING = 0x0208, 0x007D, 0x023E, 0x00E5, 0x00EC
_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING = 0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6
_FORMULA, _STRING, _BOOLERR, _BLANK, _MULBLANK = 0x0006, 0x0207, 0x0205, 0x0201, 0x00BE
_LAST_COLUMN = 255
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass
class SharedParts:
    """What all sheets of a workbook share.

    Attributes:
        strings: the texts that cells name by number.
        codes: number formats by their number.
        formats: of each style, the number of its format and whether it rules a cell's sides.
        from_1904: days are counted from 1904.
    """

    strings: Sequence[str] = ()
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    formats: list[tuple[int, bool]] = field(default_factory=list)
    from_1904: bool = False

    def style(self, index: int) -> CellStyle:
        """The number format and borders that cells name by number."""
        if index >= len(self.formats):
            return PLAIN
        number, ruled = self.formats[index]
        return CellStyle(self.codes.get(number, GENERAL), ruled)


@dataclass
class _Found(FoundSheet):
    """What is found in a sheet while its records pass.

    Attributes:
        zeros: cells that hold zero, for the record that says whether they print it comes behind them.
        waiting: row, column and style of the formula whose text the next record holds.
    """

    zeros: list[tuple[int, int]] = field(default_factory=list)
    waiting: tuple[int, int, int] | None = None


def sheet_of(records: Iterable[Record], name: str, book: SharedParts, room: Room) -> Sheet:
    """The sheet of a name whose records these are.

    Raises:
        PartError: a record is damaged.
    """
    found = _Found(room)
    for kind, body in records:
        try:
            if kind in _CELLS and found.cut is None:
                _CELLS[kind](body, found, book)
            elif kind in _BESIDE:
                _BESIDE[kind](body, found)
        except (struct.error, IndexError):
            raise PartError("记录已损坏") from None
        if found.cut is None and room.full:
            found.cut = max(found.rows, default=0) + 1
    if found.no_zeros:
        for row, column in found.zeros:
            found.rows[row][column] = Inked("", found.rows[row][column].ruled)
    return found.sheet(name)


def _put(found: _Found, row: int, column: int, text: str, style: CellStyle) -> None:
    if (text or style.ruled) and column <= _LAST_COLUMN:
        found.rows.setdefault(row, {})[column] = Inked(text, style.ruled)
        found.room.take(text)


def _put_number(found: _Found, row: int, column: int, value: float, index: int, book: SharedParts) -> None:
    style = book.style(index)
    _put(found, row, column, number_shown(repr(value), style.code, from_1904=book.from_1904), style)
    if value == 0 and column in found.rows.get(row, {}):
        found.zeros.append((row, column))


def _put_text(found: _Found, row: int, column: int, text: str, index: int, book: SharedParts) -> None:
    style = book.style(index)
    _put(found, row, column, text_shown(text, style.code), style)


def _rk(raw: int) -> float:
    """A number packed into 30 bits: an integer or the upper half of a binary number, maybe hundredths."""
    value: float = (raw >> 2) - (1 << 30 if raw >> 31 else 0) if raw & 2 else struct.unpack("<d", struct.pack("<Q", (raw & ~3) << 32))[0]
    return value / 100 if raw & 1 else value


def _number(body: bytes, found: _Found, book: SharedParts) -> None:
    row, column, index, value = struct.unpack_from("<HHHd", body)
    _put_number(found, row, column, value, index, book)


def _packed(body: bytes, found: _Found, book: SharedParts) -> None:
    row, column, index, raw = struct.unpack_from("<HHHI", body)
    _put_number(found, row, column, _rk(raw), index, book)


def _packed_row(body: bytes, found: _Found, book: SharedParts) -> None:
    row, first = struct.unpack_from("<HH", body)
    for n in range(min((len(body) - 6) // 6, _LAST_COLUMN + 1)):
        index, raw = struct.unpack_from("<HI", body, 4 + 6 * n)
        _put_number(found, row, first + n, _rk(raw), index, book)


def _shared(body: bytes, found: _Found, book: SharedParts) -> None:
    row, column, index, number = struct.unpack_from("<HHHI", body)
    _put_text(found, row, column, book.strings[number] if number < len(book.strings) else "", index, book)


def _label(body: bytes, found: _Found, book: SharedParts) -> None:
    row, column, index = struct.unpack_from("<HHH", body)
    _put_text(found, row, column, one_line(text_at(body, 6)), index, book)


def _formula(body: bytes, found: _Found, book: SharedParts) -> None:
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


def _formula_text(body: bytes, found: _Found, book: SharedParts) -> None:
    if found.waiting is not None:
        row, column, index = found.waiting
        _put_text(found, row, column, one_line(text_at(body, 0)), index, book)
        found.waiting = None


def _boolean(body: bytes, found: _Found, book: SharedParts) -> None:
    row, column, index, value, error = struct.unpack_from("<HHHBB", body)
    _put_text(found, row, column, _flag(value, error=bool(error)), index, book)


def _flag(value: int, *, error: bool) -> str:
    return _ERRORS.get(value, "#N/A") if error else "TRUE" if value else "FALSE"


def _blank(body: bytes, found: _Found, book: SharedParts) -> None:
    row, column, index = struct.unpack_from("<HHH", body)
    _put(found, row, column, "", book.style(index))


def _blank_row(body: bytes, found: _Found, book: SharedParts) -> None:
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

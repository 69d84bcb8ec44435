"""XLS (Excel 97 to 2003, WPS) → paragraphs and grids, from the workbook's binary records: every number as its format prints it.

Source: Microsoft, [MS-XLS] Excel Binary File Format; OpenOffice, Documentation of the Microsoft Excel File Format.
"""

from __future__ import annotations

import struct

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.encoding import MAX_BYTES, too_large
from mingsuan.reading.formats.ole import Storage
from mingsuan.reading.formats.sheets import document_of
from mingsuan.reading.formats.worksheet import MAX_SHEETS, Room, Sheet
from mingsuan.reading.formats.xls_cells import SharedParts, sheet_of
from mingsuan.reading.formats.xls_records import CONTINUE, Records, shared_strings, short_text_at, text_at
from mingsuan.reading.formats.zipped import DAMAGED_REMEDY, PartError
from mingsuan.values import dataclass

_FILEPASS, _DATEMODE, _BOUNDSHEET, _SST, _FORMAT, _XF = 0x002F, 0x0022, 0x0085, 0x00FC, 0x041E, 0x00E0
_WORKSHEET = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it: its name, where it begins, whether it is shown, whether it is a worksheet."""

    name: str
    offset: int
    shown: bool
    worksheet: bool


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
        entries, shared = _book(Records(stream))
    except PartError as error:
        raise UnreadableFile(name, f"文件不能读取（{error}）", DAMAGED_REMEDY) from None
    records = Records(stream)
    room = Room()
    sheets: list[Sheet] = []
    problems: list[str] = []
    hidden = [entry.name for entry in entries if not entry.shown]
    for entry in entries[:MAX_SHEETS]:
        if not entry.shown:
            continue
        if not entry.worksheet:
            problems.append(f"工作表“{entry.name}”是图表或宏，没有读取")
            continue
        try:
            sheets.append(sheet_of(records.from_offset(entry.offset), entry.name, shared, room))
        except PartError as error:
            problems.append(f"工作表“{entry.name}”没有读取：{error}")
    if not sheets and not hidden:
        raise UnreadableFile(name, f"没有可以读取的工作表（{'；'.join(problems) or '工作簿是空的'}）", DAMAGED_REMEDY)
    return document_of(name, sheets, hidden, problems)


def _book(records: Records) -> tuple[list[_Entry], SharedParts]:
    """The sheets that a workbook lists, and what they share."""
    entries: list[_Entry] = []
    shared = SharedParts()
    parts: list[bytes] = []
    continued = False
    for kind, body in records.from_offset(0):
        if kind == _FILEPASS:
            raise PartError("工作簿加了密码或保护，请先取消")
        if kind == _SST or (kind == CONTINUE and continued):
            parts.append(body)
        continued = kind == _SST or (kind == CONTINUE and continued)
        try:
            if kind == _BOUNDSHEET:
                entries.append(_entry(body))
            else:
                _noted(shared, kind, body)
        except (struct.error, IndexError):
            raise PartError("工作簿的记录已损坏") from None
    shared.strings = list(shared_strings(parts))
    return entries, shared


def _entry(body: bytes) -> _Entry:
    offset, state, sort = struct.unpack_from("<IBB", body)
    return _Entry(short_text_at(body, 6), offset, state & 3 == 0, sort == _WORKSHEET)


def _noted(shared: SharedParts, kind: int, body: bytes) -> None:
    """Take down what a record of the workbook says of all its sheets."""
    if kind == _FORMAT:
        shared.codes[struct.unpack_from("<H", body)[0]] = text_at(body, 2)
    elif kind == _XF:
        number = struct.unpack_from("<H", body, 2)[0]
        shared.formats.append((number, body[10] != 0))  # the low byte of the borders: left and right
    elif kind == _DATEMODE:
        shared.from_1904 = body[:1] == b"\1"

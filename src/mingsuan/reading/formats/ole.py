"""Compound files (OLE2), the container of DOC and XLS: their streams, within bounds.

Source: Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from mingsuan.reading.formats.zipped import PartError
from mingsuan.values import dataclass

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_MAX_ENTRIES = 10_000
_LAST = 0xFFFFFFFA
"""Sector numbers above this one are marks, not sectors."""
_STREAM = 2
_ROOT = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


@dataclass(frozen=True)
class Storage:
    """A compound file.

    Attributes:
        data: the whole file.
        sector: bytes of a sector.
        table: for each sector the one that follows it.
        small: the same for the small sectors, of 64 bytes.
        cutoff: streams shorter than this stand in small sectors.
        streams: the streams by their names, of two with one name the first.
        root: the entry that holds the small sectors.
    """

    data: bytes
    sector: int
    table: Sequence[int]
    small: Sequence[int]
    cutoff: int
    streams: Mapping[str, _Entry]
    root: _Entry

    @classmethod
    def open(cls, data: bytes) -> Storage:
        """Read the directory of a compound file.

        Raises:
            PartError: it is none, or it is damaged.
        """
        if len(data) < _HEADER or not data.startswith(_SIGNATURE):
            raise PartError("不是完整的旧版 Office 文件")
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise PartError("文件头已损坏")
        sector = 1 << shift
        first_directory, cutoff, first_small = struct.unpack_from("<I4xII", data, 48)
        table = _numbers(data[_at(n, sector) : _at(n, sector) + sector] for n in _table_sectors(data, sector))
        directory = b"".join(_sectors(data, sector, table, first_directory, _MAX_ENTRIES * _ENTRY))
        entries = dict(reversed(list(_entries(directory))))
        root = next((e for e in entries.values() if e.kind == _ROOT), None)
        if root is None:
            raise PartError("目录已损坏")
        small = _numbers(_sectors(data, sector, table, first_small, len(data)))
        return cls(data, sector, table, small, cutoff, {n: e for n, e in entries.items() if e.kind == _STREAM}, root)

    def read(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            PartError: it is missing or damaged.
        """
        entry = self.streams.get(name)
        if entry is None:
            raise PartError(f"缺少组成部分 {name}")
        if entry.size >= self.cutoff:
            content = b"".join(_sectors(self.data, self.sector, self.table, entry.start, entry.size))
        else:
            short = b"".join(_sectors(self.data, self.sector, self.table, self.root.start, len(self.data)))
            content = b"".join(short[n * 64 : n * 64 + 64] for n in _chain(self.small, entry.start))
        if len(content) < entry.size:
            raise PartError(f"组成部分 {name} 不完整")
        return content[: entry.size]


def _at(number: int, sector: int) -> int:
    """Where a sector begins; the header takes the place of one."""
    return (number + 1) * sector


def _table_sectors(data: bytes, sector: int) -> Iterator[int]:
    """The sectors that hold the table of sectors: 109 named in the header, the others in sectors of their own."""
    most = len(data) // sector + 1
    first, count = struct.unpack_from("<II", data, 68)
    held = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(count, most)):
        block = data[_at(first, sector) : _at(first, sector) + sector] if first < _LAST else b""
        if len(block) < sector:
            break
        *numbers, first = struct.unpack(f"<{sector // 4}I", block)
        held += numbers
    yield from (n for n in held[:most] if n < _LAST)


def _numbers(blocks: Iterator[bytes]) -> Sequence[int]:
    joined = b"".join(blocks)
    return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    """The sectors that follow each other from a start; a ring ends when every sector has had its turn."""
    number = start
    for _ in range(len(table)):
        if number >= len(table):
            return
        yield number
        number = table[number]


def _sectors(data: bytes, sector: int, table: Sequence[int], start: int, size: int) -> Iterator[bytes]:
    """The sectors of a stream up to its size."""
    left = min(size, len(data))
    for number in _chain(table, start):
        if left <= 0:
            return
        yield data[_at(number, sector) : _at(number, sector) + sector]
        left -= sector


def _entries(directory: bytes) -> Iterator[tuple[str, _Entry]]:
    for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, offset + 64)
        if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
            start, size = struct.unpack_from("<IQ", directory, offset + 116)
            name = directory[offset : offset + length - 2].decode("utf-16-le", errors="replace")
            yield name, _Entry(kind, start, size & 0xFFFFFFFF)

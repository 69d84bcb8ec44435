"""The records that an XLS workbook is stored in, and the texts inside them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from mingsuan.reading.formats.encoding import MAX_BYTES
from mingsuan.reading.formats.worksheet import one_line
from mingsuan.reading.formats.zipped import PartError
from mingsuan.values import dataclass

MAX_RECORDS = 3_000_000
"""Records that are read of a file."""
MAX_STRINGS = 1_000_000
"""Shared texts of a workbook that are read."""
BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
_BIFF8 = 0x0600

Record = tuple[int, bytes]
"""What a record is, and its bytes."""


@dataclass
class Records:
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
            if depth == 0 and (kind != BOF or size < 4 or struct.unpack_from("<H", body)[0] != _BIFF8):
                raise PartError("不是 Excel 97—2003 格式的工作表")
            depth += (kind == BOF) - (kind == EOF)
            if depth == 0:
                return
            if depth == 1:
                yield kind, body
        raise PartError("记录不完整" if self.left >= 0 else "内容多得异常")


def short_text_at(body: bytes, offset: int) -> str:
    """A text with a length of one byte."""
    return decoded(body[offset + 2 :], body[offset], wide=bool(body[offset + 1] & 1))


def text_at(body: bytes, offset: int) -> str:
    """A text with a length of two bytes."""
    (length,) = struct.unpack_from("<H", body, offset)
    return decoded(body[offset + 3 :], length, wide=bool(body[offset + 2] & 1))


def decoded(raw: bytes, length: int, *, wide: bool) -> str:
    """So many characters of two bytes or of one."""
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
            text = decoded(piece, count, wide=wide)
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


def shared_strings(parts: Sequence[bytes]) -> Iterator[str]:
    """The texts that cells name by number, in order."""
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
        yield one_line(pieces.characters(length, wide=bool(flags & 1)))
        pieces.take(4 * runs)
        pieces.take(min(extra, MAX_BYTES))

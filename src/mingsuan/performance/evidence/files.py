"""Sources of evidence → files that the engine reads: UTF-8 CSV or Parquet, with the hash of what was read.

Whatever is no CSV in UTF-8 is written anew into a folder of the session: text in another encoding, worksheets, tables of SQLite and of
PostgreSQL. The originals are only ever opened for reading.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from mingsuan.patterns import regex
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.refusals import refusal
from mingsuan.values import dataclass

ROW = "原行号"
"""Heading of the column that a copy has in front: which row of the original a record is."""
_CHUNK = 1 << 20
_QUOTED = regex('"[^"]*"')
_SQLITE = b"SQLite format 3\0"
_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SPLIT = "请按月或按季度分开导出"


@dataclass(frozen=True, slots=True)
class Source:
    """A table of evidence under the name that questions use.

    Attributes:
        path: of its file, None for a table of a server.
        table: a worksheet or a table of a database, "" for the only one.
        server: how to reach PostgreSQL, "" for a file.
    """

    name: str
    path: Path | None
    table: str = ""
    server: str = ""

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.path.name if self.path is not None else self.table


@dataclass(frozen=True, slots=True)
class DataFile:
    """A table that the engine can read.

    Attributes:
        path: of the file that the engine opens.
        name: what the user calls the original.
        parquet: it is Parquet, else CSV in UTF-8.
        sha256: of the original; of the copy where the original is on a server.
        size: bytes of the original, or of the copy if that is larger.
        lines: how many lines a CSV of the user's has; 0 elsewhere.
        columns: headings of a CSV, no two alike; () of Parquet.
        delimiter: between the fields of a CSV.
        numbered: it is a copy, with `ROW` in front.
        halves: times in it may be of the halves of a day, 8:00 PM; no file without an M holds one.
        problems: what was lost on the way, one Chinese sentence each.
    """

    path: Path
    name: str
    parquet: bool
    sha256: str
    size: int
    lines: int = 0
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    numbered: bool = False
    halves: bool = True
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one pass over a file tells.

    Attributes:
        head: the bytes that it begins with.
        encoding: "" for what is no text.
        even: all its lines end alike.
        halves: as of `DataFile`.
    """

    digest: str
    head: bytes
    size: int
    lines: int
    encoding: str
    even: bool
    halves: bool


def prepared(source: Source, folder: Path, limits: Limits = USUAL) -> DataFile:
    """A source made ready.

    Raises:
        EvidenceError: it cannot be opened, is too large, or holds no table.
    """
    target = folder / f"{len(list(folder.iterdir()))}.csv"
    if source.path is None:
        return _from_server(source, target, limits)
    looked = _looked(source.path, limits)
    name = source.path.name
    if not looked.size:
        raise EvidenceError(name, "文件是空的", "请重新导出数据再试")
    if looked.head.startswith(_PARQUET):
        return DataFile(source.path, name, True, looked.digest, looked.size)
    if looked.head.startswith((_SQLITE, _ZIP)):
        return _from_tables(source, source.path, looked, target, limits)
    if not looked.encoding:
        old = looked.head.startswith(_OLD_OFFICE)
        what = "这是旧版 Excel 工作簿（XLS）或别的旧版 Office 文件" if old else "不是文本，也不是能识别的数据文件"
        raise EvidenceError(name, what, "请另存为 XLSX、CSV、Parquet 或 SQLite 再试")
    if looked.encoding == "utf-8" and looked.even:
        return DataFile(source.path, name, False, looked.digest, looked.size, looked.lines, *_heading(looked, name), halves=looked.halves)
    problems = _transcoded(source.path, target, looked.encoding)
    size = max(looked.size, target.stat().st_size)
    return DataFile(target, name, False, looked.digest, size, looked.lines, *_heading(looked, name), problems=problems)


def _heading(looked: _Looked, name: str) -> tuple[tuple[str, ...], str]:
    """The headings of a CSV and what stands between them: the mark that is most often there, commas where there is but one column.

    The engine must not find this out: of a file with one lost quotation mark it would take all of them for text.

    Raises:
        EvidenceError: the first line has none.
    """
    text = looked.head.decode(looked.encoding, "replace").lstrip("\ufeff")
    bare = _QUOTED.sub("", text.partition("\n")[0])
    delimiter = max(",\t;|", key=bare.count)
    try:
        headings = next(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter), [])
    except csv.Error:
        headings = []
    if not headings:
        raise EvidenceError(name, "第一行读不出列名", "请把列名放在第一行，去掉前面的空行和标题")
    return _named(headings), delimiter


def _named(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings made different, those of blank cells too."""
    found: dict[str, None] = {}
    for number, heading in enumerate(headings, start=1):
        name = heading.strip() or f"第{number}列"
        found[name if name not in found and name.casefold() not in map(str.casefold, found) else f"{name}（第{number}列）"] = None
    return tuple(found)


def _from_tables(source: Source, path: Path, looked: _Looked, target: Path, limits: Limits) -> DataFile:
    problems: list[str] = []
    if looked.head.startswith(_SQLITE):
        from mingsuan.performance.evidence.sqlite import rows_of
    else:
        from mingsuan.performance.evidence.workbook import rows_of
    size, columns = _copied(rows_of(path, source.table, target.parent, problems, limits), target, path.name, limits)
    size = max(looked.size, size)
    return DataFile(target, path.name, False, looked.digest, size, columns=columns, numbered=True, problems=tuple(problems))


def _from_server(source: Source, target: Path, limits: Limits) -> DataFile:
    from mingsuan.performance.evidence.postgres import rows_of

    size, columns = _copied(rows_of(source.server, source.table, limits), target, source.table, limits)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DataFile(target, source.table, False, digest, size, columns=columns, numbered=True)


def _looked(path: Path, limits: Limits) -> _Looked:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, lines, returns, last, head, utf8, binary, halves = 0, 0, 0, b"", b"", True, False, False
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            head = head or chunk
            size += len(chunk)
            if size > limits.bytes:
                raise EvidenceError(path.name, f"数据合计超过{limits.bytes // 1_000_000 or '不到1'}MB的上限", _SPLIT)
            digest.update(chunk)
            lines += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            last = chunk[-1:]
            halves = halves or b"M" in chunk or b"m" in chunk
            binary = binary or b"\0" in chunk
            utf8 = utf8 and not binary and _decodes(decoder, chunk)
    utf8 = utf8 and _decodes(decoder, b"", final=True)
    even = returns in (0, lines)
    return _Looked(digest.hexdigest(), head, size, lines + (last != b"\n"), _encoding(head, utf8=utf8, binary=binary), even, halves)


def _encoding(head: bytes, *, utf8: bool, binary: bool) -> str:
    """UTF-8 if all of it is; else what its first line is in, for a few broken bytes do not make another encoding of it."""
    if head.startswith(_UTF16):
        return "utf-16"
    if binary:
        return ""
    if utf8:
        return "utf-8"
    heading = head.partition(b"\n")[0]
    return "utf-8-sig" if not heading.isascii() and _decodes(codecs.getincrementaldecoder("utf-8")(), heading, final=True) else "gb18030"


@contextmanager
def opened(path: Path, what: str = "文件") -> Iterator[BinaryIO]:
    """A regular file to be read; a device or a pipe could be read without end.

    Raises:
        EvidenceError: it is none, or cannot be read.
    """
    try:
        if not path.is_file():
            raise EvidenceError(path.name, f"找不到这个{what}", "请检查路径和文件名是否写对")
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        why = refusal(error) if isinstance(error, OSError) else type(error).__name__
        raise EvidenceError(path.name, f"{what}打不开（{why}）", "请检查文件权限，或换一份文件") from None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(path: Path, target: Path, encoding: str) -> tuple[str, ...]:
    """Write a text anew in UTF-8, its lines ending alike; what was lost."""
    bad = 0
    with opened(path), path.open(encoding=encoding, errors="replace") as source, target.open("w", encoding="utf-8", newline="\n") as copy:
        while text := source.read(_CHUNK):
            bad += text.count("\ufffd")
            copy.write(text)
    shown = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB 18030"}[encoding]
    return (f"文件混有几种编码，{bad}处字节按 {shown} 读不出来，已用“\ufffd”代替",) if bad else ()


def _copied(rows: Iterable[tuple[int, Sequence[object]]], target: Path, name: str, limits: Limits) -> tuple[int, tuple[str, ...]]:
    """Numbered rows, the heading first, written as CSV as far as the session allows; the bytes written, and the headings."""
    columns: tuple[str, ...] = ()
    end = monotonic() + limits.preparing
    written = 0
    with target.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
        for count, (number, row) in enumerate(rows):
            values = ["" if value is None else _cell(value) for value in row]
            columns = columns or _named([ROW, *values])
            writer.writerow([number, *values])
            written += 8 + sum(map(len, values))
            if written > limits.bytes:
                raise EvidenceError(name, f"数据超过{limits.bytes // 1_000_000}MB的上限", _SPLIT)
            if not count % 1000 and monotonic() > end:
                raise EvidenceError(name, f"读取超过{limits.preparing:g}秒，已中止", _SPLIT)
    if not columns:
        raise EvidenceError(name, "表是空的", "请检查是否选错了表")
    return target.stat().st_size, columns


def _cell(value: object) -> str:
    """A value as text without NUL, which the engine would not read."""
    return (value.hex() if isinstance(value, bytes) else str(value)).replace("\0", "")

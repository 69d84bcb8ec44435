"""Files of evidence → files that the engine reads: UTF-8 CSV or Parquet, with the hash of what was read.

Whatever is no CSV in UTF-8 is written anew into a folder of the session: GB 18030 text, worksheets, tables of SQLite and of
PostgreSQL. The originals are only ever opened for reading.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.limits import USUAL, Limits

_CHUNK = 1 << 20
_SQLITE = b"SQLite format 3\0"
_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A table that the engine can read.

    Attributes:
        path: of the file that the engine opens.
        name: what the user calls the original.
        parquet: it is Parquet, else CSV in UTF-8.
        sha256: of the original.
        problems: what was lost on the way, one Chinese sentence each.
    """

    path: Path
    name: str
    parquet: bool
    sha256: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one pass over a file tells: its hash and first bytes, whether it is UTF-8, whether it holds NUL bytes."""

    digest: str
    head: bytes
    utf8: bool
    binary: bool


def prepared(path: Path, table: str, folder: Path, limits: Limits = USUAL) -> DataFile:
    """A file made ready; `table` names the worksheet or the table of a database, "" for the first or only one.

    Raises:
        EvidenceError: it cannot be opened, is too large, or holds no table.
    """
    looked = _looked(path, limits)
    target = folder / f"{len(list(folder.iterdir()))}-{looked.digest[:16]}.csv"
    if not looked.head:
        raise EvidenceError(path.name, "文件是空的", "请重新导出数据再试")
    if looked.head.startswith(_PARQUET):
        return DataFile(path, path.name, True, looked.digest)
    if looked.head.startswith(_SQLITE):
        _copied(_sqlite_rows(path, table, limits), target, path.name, limits)
    elif looked.head.startswith(_ZIP):
        _copied(_sheet_rows(path, table), target, path.name, limits)
    elif looked.binary:
        raise EvidenceError(path.name, "不是文本，也不是能识别的数据文件", "请导出为 CSV、XLSX、Parquet 或 SQLite 再试")
    elif looked.utf8:
        return DataFile(path, path.name, False, looked.digest)
    else:
        return DataFile(target, path.name, False, looked.digest, _transcoded(path, target))
    return DataFile(target, path.name, False, looked.digest)


def _looked(path: Path, limits: Limits) -> _Looked:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, head, utf8, binary = 0, b"", True, False
    try:
        if not path.is_file():
            raise EvidenceError(path.name, "找不到这个文件", "请检查路径和文件名是否写对")
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                head = head or chunk[:32]
                size += len(chunk)
                if size > limits.bytes:
                    raise EvidenceError(path.name, f"文件超过{limits.bytes // 1_000_000}MB的上限", "请按月或按季度分开导出")
                digest.update(chunk)
                binary = binary or b"\0" in chunk
                utf8 = utf8 and not binary and _decodes(decoder, chunk)
            utf8 = utf8 and _decodes(decoder, b"", final=True)
    except OSError as error:
        raise EvidenceError(path.name, f"文件打不开（{error.strerror}）", "请检查文件权限，或换一份文件") from None
    return _Looked(digest.hexdigest(), head, utf8, binary)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(path: Path, target: Path) -> tuple[str, ...]:
    """Write a text anew from GB 18030; what was lost."""
    bad = 0
    decoder = codecs.getincrementaldecoder("gb18030")(errors="replace")
    with path.open("rb") as source, target.open("w", encoding="utf-8", newline="") as copy:
        while chunk := source.read(_CHUNK):
            text = decoder.decode(chunk)
            bad += text.count("\ufffd")
            copy.write(text)
        copy.write(decoder.decode(b"", final=True))
    return (f"文件混有几种编码，{bad}处字节按 GB18030 读不出来，已用“\ufffd”代替",) if bad else ()


def _copied(rows: Iterable[Sequence[object]], target: Path, name: str, limits: Limits) -> None:
    """Rows written as CSV, as far as the session allows."""
    written = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            written += writer.writerow(["" if value is None else value for value in row])
            if written > limits.bytes:
                raise EvidenceError(name, f"数据超过{limits.bytes // 1_000_000}MB的上限", "请按月或按季度分开导出")


def _sqlite_rows(path: Path, table: str, limits: Limits) -> Iterator[Sequence[object]]:
    """Heading and rows of a table of a database that is opened read-only."""
    import sqlite3

    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("pragma query_only = on")
        known = [row[0] for row in connection.execute("select name from sqlite_master where type in ('table', 'view') order by name")]
        chosen = table or (known[0] if len(known) == 1 else "")
        if chosen not in known:
            raise EvidenceError(
                path.name, f"数据库里没有表“{table}”" if table else "数据库里有几张表", f"请写明 table，可用的有：{'、'.join(known)}"
            )
        connection.set_progress_handler(_watch(limits.seconds), 100_000)
        quoted = chosen.replace('"', '""')
        cursor = connection.execute(f'select * from "{quoted}"')
        yield [column[0] for column in cursor.description]
        yield from cursor
    except sqlite3.Error as error:
        raise EvidenceError(path.name, f"数据库读不出来（{error}）", "请检查文件是否完整，或导出为 CSV 再试") from None
    finally:
        connection.close()


def _watch(seconds: float) -> Callable[[], int]:
    """A handler that ends a query of SQLite after some seconds."""
    from time import monotonic

    end = monotonic() + seconds
    return lambda: int(monotonic() > end)


def _sheet_rows(path: Path, sheet: str) -> Iterator[Sequence[object]]:
    """The rows of a worksheet, as it shows them."""
    from mingsuan.reading.document import Grid, UnreadableFile
    from mingsuan.reading.files import load

    try:
        grids = [block for block in load(path).blocks if isinstance(block, Grid)]
    except UnreadableFile as error:
        raise EvidenceError(path.name, error.what, error.remedy) from None
    found = [g for g in grids if not sheet or g.place.sheet == sheet]
    if not found:
        raise EvidenceError(path.name, f"没有工作表“{sheet}”，或它是空的" if sheet else "工作簿里没有表格", "请检查工作表的名称")
    for row in found[0].rows:
        yield [cell.text for cell in row]

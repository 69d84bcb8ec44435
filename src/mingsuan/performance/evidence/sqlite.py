"""A table of an SQLite file, row by row, without a byte written beside it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.limits import Limits

_LONGEST = 1_000_000
"""Bytes that one value may have."""
_WAL = b"\x02\x02"
"""Version numbers in the header of a database that keeps its latest changes in a file beside it."""
_VERSIONS = slice(18, 20)


def rows_of(path: Path, table: str, folder: Path, problems: list[str], limits: Limits) -> Iterator[tuple[int, Sequence[object]]]:
    """Heading and rows of a table or view, each with its number; `folder` is for a copy where the file cannot be read without writing.

    Raises:
        EvidenceError: there is no such table, the database is damaged, or reading takes too long.
    """
    connection = sqlite3.connect(f"{_quiet(path, folder).resolve().as_uri()}?mode=ro", uri=True)
    end = monotonic() + limits.preparing
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_progress_handler(_watch(end), 100_000)
        connection.text_factory = _text
        connection.execute("pragma query_only = on")
        connection.execute("pragma trusted_schema = off")
        quoted = _chosen(connection, path.name, table).replace('"', '""')
        cursor = connection.execute(f'select * from "{quoted}"')
        yield 0, [column[0] for column in cursor.description]
        yield from enumerate(cursor, start=1)
    except (sqlite3.Error, UnicodeError) as error:
        if monotonic() > end:
            raise EvidenceError(path.name, f"读取超过{limits.preparing:g}秒，已中止", "请先在业务系统里汇总，或导出为 CSV") from None
        raise EvidenceError(path.name, f"数据库读不出来（{error}）", "请检查文件是否完整，或导出为 CSV 再试") from None
    finally:
        connection.close()


def _quiet(path: Path, folder: Path) -> Path:
    """The database itself; a copy with its latest changes where opening it would make files beside it."""
    with path.open("rb") as file:
        head = file.read(_VERSIONS.stop)
    if head[_VERSIONS] != _WAL:
        return path
    place = folder / f"{path.name}-copy"
    place.mkdir()
    beside = path.with_name(f"{path.name}-wal")
    for one in (path, beside):
        if one.is_file() and not (one is beside and one.is_symlink()):
            shutil.copyfile(one, place / one.name)
    return place / path.name


def _chosen(connection: sqlite3.Connection, file: str, table: str) -> str:
    known = [str(row[0]) for row in connection.execute("select name from sqlite_master where type in ('table', 'view') order by name")]
    chosen = table or (known[0] if len(known) == 1 else "")
    if chosen in known:
        return chosen
    what = f"数据库里没有表“{table}”" if table else "数据库里有几张表" if known else "数据库里没有表"
    shown = "、".join(known[:20]) + ("等" if len(known) > 20 else "")
    raise EvidenceError(file, what, f"请写明 table，可用的有：{shown}" if known else "请检查是否选错了文件")


def _text(raw: bytes) -> str:
    """Text as stored: UTF-8, or GB 18030 by programs that do not mind."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _watch(end: float) -> Callable[[], int]:
    return lambda: int(monotonic() > end)

"""A table of a PostgreSQL server, row by row, in a read-only transaction. Needs the extra `postgres` (psycopg)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.limits import Limits

MAX_ROWS = 5_000_000
"""Rows that are fetched; five years of a city's calls."""
_AT_ONCE = 5_000
_WAIT = 10
"""Seconds to wait for the server to answer at all."""


def rows_of(server: str, table: str, limits: Limits) -> Iterator[tuple[int, Sequence[object]]]:
    """Heading and rows of a table or view, each with its number.

    Args:
        server: a connection string without a password (service=…); secrets stay in the files and variables of libpq.
        table: its name, with the schema in front where it is not on the search path.
        limits: seconds that the server may work on the question.

    Raises:
        EvidenceError: psycopg is not installed, the server refuses, the table is not there or too long.
    """
    try:
        import psycopg
    except ImportError:
        raise EvidenceError(table, "读取 PostgreSQL 需要 psycopg，这里没有安装", "请安装 mingsuan[postgres]，或导出为 CSV") from None
    milliseconds = int(limits.seconds * 1000)
    options = f"-c default_transaction_read_only=on -c statement_timeout={milliseconds} -c idle_in_transaction_session_timeout=120000"
    try:
        with closing(psycopg.connect(server, connect_timeout=_WAIT, options=options)) as connection:
            connection.read_only = True
            yield from _rows(connection, table)
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise EvidenceError(table, f"PostgreSQL 没有给出数据（{why}）", "请检查连接方式、表名和只读权限，或导出为 CSV") from None


def _rows(connection: Any, table: str) -> Iterator[tuple[int, Sequence[object]]]:
    named = ".".join('"{}"'.format(part.replace('"', '""')) for part in table.split("."))
    with connection.cursor("mingsuan") as cursor:  # a named cursor stays on the server, so that rows come by and by
        cursor.itersize = _AT_ONCE
        cursor.execute(f"select * from {named} limit {MAX_ROWS + 1}")
        for number, row in enumerate(cursor, start=1):
            if number == 1:
                yield 0, [column.name for column in cursor.description]
            if number > MAX_ROWS:
                raise EvidenceError(table, f"表超过{MAX_ROWS}行", "请建一个只含当年数据的视图，写在 table 里")
            yield number, row
        if cursor.rownumber == 0:
            yield 0, [column.name for column in cursor.description or ()]

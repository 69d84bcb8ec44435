"""PostgreSQL as a source: read-only, bounded, and clear where it cannot be; against a server of our own where its programs are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from mingsuan.performance.evidence import postgres
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import Source
from mingsuan.performance.evidence.session import Session


class FakeCursor:
    """A named cursor over some rows."""

    rownumber = 0
    itersize = 0

    def __init__(self, fake: Fake, name: str) -> None:
        self.fake, self.name = fake, name
        self.description = [SimpleNamespace(name=column) for column in ("编号", "数量")]

    def __enter__(self) -> FakeCursor:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute(self, question: str) -> None:
        self.fake.asked.append(question)
        if self.fake.error:
            raise self.fake.Error(self.fake.error)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for row in self.fake.rows:
            self.rownumber += 1
            yield row


class Fake(ModuleType):
    """A module in the place of psycopg."""

    class Error(Exception):
        """As psycopg's."""

    def __init__(self, rows: list[tuple[object, ...]], error: str = "") -> None:
        super().__init__("psycopg")
        self.rows, self.error = rows, error
        self.asked: list[str] = []
        self.options: dict[str, Any] = {}
        self.connection = SimpleNamespace(
            read_only=False, cursor=lambda name: FakeCursor(self, name), close=lambda: self.asked.append("close")
        )

    def connect(self, server: str, **options: Any) -> SimpleNamespace:
        self.options = {"server": server, **options}
        return self.connection


def asked(monkeypatch: pytest.MonkeyPatch, fake: Fake, table: str = "public.登记") -> tuple[tuple[object, ...], ...]:
    monkeypatch.setitem(sys.modules, "psycopg", fake)
    with Session([Source("登记", None, table, "service=x")]) as session:
        session.require("登记")
        return session.ask("select 编号, 数量 from 登记").rows


def test_a_table_is_read_in_a_read_only_transaction_with_a_bound_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake([("a", 7), ("b", None)])

    assert asked(monkeypatch, fake) == (("a", "7"), ("b", None))
    assert fake.connection.read_only
    assert "default_transaction_read_only=on" in fake.options["options"]
    assert "statement_timeout=30000" in fake.options["options"]
    assert fake.asked == [f'select * from "public"."登记" limit {postgres.MAX_ROWS + 1}', "close"]


def test_an_empty_table_has_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, Fake([])) == ()


def test_a_name_cannot_leave_its_quotation_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake([("a", 1)])

    asked(monkeypatch, fake, 'a" ; drop table b; --')

    assert fake.asked[0].startswith('select * from "a"" ; drop table b; --" limit')


def test_what_the_server_refuses_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EvidenceError, match="canceling statement due to statement timeout"):
        asked(monkeypatch, Fake([], "canceling statement due to statement timeout\nCONTEXT: x"))


def test_a_table_that_is_too_long_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "MAX_ROWS", 2)

    with pytest.raises(EvidenceError, match="超过2行"):
        asked(monkeypatch, Fake([("a", 1)] * 3))


def test_without_psycopg_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with (
        pytest.raises(EvidenceError, match=r"没有安装。请安装 mingsuan\[postgres\]"),
        Session([Source("a", None, "t", "service=x")]) as session,
    ):
        session.require("a")


def _programs() -> Path | None:
    """Where PostgreSQL's own programs are, None where it is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


@pytest.fixture
def server() -> Iterator[str]:
    """A server of our own with one table, on a socket in a folder of its own."""
    pytest.importorskip("psycopg", reason="psycopg (the extra `postgres`) is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    user = "nobody" if os.name == "posix" and os.geteuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory(prefix="mingsuan-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        data, options = f"{folder}/data", f"-k {folder} -c listen_addresses="

        def run(*command: str) -> None:
            subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)

        run(f"{programs}/initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync")
        run(f"{programs}/pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            yield f"host={folder} user=tester dbname=postgres"
        finally:
            run(f"{programs}/pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_a_real_server(server: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute('create table 台账 ("编号" text, "数量" integer)')
        connection.execute("insert into 台账 values ('a', 7), ('b', 8)")

    with Session([Source("登记", None, "public.台账", server)]) as session:
        assert session.ask('select count(*), sum(cast("数量" as integer)) from 登记').rows == ((2, 15),)
    with pytest.raises(EvidenceError, match="没有给出数据"), Session([Source("登记", None, "没有这张表", server)]) as session:
        session.require("登记")

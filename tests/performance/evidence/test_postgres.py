"""PostgreSQL as a source: read-only, bounded, and clear where it cannot be; a server of one's own is used where one is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
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


@pytest.mark.skipif("MINGSUAN_POSTGRES" not in os.environ, reason="no server is named in MINGSUAN_POSTGRES")
def test_a_real_server() -> None:
    with Session([Source("a", None, "pg_catalog.pg_class", os.environ["MINGSUAN_POSTGRES"])]) as session:
        assert session.ask("select count(*) from a where relname = 'pg_class'").rows == ((1,),)

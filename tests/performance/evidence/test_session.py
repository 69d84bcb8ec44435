"""A session: read-only, confined to its files, bounded; every way out is a clear refusal."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import Source
from mingsuan.performance.evidence.limits import Limits
from mingsuan.performance.evidence.session import Session

ROWS = "编号,数量\n1,10\n2,20\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "登记.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def asked(path: Path, question: str, limits: Limits | None = None) -> tuple[tuple[object, ...], ...]:
    with Session([Source("登记", path)], limits or Limits()) as session:
        session.require("登记")
        return session.ask(question).rows


def test_a_question_over_a_file(table: Path) -> None:
    assert asked(table, 'select sum(cast("数量" as integer)) from 登记') == ((30,),)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("select * from read_csv('/etc/passwd')", "已拒绝"),
        ("select * from read_text('登记.csv')", "已拒绝"),
        ("select * from glob('/*')", "已拒绝"),
        ("copy (select 1) to '/tmp/x.csv'", "不是一条 SELECT"),
        ("drop view files.登记", "不是一条 SELECT"),
        ("insert into 登记 values (3, 4)", "不是一条 SELECT"),
        ("attach 'x.db'", "不是一条 SELECT"),
        ("install httpfs", "不是一条 SELECT"),
        ("set memory_limit = '9GB'", "不是一条 SELECT"),
        ("select 1; drop view files.登记", "不是一条 SELECT"),
        ("select", "有误"),
        ("select 没有 from 登记", "没有成功"),
        ("select * from 别的表", "没有成功"),
        ("", "不是一条 SELECT"),
    ],
)
def test_a_question_that_would_write_or_read_elsewhere_is_refused(table: Path, question: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says):
        asked(table, question)
    assert table.read_text(encoding="utf-8") == ROWS


def test_a_question_without_end_is_broken_off(table: Path) -> None:
    endless = "with recursive t as (select 1 as n union all select n + 1 from t) select count(*) from t"
    with pytest.raises(EvidenceError, match=r"超过0\.2秒|内存超过"):
        asked(table, endless, Limits(seconds=0.2))


def test_a_question_that_needs_too_much_memory_is_broken_off(table: Path) -> None:
    with pytest.raises(EvidenceError, match="内存超过60MB"):
        asked(table, "select count(distinct a.range || 'x' || b.range) from range(4000) a, range(4000) b", Limits(memory=60, seconds=20))


def test_nothing_is_printed_while_a_question_takes_its_time(table: Path) -> None:
    assert asked(table, "select current_setting('enable_progress_bar')") == ((False,),)


def test_an_answer_is_cut_where_the_limits_say_and_says_so(table: Path) -> None:
    with Session([Source("登记", table)], Limits(rows=5)) as session:
        answer = session.ask("select * from range(100)")

    assert (len(answer.rows), answer.complete) == (5, False)


def test_text_in_gb18030_is_read_and_bytes_that_fit_no_encoding_are_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "甲.csv", tmp_path / "乙.csv"
    good.write_bytes("区县\n金水区\n".encode("gb18030"))
    bad.write_bytes("区县\n金水区\n".encode("gb18030") + "惠济区".encode() + b"\xff\xff\n")

    assert asked(good, "select * from 登记") == (("金水区",),)
    with Session([Source("登记", bad)]) as session:
        assert "混有几种编码" in session.files["登记"].problems[0]


def test_a_table_of_sqlite_is_read_without_writing_to_it(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    with sqlite3.connect(path) as database:
        database.execute("create table 台账 (编号 text, 数量 integer)")
        database.execute("insert into 台账 values ('a', 7)")
    database.close()
    before = path.read_bytes()

    assert asked(path, "select 数量 from 登记") == (("7",),)
    assert path.read_bytes() == before
    with pytest.raises(EvidenceError, match="没有表“别的”"), Session([Source("登记", path, "别的")]) as session:
        session.require("登记")


def test_parquet_is_read(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "数据.parquet"
    duckdb.connect().execute(f"copy (select 3 as n) to '{path}' (format parquet)").close()

    assert asked(path, "select n from 登记") == ((3,),)


def test_a_worksheet_is_read(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for row in (("编号", "数量"), ("a", 7)):
        sheet.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)

    assert asked(path, "select 数量 from 登记") == (("7",),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "是空的"),
        (b"\x00\x01\x02" * 50, "不是文本"),
        (b"PK\x03\x04broken", "."),
        (b"SQLite format 3\0" + b"\0" * 100, "读不出来|没有表|几张表"),
    ],
)
def test_a_file_that_holds_no_table_is_a_message(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes(content)

    with pytest.raises(EvidenceError, match=says):
        asked(path, "select * from 登记")


def test_a_file_that_is_not_there_or_too_large_is_a_message(tmp_path: Path, table: Path) -> None:
    with pytest.raises(EvidenceError, match="找不到"):
        asked(tmp_path / "没有.csv", "select 1")
    with pytest.raises(EvidenceError, match="上限"):
        asked(table, "select 1", Limits(bytes=5))

"""Sources of every kind and state: what they hold is read exactly, what cannot be read is said, nothing is written beside them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import ROW, Source
from mingsuan.performance.evidence.limits import Limits
from mingsuan.performance.evidence.session import Rejected, Session


def asked(
    path: Path, question: str = "select * from 数据", table: str = "", limits: Limits | None = None
) -> tuple[tuple[object, ...], ...]:
    with Session([Source("数据", path, table)], limits or Limits()) as session:
        session.require("数据")
        return session.ask(question).rows


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]], formats: dict[str, str] | None = None) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code
    book.save(path)
    return path


def test_a_worksheet_is_read_as_stored_not_as_shown(tmp_path: Path) -> None:
    moment = datetime(2024, 1, 1, 8, 0, 7)
    rows = [("2024年通话记录", None, None), ("编号", "时间", "数量"), ("a", moment, 1234567.125), (None, None, None), ("b", None, 0)]
    path = workbook(tmp_path / "a.xlsx", {"台账": rows, "空": []}, {"B3": "yyyy/m/d h:mm", "C3": "#,##0"})

    assert asked(path) == (("3", "a", "2024-01-01 08:00:07", "1234567.125"), ("5", "b", None, "0"))
    assert asked(path, f"select {ROW} from 数据") == (("3",), ("5",))


def test_a_workbook_of_several_sheets_wants_to_know_which(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"一": [("a", "b"), (1, 2)], "二": [("a", "b"), (3, 4)]})

    with pytest.raises(EvidenceError, match="几张工作表。请写明 table，可用的有：一、二"):
        asked(path)
    assert asked(path, "select a from 数据", "二") == (("3",),)
    with pytest.raises(EvidenceError, match="没有工作表“三”"):
        asked(path, table="三")


def test_a_workbook_with_filtered_rows_counts_all(tmp_path: Path) -> None:
    import openpyxl

    path = workbook(tmp_path / "a.xlsx", {"一": [("a", "b"), *((n, n) for n in range(50))]})
    book = openpyxl.load_workbook(path)
    book["一"].row_dimensions[3].hidden = True
    book.save(path)

    assert len(asked(path)) == 50


def test_formulas_without_results_and_content_beside_the_table_are_told(tmp_path: Path) -> None:
    formula = workbook(tmp_path / "a.xlsx", {"一": [("a", "b"), (1, "=A2*2")]})
    beside = workbook(tmp_path / "b.xlsx", {"一": [("a", "b"), (1, 2, "旁注")]})

    with Session([Source("数据", formula)]) as session:
        assert session.require("数据").problems == ("有1个公式没有保存计算结果，按空白读取",)
    with pytest.raises(EvidenceError, match="第2行的内容超出表头"):
        asked(beside)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04" + b"\0" * 200, "已损坏|打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (b"SQLite format 3\0" + b"\xff" * 4000, "读不出来"),
        (b"PAR1" + b"\xff" * 100 + b"PAR1", "不是规整的表"),
        (b"PAR1", "不是规整的表"),
        (b"%PDF-1.7\n\0\0", "不是文本"),
        (b"a,b\n\0,1\n", "不是文本"),
        (b"\n\na,b\n1,2\n", "第一行读不出列名"),
        (b"\xef\xbb\xbf", "第一行读不出列名"),
        (b"x" * 200_000 + b"\n1\n", "第一行读不出列名"),
    ],
)
def test_a_damaged_file_is_a_message(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "坏"
    path.write_bytes(content)

    with pytest.raises(EvidenceError, match=says):
        asked(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_systems_export(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("区县,数量\n金水区,1\n".encode(encoding))

    assert asked(path, "select 区县, 数量 from 数据") == (("金水区", "1"),)


def test_a_few_broken_bytes_do_not_make_another_encoding_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("区县,备注\n金水区,甲\n".encode() + b"\xb6\xfe\xc6\xdf,x\n")

    with Session([Source("数据", path)]) as session:
        assert session.ask("select 区县 from 数据").rows[0] == ("金水区",)
        assert "UTF-8 读不出来" in session.require("数据").problems[0]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a;b\n1;2\n", [("1", "2")]),
        ("a\tb\n1\t2\n", [("1", "2")]),
        ('"a,b";b\n1,5;2\n', [("1,5", "2")]),
        ("a\n1\n", [("1",)]),
        ("a,b\r\n1,2\r\n", [("1", "2")]),
        ("a,b\n1,2\r\n3,4\n", [("1", "2"), ("3", "4")]),
        ("a,a,A,\n1,2,3,4\n", [("1", "2", "3", "4")]),
        ('a,b\n1,"x\ny"\n', [("1", "x\ny")]),
        ('a,b\n"1","说""好"""\n2,"没有结尾', [("1", '说"好"')]),
    ],
)
def test_the_marks_of_a_text_file(tmp_path: Path, content: str, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())

    assert asked(path) == tuple(rows)


def test_a_lost_quotation_mark_is_told_with_all_the_lines_that_it_swallows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 10 + '3,"x\n' + "4,5\n" * 500, encoding="utf-8")

    with Session([Source("数据", path)]) as session:
        assert len(session.ask("select * from 数据").rows) == 10
        assert [(r.line, r.lines) for r in session.rejected("数据")] == [(12, 501)]


def test_one_source_that_cannot_be_used_leaves_the_others(tmp_path: Path) -> None:
    good = tmp_path / "a.csv"
    good.write_text("a\n1\n", encoding="utf-8")

    with Session([Source("坏", tmp_path / "没有.csv"), Source("好", good)]) as session:
        assert session.ask("select a from 好").rows == (("1",),)
        assert "找不到这个文件" in str(session.unusable["坏"])


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.csv" for n in range(3)]
    for path in paths:
        path.write_bytes(b"a\n" + b"1\n" * 200)

    with Session([Source(path.stem, path) for path in paths], Limits(bytes=1000)) as session:
        assert set(session.files) == {"0", "1"}
        assert "上限" in str(session.unusable["2"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")

    with pytest.raises(EvidenceError, match="找不到这个文件"):
        asked(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["reject_errors", "main", "files", "sqlite_master", 'a"; drop view x; --', "a'b", "表 名", "select"])
def test_a_source_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a'\"b.csv"
    path.write_text("a,b\n1,2\n1,2,3\n", encoding="utf-8")

    quoted = name.replace('"', '""')
    with Session([Source(name, path)]) as session:
        assert session.ask(f'select count(*) from files."{quoted}"').rows == ((1,),)
        assert session.rejected(name) == (Rejected(3, "1,2,3", 1),)


def test_wide_and_long_files(tmp_path: Path) -> None:
    wide, long = tmp_path / "宽.csv", tmp_path / "长.csv"
    wide.write_text(",".join(f"c{n}" for n in range(3000)) + "\n" + ",".join("1" * 3000) + "\n", encoding="utf-8")
    long.write_bytes(b"a,b\n1,2\n" + b"x" * 3_000_000 + b",1\n3,4\n")

    assert asked(wide, "select c2999 from 数据") == (("1",),)
    with Session([Source("数据", long)]) as session:
        assert session.ask("select * from 数据").rows == (("1", "2"), ("3", "4"))
        assert [r.line for r in session.rejected("数据")] == [3]


def test_a_database_that_keeps_its_changes_beside_it_is_read_whole_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "数据" / "a.db"
    path.parent.mkdir()
    writer = sqlite3.connect(path)
    writer.execute("pragma journal_mode = wal")
    writer.execute("create table t (a text)")
    writer.execute("insert into t values ('新')")
    writer.commit()
    before = {p.name: p.read_bytes() for p in path.parent.iterdir() if not p.name.endswith("-shm")}

    assert asked(path, "select a from 数据") == (("新",),)
    assert {p.name: p.read_bytes() for p in path.parent.iterdir() if not p.name.endswith("-shm")} == before
    writer.close()


def test_a_view_without_end_is_broken_off(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("create view v as with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) as n from t")
    database.close()

    with pytest.raises(EvidenceError, match=r"超过0\.3秒"):
        asked(path, limits=Limits(preparing=0.3))


def test_text_in_a_database_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("create table t (a)")
        database.execute("insert into t values (cast(x'bdf0cbaec7f8' as text))")
    database.close()

    assert asked(path, "select a from 数据") == (("金水区",),)


def test_a_database_whose_names_are_no_text_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("create table abcdef (a)")
    database.close()
    path.write_bytes(path.read_bytes().replace(b"abcdef", b"ab\xff\xfeef"))

    with pytest.raises(EvidenceError, match=r"读不出来|没有表|不是规整"):
        asked(path)


def test_headings_of_parquet_that_are_no_text_are_a_message(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "a.parquet"
    duckdb.sql(f"copy (select 1 as abcdef) to '{path}' (format parquet)")
    path.write_bytes(path.read_bytes().replace(b"abcdef", b"ab\xff\xfeef"))

    with pytest.raises(EvidenceError, match=r"没有成功|不是规整"):
        asked(path)

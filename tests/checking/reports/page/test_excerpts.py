"""A table is quoted around the cells in question, those marked, persons left out."""

from __future__ import annotations

from mingsuan.checking.personal import HIDDEN
from mingsuan.checking.reports.page.excerpts import MAX_COLUMNS, MAX_TABLES, SKIPPED, Excerpts
from mingsuan.checking.reports.pictures import spots
from mingsuan.model import Repair, Side
from mingsuan.places import Place
from tests.checking.reports.page.samples import cell_place, disclosure, finding, table

ROWS = [["合计", "7.00"], *([f"第{n}项", f"{n}.00"] for n in range(1, 9))]


def texts(rows: object) -> list[object]:
    assert isinstance(rows, tuple)
    return [None if row is None else row[0].text for row in rows]


def test_the_total_the_cell_and_its_neighbours_are_quoted() -> None:
    about = finding(Side(cell_place(7, 2), "第6项", "6.00"))
    (quoted,) = Excerpts(disclosure(table(ROWS, ["项目", "金额"]))).of(spots(about))
    assert texts(quoted.rows) == ["合计", None, "第5项", "第6项", "第7项", None]
    assert [cell.marks for row in quoted.rows if row for cell in row if cell.marks] == [(1,)]
    assert quoted.numbers == {1}


def test_a_marked_cell_says_what_it_should_be_where_one_way_only_puts_it_right() -> None:
    place = cell_place(1, 2)
    one, other = (Repair(place, "合计", "7.00", after, "改数") for after in ("8.00", "9.00"))
    quote = Excerpts(disclosure(table(ROWS, ["项目", "金额"]))).of
    decided = quote(spots(finding(Side(place, "合计", "7.00"))), [one])
    open_ = quote(spots(finding(Side(place, "合计", "7.00"))), [one, other])
    assert [c.wanted for e in (*decided, *open_) for row in e.rows if row for c in row if c.marks] == ["8.00", ""]


def test_a_wide_table_is_quoted_without_the_columns_that_say_nothing() -> None:
    columns = ["项目", *(f"第{n}列" for n in range(40))]
    row = ["合计", *(["1.00"] * 30), *([""] * 10)]
    about = finding(Side(cell_place(1, 27), "合计", "1.00"))
    (quoted,) = Excerpts(disclosure(table([row], columns))).of(spots(about))
    (only,) = [row for row in quoted.rows if row]
    assert sum(cell.text != SKIPPED for cell in only) <= MAX_COLUMNS
    assert [cell.marks for cell in only if cell.marks] == [(1,)]
    assert quoted.columns == len(only)


def test_a_table_as_a_whole_is_marked_at_its_title() -> None:
    found = table(ROWS, ["项目", "金额"])
    (quoted,) = Excerpts(disclosure(found)).of(spots(finding(Side(found.place, "支出总表", "没有单位"))))
    assert quoted.marks == (1,)
    assert texts(quoted.rows) == ["合计", "第1项", None]


def test_names_and_numbers_of_persons_are_not_repeated() -> None:
    found = table([["维修", "3.00", "张三", "13800000000"]], ["项目", "金额", "负责人", "联系电话"])
    (quoted,) = Excerpts(disclosure(found)).of(spots(finding(Side(cell_place(1, 4), "联系电话", "（11位号码）"))))
    assert [cell.text for row in quoted.rows if row for cell in row] == ["维修", "3.00", HIDDEN, HIDDEN]


def test_places_elsewhere_and_tables_beyond_the_bound_are_not_quoted() -> None:
    assert Excerpts(disclosure(table(ROWS, ["项目", "金额"]))).of(spots(finding(Side(Place("别的.txt", line=3), "文", "文")))) == ()
    many = [table([["合计", "1.00"]], ["项目", "金额"]) for _ in range(MAX_TABLES + 2)]
    tables = [
        t.with_cell(0, "金额", type(t.rows[0].cells["金额"])("1.00", Place("公开.pdf", table=n, row=1, column=2)))
        for n, t in enumerate(many, 10)
    ]
    sides = [Side(t.rows[0].cells["金额"].place, "合计", "1.00") for t in tables]
    assert len(Excerpts(disclosure(*tables)).of(spots(finding(*sides)))) == MAX_TABLES

"""Names and numbers of persons are found, and hidden without moving anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.checking.personal import identities, is_personal, masked, personal_places
from mingsuan.places import Place
from tests.checking.builders import disclosure as small
from tests.checking.builders import findings
from tests.checking.builders import table as small_table
from tests.checking.reports.page.samples import FILE, disclosure, narrative, table


@pytest.mark.parametrize(
    ("path", "text", "hidden"),
    [
        ("项目负责人", "张三", True),
        ("基本信息/联系电话", "67887369", True),
        ("联系电话", "", False),
        ("备注", "110101199003078515", True),
        ("项目负责人", "办公室及所属各单位", False),
        ("金额", "67887369", False),
    ],
)
def test_cells_that_are_not_repeated(path: str, text: str, hidden: bool) -> None:
    assert is_personal(path, text) is hidden


def test_running_text_keeps_everything_else() -> None:
    assert masked("联系人：张三，电话：0371-67887369。") == "联系人：＊＊，电话：" + "＊" * 13 + "。"
    assert masked("收入67887369元") == "收入67887369元"


def test_a_number_of_a_citizen_is_told_from_other_long_numbers_by_its_check() -> None:
    assert list(identities("张三110101199003078515")) == [(2, 20)]
    assert not list(identities("110101199003078516"))
    assert not list(identities("410122000000012025000"))


@pytest.mark.parametrize(("name", "count"), [("行政运行（110101199003078515）", 1), ("行政运行（110101199003078516）", 0)])
def test_a_number_of_a_citizen_in_any_cell_is_found_and_not_repeated(name: str, count: int) -> None:
    found = findings("PRIV101", small(small_table("revenue_overview", ["单位名称", "总计"], [[name, "3.00"]])))
    assert len(found) == count
    assert not any("1101011990" in side.text for f in found for side in f.sides)


@given(st.text(max_size=80))
def test_masking_keeps_the_length(text: str) -> None:
    assert len(masked(text)) == len(text)


def test_places_are_rows_and_lines_that_name_somebody_with_a_number() -> None:
    rows = [["维修", "3.00", "张三", "13800000000"], ["培训", "2.00", "李四", ""]]
    read = disclosure(table(rows, ["项目", "金额", "负责人", "联系电话"]), sections=(narrative("联系人：王五，手机13800000000。"),))
    places = set(personal_places(read))
    assert Place(FILE, line=9) in places
    assert {place.row for place in places} == {1, None}

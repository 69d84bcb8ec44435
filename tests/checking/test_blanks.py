"""Tables that a note calls empty."""

import pytest

from tests.checking.builders import disclosure, findings, table

NOTE = "本单位没有政府性基金预算支出，故本表无数据。"
COLUMNS = ["合计", "基本支出/小计", "项目支出/小计"]


@pytest.mark.parametrize(
    ("line", "wrong"), [(["1", "2", "6"], False), (["", "", ""], False), (["9.0", "", "9.0"], True), (["12", "3", "9"], True)]
)
def test_a_line_that_numbers_the_columns_fills_no_table(line: list[str], wrong: bool) -> None:
    found = findings("FORM106", disclosure(table("government_fund_expenditure", COLUMNS, [line], notes=[NOTE])))
    assert any("却注明是空表" in f.message for f in found) is wrong

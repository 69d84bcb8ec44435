"""Totals and the parts that a form declares, row by row and column by column."""

from mingsuan.dialects.dialect import Dialect
from mingsuan.identities import Sort
from tests.identities.pocket import derived, failing, printed, said


def test_columns_and_rows_are_partitions(city: Dialect) -> None:
    found = derived(
        city,
        printed(
            city,
            "spending",
            """
            键          | 编码    | 合计 | 基本 | 项目
                        | 合计    | 9    | 6    | 3
            f205        | 205     | 7    | 5    | 2
            f2050101    | 2050101 | 4    | 3    | 1
            f2050102    | 2050102 | 3    | 2    | 1
            f208        | 208     | 2    | 1    | 1
            """,
        ),
    )
    across = {("partition", (f"支出表{n}.合计",), (f"支出表{n}.基本", f"支出表{n}.项目")) for n in range(1, 6)}
    down = {
        ("partition", (f"支出表{whole}.{column}",), tuple(f"支出表{n}.{column}" for n in parts))
        for whole, parts in ((1, (2, 5)), (2, (3, 4)))
        for column in ("合计", "基本", "项目")
    }
    assert said(found, Sort.PARTITION) == across | down
    assert said(found) - said(found, Sort.PARTITION) == said(found, Sort.CONTAINED), "within one table only ≤ is left to say"
    assert failing(found) == []


def test_a_node_is_the_sum_of_the_nearest_rows_inside_it_whatever_their_order(city: Dialect) -> None:
    found = derived(
        city,
        printed(
            city,
            "spending",
            """
            键               | 编码     | 合计
            u003001 f2050101 | 2050101  | 4
            u003             |          | 9
            u003001          |          | 4
            u003002          |          | 5
                             | 合计     | 9
            """,
        ),
    )
    assert said(found, Sort.PARTITION) == {
        ("partition", ("支出表5.合计",), ("支出表3.合计", "支出表4.合计")),
        ("partition", ("支出表2.合计",), ("支出表3.合计", "支出表4.合计")),
        ("partition", ("支出表3.合计",), ("支出表1.合计",)),
    }


def test_a_lost_column_is_not_a_blank_and_its_sum_is_not_executed(city: Dialect) -> None:
    found = derived(city, printed(city, "spending", "键|编码|合计|基本\n|合计|9|6"))
    assert not said(found, Sort.PARTITION)
    assert [(s.table, s.label, s.reason) for s in found.not_executed] == [(0, "合计＝基本＋项目", "表中没有“项目”列，各部分不全")]


def test_a_lost_row_is_not_a_blank_and_its_sum_is_not_executed(city: Dialect) -> None:
    found = derived(city, printed(city, "overview", "收入/项目|收入/金额\n一、一般公共预算|9\n三、单位资金|1\n收入总计|12"))
    assert failing(found) == []
    assert [s.reason for s in found.not_executed] == ["表中没有“政府性基金”行，各部分不全"]


def test_classes_that_a_department_does_not_use_need_not_be_printed(city: Dialect) -> None:
    found = derived(city, printed(city, "overview", "支出/项目|支出/金额\n二、社会保障|9\n本年支出|9"))
    assert ("partition", ("收支总表2.金额",), ("收支总表1.金额",)) in said(found)
    assert found.not_executed == ()


def test_a_list_of_which_nothing_is_printed_is_not_a_sum_of_nothing(city: Dialect) -> None:
    found = derived(city, printed(city, "overview", "支出/项目|支出/金额\n本年支出|9\n年终结转|1\n支出总计|10"))
    assert failing(found) == []
    assert [s.label for s in found.not_executed] == ["本年支出＝各项之和"]


def test_a_row_that_was_not_understood_leaves_the_sum_it_may_belong_to_undecided(city: Dialect) -> None:
    text = "支出/项目|支出/金额\n一、教育|6\n九、某类|{}\n本年支出|9"
    undecided = derived(city, printed(city, "overview", text.format(3)))
    assert failing(undecided) == []
    assert [s.reason for s in undecided.not_executed] == ["表中有认不出的行带着金额，各部分不全"]
    silent = derived(city, printed(city, "overview", text.format("")))
    assert [i.sort for i in failing(silent)] == [Sort.PARTITION], "a row without an amount explains nothing"


def test_a_retired_row_is_one_part_with_the_row_that_took_over_its_class(city: Dialect) -> None:
    text = "支出/项目|支出/金额\n医疗卫生|{}\n三、卫生健康|{}\n本年支出|9"
    for old, new in (("", "9"), ("9", ""), ("4", "5")):
        for year in (2023, None):
            assert failing(derived(city, printed(city, "overview", text.format(old, new)), year=year)) == []

"""Equal regions, sums over the parts of another list, parts and their wholes."""

from decimal import Decimal
from pathlib import Path

from mingsuan.dialects.dialect import Dialect
from mingsuan.identities import Sort
from mingsuan.model import Claim
from tests.dialects.authoring import city as city_of
from tests.filled import filled
from tests.identities.pocket import GENERAL, SOURCES, derived, failing, names, printed, said


def test_one_region_printed_twice_is_equal(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "overview", "支出/项目|支出/金额\n本年支出|9"),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
    )
    assert said(found) == {("equal", ("收支总表1.金额",), ("支出表1.合计",))}
    assert failing(found) == []


def test_of_three_that_must_agree_each_is_compared_with_the_best_printed_one(city: Dialect) -> None:
    claim = Claim("", "支出总计9万元", "支出", Decimal(9), "万元", 2023, decimals=0, region=(("use", "支出"),))
    found = derived(
        city,
        printed(city, "overview", "支出/项目|支出/金额\n本年支出|9"),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
        claims=(claim,),
    )
    assert said(found) == {
        ("equal", ("收支总表1.金额",), ("支出表1.合计",)),
        ("equal", ("收支总表1.金额",), ("说明“支出总计9万元”",)),
    }


def test_rows_of_one_key_are_parts_and_only_their_sum_is_compared(city: Dialect) -> None:
    found = derived(
        city,
        printed(
            city,
            "economic",
            """
            键            | 编码  | 对应  | 合计
                          | 合计  |       | 9
            d30101 g50101 | 30101 | 50101 | 5
            d30101 g50101 | 30101 | 50101 | 4
            """,
        ),
    )
    assert said(found) == {("partition", ("基本支出经济分类表1.合计",), ("基本支出经济分类表2.合计", "基本支出经济分类表3.合计"))}
    assert failing(found) == []


def test_parts_of_which_one_cannot_be_read_are_compared_with_nothing(city: Dialect) -> None:
    economic = """
    键            | 编码  | 对应  | 合计
                  | 合计  |       | 9
    d30101 g50101 | 30101 | 50101 | 5
    d30101 g50101 | 30101 | 50101 | ？
    """
    claim = Claim(
        "", "基本支出9万元", "", Decimal(9), "万元", 2023, region=(("fund", "一般公共预算"), ("department", "30101"), ("kind", "基本"))
    )
    assert failing(derived(city, printed(city, "economic", economic), claims=(claim,))) == []


def test_parts_of_which_one_is_blank_and_one_cannot_be_read_are_not_nothing(city: Dialect) -> None:
    """Else the 9 of both classes would have to equal the 5 of the other."""
    economic = """
    键     | 编码  | 合计
    d30101 | 30101 |
    d30101 | 30101 | ？
    d30201 | 30201 | 5
    """
    both = (("fund", "一般公共预算"), ("kind", "基本"), ("department", "30101 + 30201"))
    claim = Claim("", "两项共9万元", "", Decimal(9), "万元", 2023, region=both)
    found = derived(city, printed(city, "economic", economic), claims=(claim,))
    assert failing(found) == []
    assert not said(found, Sort.CONDITIONAL)


def test_every_figure_of_a_class_is_of_one_amount(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", SOURCES.format("9|9|||")),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
        printed(city, "general", GENERAL),
    )
    whole = next(c for c in found.classes if len(c) > 1)
    assert len({found.meaning.figures[n].amount for n in whole}) == 1


def test_a_class_of_one_table_is_the_sum_of_its_rows_in_another(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "overview", "支出/项目|支出/金额\n一、教育|7\n二、社会保障|2\n本年支出|9"),
        printed(
            city,
            "spending",
            """
            键       | 编码    | 合计
                     | 合计    | 9
            f2050101 | 2050101 | 4
            f2050202 | 2050202 | 3
            f2080505 | 2080505 | 2
            """,
        ),
    )
    assert said(found, Sort.LISTING) == {("listing", ("收支总表1.金额",), ("支出表2.合计", "支出表3.合计"))}
    assert ("conditional", ("收支总表2.金额",), ("支出表4.合计",)) in said(found, Sort.CONDITIONAL)


def test_a_class_that_a_list_leaves_out_must_be_nothing(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "overview", "支出/项目|支出/金额\n一、教育|7\n三、卫生健康|2\n本年支出|9"),
        printed(city, "spending", "键|编码|合计\n|合计|9\nf2050101|2050101|4\nf2080505|2080505|5"),
    )
    assert ("listing", ("收支总表2.金额",), ()) in {(i.sort, *names(found, i.left, i.right)) for i in failing(found)}


def test_no_sum_is_made_of_a_list_of_which_a_row_straddles_the_region(city: Dialect) -> None:
    """Basic spending of education is no sum of the functions' totals, which hold project spending too."""
    found = derived(
        city,
        printed(city, "spending", "键|编码|合计|基本\n|合计|9|6\nf2050101|2050101|4|\nf2050202|2050202|5|"),
        printed(city, "economic", "键|编码|合计\n|合计|6"),
    )
    assert not said(found, Sort.LISTING)


def test_parts_that_overlap_are_summed_but_nothing_follows_from_them(tmp_path: Path) -> None:
    """An author's mistake: 财政拨款 lies in 一般公共预算 too, so that the three leave over more than nothing."""
    dialect = city_of(
        tmp_path,
        overlap="""
title: 重叠表
blocks:
- columns: {合计: {total: true}, 甲: {fund: 一般公共预算}, 乙: {fund: 财政拨款 + 单位资金}}
  rows: single
""",
    )
    fund = Claim("", "政府性基金2万元", "", Decimal(2), "万元", 2023, region=(("fund", "政府性基金"),))
    found = derived(dialect, filled(dialect, "overlap", "合计|甲|乙\n9|6|3"), claims=(fund,))
    assert ("partition", ("重叠表1.合计",), ("重叠表1.乙", "重叠表1.甲")) in said(found)
    assert failing(found) == []
    assert not said(found, Sort.LISTING)


def test_the_forms_of_all_projects_make_up_project_spending(city: Dialect) -> None:
    forms = [printed(city, "project", f"项目名称|金额\n{p}|{a}") for p, a in (("培训", "2"), ("维护", "3"))]
    spending = printed(city, "spending", "键|编码|项目\n|合计|{}".format("5"))
    assert ("listing", ("支出表1.项目",), ("项目表1.金额", "项目表1.金额")) in said(derived(city, spending, *forms))
    unreadable = [*forms[:1], printed(city, "project", "项目名称|金额\n维护|３O")]
    assert failing(derived(city, spending, *unreadable)) == []


def test_of_which_columns_and_rows_are_contained(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "overview", "收入/项目|收入/金额\n一、一般公共预算|9\n其中：财政拨款|7"),
        printed(city, "sources", "一般公共预算/小计|一般公共预算/其中：财政拨款\n9|7"),
    )
    assert said(found, Sort.CONTAINED) == {
        ("contained", ("收支总表2.金额",), ("收支总表1.金额",)),
        ("contained", ("来源表1.其中：财政拨款",), ("来源表1.小计",)),
    }


def test_the_whole_of_an_of_which_column_is_the_nearest_column_before_it(city: Dialect) -> None:
    found = derived(city, filled(city, "sources", "合计|一般公共预算/其中：财政拨款\n9|7"))
    assert said(found, Sort.CONTAINED) == {("contained", ("来源表1.其中：财政拨款",), ("来源表1.合计",))}
    assert not any(i.declared for i in found.identities), "without its subtotal the column is a part of the total only"


def test_a_region_is_at_most_its_neighbour_above_and_no_further(city: Dialect) -> None:
    """Class ⊂ general budget ⊂ all funds: two steps, not three."""
    found = derived(
        city,
        printed(city, "overview", "支出/项目|支出/金额\n本年支出|9"),
        printed(city, "general", "键|编码|合计|基本\n|合计|8|5"),
    )
    assert said(found) == {
        ("contained", ("一般公共预算支出表1.基本",), ("一般公共预算支出表1.合计",)),
        ("contained", ("一般公共预算支出表1.合计",), ("收支总表1.金额",)),
    }


def test_an_adjustment_may_take_away_so_that_nothing_is_contained_or_emptied(city: Dialect) -> None:
    found = derived(city, printed(city, "adjusted", "合计|一般公共预算|其中：财政拨款\n-1|-1|3"))
    assert not said(found, Sort.CONTAINED)
    assert failing(found) == []


def test_a_part_may_be_larger_than_a_whole_in_which_something_else_is_negative(city: Dialect) -> None:
    overview = "支出/项目|支出/金额\n本年支出|9\n年终结转|{}\n支出总计|{}"
    assert failing(derived(city, printed(city, "overview", overview.format("-2", "7")))) == []
    assert failing(derived(city, printed(city, "overview", overview.format("2", "7"))))

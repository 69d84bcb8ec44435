from decimal import Decimal
from pathlib import Path

import pytest

from bench.gold import DIALECTS, disclosure, gold
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning import understand
from mingsuan.identities import Derivation, Sort, derive
from mingsuan.model import Claim
from tests.dialects.authoring import DIALECT, FORM, write
from tests.dialects.authoring import city as city_of
from tests.filled import filled
from tests.identities.pocket import CLASSES, FORMS, derived, failing, name, pocket, printed, said


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Dialect:
    return pocket(tmp_path_factory.mktemp("dialects"))


def witnesses(derivation: Derivation, left: str, right: str) -> set[str]:
    """The witnesses of the conditional identity of two figures."""
    for identity in derivation.identities:
        sides = {name(derivation, n) for n in identity.members}
        if identity.sort is Sort.CONDITIONAL and sides == {left, right}:
            return {name(derivation, n) for n in identity.witnesses}
    raise AssertionError(f"{left} and {right} are not said to agree")


# ---- equal -----------------------------------------------------------------------------------------------------------


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


# ---- partition -------------------------------------------------------------------------------------------------------


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


# ---- listing ---------------------------------------------------------------------------------------------------------


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
    assert ("listing", ("收支总表2.金额",), ()) in {(i.sort, *_names(found, i.left, i.right)) for i in failing(found)}


def _names(found: Derivation, left: tuple[int, ...], right: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(name(found, n) for n in left), tuple(name(found, n) for n in right)


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


# ---- contained -------------------------------------------------------------------------------------------------------


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


# ---- conditional -----------------------------------------------------------------------------------------------------

SOURCES = "合计|一般公共预算/小计|一般公共预算/其中：财政拨款|政府性基金|单位资金\n{}"
GENERAL = "键|编码|合计\n|合计|9"


def test_where_there_are_no_other_funds_the_general_budget_is_all_there_is(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", "合计|一般公共预算/小计|政府性基金|单位资金\n9|9||"),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
        printed(city, "general", GENERAL),
    )
    assert witnesses(found, "一般公共预算支出表1.合计", "支出表1.合计") == {"来源表1.政府性基金", "来源表1.单位资金"}
    assert failing(found) == []


def test_a_printed_zero_empties_as_a_blank_does(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", SOURCES.format("9|9||0|0.00")),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
        printed(city, "general", GENERAL),
    )
    assert witnesses(found, "一般公共预算支出表1.合计", "支出表1.合计")


def test_with_other_funds_the_general_budget_is_only_contained(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", SOURCES.format("9|8||1|")),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
        printed(city, "general", "键|编码|合计\n|合计|8"),
    )
    assert not any({"一般公共预算支出表1.合计", "支出表1.合计"} == {*left, *right} for _, left, right in said(found, Sort.CONDITIONAL))
    assert ("contained", ("一般公共预算支出表1.合计",), ("支出表1.合计",)) in said(found)
    assert failing(found) == []


def test_what_an_exhaustive_partition_leaves_over_is_empty(city: Dialect) -> None:
    """Only function 2050101 is listed, so that all of it is education."""
    found = derived(
        city,
        printed(city, "spending", "键|编码|合计\n|合计|9\nf2050101|2050101|9"),
        printed(city, "overview", "支出/项目|支出/金额\n一、教育|9\n本年支出|9"),
    )
    assert witnesses(found, "收支总表1.金额", "支出表1.合计") >= {"支出表1.合计", "支出表2.合计"}


def test_a_list_that_does_not_add_up_leaves_nothing_empty(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "spending", "键|编码|合计\n|合计|9\nf2050101|2050101|7"),
        printed(city, "overview", "支出/项目|支出/金额\n一、教育|7"),
    )
    assert [i.sort for i in failing(found)] == [Sort.PARTITION]
    assert not said(found, Sort.CONDITIONAL)


def test_a_region_that_a_list_leaves_over_on_two_axes_at_once_is_empty(city: Dialect) -> None:
    """Class 30101 is listed with 50101 and 30201 with 50201 only, so that 30101 through 50201 is nothing."""
    text = """
    键            | 编码  | 对应  | 合计
                  | 合计  |       | 9
    d30101 g50101 | 30101 | 50101 | 5
    d30201 g50201 | 30201 | 50201 | 4
    """
    pay = Claim(
        "", "基本工资5万元", "", Decimal(5), "万元", 2023, region=(("fund", "一般公共预算"), ("kind", "基本"), ("department", "30101"))
    )
    found = derived(city, printed(city, "economic", text), claims=(pay,))
    assert witnesses(found, "说明“基本工资5万元”", "基本支出经济分类表2.合计") == {f"基本支出经济分类表{n}.合计" for n in (1, 2, 3)}


def test_what_one_part_covers_is_not_left_over_by_another(city: Dialect) -> None:
    """30101 is listed whole for one pair and 301 through 50201 for another: 30101 through 50201 is not empty."""
    text = """
    键            | 编码  | 对应  | 合计
                  | 合计  |       | 9
    d30101 g50101 | 30101 | 50101 | 4
    d301 g50201   | 301   | 50201 | 5
    """
    pay = Claim(
        "", "基本工资6万元", "", Decimal(6), "万元", 2023, region=(("fund", "一般公共预算"), ("kind", "基本"), ("department", "30101"))
    )
    found = derived(city, printed(city, "economic", text), claims=(pay,))
    assert failing(found) == []


def test_the_rest_of_an_amount_is_empty_when_its_of_which_has_the_same_digits(city: Dialect) -> None:
    found = derived(city, printed(city, "sources", "一般公共预算/小计|一般公共预算/其中：财政拨款\n9|9"))
    assert witnesses(found, "来源表1.小计", "来源表1.其中：财政拨款") == {"来源表1.小计", "来源表1.其中：财政拨款"}
    coarser = filled(city, "sources", "一般公共预算/小计|一般公共预算/其中：财政拨款\n9.4|9", decimals=0)
    assert not said(derived(city, coarser), Sort.CONDITIONAL), "9 may hide what 9.4 does not"


def test_what_the_dialect_says_is_absent_is_empty(tmp_path: Path) -> None:
    files = {f"city/forms/{kind}.yaml": text for kind, text in FORMS.items()}
    write(tmp_path, {"city/dialect.yaml": DIALECT + "absent: [{use: 结转}]\n", "city/rows/classes.yaml": CLASSES, **files})
    dialect = load("city", tmp_path)
    found = derived(
        dialect,
        printed(dialect, "overview", "收入/项目|收入/金额\n收入总计|9"),
        printed(dialect, "spending", "键|编码|合计\n|合计|9"),
    )
    assert witnesses(found, "收支总表1.金额", "支出表1.合计") == set()


def test_an_empty_table_is_empty(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "general", "键|编码|合计"),
        printed(city, "sources", "一般公共预算/小计|政府性基金\n|3"),
        printed(city, "overview", "支出/项目|支出/金额\n本年支出|9"),
    )
    assert failing(found) == []
    claim = Claim("", "一般公共预算支出3万元", "", Decimal(3), "万元", 2023, region=(("fund", "一般公共预算"), ("use", "支出")))
    contradicted = derived(city, printed(city, "general", "键|编码|合计"), claims=(claim,))
    assert failing(contradicted) == [], "the words on an empty table and a claim are for the rules, not for arithmetic"


# ---- traps -----------------------------------------------------------------------------------------------------------


def test_a_lost_cell_violates_nothing_in_tables_it_is_not_in(city: Dialect) -> None:
    """The general budget of the sources is lost; without the trust rule nothing would be general in any table."""
    found = derived(
        city,
        printed(city, "sources", SOURCES.format("9|||1|")),
        printed(city, "general", "键|编码|合计\n|合计|8\nf2050101|2050101|8"),
        printed(city, "spending", "键|编码|合计\n|合计|9\nf2050101|2050101|9"),
    )
    table = {found.meaning.figures[n].table for i in failing(found) for n in i.members}
    assert [i.sort for i in failing(found)] == [Sort.PARTITION]
    assert table == {0}


def test_a_blank_that_another_table_contradicts_is_dropped_and_reported(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "overview", "收入/项目|收入/金额\n一、一般公共预算|8\n二、政府性基金|1\n三、单位资金|\n收入总计|9"),
        printed(city, "sources", "一般公共预算/小计|政府性基金\n8|"),
    )
    assert [(i.sort, *_names(found, i.left, i.right)) for i in failing(found)] == [
        (Sort.EQUAL, ("来源表1.政府性基金",), ("收支总表2.金额",))
    ]


def test_a_blank_whose_part_is_printed_is_reported_as_too_small(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", "一般公共预算/小计|政府性基金\n|3"),
        printed(city, "general", "键|编码|合计\n|合计|8"),
    )
    assert (Sort.CONTAINED, ("一般公共预算支出表1.合计",), ("来源表1.小计",)) in [
        (i.sort, *_names(found, i.left, i.right)) for i in failing(found)
    ]


def test_an_amount_in_the_rest_that_its_of_which_leaves_no_room_for_is_reported(city: Dialect) -> None:
    special = Claim("", "专项收入2万元", "", Decimal(2), "万元", 2023, region=(("fund", "专项收入"),))
    found = derived(city, printed(city, "sources", SOURCES.format("9|9|9||")), claims=(special,))
    assert (Sort.CONTAINED, ("来源表1.其中：财政拨款", "说明“专项收入2万元”"), ("来源表1.小计",)) in [
        (i.sort, *_names(found, i.left, i.right)) for i in failing(found)
    ]


def test_exhaustive_columns_claim_that_no_other_class_occurs(city: Dialect) -> None:
    """小计 over 301 and 302 adds up; 310 printed elsewhere contradicts it."""
    other = Claim("", "资本性支出2万元", "", Decimal(2), "万元", 2023, region=(("kind", "基本"), ("department", "310")))
    found = derived(city, printed(city, "by_class", "键|编码|小计|工资|商品\n|合计|9|6|3"), claims=(other,))
    assert [(i.sort, *_names(found, i.left, i.right)) for i in failing(found)] == [(Sort.LISTING, ("说明“资本性支出2万元”",), ())]


def test_one_relation_is_said_once(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "spending", "键|编码|合计|基本|项目\n|合计|9|6|3\nf2050101|2050101|9|6|3"),
        printed(city, "overview", "支出/项目|支出/金额\n一、教育|9\n本年支出|9"),
    )
    keys = [(i.sort is Sort.CONTAINED, frozenset((frozenset(i.left), frozenset(i.right)))) for i in found.identities]
    assert len(keys) == len(set(keys))


def test_every_figure_of_a_class_is_of_one_amount(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", SOURCES.format("9|9|||")),
        printed(city, "spending", "键|编码|合计\n|合计|9"),
        printed(city, "general", GENERAL),
    )
    whole = next(c for c in found.classes if len(c) > 1)
    assert len({found.meaning.figures[n].amount for n in whole}) == 1


# ---- convention ------------------------------------------------------------------------------------------------------


def test_a_convention_is_stated_where_both_sides_are_printed(city: Dialect) -> None:
    text = """
    键     | 编码  | 合计 | 人员 | 公用
           | 合计  | 9    | {}   | {}
    d30101 | 30101 | 5    | 5    |
    d30201 | 30201 | 4    | {}   | {}
    """
    left, right = ("基本支出经济分类表1.人员",), ("基本支出经济分类表2.合计",)
    found = derived(city, printed(city, "economic", text.format(6, 3, 1, 3)))
    assert said(found, Sort.CONVENTION) == {("convention", left, right)}
    assert [i.sort for i in failing(found)] == [Sort.CONVENTION], "travel paid as personnel is unusual, not wrong"
    assert not said(derived(city, printed(city, "spending", "键|编码|合计\n|合计|9")), Sort.CONVENTION)


def test_a_side_of_a_convention_may_name_its_own_measure(tmp_path: Path) -> None:
    text = """
conventions:
- {id: bought, text: 采购一般等于公用经费, left: {measure: 政府采购, use: 支出}, right: {kind: 公用经费}, basis: 某文}
"""
    write(tmp_path, {"city/dialect.yaml": DIALECT + text})
    dialect = city_of(tmp_path, bought=FORM.replace("where: {", "where: {measure: 政府采购, "), by_kind=FORM.replace("基本}", "公用经费}"))
    bought = filled(dialect, "bought", "键|编码|合计\n|合计|3")
    operating = filled(dialect, "by_kind", "键|编码|基本支出\n|合计|4")
    assert [i.sort for i in failing(derived(dialect, bought, operating))] == [Sort.CONVENTION]


def test_a_convention_that_follows_from_the_tables_is_not_said_again(city: Dialect) -> None:
    text = """
    键     | 编码  | 合计 | 人员 | 公用
           | 合计  | 9    | 5    | 4
    d30101 | 30101 | 5    | 5    |
    d30201 | 30201 | 4    |      | 4
    """
    assert not said(derived(city, printed(city, "economic", text)), Sort.CONVENTION)


# ---- real disclosures ------------------------------------------------------------------------------------------------


def seed(shared: Path, number: str) -> Derivation:
    dialect = load(DIALECTS[number])
    return derive(understand(disclosure(gold(shared, number), dialect), dialect))


@pytest.mark.parametrize("number", ["000", "001"])
def test_a_disclosure_whose_tables_are_right_violates_nothing(shared: Path, number: str) -> None:
    found = seed(shared, number)
    assert len(found.identities) > 400
    assert found.violations() == ()
    assert found.meaning.unknown == ()


def test_the_project_summary_of_seed_003_leaves_out_fifteen_projects_and_nothing_else_is_wrong(shared: Path) -> None:
    found = seed(shared, "003")
    failed = failing(found)
    summary = {t.index for t in found.meaning.tables if t.form.kind == "project_performance_summary"}
    partitions = [i for i in failed if i.sort is Sort.PARTITION]
    unlisted = [i for i in failed if i.sort is Sort.LISTING and not i.right]
    assert len(partitions) == 4
    assert len(unlisted) == 15
    assert len(failed) == 19
    assert {found.meaning.figures[n].table for i in partitions for n in i.members} == summary


def test_task_3_of_seed_004_has_more_fiscal_money_than_money(shared: Path) -> None:
    found = seed(shared, "004")
    (failed,) = found.violations()
    assert failed.identity.sort is Sort.CONTAINED
    assert failed.difference == 1000
    assert [str(found.meaning.figures[n].amount) for n in failed.identity.members] == ["3,300.9万元", "3,300.8万元"]

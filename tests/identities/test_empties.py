"""What is empty, what follows from it, and what contradicts it."""

from decimal import Decimal
from pathlib import Path

from hypothesis import given

from mingsuan.dialects.dialect import Dialect, load
from mingsuan.identities import Sort
from mingsuan.identities.bits import Bits
from mingsuan.identities.empties import _met
from mingsuan.ledger import Box
from mingsuan.model import Claim
from tests.dialects.authoring import DIALECT, write
from tests.filled import filled
from tests.identities.pocket import CLASSES, FORMS, GENERAL, SOURCES, derived, failing, names, printed, said, witnesses
from tests.identities.points import some_boxes
from tests.ledger.strategies import AXES


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


def test_a_blank_that_another_table_contradicts_is_dropped_and_reported(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "overview", "收入/项目|收入/金额\n一、一般公共预算|8\n二、政府性基金|1\n三、单位资金|\n收入总计|9"),
        printed(city, "sources", "一般公共预算/小计|政府性基金\n8|"),
    )
    assert [(i.sort, *names(found, i.left, i.right)) for i in failing(found)] == [
        (Sort.EQUAL, ("来源表1.政府性基金",), ("收支总表2.金额",))
    ]


def test_a_blank_whose_part_is_printed_is_reported_as_too_small(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "sources", "一般公共预算/小计|政府性基金\n|3"),
        printed(city, "general", "键|编码|合计\n|合计|8"),
    )
    assert (Sort.CONTAINED, ("一般公共预算支出表1.合计",), ("来源表1.小计",)) in [
        (i.sort, *names(found, i.left, i.right)) for i in failing(found)
    ]


def test_an_amount_in_the_rest_that_its_of_which_leaves_no_room_for_is_reported(city: Dialect) -> None:
    special = Claim("", "专项收入2万元", "", Decimal(2), "万元", 2023, region=(("fund", "专项收入"),))
    found = derived(city, printed(city, "sources", SOURCES.format("9|9|9||")), claims=(special,))
    assert (Sort.CONTAINED, ("来源表1.其中：财政拨款", "说明“专项收入2万元”"), ("来源表1.小计",)) in [
        (i.sort, *names(found, i.left, i.right)) for i in failing(found)
    ]


@given(some_boxes)
def test_what_a_part_meets_is_what_members_that_share_an_atom_with_it_have_beside(found: list[Box]) -> None:
    bits = Bits.over(AXES, found)
    members = [bits.box(box) for box in found]
    for own in bits.fields:
        for other in bits.fields:
            for part, met in _met(members, own, other).items():
                expected = 0
                for member in members:
                    if member & part:
                        expected |= member & other
                assert met == expected

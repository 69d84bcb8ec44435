from decimal import Decimal

import pytest

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning.understand import Meaning, definition_of
from mingsuan.ledger import Box, Selection
from mingsuan.model import Claim
from tests.filled import budget, figure, filled, region, understood

ZHENGZHOU = load("zhengzhou-2023")
LUOHE = load("luohe-2024")
NATIONAL = load("national-budget")


def expenditure(text: str, dialect: Dialect = ZHENGZHOU) -> Meaning:
    return understood(dialect, filled(dialect, "expenditure_overview", text))


def of_project(meaning: Meaning, row: int, column: str, table: int = 0) -> tuple[str | None, ...]:
    """The unit, kind and project of a cell, None where it is not narrowed to one."""
    sides = region(meaning, row, column, table).lookup
    return tuple(sides[axis].single if axis in sides else None for axis in ("unit", "kind", "project"))


def test_a_cell_is_the_meeting_of_its_table_its_column_and_its_row() -> None:
    meaning = expenditure(
        """
        键            | 单位（科目名称） | 合计 | 项目支出/其他运转类
        u003001       | 某局             | 9    | 4
        f2010301      | 行政运行         | 9    | 4
        u003002       | 某中心           | 1    | 1
        """
    )
    assert region(meaning, 1, "项目支出/其他运转类") == budget(ZHENGZHOU, function="2010301", kind="其他运转类", unit="003001")
    assert region(meaning, 0, "合计") == budget(ZHENGZHOU, use="支出", unit="003001")


def test_a_units_own_row_opens_a_block_for_the_rows_under_it() -> None:
    meaning = expenditure(
        """
        键       | 单位（科目名称） | 合计
        u003001  | 某局             | 9
        f2010301 | 行政运行         | 9
        u003002  | 某中心           | 5
        f2010301 | 行政运行         | 5
        """
    )
    assert [region(meaning, n, "合计").lookup["unit"].single for n in range(4)] == ["003001", "003001", "003002", "003002"]


def test_the_root_unit_stands_for_all_units() -> None:
    meaning = expenditure(
        """
        键      | 单位（科目名称） | 合计
                | 合计             | 14
        u003    | 某部门           | 14
        u003001 | 某局             | 9
        u003002 | 某中心           | 5
        """
    )
    assert region(meaning, 1, "合计") == region(meaning, 0, "合计") == budget(ZHENGZHOU, use="支出")
    assert region(meaning, 2, "合计") == budget(ZHENGZHOU, use="支出", unit="003001")


def test_of_two_roots_neither_stands_for_all() -> None:
    meaning = expenditure(
        """
        键   | 单位（科目名称） | 合计
        u003 | 某部门           | 9
        u004 | 另一部门         | 5
        """
    )
    assert region(meaning, 0, "合计") == budget(ZHENGZHOU, use="支出", unit="003")


def test_a_total_row_is_known_by_its_label_in_whatever_key_column_it_stands() -> None:
    meaning = understood(
        ZHENGZHOU,
        filled(
            ZHENGZHOU,
            "general_budget_basic_expenditure",
            """
            键     | 部门预算支出经济分类科目/科目编码 | 部门预算支出经济分类科目/科目名称 | 本年一般公共预算基本支出/合计
                   | 合计                              |                                   | 9
            d30101 | 30101                             | 基本工资                          | 9
            """,
        ),
    )
    assert meaning.tables[0].blocks[0].rows[0].total
    assert meaning.unknown == ()


def test_rows_of_one_key_share_one_item_and_one_region() -> None:
    meaning = understood(
        ZHENGZHOU,
        filled(
            ZHENGZHOU,
            "general_budget_basic_expenditure",
            """
            键            | 部门预算支出经济分类科目/科目名称 | 本年一般公共预算基本支出/合计
            d30101 g50101 | 基本工资                          | 5
            d30101 g50101 | 基本工资                          | 4
            d30101 g50501 | 基本工资                          | 2
            """,
        ),
    )
    first, second, third = (figure(meaning, n, "本年一般公共预算基本支出/合计") for n in range(3))
    assert first.item == second.item != third.item
    assert first.boxes == second.boxes


def test_a_row_without_key_and_name_is_not_given_a_meaning() -> None:
    meaning = expenditure(
        """
        键       | 单位（科目名称） | 合计
        f2010301 | 行政运行         | 9
                 | 说明             | 3
        """
    )
    assert [(row, what) for _, row, what in meaning.unknown] == [(1, "说明")]
    assert meaning.tables[0].blocks[0].strange == (1,)
    assert (0, 1, "合计") not in meaning.by_cell


def test_a_blank_and_an_unreadable_cell_are_figures_too() -> None:
    meaning = expenditure(
        """
        键       | 单位（科目名称） | 合计  | 项目支出/小计
        f2010301 | 行政运行         | 1O5.3 |
        """
    )
    assert figure(meaning, 0, "合计").unreadable
    assert figure(meaning, 0, "项目支出/小计").amount is None
    assert not figure(meaning, 0, "项目支出/小计").unreadable


def test_an_amount_has_the_decimals_of_its_table() -> None:
    meaning = expenditure("键|单位（科目名称）|合计\nf2010301|行政运行|395")
    assert figure(meaning, 0, "合计").amount == Amount(Decimal(3950000), "万元", 2)


def test_columns_that_the_table_lost_are_named() -> None:
    meaning = expenditure("键|单位（科目名称）|合计|项目支出/其他运转类\nf2010301|行政运行|9|4")
    lost = meaning.tables[0].blocks[0].lost
    assert "项目支出/小计" in lost
    assert "合计" not in lost


PROJECTS = """
键               | 类型       | 项目名称 | 合计
u003001 p服务费  | 其他运转类 | 服务费   | 5
u003002 p服务费  | 特定目标类 | 服务费   | 3
u003001 p培训    | 特定目标类 | 培训     | 2
"""
UNITS = "键|单位名称|总计\nu003|某部门|10\nu003001|某局|7\nu003002|某中心|3"


def test_one_name_in_two_units_is_two_projects_each_with_its_unit_and_kind() -> None:
    meaning = understood(ZHENGZHOU, filled(ZHENGZHOU, "project_expenditure", PROJECTS), filled(ZHENGZHOU, "revenue_overview", UNITS))
    one, other, third = (of_project(meaning, n, "合计") for n in range(3))
    assert one[:2] == ("003001", "其他运转类")
    assert other[:2] == ("003002", "特定目标类")
    assert one[2] != other[2]
    assert third == ("003001", "特定目标类", "培训")


def test_a_summary_by_code_means_the_project_of_its_name_and_unit() -> None:
    summary = """
    键      | 项目单位（项目名称） | 项目金额（万元）/资金总额
    u003001 | 某局                 | 7
    p41001  | 服务费               | 5
    p41002  | 培训                 | 2
    u003002 | 某中心               | 3
    p41003  | 服务费               | 3
    """
    meaning = understood(
        ZHENGZHOU,
        filled(ZHENGZHOU, "project_expenditure", PROJECTS),
        filled(ZHENGZHOU, "revenue_overview", UNITS),
        filled(ZHENGZHOU, "project_performance_summary", summary),
    )
    amount = "项目金额（万元）/资金总额"
    assert of_project(meaning, 1, amount, 2) == of_project(meaning, 0, "合计")
    assert of_project(meaning, 4, amount, 2) == of_project(meaning, 1, "合计")
    assert of_project(meaning, 2, amount, 2) == of_project(meaning, 2, "合计")


def test_a_project_that_may_be_either_of_two_is_not_given_a_meaning() -> None:
    summary = "键|项目单位（项目名称）|项目金额（万元）/资金总额\np41001|服务费|5"
    meaning = understood(
        ZHENGZHOU,
        filled(ZHENGZHOU, "project_expenditure", PROJECTS),
        filled(ZHENGZHOU, "revenue_overview", UNITS),
        filled(ZHENGZHOU, "project_performance_summary", summary),
    )
    assert [(table, row) for table, row, _ in meaning.unknown] == [(2, 0)]


def test_one_name_in_one_unit_under_two_kinds_is_two_projects() -> None:
    meaning = understood(
        ZHENGZHOU,
        filled(
            ZHENGZHOU,
            "project_expenditure",
            """
            键              | 类型       | 项目名称 | 合计
            u003001 p服务费 | 其他运转类 | 服务费   | 5
            u003001 p服务费 | 特定目标类 | 服务费   | 3
            """,
        ),
    )
    one, other = (figure(meaning, n, "合计") for n in range(2))
    assert one.item != other.item
    assert of_project(meaning, 0, "合计")[1:] != of_project(meaning, 1, "合计")[1:]
    assert of_project(meaning, 1, "合计")[1] == "特定目标类"


def test_a_project_that_a_summary_puts_under_another_unit_is_still_that_project() -> None:
    """The summary lost the row of unit 003002, so that its project seems to stand under 003001."""
    projects = "键|类型|项目名称|合计\nu003001 p培训|特定目标类|培训|2\nu003002 p维护|特定目标类|维护|3"
    summary = "键|项目单位（项目名称）|项目金额（万元）/资金总额\nu003001|某局|5\np41|培训|2\np42|维护|3"
    meaning = understood(
        ZHENGZHOU,
        filled(ZHENGZHOU, "project_expenditure", projects),
        filled(ZHENGZHOU, "revenue_overview", UNITS),
        filled(ZHENGZHOU, "project_performance_summary", summary),
    )
    assert of_project(meaning, 2, "项目金额（万元）/资金总额", 2)[0] == "003002"


def test_a_name_that_stands_under_several_headings_goes_by_its_heading() -> None:
    meaning = understood(
        ZHENGZHOU,
        filled(
            ZHENGZHOU,
            "fiscal_appropriation_overview",
            """
            收入/项目               | 收入/金额
            一、本年收入            | 9
            （一）一般公共预算拨款  | 8
            其中：财政拨款          | 7
            （二）政府性基金预算拨款 | 1
            二、上年结转            | 3
            （一）一般公共预算拨款  | 3
            收入合计                | 12
            """,
        ),
    )
    assert region(meaning, 1, "收入/金额") == budget(ZHENGZHOU, fund="一般公共预算", origin="本年")
    assert region(meaning, 2, "收入/金额") == budget(ZHENGZHOU, fund="财政拨款", origin="本年")
    assert region(meaning, 5, "收入/金额") == budget(ZHENGZHOU, fund="一般公共预算", origin="财政结转")


def test_rows_are_known_by_name_without_their_ordinal() -> None:
    meaning = understood(
        ZHENGZHOU,
        filled(
            ZHENGZHOU, "revenue_expenditure_overview", "支出/项目|支出/金额\n四、公共安全支出|9\n二十二、住房保障支出|1\n本年支出合计|10"
        ),
    )
    assert meaning.unknown == ()
    assert region(meaning, 0, "支出/金额") == budget(ZHENGZHOU, function="204")
    assert region(meaning, 1, "支出/金额") == budget(ZHENGZHOU, function="221")


@pytest.mark.parametrize(("second", "origin"), [("收入总计", "本年"), ("", None)])
def test_another_name_of_the_grand_total_above_it_is_the_total_that_it_is_made_of(second: str, origin: str | None) -> None:
    text = f"收入/项目|收入/预算数\n其他收入|9\n收入合计|9\n上年结转|1\n{second}|10"
    form = filled(NATIONAL, "revenue_expenditure_overview", text if second else text.rpartition("\n")[0])
    meaning = understood(NATIONAL, form, year=2024)
    assert meaning.unknown == ()
    assert region(meaning, 1, "收入/预算数") == (budget(NATIONAL, origin=origin) if origin else budget(NATIONAL))


def test_two_name_columns_give_class_and_detail() -> None:
    meaning = understood(
        LUOHE,
        filled(
            LUOHE,
            "fiscal_appropriation_overview",
            """
            收入/项目（类别） | 收入/项目（明细） | 收入/金额
            一般公共预算      | 小计              | 9
                              | 财政拨款          | 6
                              | 专项收入          | 3
            政府性基金        |                   | 1
            收入合计          |                   | 10
            """,
        ),
        year=2024,
    )
    assert meaning.unknown == ()
    assert region(meaning, 0, "收入/金额") == budget(LUOHE, fund="一般公共预算", origin="本年")
    assert region(meaning, 1, "收入/金额") == budget(LUOHE, fund="财政拨款", origin="本年")
    assert region(meaning, 3, "收入/金额") == budget(LUOHE, fund="政府性基金", origin="本年")


HEALTH = "支出/项目|支出/金额\n九、医疗卫生与计划生育支出|{old}\n十、卫生健康支出|{new}\n本年支出合计|10"


def health(old: str, new: str, year: int | None) -> Meaning:
    return understood(ZHENGZHOU, filled(ZHENGZHOU, "revenue_expenditure_overview", HEALTH.format(old=old, new=new)), year=year)


def test_a_retired_row_is_a_part_of_the_row_that_took_over_its_class() -> None:
    for year in (2023, None):
        meaning = health("4", "6", year)
        old, new = (figure(meaning, n, "支出/金额") for n in range(2))
        assert old.item == new.item
        assert old.box(ZHENGZHOU.axes) == new.box(ZHENGZHOU.axes) == budget(ZHENGZHOU, function="210")


def test_in_its_own_years_a_retired_row_is_the_class() -> None:
    meaning = health("10", "", 2018)
    definition = definition_of(meaning, figure(meaning, 0, "支出/金额"))
    assert definition is not None
    assert definition.until == 2018


def test_a_row_that_the_form_does_not_have_is_not_given_a_meaning() -> None:
    meaning = understood(ZHENGZHOU, filled(ZHENGZHOU, "revenue_expenditure_overview", "支出/项目|支出/金额\n三十九、其他事项|9\n|3"))
    assert [(row, what) for _, row, what in meaning.unknown] == [(0, "其他事项"), (1, "（无名称）")]


def test_a_note_under_a_table_narrows_it() -> None:
    text = "键|单位（科目名称）|合计\nf2010301|行政运行|9"
    note = "注：本表仅含当年财政拨款安排的支出。"
    wide = understood(ZHENGZHOU, filled(ZHENGZHOU, "general_budget_expenditure", text))
    narrow = understood(ZHENGZHOU, filled(ZHENGZHOU, "general_budget_expenditure", text, notes=[note]))
    assert region(wide, 0, "合计") == budget(ZHENGZHOU, fund="一般公共预算", function="2010301")
    assert region(narrow, 0, "合计") == budget(ZHENGZHOU, fund="一般公共预算", function="2010301", origin="本年")


def test_a_column_of_another_year_or_measure_replaces_this_years_budget() -> None:
    dialect = load("zhengzhou-2021")
    meaning = understood(
        dialect, filled(dialect, "project_performance_form", "项目名称|项目本年度金额|项目上年度金额|项目总金额\n培训|5|4|20"), year=2021
    )
    assert region(meaning, 0, "项目上年度金额").lookup["year"] == Selection((("-1", True),))
    assert region(meaning, 0, "项目总金额").lookup["measure"].single == "项目总金额"
    assert region(meaning, 0, "项目本年度金额").lookup["measure"].single == "年初预算"


def test_a_table_of_no_known_form_has_no_figures() -> None:
    table = filled(load("zhengzhou-2021"), "government_procurement", "金额\n9")
    assert understood(ZHENGZHOU, table).figures == ()


def test_tables_of_one_kind_are_told_apart_by_number() -> None:
    dialect = load("zhengzhou-2021")
    form = filled(dialect, "project_performance_form", "项目名称|项目本年度金额\n培训|5")
    meaning = understood(dialect, form, filled(dialect, "project_performance_form", "项目名称|项目本年度金额\n培训|5"), year=2021)
    labels = [figure(meaning, 0, "项目本年度金额", n).label for n in range(2)]
    assert "（之1）" in labels[0]
    assert "（之2）" in labels[1]


def claim(*pairs: tuple[str, str], unit: str = "万元") -> Claim:
    return Claim("", "收入总计12.50万元", "收入总计", Decimal("12.50"), unit, 2023, decimals=2, region=pairs)


def test_a_claim_stands_for_the_region_it_says() -> None:
    meaning = understood(ZHENGZHOU, claims=[claim(), claim(("fund", "一般公共预算"), ("kind", "基本")), claim(("year", "-1"))])
    whole, general, last = (f.box(ZHENGZHOU.axes) for f in meaning.figures)
    assert whole == budget(ZHENGZHOU)
    assert general == budget(ZHENGZHOU, fund="一般公共预算", kind="基本")
    assert last == Box.parse(ZHENGZHOU.axes, {"year": "-1", "measure": "年初预算"})


def test_a_claim_in_words_that_the_dialect_does_not_have_has_no_figure() -> None:
    unknown = Claim("", "", "", Decimal(1), "万元", 2023, region=None)
    meaning = understood(ZHENGZHOU, claims=[claim(("kind", "债务")), claim(unit="辆"), unknown])
    assert meaning.figures == ()

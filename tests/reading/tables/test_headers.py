import pytest

from mingsuan.reading.tables.headers import decode
from mingsuan.reading.tables.heading_paths import paths
from tests.reading.tabular import labels, lexicon

UPRIGHT = """
    科目编码｜｜｜单位代码｜单位（科目名称）｜合计｜基本支出｜｜｜｜｜项目支出｜｜
    ｜｜｜｜｜｜小计｜人员经费｜｜公用经费｜｜小计｜其他运转类｜特定目标类
    类｜款｜项｜｜｜｜｜工资福利支出｜对个人和家庭的补助｜商品和服务支出｜资本性支出｜｜｜
"""
SHIFTED = """
    科目编码｜｜｜单位代码｜单位（科目名称）｜合计｜基本支出｜｜｜项目支出｜｜｜｜
    ｜｜｜｜｜｜小计｜人员经费｜｜公用经费｜｜小计｜其他运转类｜特定目标类
    类｜款｜项｜工资福利支出｜对个人和家庭的补助｜商品和服务支出｜资本性支出｜｜｜｜｜｜｜
"""


@pytest.mark.parametrize("header", [UPRIGHT, SHIFTED])
def test_merged_cells_that_vanished_do_not_move_columns(header: str) -> None:
    heading = decode(lexicon("henan", "expenditure_overview"), labels(header))
    positions = heading.positions(14)
    assert positions == {n: n for n in range(14)}
    assert list(paths(heading, range(14)).values()) == [c.path for c in heading.lexicon.leaves]
    assert not heading.unknown
    assert heading.score > 0.95


def test_equal_headings_belong_to_the_group_they_stand_in() -> None:
    heading = decode(
        lexicon("henan", "project_expenditure"),
        labels("""
            类型｜项目名称｜项目单位｜合计｜本年拨款｜｜｜财政拨款结转结余｜｜｜财政专户管理资金｜单位资金
            ｜｜｜｜一般公共预算｜政府性基金预算｜国有资本经营预算｜一般公共预算｜政府性基金预算｜国有资本经营预算｜｜
        """),
    )
    assert heading.printed["财政拨款结转结余/一般公共预算"].column == 7
    assert heading.positions(12) == {n: n for n in range(12)}


def test_a_lost_column_is_not_printed_and_the_others_stay() -> None:
    heading = decode(
        lexicon("henan", "three_public_expenses"),
        labels("""
            “三公”经费合计｜因公出国（境）费｜公务用车购置及运行费｜｜公务接待费
            ｜｜小计｜公务用车购置费｜
        """),
    )
    shown = [n for n in heading.order if heading.is_printed(n)]
    assert list(paths(heading, shown).values()) == [
        "“三公”经费合计",
        "因公出国（境）费",
        "公务用车购置及运行费/小计",
        "公务用车购置及运行费/公务用车购置费",
        "公务接待费",
    ]
    assert heading.positions(5)[5] == 4


def test_an_unknown_heading_is_kept_as_unknown() -> None:
    header = labels("“三公”经费合计｜因公出国（境）费｜公务接待费｜会议费预算数")
    heading = decode(lexicon("henan", "three_public_expenses"), header)
    assert [label.text for label in heading.unknown] == ["会议费预算数"]


def test_headings_in_another_order_are_found_by_name() -> None:
    heading = decode(lexicon("henan", "three_public_expenses"), labels("公务接待费｜因公出国（境）费｜“三公”经费合计"))
    assert [heading.lexicon.leaves[n].path for n in heading.order if heading.is_printed(n)] == [
        "公务接待费",
        "因公出国（境）费",
        "“三公”经费合计",
    ]


def test_a_group_that_prints_no_columns_of_its_own_is_the_column_of_that_name() -> None:
    """A department prints 预算数 where a unit prints it over 合计, 基本支出 and 项目支出."""
    heading = decode(
        lexicon("shanghai-budget", "revenue_expenditure_overview"), labels("本年收入｜｜本年支出｜\n项目｜预算数｜项目｜预算数")
    )
    assert heading.is_printed(heading.lexicon.index["本年支出/预算数/合计"])
    assert list(heading.positions(4).values()) == [0, 1, 2, 3]


def test_a_year_before_a_heading_is_no_part_of_it() -> None:
    heading = decode(
        lexicon("shanghai-budget", "three_public_expenses"), labels("2026年“三公”经费预算数｜｜｜｜｜｜2026年机关运行经费预算数")
    )
    assert set(heading.printed) == {"“三公”经费预算数", "机关运行经费预算数"}


def test_a_label_over_others_is_a_group_wherever_the_header_begins() -> None:
    header = """
        名目｜｜｜｜安排｜｜
        功能分类科目编码｜｜｜功能分类科目名称｜合计｜基本支出｜项目支出
        类｜款｜项｜｜｜｜
    """
    heading = decode(lexicon("national-budget", "expenditure_overview"), labels(header))
    printed = {leaf.path for n, leaf in enumerate(heading.lexicon.leaves) if heading.is_printed(n) and leaf.key == "function"}
    assert printed == {"科目编码/类", "科目编码/款", "科目编码/项"}


def test_a_heading_again_in_the_same_words_is_said() -> None:
    heading = decode(lexicon("national-budget", "revenue_expenditure_overview"), labels("项目｜金额｜项目｜金额｜项目｜金额"))
    assert [(label.text, label.column) for label in heading.repeated] == [("项目", 4), ("金额", 5)]


def test_a_row_pushed_left_does_not_move_a_column_out_of_the_forms_order() -> None:
    heading = decode(
        lexicon("national-budget", "expenditure_overview"),
        labels("""
            科目编码｜｜｜单位代码｜单位（科目名称）｜合计｜基本支出｜｜｜｜项目支出｜｜｜
            ｜｜｜｜｜｜小计｜人员经费｜｜公用经费｜｜小计｜其他运转类｜特定目标类
            类｜款｜项｜工资福利支出｜对个人和家庭的补助｜商品和服务支出｜｜资本性支出｜｜｜｜｜｜
        """),
    )
    at = {heading.lexicon.leaves[n].path: column for n, column in heading.positions(14).items()}
    assert at["单位代码"] == 3 and at["科目名称"] == 4
    assert at["基本支出/人员经费/工资福利支出"] == 7 and at["基本支出/公用经费/资本性支出"] == 10


def test_a_subtotal_right_under_a_column_that_the_form_does_not_divide_prints_that_column() -> None:
    heading = decode(
        lexicon("national-budget", "fiscal_appropriation_overview"),
        labels("""
            收入｜｜支出｜｜｜｜
            项目｜金额｜项目｜合计｜一般公共预算｜｜政府性基金
            ｜｜｜｜小计｜其中：财政拨款｜
        """),
    )
    assert not heading.unknown
    assert heading.printed["支出/一般公共预算"].column == 4
    assert heading.printed["支出/其中：财政拨款"].column == 5

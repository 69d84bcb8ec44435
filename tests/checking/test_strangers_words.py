"""What budgets of places without a dialect say in words, against their tables and against what they say elsewhere."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Disclosure, Finding, Stage
from tests.reading.tabular import disclosure, titled

TITLE = "四川省示例市示例局2024年部门预算"
DIALECT = load("national-budget")


OVERVIEW = titled(
    "部门收支总表",
    """
    收入｜｜支出｜
    项目｜预算数｜项目｜预算数
    一、一般公共预算拨款收入｜1243.56｜一、一般公共服务支出｜1148.56
    二、政府性基金预算拨款收入｜｜八、社会保障和就业支出｜110.00
    本年收入合计｜1243.56｜本年支出合计｜1258.56
    上年结转结余｜15.00｜结转下年｜
    收入总计｜1258.56｜支出总计｜1258.56
    """,
)
TWO_YEARS = titled(
    "一般公共预算“三公”经费支出表",
    """
    2023年预算数｜｜｜｜｜｜2024年预算数｜｜｜｜｜
    合计｜因公出国（境）费｜公务用车购置及运行费｜｜｜公务接待费｜合计｜因公出国（境）费｜公务用车购置及运行费｜｜｜公务接待费
    ｜｜小计｜公务用车购置费｜公务用车运行费｜｜｜｜小计｜公务用车购置费｜公务用车运行费｜
    7.23｜0.00｜5.00｜0.00｜5.00｜2.23｜6.94｜0.00｜5.00｜0.00｜5.00｜1.94
    """,
)


def read(*parts: str) -> Disclosure:
    return disclosure(*parts, title=TITLE)


def found(code: str, *parts: str) -> tuple[Finding, ...]:
    report = check(read(*parts), DIALECT, (code,))
    return tuple(f for f in report.findings if f.code == code)


@pytest.mark.parametrize(("stated", "expected"), [("1234.56", "1243.56"), ("12435.60", "1243.56"), ("1243.56", None), ("1258.56", None)])
def test_words_that_may_mean_two_totals_state_one_of_them(stated: str, expected: str | None) -> None:
    findings = found("NAR123", f"二、收入预算情况说明\n\n2024年收入预算{stated}万元。", OVERVIEW)
    assert bool(findings) == (expected is not None)
    assert all(expected is not None and expected in f.expected.replace(",", "") for f in findings)


def test_an_amount_that_is_no_slip_of_a_total_is_wrong_only_where_all_totals_are_printed() -> None:
    said = "二、收入预算情况说明\n\n2024年收入预算1777.00万元。"
    assert found("NAR123", said, OVERVIEW)
    lines = OVERVIEW.split("\n")
    assert found("NAR123", said, "\n".join(line for line in lines if not line.startswith("本年收入"))) == ()


@pytest.mark.parametrize(("direction", "wrong"), [("增加", True), ("减少", False)])
def test_a_change_is_that_of_the_two_years_that_the_table_prints(direction: str, wrong: bool) -> None:
    said = f"三、“三公”经费情况说明\n\n2024年“三公”经费预算6.94万元，其中：公务接待费1.94万元，比2023年{direction}0.29万元。"
    assert bool(found("NAR124", said, OVERVIEW, TWO_YEARS)) == wrong


def test_the_label_of_an_item_says_what_its_first_number_is_of() -> None:
    said = "三、“三公”经费情况说明\n\n2.公务接待费：2024年安排19.40万元，主要用于接待上级检查。"
    (only,) = found("FIG105", said, OVERVIEW, TWO_YEARS)
    assert "1.94" in only.expected


def test_a_part_of_an_amount_of_an_unknown_fund_is_not_taken_for_a_part_of_all() -> None:
    said = "三、财政拨款收支情况。2024年财政拨款支出预算1243.56万元，其中：基本支出1000.00万元，项目支出243.56万元。"
    regions = {c.measure: c.region for c in read("第二部分 预算说明", said, OVERVIEW).claims}
    assert regions["项目支出"] is None


def test_a_narrower_heading_narrows_what_its_kind_of_section_is_about() -> None:
    sentences = load_sentences(DIALECT.folders)
    whole = sentences.context("general_budget_note", "一般公共预算支出情况说明")
    this_year = sentences.context("general_budget_note", "一般公共预算当年拨款情况说明")
    assert whole is not None
    assert this_year is not None
    assert "origin" not in dict(whole.where)
    assert dict(this_year.where)["origin"] == "本年"


def test_words_on_how_budgets_and_accounts_are_published_do_not_make_a_budget_a_final_account() -> None:
    said = "按照《地方预决算公开操作规程》规定，现将2024年部门预算公开如下："
    assert disclosure(said, OVERVIEW, title="四川省示例市示例局2024年部门预算信息公开情况说明").stage is Stage.BUDGET


def test_a_note_on_another_table_does_not_contradict_the_one_that_it_stands_under() -> None:
    bought = titled("政府采购支出表", "采购类别｜合计\n合计｜10.00\n货物｜10.00")
    own = "说明：本部门没有政府采购支出，故本表无数据。"
    other = "说明：本部门没有政府购买服务支出，故本表无数据。"
    assert {f.level.value for f in found("FORM106", OVERVIEW, f"{bought}\n{own}")} == {"error"}
    assert found("FORM106", OVERVIEW, f"{bought}\n{other}") == ()

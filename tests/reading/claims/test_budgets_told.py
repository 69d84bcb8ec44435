"""What a final account calls a budget, and what it tells beside one."""

import pytest

from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Section
from mingsuan.places import Place
from mingsuan.reading.claims.budgets_told import PLAN, beside_its_budget, planned_as, without_stage
from mingsuan.reading.claims.statements import read_claims

SENTENCES = load_sentences(load("national-final").folders)
RECEPTION = {"department": "30217", "fund": "政府预算资金"}


def regions(text: str, title: str = "七、财政拨款“三公”经费支出决算情况说明") -> list[dict[str, str] | None]:
    found = read_claims([Section(title, None, 2, Place(), text, title)], SENTENCES, 2023)
    return [None if c.region is None else dict(c.region) for c in found if c.unit == "万元"]


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费预算为5.00万元，支出决算为4.00万元，完成全年预算的80%。",
        "公务接待费全年预算数5.00万元，决算数4.00万元。",
        "3.公务接待费支出预算5.00万元，支出决算4.00万元。",
    ],
)
def test_a_final_account_behind_its_budget_is_of_the_same_thing(text: str) -> None:
    assert regions(text) == [{**RECEPTION, "measure": PLAN}, RECEPTION]


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出决算为4.00万元，完成预算5.00万元的80.0%。",
        "2、公务接待费。2023年决算数4.00万元，比2023年年初预算数5.00万元减少1.00万元。",
    ],
)
def test_a_budget_that_was_completed_is_of_the_same_thing(text: str) -> None:
    assert regions(text)[:2] == [RECEPTION, {**RECEPTION, "measure": PLAN}]


def test_the_budget_at_the_start_is_not_the_tables_where_another_is_told_too() -> None:
    text = "公务接待费年初预算为6.00万元，全年预算为5.00万元，支出决算为4.00万元。"
    assert planned_as("公务接待费年初预算为", text) == ""
    assert regions(text)[0] is None
    assert planned_as("公务接待费年初预算为", "公务接待费年初预算为6.00万元。") == PLAN
    assert planned_as("调整预算数为", text) == "调整"
    assert planned_as("支出决算为", text) is None


def test_totals_of_both_sides_are_the_tables() -> None:
    title = "一、收入支出决算总体情况说明"
    assert regions("2023年度收、支总计均为100.00万元。", title) == [{}]
    assert regions("本年收入90.00万元，年初结转和结余10.00万元。", "八、政府性基金预算财政拨款收入支出决算情况说明") == [
        {"fund": "政府性基金", "origin": "本年"},
        {"fund": "政府性基金", "origin": "上年结转"},
    ]


def test_only_the_words_of_a_stage_are_taken_off() -> None:
    assert without_stage("公务接待费支出全年") == "公务接待费支出"
    assert without_stage("一般公共预算财政拨款支出决算数") == "一般公共预算财政拨款支出"
    assert without_stage("一般公共预算") == "一般公共预算"


def test_what_follows_no_budget_is_not_its_final_account() -> None:
    assert beside_its_budget("，支出决算为", (("fund", "一般公共预算"),), "") is None
    assert beside_its_budget("，其中：人员经费", (("measure", PLAN),), "") is None
    assert beside_its_budget("，支出决算为", None, "") is None

"""What numbers of a narrative have to do with each other where no template says it: rates of completion, shares, parts of known sets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import Sentences, load_sentences
from mingsuan.dialects.sentences.wording import Region
from mingsuan.model import Section
from mingsuan.model.claims import Role
from mingsuan.places import Place
from mingsuan.reading.claims.completions import comparisons_in_words, completions
from mingsuan.reading.claims.known_sets import wholes_and_parts
from mingsuan.reading.claims.listings import listings
from mingsuan.reading.claims.restatements import restatements
from mingsuan.reading.claims.shares import share_relations
from mingsuan.reading.claims.statements import Statement, read_statements
from mingsuan.reading.narrative.numbers import find_numbers
from mingsuan.reading.narrative.section_kinds import section_kind


def statements(text: str, title: str = "一、某某决算情况说明") -> tuple[Statement, ...]:
    return read_statements([Section(title, None, 2, Place(), text, title)], Sentences(), 2023)


def completed(text: str) -> list[tuple[str, str, str]]:
    return [(c.planned.text, c.done.text, c.rate.text) for c in completions([s.claim for s in statements(text)])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年初预算为100.00万元，支出决算为90.00万元，完成年初预算的90%。", [("100.00", "90.00", "90")]),
        ("支出决算90.00万元，完成全年预算100.00万元的90%。", [("100.00", "90.00", "90")]),
        ("年初预算为0，支出决算为90.00万元，完成年初预算的100%。", [("0", "90.00", "100")]),
        ("年初预算为80.00万元，全年预算为100.00万元，支出决算为90.00万元，完成全年预算的90%。", [("100.00", "90.00", "90")]),
    ],
)
def test_a_rate_of_completion_belongs_to_the_budget_and_the_result_beside_it(text: str, found: list[tuple[str, str, str]]) -> None:
    assert completed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费年初预算为10.00万元，支出决算为8.00万元，完成预算的80%，其中：公务接待费支出决算为3.00万元，完成预算的60%。",
        "全年预算为80.00万元，支出决算为90.00万元，完成年初预算的95%。",
        "教育支出年初预算为80.00万元，卫生支出决算为90.00万元，完成预算的95%。",
        "上年预算为80.00万元，支出决算为90.00万元，完成预算的95%。",
    ],
)
def test_a_part_without_a_budget_of_its_own_is_not_measured_by_another(text: str) -> None:
    assert [c for c in completed(text) if c[2] != "80"] == []


def test_words_behind_a_budget_and_its_account_need_no_rate_between_them() -> None:
    one = "年初预算为40.00万元，支出决算为40.30万元。决算数小于预算数的主要原因是压减支出。"
    assert [(c.said, c.behind.text, c.pair is not None) for c in comparisons_in_words(statements(one))] == [(-1, "40.30", True)]
    several = "接待费预算为2.00万元，决算为3.00万元；会议费预算为5.00万元，决算为4.00万元，决算数大于预算数。"
    assert list(comparisons_in_words(statements(several))) == []
    another = "接待费预算为2.00万元，会议费决算为3.00万元，决算数小于预算数。"
    assert list(comparisons_in_words(statements(another))) == []


def test_words_behind_several_rates_are_of_none_of_them() -> None:
    one = "年初预算为10.00万元，支出决算为8.00万元，完成预算的80%，决算数大于预算数。"
    several = "年初预算为10.00万元，支出决算为8.00万元，完成预算的80%，其中接待费完成预算的110%，决算数大于预算数。"
    assert [(c.said, c.behind.text) for c in comparisons_in_words(statements(one))] == [(1, "80")]
    assert list(comparisons_in_words(statements(several))) == []
    named = "年初预算为10.00万元，支出决算为8.00万元，完成预算的80%。“三公”经费决算数大于预算数。"
    assert list(comparisons_in_words(statements(named))) == []


def test_words_are_of_any_of_several_rates_that_go_one_way() -> None:
    both = "年初预算为10.00万元，支出决算为8.00万元，完成预算的80%，其中接待费完成预算的60%，决算数大于预算数。"
    assert [(c.said, c.behind.text) for c in comparisons_in_words(statements(both))] == [(1, "60")]


def test_last_year_s_figures_may_stand_between_a_rate_and_the_words_on_it() -> None:
    text = "“三公”经费全年预算为10.00万元，决算为8.00万元，完成预算的80%，比上年增加1.00万元，增长14.29%。{}决算数大于预算数。"
    assert [(c.said, c.behind.text) for c in comparisons_in_words(statements(text.format("2023年度“三公”经费支出")))] == [(1, "80")]
    assert list(comparisons_in_words(statements(text.format("其中公务接待费")))) == []
    assert list(comparisons_in_words(statements(text.format("2.会议费")))) == []


def test_words_behind_a_rate_of_a_budget_in_line_are_of_it() -> None:
    text = "支出决算为57.64万元，完成年初预算69.97万元的82.38%。决算数大于年初预算数。"
    assert [(c.said, c.behind.text, c.pair is not None) for c in comparisons_in_words(statements(text))] == [(1, "82.38", True)]


def test_shares_without_a_named_whole_are_of_their_own_sum() -> None:
    text = "出国费支出0万元，占0%；接待费支出5.00万元，占62.50%；运行费支出3.00万元，占{}%。"
    right = share_relations([s.claim for s in statements(text.format("37.50"))])
    assert all(r.holds for r in right)
    wrong = share_relations([s.claim for s in statements(text.format("33.50"))])
    assert [(r.holds, r.borne_out, r.whole.value) for r in wrong if r.share.text == "33.50"] == [(False, True, Decimal("8.00"))]


def test_a_share_of_something_else_is_not_one_of_the_amount_before_it() -> None:
    told = statements("采购总额200.00万元，授予小微企业120.00万元；货物采购授予中小企业的金额占货物支出金额的100%。")
    assert share_relations([s.claim for s in told]) == ()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("基本支出60.00万元，其中：人员经费50.00万元，主要包括基本工资20.00万元；公用经费10.00万元。", [True]),
        ("基本支出60.00万元，其中：\n人员经费50.00万元，主要包括基本工资。\n公用经费12.00万元，主要包括办公费。", [False]),
        ("“三公”经费预算为9.00万元，支出决算为8.00万元。其中：出国费0.00万元，公务用车购置及运行费5.00万元，公务接待费3.00万元。", [True]),
        ("“三公”经费预算为9.00万元，支出决算为8.00万元。其中：出国费0.00万元，公务用车购置及运行费6.00万元，公务接待费7.00万元。", []),
        ("面向中小企业预留的政府采购60.00万元，其中货物10.00万元、工程20.00万元、服务20.00万元。", []),
    ],
)
def test_the_parts_of_a_known_set_make_its_whole(text: str, holds: list[bool]) -> None:
    assert [w.holds for w in wholes_and_parts(statements(text))] == holds


def test_an_item_and_its_account_are_one_amount() -> None:
    text = "1、卫生健康支出（类）公共卫生（款）妇幼保健机构（项）50.00万元。年初预算为60.00万元，支出决算为{}万元。"
    assert [r.holds for r in restatements(statements(text.format("50.00")))] == [True]
    assert [r.holds for r in restatements(statements(text.format("48.00")))] == [False]


def test_amounts_that_share_a_unit_are_amounts_and_a_bare_zero_is_one_where_an_amount_must_stand() -> None:
    assert [(n.text, n.unit) for n in find_numbers("总计各是12.30,45.60万元")] == [("12.30", "万元"), ("45.60", "万元")]
    assert [(n.text, n.unit) for n in find_numbers("年初预算为0，支出决算为3万元")] == [("0", "万元"), ("3", "万元")]
    assert find_numbers("得分为0，排名12。") == ()


@pytest.mark.parametrize("name", ["national-final", "national-budget"])
def test_sections_of_any_province_are_known_to_the_general_dialects(name: str) -> None:
    sentences = load_sentences(load(name).folders)
    for title in ("收入支出决算总体情况说明", "“三公”经费支出情况说明", "名词解释", "机关运行经费情况说明"):
        kind = section_kind(title, is_part=False, above=None)
        assert kind is not None
        assert sentences.knows(kind)
    glossary = sentences.context("glossary", "")
    assert glossary is not None
    assert not glossary.stated


def test_words_that_mean_different_things_in_different_provinces_mean_one_of_several() -> None:
    """收入预算 may or may not hold what was carried over."""
    phrases = load_sentences(load("national-budget").folders).by_phrase
    assert all(len(m.either) > 1 for word in ("收入预算", "支出预算") for m in phrases[word])
    assert not any(m.either for m in phrases["一般公共预算支出"])


def test_a_whole_that_counts_more_than_its_set_is_not_one_of_it() -> None:
    meetings = "“三公”经费及会议费支出9.00万元，其中：出国费0.00万元，公务用车购置及运行费5.00万元，公务接待费3.00万元，会议费1.00万元。"
    services = "政府采购预算9.00万元，其中：货物5.00万元，工程4.00万元。政府购买服务预算3.00万元。"
    assert list(wholes_and_parts(statements(meetings))) == []
    assert list(wholes_and_parts(statements(services))) == []


def links(text: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The changes and rates of a text with the numbers that they follow from."""
    read = [s.claim for s in statements(text)]
    return [(c.text, tuple((name, read[i].text) for name, i in c.links)) for c in read if c.role is Role.CHANGE]


@pytest.mark.parametrize(
    "text",
    [
        "2023年收入预算120.00万元，比2022年的100.00万元增加20.00万元。",
        "2023年收入预算120.00万元，与2022年预算收入100.00万元相比增加20.00万元。",
        "2023年部门预算总收入120.00万元，与2022年收入100.00万元相比增加20.00万元。",
    ],
)
def test_a_change_follows_from_last_years_amount_that_stands_before_it(text: str) -> None:
    assert links(text) == [("20.00", (("amount", "120.00"), ("last", "100.00")))]


def test_the_share_of_a_total_finds_it_whatever_words_are_added_to_it() -> None:
    text = "2023年部门预算总支出100.00万元。其中：基本支出60.00万元，占总支出的60.00%。"
    share = statements(text)[-1].claim
    assert [name for name, _ in share.links] == ["part", "whole"]


PLACES_WORDS = load_sentences(load("national-budget").folders)


def said(text: str, discloser: str | None = None) -> list[tuple[str, Region | None]]:
    section = Section("一、情况说明", None, 2, Place(), text, "一、情况说明")
    return [(s.claim.measure, s.claim.region) for s in read_statements([section], PLACES_WORDS, 2023, None, discloser)]


def test_the_name_of_the_discloser_says_nothing_of_what_a_number_is() -> None:
    text = "2023年和源县水利局三公经费预算8.20万元。"
    assert said(text, "和源县水利局") == said(text.replace("和源县水利局", ""))
    assert said(text, "和源县水利局")[0][1] is not None
    assert said(text)[0][1] is None


@pytest.mark.parametrize(
    ("text", "fund"),
    [
        ("（三）财政拨款支出情况。2023年按支出功能科目划分：卫生健康支出20.00万元。", "政府预算资金"),
        ("3.一般公共预算支出情况：卫生健康支出20.00万元。", "一般公共预算"),
        ("（二）支出预算情况。卫生健康支出20.00万元。", None),
        ("（二）支出预算情况。卫生健康支出20.00万元，占一般公共预算支出的4.00%。", "一般公共预算"),
    ],
)
def test_the_label_of_a_paragraph_or_the_share_behind_an_amount_tells_its_fund(text: str, fund: str | None) -> None:
    regions = [dict(region or ()) for measure, region in said(text) if measure == "卫生健康支出"]
    assert [region.get("fund") for region in regions] == [fund]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("编制数52人，其中：行政编制22人、事业编制30人，实有人数52人。", ["22", "30"]),
        ("车辆9辆，价值95万元；其中：一般公务用车2辆；执法执勤用车4辆；其他用车3辆。", ["2", "4", "3"]),
    ],
)
def test_parts_end_where_something_else_is_told_and_begin_behind_what_the_whole_is_worth(text: str, parts: list[str]) -> None:
    (found,) = [one for one in listings(statements(text)) if one.kind == "within"]
    assert [p.text for p in found.parts] == parts
    assert found.holds

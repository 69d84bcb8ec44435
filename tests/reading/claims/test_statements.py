from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.claims import SEEDS, measure
from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import Sentences, load_sentences
from mingsuan.model import Section
from mingsuan.model.claims import Claim, Role
from mingsuan.places import Place
from mingsuan.reading.claims.statements import read_claims, statements_of
from mingsuan.reading.claims.words import subject

SENTENCES = load_sentences(load("zhengzhou-2021").folders)
YEAR = 2021


def section(text: str, title: str = "一、某某情况", kind: str | None = None) -> Section:
    return Section(title, kind, 2, Place("某局.txt", line=10), text, title, ((0, Place("某局.txt", line=12)),))


def claims(text: str, title: str = "一、某某情况", kind: str | None = None) -> tuple[Claim, ...]:
    return read_claims([section(text, title, kind)], SENTENCES, YEAR)


def years(text: str) -> list[int | None]:
    return [c.year for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021 年收入总计 5 万元，与 2020 年预算相比，收入增加 1 万元，增长 25%。支出 5 万元。", [2021, 2021, 2021, 2021]),
        ("2020年预算安排584万元，支出584万元，预计年底结余0万元。今后需5万元。", [2020, 2020, 2020, 2021]),
        ("较上年增加0.18万元。原因是上年预算为584.18万元，但拨付指标为584万元；需5万元。", [2021, 2020, 2020, 2021]),
        (
            "2021年资金需求5万元，其中：下达0万元。2022年资金需求6万元，2023年资金需求7万元。即：2元×3人=6元",
            [2021, 2021, 2022, 2023, 2021, 2021, 2021],
        ),
        ("2020年期末，共有车辆 3 辆，其中：一般公务用车 3 辆；设备0台。房屋2处。", [2020, 2020, 2020, 2020]),
        ("截至2021年3月3日，共有车辆2辆。", [2021]),
        ("运行经费 255.3 万元。与上年预算 235.65 万元对比增加 19.65 万元，增长 8.34%。", [2021, 2020, 2021, 2021]),
        ("2020 年资金需求 50 万元，主要内容：1、耗材，预算 20 万。2、网络费用 25 万。", [2020, 2021, 2021]),
        ("2019年-2023年外包服务经费249万元。", [2021]),
        ("标准参照工作队员 2017 年补助标准执行，经费5万元。", [2021]),
        ("上年结转 5 万元。", [2021]),
        ("2020年比2019年增加5万元。", [2020]),
        ("2020年当年执行数为5万元，2021年安排6万元。", [2020, 2021]),
        ("2019 年大厅正式对外办事，届时 40 余家局委进驻。", [2019]),
        ("2020年编制30人。其中：行政20人。", [2020, 2020]),
    ],
)
def test_a_number_is_of_the_year_named_nearest_before_it(text: str, expected: list[int]) -> None:
    assert years(text) == expected


def test_without_a_fiscal_year_no_year_is_guessed() -> None:
    assert [c.year for c in read_claims([section("2020年预算5万元")], SENTENCES, None)] == [None]


def test_a_template_gives_slots_regions_and_relations() -> None:
    """2021年收入预算总计2430.88万元，支出预算总计2430.88万元，与2020年预算相比，收入预算减少620.38万元，下降25.52%；支出预算减少620.38万元。"""
    text = str(test_a_template_gives_slots_regions_and_relations.__doc__)
    found = claims(text, kind="overview_note")
    assert [c.slot for c in found] == ["income", "spending", "income_change", "income_growth", "spending_change"]
    assert {c.template for c in found} == {"totals_change"}
    assert len({c.sentence for c in found}) == 1
    assert [c.region for c in found] == [(), (), None, None, None]
    assert (found[2].relation, found[2].links, found[2].direction) == ("amount - last", (("amount", 0),), "减少")
    assert (found[3].relation, found[3].links) == ("change / last", (("change", 2), ("amount", 0)))


def test_sentences_that_one_template_spans_are_one() -> None:
    text = "2021年“三公”经费预算为11.5万元。2021年“三公”经费支出预算数比2020年减少2万元，下降14.80%。接待0次。"
    found = claims(text, kind="three_public_note")
    assert [c.template for c in found] == ["three_public_change"] * 3 + [None]
    assert len({c.sentence for c in found}) == 2


def test_what_no_template_knows_is_linked_by_its_subject() -> None:
    amounts = "公务用车购置费1万元，公务用车运行维护费4万元。"
    changes = "公务用车购置费预算数比2020年增加1万元，公务用车运行维护费预算数比2020年减少1万元，下降20%。"
    found = claims(amounts + changes, kind="three_public_note")
    assert found[2].links == (("amount", 0),)
    assert found[3].links == (("amount", 1),)
    assert found[4].links == (("change", 3), ("amount", 1))


def test_phrases_get_their_region_within_the_section() -> None:
    found = claims("教育（类）支出0万元，占0.00%；卫生健康支出21.89万元。", kind="general_budget_note")
    where = {"fund": "一般公共预算", "origin": "本年", "use": "支出"}
    assert [dict(c.region or ()) for c in found if c.role is Role.AMOUNT] == [{**where, "function": "205"}, {**where, "function": "210"}]


def test_a_part_behind_among_it_lies_in_the_region_of_its_whole() -> None:
    found = claims("包括基本支出395万元，其中：工资福利支出351.45万元；项目支出5万元。", kind="expenditure_note")
    assert [dict(c.region or ()) for c in found] == [
        {"kind": "基本", "use": "支出"},
        {"kind": "基本", "department": "301", "use": "支出"},
        {"kind": "项目", "use": "支出"},
    ]


def test_kinds_of_spending_with_their_changes_lie_in_the_region_of_their_whole() -> None:
    found = claims("一般公共预算支出9万元，比2020年增加2万元。其中：基本支出5万元，比2020年增加1万元；项目支出4万元。")
    kinds = [dict(c.region or ()) for c in found if c.role is Role.AMOUNT and c.measure != "一般公共预算支出"]
    assert [(r["fund"], r["kind"]) for r in kinds] == [("一般公共预算", "基本"), ("一般公共预算", "项目")]


def test_kinds_of_spending_behind_another_change_are_not_of_the_amount_before_it() -> None:
    found = claims(
        "住房保障支出9万元。支出较2020年增加2万元，其中：基本支出50万元，比2020年增加1万元；项目支出40万元。", kind="expenditure_note"
    )
    assert [dict(c.region or ()).get("function") for c in found if c.role is Role.AMOUNT] == ["221", None, None]


def test_other_income_in_brackets_belongs_to_what_the_brackets_explain() -> None:
    found = claims("其中：一般公共预算5万元（财政拨款5万元、其他收入0万元），其他收入0万元。", kind="revenue_note")
    assert [dict(c.region or ())["fund"] for c in found] == ["一般公共预算", "财政拨款", "其他一般公共预算", "其他收入"]


def test_last_years_amount_lies_in_last_year() -> None:
    (found,) = claims("2020年基本支出5万元。")
    assert dict(found.region or ()) == {"kind": "基本", "year": "-1"}


def test_amounts_stand_for_the_decimals_of_the_narrative_and_rates_for_their_own() -> None:
    found = claims("基本支出395万元，占16.3%；项目支出2035.88万元，公用经费43.55万元，每人70元。")
    assert [(c.text, c.decimals) for c in found] == [("395", 2), ("16.3", 1), ("2035.88", 2), ("43.55", 2), ("70", 0)]


def test_roles_tell_what_a_number_does() -> None:
    found = claims("单价50万元以上设备3台，费用减少5万元，16人×260元=0.416万元，完成率95%，占5%。")
    assert [c.role for c in found] == [
        Role.COUNT,
        Role.CHANGE,
        Role.FACTOR,
        Role.FACTOR,
        Role.RESULT,
        Role.RATE,
        Role.SHARE,
    ]


def test_an_amount_inside_a_name_states_nothing() -> None:
    found = claims("共有车辆2辆，单价50万元以上设备3台，单位价值100万元以上专用设备0台。")
    assert [(c.text, c.unit) for c in found] == [("2", "辆"), ("3", "台"), ("0", "台")]


def test_measures_are_the_words_before_the_number() -> None:
    found = claims("其中：因公出国（境）费 0 万元，2021 年收入总计为5万元。单价50万元以上设备3台。（二）公务接待费8万元")
    assert [c.measure for c in found] == ["因公出国（境）费", "收入总计", "单价50万元以上设备", "公务接待费"]


def test_every_claim_has_its_place_and_a_short_quotation() -> None:
    long = "很长的说明" * 30
    origins = ((0, Place("某局.txt", line=12)), (6, Place("某局.txt", line=14)))
    where = Section("一、某某情况", None, 2, Place("某局.txt", line=10), f"收入1万元，{long}支出2万元", "一、某某情况", origins)
    first, second = read_claims([where], SENTENCES, YEAR)
    assert (first.place.line, second.place.line) == (12, 14)
    assert first.quote == "收入1万元"
    assert len(second.quote) <= 60
    assert second.quote.endswith("支出2万元")
    assert claims("合计，占2,915.22万元")[0].quote.endswith("占2,915.22万元")


def test_glossary_contents_and_headings_state_nothing() -> None:
    parts = [section("运行经费指5万元", "第三部分 名词解释", "glossary"), section("", "2、会议费8万元"), section("收入5万元", "目 录")]
    assert read_claims(parts, SENTENCES, YEAR) == ()


def test_claims_find_their_places_again() -> None:
    parts = [section("收入5万元，支出5万元。"), section("名词5万元", "名词解释")]
    read = read_claims(parts, SENTENCES, YEAR)
    assert [s.number.text for s in statements_of(parts, read, SENTENCES)] == ["5", "5"]
    with pytest.raises(ValueError, match="not read from"):
        statements_of(parts, read[:1], SENTENCES)


def test_a_dialect_without_sentences_still_reads_numbers() -> None:
    read = read_claims([section("收入总计5万元，占95%。")], Sentences(), YEAR)
    assert [(c.value, c.unit, c.template) for c in read] == [(Decimal(5), "万元", None), (Decimal(95), "%", None)]


def test_the_subject_of_a_measure_is_found_under_its_other_names() -> None:
    assert subject("收入预算减少额") == subject("收入总计") == "收入"
    assert subject("三公经费支出预算数减少额") == subject("三公经费") == "三公经费"
    assert subject("预算数增加额") == ""


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789.,元万人次%×=（）()年其中：，。；、与比占增加减少收入总计支出预算基本项目三公经费“”\n一1、", max_size=300)
)
def test_no_narrative_breaks_the_reader(text: str) -> None:
    for claim in claims(text, kind="overview_note"):
        assert claim.quote
        assert len(claim.quote) <= 60


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_the_claims_of_the_gold_are_read_and_none_is_invented(shared: Path, seed: str) -> None:
    row = measure(shared, seed)
    assert row.share >= 0.98
    assert row.invented == ()


@pytest.mark.parametrize("nought", ["0", "0.00"])
def test_a_part_written_in_whole_units_means_them_however_its_noughts_are_printed(nought: str) -> None:
    found = claims(
        f"收入预算1,234万元，其中：财政拨款收入1,134万元；事业收入{nought}万元；其他收入{nought}万元。支出预算1,233万元，减少57万元。"
    )
    assert {c.decimals for c in found if c.value} == {0}

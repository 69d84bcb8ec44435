from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Section
from mingsuan.model.claims import Claim
from mingsuan.places import Place
from mingsuan.reading.claims.items import counted_items
from mingsuan.reading.claims.listed import Listing
from mingsuan.reading.claims.listings import listings
from mingsuan.reading.claims.relations import Interval, change_relations, growth_relations, interval
from mingsuan.reading.claims.restatements import restatements
from mingsuan.reading.claims.shares import share_relations
from mingsuan.reading.claims.statements import Statement, read_claims, read_statements, stated_paragraphs

SENTENCES = load_sentences(load("zhengzhou-2021").folders)


def section(text: str, title: str = "一、某某情况", kind: str | None = None) -> Section:
    return Section(title, kind, 2, Place(), text, title)


def statements(*sections: Section) -> tuple[Statement, ...]:
    return read_statements(sections, SENTENCES, 2021)


def claims(text: str, kind: str | None = None) -> tuple[Claim, ...]:
    return read_claims([section(text, kind=kind)], SENTENCES, 2021)


def lists(*sections: Section) -> list[Listing]:
    return list(listings(statements(*sections), stated_paragraphs(sections, SENTENCES)))


def texts(parts: Sequence[Claim]) -> list[str]:
    return [c.text for c in parts]


TOTALS = (
    "2021年收入总计2430.88万元，支出总计2430.88万元，"
    "与2020年预算相比，收入{word}620.38万元，{rate_word}{rate}%；支出减少620.38万元，下降20.33%。"
)


def test_growth_divides_by_last_year_not_by_this() -> None:
    """错：下降25.52%（620.38÷2430.88）。对：下降20.33%（620.38÷3051.26）。"""
    wrong, right = growth_relations(claims(TOTALS.format(word="减少", rate_word="下降", rate="25.52"), "overview_note"))
    assert (wrong.holds, wrong.wrong_base, wrong.base) == (False, True, Decimal("30512600"))
    assert wrong.expected is not None
    assert round(wrong.expected * 100, 2) == Decimal("20.33")
    assert (right.holds, right.rounds, right.wrong_base) == (True, True, False)


def test_a_change_is_of_what_was_spent_not_of_the_budget_that_it_completed() -> None:
    text = "“三公”经费支出决算为21.55万元，完成全年预算26.99万元的79.86%，比上年决算数增加3.30万元，增长18.06%。"
    assert [(r.holds, r.base) for r in growth_relations(claims(text))] == [(True, Decimal("182500"))]


def test_last_years_amount_in_passing_is_of_its_clause_alone() -> None:
    text = "因公出国费支出8.94万元，较2020年增加8.94万元，上年为0；公务用车运行维护费支出10.76万元，较2020年增加0.18万元，增长1.70%。"
    assert [c.year for c in claims(text) if c.text == "10.76"] == [2021]
    assert [r.holds for r in growth_relations(claims(text))] == [True]


def test_what_an_amount_is_compared_with_and_a_list_of_its_parts_do_not_take_its_change() -> None:
    text = (
        "支出决算1290.34万元。与年初预算1362.96万元相比，完成年初预算的94.67%。其中：基本支出480.42万元，项目支出809.92万元。"
        "与上年决算相比，增加259.43万元，增长{}%。"
    )
    assert [(r.holds, r.base) for r in growth_relations(claims(text.format("25.16")))] == [(True, Decimal("10309100"))]
    assert [r.holds for r in growth_relations(claims(text.format("117.39")))] == [False]


def test_words_that_go_opposite_ways_are_told() -> None:
    first, second = growth_relations(claims(TOTALS.format(word="减少", rate_word="增长", rate="20.33"), "overview_note"))
    assert (first.holds, first.same_direction) == (True, False)
    assert second.same_direction


def test_the_rounding_of_the_base_counts() -> None:
    """2万元比上年减少，11.5万元：14.81%，印作14.80%在取整允许之内。"""
    (found,) = growth_relations(claims("“三公”经费预算为11.5万元，比2020年减少2万元，下降14.80%。", "three_public_note"))
    assert found.holds
    assert not found.rounds


@pytest.mark.parametrize(("rate", "zero", "holds"), [("100", True, False), ("0.00", True, False)])
def test_growth_from_nothing_has_no_rate(rate: str, zero: bool, holds: bool) -> None:
    (found,) = growth_relations(claims(f"运行经费5万元。运行经费比2020年增加5万元，增长{rate}%。"))
    assert (found.zero_base, found.holds, found.expected) == (zero, holds, None)


def test_nothing_that_grows_by_nothing_is_no_error() -> None:
    (found,) = growth_relations(claims("政府性基金收支预算0万元。政府性基金收支预算增加0万元，增长0.00%。"))
    assert (found.holds, found.zero_base) == (True, False)


def test_a_printed_base_is_taken_rather_than_derived() -> None:
    text = "机关运行经费支出预算 255.30 万元，与上年预算 235.65 万元对比增加 {} 万元，增长 8.34%。"
    good = claims(text.format("19.65"), "operating_cost_note")
    assert [(c.holds, c.expected) for c in change_relations(good)] == [(True, Decimal("196500.00"))]
    assert growth_relations(good)[0].last is not None
    bad = change_relations(claims(text.format("91.65"), "operating_cost_note"))
    assert [c.holds for c in bad] == [False]


def test_a_fall_that_is_called_a_rise_is_wrong_even_if_the_size_is_right() -> None:
    text = "机关运行经费支出预算 200 万元，与上年预算 235.65 万元对比增加 35.65 万元，增长 15.13%。"
    (found,) = change_relations(claims(text, "operating_cost_note"))
    assert (found.holds, found.right_direction) == (False, False)


def test_a_rate_between_two_printed_amounts_needs_no_change() -> None:
    text = "2020年当年预算执行数为{}万元，2021年预算安排42.60万元，比2020年预算执行数{}%。"
    cases = {("45.41", "减少6.19"): (True, True), ("45.41", "增加6.19"): (True, False), ("45.41", "减少0.53"): (False, True)}
    for (last, words), expected in cases.items():
        (found,) = growth_relations(claims(text.format(last, words)))
        assert (found.holds, found.same_direction) == expected
    (zero,) = growth_relations(claims(text.format("0.00", "增加100.00")))
    assert (zero.zero_base, zero.holds) == (True, False)


def test_a_share_of_something_named_is_of_that_or_of_nothing() -> None:
    text = "“三公”经费中，因公出国（境）费支出170.00万元，占“三公”经费的27.39%；公务接待费支出266.80万元，占“三公”经费的42.98%。"
    assert share_relations(claims(text)) == ()
    named = share_relations(claims("三公经费620.75万元，出国支出170.00万元。接待费支出266.80万元，占“三公”经费的42.98%。"))
    assert [(r.whole.text, r.holds) for r in named] == [("620.75", True)]


def test_shares_hold_within_rounding() -> None:
    text = "一般公共预算支出预算2430.88万元，主要用于以下方面：社会保障和就业（类）支出41.2万元，占{}%；住房保障支出49.23万元，占2.03%。"
    slack, exact = share_relations(claims(text.format("1.70"), "general_budget_note"))
    assert (slack.holds, slack.rounds) == (True, False)
    assert (exact.holds, exact.rounds) == (True, True)
    assert [r.holds for r in share_relations(claims(text.format("7.10"), "general_budget_note"))] == [False, True]


def test_an_unknown_whole_is_any_that_fits() -> None:
    text = "支出10万元，其中：甲类支出4万元，占40%，乙项支出1万元，占25%。"
    assert [r.holds for r in share_relations(claims(text))] == [True, True]


def test_lists_behind_among_it_sum_to_their_whole() -> None:
    """34 = 24 + 10；在职职工在分号之后，不是其中之一。"""
    (posts,) = lists(section("人员共有编制34人，其中：行政编制24人，事业编制10人；在职职工29人，离退休人员0人。", kind="staff"))
    assert (texts(posts.parts), posts.holds, posts.exhaustive) == (["24", "10"], True, True)
    (cars,) = lists(section("共有车辆19辆，其中：一般公务用车15辆、机要通信用车1辆，其他用车2辆；单价50万元以上设备4台。"))
    assert (cars.expected, cars.printed, cars.holds) == (Decimal(18), Decimal(19), False)


def test_parts_with_shares_go_on_behind_the_semicolon() -> None:
    text = "支出合计10.00万元，其中：基本支出4.00万元，占40%；项目支出6.00万元（含专项1.00万元），占60%。"
    within, shares = lists(section(text, kind="expenditure_note"))
    assert (texts(within.parts), within.holds) == (["4.00", "6.00"], True)
    assert (texts(shares.parts), shares.holds, shares.total) == (["40", "60"], True, None)


def test_a_list_that_is_not_all_may_fall_short_but_not_exceed() -> None:
    short, over = (lists(section(f"收入5万元，其中：甲收入{a}万元，乙收入1万元。"))[0] for a in (3, 6))
    assert (short.holds, short.exhaustive) == (True, False)
    assert not over.holds


def item(number: int, text: str) -> Section:
    title = f"{number}、子项"
    return Section(title, None, 3, Place(), f"{title}{text}", f"（5）测算/{title}")


def project(*items: Section, total: str = "10") -> list[Listing]:
    head = Section("（5）测算", None, 2, Place(), f"2021年资金需求{total}万元。项目主要包括：", "（5）测算")
    return [found for found in lists(head, *items) if found.kind == "items"]


def test_numbered_items_sum_to_what_announces_them() -> None:
    (good,) = project(item(1, "4万元。用于办公。"), item(2, "6万元。"))
    assert (texts(good.parts), good.holds) == (["4", "6"], True)
    (bad,) = project(item(1, "4万元。"), item(2, "6万元。"), total="12")
    assert not bad.holds


def test_items_without_an_amount_leave_the_sum_open() -> None:
    (found,) = project(item(1, "4万元。"), item(2, "3万元。"), item(3, "及其他费用 万元。每天65元。"))
    assert (found.complete, found.holds) == (False, True)


def test_what_things_are_worth_does_not_part_them_from_their_list() -> None:
    def vehicles(number: int) -> list[bool]:
        text = f"车辆{number}辆，价值64.73万元，其中：主要负责人用车1辆、执法执勤用车5辆、其他用车2辆。"
        return [x.holds for x in lists(section(text)) if x.kind == "within"]

    assert (vehicles(8), vehicles(10)) == ([True], [False])


def test_shares_of_items_are_of_what_the_items_make_together() -> None:
    def shares(last: str) -> list[bool]:
        lines = (
            "1.教育支出（类）60.00万元，占60.00%。",
            "2.卫生健康支出（类）30.00万元，占30.00%。",
            f"3.住房保障支出（类）10.00万元，占{last}%。",
        )
        return [r.holds for r in share_relations(claims("\n".join(lines)))]

    assert shares("10.00") == [True, True, True]
    assert shares("11.00") == [True, True, False]


def test_budgets_of_the_items_do_not_sum_to_what_was_spent() -> None:
    head = Section("（二）具体情况", None, 2, Place(), "公务用车费支出决算7.03万元，占100%。具体情况如下：", "（二）具体情况")
    budgets = (item(1, "预算为0.00万元，支出决算为0.00万元。"), item(2, "预算为7.62万元，支出决算为7.03万元。"))
    assert [x for x in lists(head, *budgets) if x.kind == "items"] == []


def test_details_of_an_item_sum_to_its_head() -> None:
    found = lists(section("2、会议费8.00万元。召开会议。（1、培训会，组织人员750人，预算5.00万元；2、业务会，预算2.00万）。"))
    assert [(x.kind, texts(x.parts), x.holds) for x in found] == [("details", ["5.00", "2.00"], False)]


def test_the_three_public_expenses_are_the_sum_of_their_classes() -> None:
    head = "2021年“三公”经费预算2.90万元。\n1. 因公出国（境）费0万元。\n"
    text = head + "2. 公务用车购置费0万元，公务用车运行维护费2.30万元。\n3. 公务接待费{}万元。"
    for reception, holds in (("0.60", True), ("6.00", False)):
        (found,) = (x for x in lists(section(text.format(reception), kind="three_public_note")) if x.kind == "classes")
        assert (len(found.parts), found.holds) == (4, holds)


def test_what_is_left_is_what_was_not_spent() -> None:
    found = lists(section("2020年预算安排584万元，支出500万元，预计年底结余0万元。", kind="project_execution"))
    assert [(x.kind, x.holds) for x in found] == [("rest", False)]


def test_a_need_that_differs_from_its_item_is_stated_twice() -> None:
    found = restatements(statements(section("7、免费服务18.4万元。2021年资金需求33万元。", kind="project_needs")))
    assert [(texts(r.claims), r.holds) for r in found] == [(["18.4", "33"], False)]


def test_one_word_with_two_amounts_is_told_once() -> None:
    basic = section(
        "一般公共预算基本支出年初预算为3018.04万元。其中：人员经费支出2894.27万元，占95.90%；公用经费支出123.77万元，占4.10%。",
        kind="basic_note",
    )
    other = section("人员经费支出2762.74万元。", "三、绩效", "performance_note")
    broken = [r for r in restatements(statements(basic, other)) if not r.holds and "2762.74" in texts(r.claims)]
    assert [texts(r.claims) for r in broken] == [["2894.27", "2762.74"]]


def test_a_count_is_compared_with_the_items_listed_for_it() -> None:
    found = counted_items(statements(section("召开会议三次。（1、培训会，750人；2、业务会，100人）。分两批次，到外地学习。")))
    assert [(c.count.value, c.items, c.holds) for c in found] == [(Decimal(3), 2, False)]


def test_intervals_that_only_touch_do_not_meet_unless_one_is_exact() -> None:
    assert not Interval(Decimal(0), Decimal(1)).meets(Interval(Decimal(1), Decimal(2)))
    assert Interval(Decimal(0), Decimal(1)).meets(Interval(Decimal(1), Decimal(1)))
    assert Decimal(1) in Interval(Decimal(0), Decimal(1))


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_a_rate_that_was_computed_and_rounded_always_holds(now: int, last: int) -> None:
    if now == last:
        return
    change, rise = abs(now - last), now > last
    rate = (Decimal(change) / last * 100).quantize(Decimal("0.01"))
    words = ("增加", "增长") if rise else ("减少", "下降")
    text = f"“三公”经费预算为{Decimal(now) / 100:.2f}万元，比2020年{words[0]}{Decimal(change) / 100:.2f}万元，{words[1]}{rate}%。"
    (found,) = growth_relations(claims(text, "three_public_note"))
    assert found.holds
    assert found.rounds
    assert found.same_direction


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_share_that_was_computed_and_rounded_always_holds(part: int, rest: int) -> None:
    whole = part + rest
    share = (Decimal(part) / whole * 100).quantize(Decimal("0.01"))
    left = (Decimal(rest) / whole * 100).quantize(Decimal("0.01"))
    money = [f"{Decimal(v) / 100:.2f}万元" for v in (whole, part, rest)]
    text = f"支出合计{money[0]}，其中：基本支出{money[1]}，占{share}%；项目支出{money[2]}，占{left}%。"
    found = claims(text, "expenditure_note")
    assert [r.holds for r in share_relations(found)] == [True, True]
    assert all(value.meets(value) for value in map(interval, found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年基本支出100.00万元，按经济分类：工资福利支出60.00万元；商品和服务支出50.00万元。", [False]),
        ("2023年基本支出100.00万元，按经济分类：工资福利支出60.00万元；商品和服务支出40.00万元。", [True]),
        ("2023年总支出100.00万元，其中：项目支出30.00万元。按支出功能分类：教育支出60.00万元、农林水支出40.00万元。", []),
        ("2023年项目支出30.00万元，共2个项目，具体为：1.宣传经费10.00万元；2.培训经费19.00万元。", [False]),
        ("2023年项目支出30.00万元，共3个项目，具体为：1.宣传经费10.00万元；2.培训经费19.00万元。", [True]),
        ("2023年收入预算50.00万元，比上年增加5.00万元，主要是人员增加。其中：拨款收入40.00万元、其他收入19.00万元。", [False]),
        ("2023年收入50.00万元，支出45.00万元。其中：拨款收入40.00万元、其他收入19.00万元。", []),
        ("2023年支出50.00万元。与年初预算45.00万元相比，完成111%。其中：基本支出30.00万元，项目支出20.00万元。", [True]),
        ("2023年总支出50.00万元，其中基本支出30.00万元；项目支出20.00万元，主要为宣传经费15.00万元、培训经费5.00万元。", [True]),
        ("2023年农业支出50.00万元，占9.50%。其中：“行政运行”30.00万元；“执法监管”25.00万元。", [False]),
    ],
)
def test_lists_are_of_what_announces_them(text: str, expected: list[bool]) -> None:
    sections = (Section("一、支出情况", None, 2, Place(), text, "一、支出情况"),)
    found = listings(statements(*sections), stated_paragraphs(sections, SENTENCES))
    assert [one.holds for one in found if one.kind == "within"] == expected


def test_a_list_whose_first_item_has_no_detail_s_name_is_not_summed_without_it() -> None:
    text = "2.社会保障支出38.24万元，占11.60%。其中：“离退休”13.01万元；“养老保险缴费支出”18.69万元；“职业年金缴费支出”6.54万元。"
    sections = (Section("一、支出情况", None, 2, Place(), text, "一、支出情况"),)
    assert all(one.holds for one in listings(statements(*sections), stated_paragraphs(sections, SENTENCES)))

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.dialects.sentences.sentences import Sentences
from mingsuan.model import Section
from mingsuan.places import Place
from mingsuan.reading.claims.expressions import Factor, evaluate
from mingsuan.reading.claims.formulas import Formula, read_formulas
from mingsuan.reading.claims.statements import read_statements


def formulas(text: str) -> tuple[Formula, ...]:
    return read_formulas(read_statements([Section("五、测算", None, 2, Place(), text, "五、测算")], Sentences(), 2021))


def formula(text: str) -> Formula:
    (found,) = formulas(text)
    return found


@pytest.mark.parametrize(
    ("text", "yuan", "holds"),
    [
        (r"$(3925.57 \text{ 元} + 500 \text{ 元}) \times 110 \text{ 人} \times 12 \text{ 月} = 584.18 \text{ 万元}$", "5841752.40", True),
        ("一年经费为 16 人×260 元×8 天×12 个月=37.6 万元。", "399360", False),
        ("按照每天费用 6500 元。一年经费为 6500 元×8 天×12 个月＝62.4万元", "624000", True),
        ("300元/人*20人*2次=1.2万元", "12000", True),
        ("30人x2天·400元/人/天=2.4万元", "24000", True),
        ("标准5000元×12个月+奖金10000元=7万元", "70000", True),
        ("（基本5000元+补贴500元）×2人=11000元", "11000", True),
        ("1.2亿元×5%=600万元", "6000000", True),
        ("按16人×260元×8天×12个月，共需39.94万元", "399360", True),
        ("100万元÷4次=25万元", "250000", True),
        ("16×260×8×12=39.94万元", "399360", True),
        ("2,000元×3人=0.6万元", "6000", True),
        ("(10人×3元=30元", "30", True),
    ],
)
def test_formulas_make_their_amount_or_not(text: str, yuan: str, holds: bool) -> None:
    found = formula(text)
    assert found.computed_yuan == Decimal(yuan)
    assert found.holds is holds


@pytest.mark.parametrize("text", ["100元×5元=500元", "10人×3天=30元", "5元×3人+2人=17元", "5元÷0人=0元"])
def test_what_holds_no_money_or_too_much_is_not_judged(text: str) -> None:
    assert formula(text).holds is None
    assert formula(text).computed_yuan is None


def test_an_amount_after_a_deduction_is_no_error() -> None:
    markup = r"$350 \text{ 人} \times 70 \text{ 元} \times 22 \text{ 天} \times 12 \text{ 个月} = 646.8 \text{ 万元}$"
    found = formula(f"一年经费为 {markup} ，减去请假等，需 645 万元，故减少 105 万元。")
    assert found.holds is True
    assert found.adjusted is not None
    assert found.adjusted.text == "645"
    assert found.expression == "350人×70元×22天×12个月"


def test_a_lost_digit_is_the_likeliest_repair() -> None:
    found = formula("6500 元×8 天×2 个月=62.4 万元")
    assert found.holds is False
    assert (found.repairs[0].factor, found.repairs[0].value) == (2, Decimal(12))


def test_a_chain_of_results_is_checked_against_one_formula() -> None:
    text = "16人×260元×8天×12个月=399360元=39.94万元"
    assert [(f.stated.text, f.holds) for f in formulas(text)] == [("399360", True), ("39.94", True)]


def test_a_lone_number_before_an_equals_sign_is_no_formula() -> None:
    assert formulas("人均标准=260元") == ()
    assert formulas("2021年预算，共计5万元") == ()


def test_the_exact_side_may_be_just_half_a_digit_away() -> None:
    assert formula("1.25元×1人=1.3元").holds is True
    assert formula("1.25元×1人=1.4元").holds is False


def test_brackets_sums_and_precedence() -> None:
    factors = [Factor(Decimal(v), u, "") for v, u in ((2, "元"), (3, "元"), (4, "人"))]
    assert evaluate(["(", 0, "+", 1, ")", "*", 2], factors) == (Decimal(20), 1)
    assert evaluate([0, "*", 2, "-", 1], factors) == (Decimal(5), 1)
    assert evaluate([0, "+"], factors) is None
    assert evaluate([0, "+", 2], factors) is None


@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=5),
    st.integers(1, 10**6),
    st.sampled_from(["×", "*", "x", "·", r"\times "]),
    st.sampled_from(["=", "＝", " = "]),
)
def test_a_product_that_is_written_out_holds(counts: list[int], cents: int, times: str, equals: str) -> None:
    yuan = Decimal(cents) / 100
    total = yuan
    for count in counts:
        total *= count
    text = f"{yuan}元{times}{times.join(f'{c}人' for c in counts)}{equals}{total:f}元"
    assert formula(text).holds is True
    wrong = f"{yuan}元{times}{times.join(f'{c}人' for c in counts)}{equals}{total + 1:f}元"
    assert formula(wrong).holds is False

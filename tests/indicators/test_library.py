"""The indicator library: every entry can be used, and the formulas give what a calculator gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingsuan.indicators.library import find, library, measures, percent_of

D = Decimal


def test_every_computed_indicator_needs_known_measures_and_says_its_formula() -> None:
    computed = [i for i in library() if i.sort]

    assert len(computed) >= 25
    assert {name for i in computed for name in i.needs} <= set(measures())
    assert all("÷" in i.formula for i in computed)


def test_every_rubric_makes_one_and_every_other_row_says_how_it_is_counted() -> None:
    for indicator in library():
        if indicator.rubric:
            assert sum(share for _, share in indicator.rubric) == 1, indicator.name
        elif not indicator.sort:
            assert indicator.says, indicator.name


def test_names_are_single_and_every_measure_is_used() -> None:
    names = [name for i in library() for name in (i.name, *i.aliases)]

    assert len(set(names)) == len(names)
    used = {name for i in library() for name in i.needs}
    assert {name for name, m in measures().items() if m.region is None} <= used


@pytest.mark.parametrize(
    ("name", "facts", "percent"),
    [
        ("预算执行率", {"预算完成数": D(90), "预算数": D(120)}, D(75)),
        ("预算调整率", {"预算调整数": D(5), "年初预算数": D(100)}, D(5)),
        ("结转结余变动率", {"结转结余总额": D(80), "上年结转结余总额": D(100)}, D(-20)),
        ("“三公经费”控制率", {"“三公”经费实际支出": D(9), "“三公”经费预算数": D(10)}, D(90)),
        ("总体成本节约率", {"计划成本": D(200), "实际成本": D(150)}, D(25)),
        (
            "人均公用经费变动率",
            {"公用经费实际支出": D(110), "在职人数": D(11), "上年公用经费实际支出": D(80), "上年在职人数": D(10)},
            D(25),
        ),
        ("部门固定资产利用率", {"在用固定资产": D(86), "固定资产总额": D(100)}, D(86)),
    ],
)
def test_computed_by_hand(name: str, facts: dict[str, Decimal], percent: Decimal) -> None:
    indicator = find(name)
    assert indicator is not None

    quotient = indicator.computed(facts)

    assert quotient is not None
    assert percent_of(quotient) == percent


def test_what_a_measure_is_missing_for_is_not_computed() -> None:
    indicator = find("预算执行率")
    assert indicator is not None
    assert indicator.computed({"预算数": D(1)}) is None
    assert percent_of((D(1), D(0))) is None


def test_a_name_in_other_quotation_marks_is_found_and_an_unknown_one_is_not() -> None:
    assert find("三公经费控制率") is find('"三公经费"控制率') is not None
    assert find("幸福指数") is None

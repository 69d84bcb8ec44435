"""The use of results: recommendations with their rule, and a list that is tracked to closure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mingsuan.performance.evaluation import Evaluation, evaluate
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Plan, PlannedProject
from mingsuan.performance.results import Advice, recommendations, to_rectify, tracked
from mingsuan.performance.scoring import Spending
from tests.performance.aims import aim, shown

D = Decimal
AIMS = (aim("产出指标", "数量", "100次"), aim("效益指标", "效果", "明显"), aim("满意度指标", "满意度", "≥90%"))


def evaluated(done: int, spent: int, *, names: tuple[str, ...] = ("甲项目",), effect: str = "明显") -> Evaluation:
    plan = Plan("某局", 2023, None, (), tuple(PlannedProject(name, D(100_000), AIMS) for name in names))
    values = dict([shown("数量", done, "次"), shown("效果", effect), shown("满意度", 90, "%")])
    spending = {keyed(name): Spending(D(100_000), None, D(spent)) for name in names}
    return evaluate(plan, {keyed(name): values for name in names}, spending)


@pytest.mark.parametrize(
    ("done", "spent", "effect", "advice", "amount"),
    [
        (100, 95_000, "明显", Advice.KEEP, D(100_000)),
        (75, 95_000, "明显", Advice.KEEP, D(100_000)),  # 87.00, 良: nothing is cut
        (100, 60_000, "明显", Advice.REDUCE, D(60_000)),  # spent too little
        (60, 95_000, "基本明显", Advice.REDUCE, D(80_000)),  # 9.5 + 30 + 21 + 10 = 70.50, 中: a fifth less
        (10, 95_000, "不明显", Advice.STOP, D(0)),  # 9.5 + 5 + 9 + 10 = 33.50, 差
    ],
)
def test_what_is_recommended(done: int, spent: int, effect: str, advice: Advice, amount: Decimal) -> None:
    (found,) = recommendations(evaluated(done, spent, effect=effect))

    assert (found.advice, found.amount) == (advice, amount)
    assert found.rule
    assert found.basis


def test_projects_that_may_be_one_thing_are_to_be_merged() -> None:
    found = recommendations(evaluated(100, 95_000, names=("信息系统运行维护经费", "信息系统运行维护专项经费")))

    assert [r.advice for r in found] == [Advice.MERGE, Advice.MERGE]
    assert "信息系统运行维护专项经费" in found[0].rule


def test_projects_that_share_a_year_and_a_word_are_not_one_thing() -> None:
    found = recommendations(evaluated(100, 95_000, names=("2024年会议费", "2024年培训费", "2024年差旅费")))

    assert {r.advice for r in found} == {Advice.KEEP}


def test_an_item_stays_the_same_when_the_numbers_move() -> None:
    one, other = (to_rectify(evaluated(done, 95_000)) for done in (150, 180))

    assert [item.key for item in one] == [item.key for item in other]
    assert one[0].what != other[0].what
    assert tracked(other, one)[0].what == other[0].what


def test_an_incomplete_score_leads_to_no_recommendation() -> None:
    plan = Plan("某局", 2023, None, (), (PlannedProject("甲", D(1), AIMS),))

    (found,) = recommendations(evaluate(plan, {}, {}))

    assert (found.advice, found.amount) == (Advice.WAIT, None)
    assert "100" in found.rule


def test_what_is_to_be_put_right_is_tracked_until_it_is_closed() -> None:
    found = to_rectify(evaluated(50, 95_000))
    register = tuple(replace(item, done="已补办", closed=date(2024, 3, 1)) for item in found)

    assert [item.open for item in found] == [True]
    assert all(not item.open for item in tracked((), register))
    again = tracked(found, register)
    assert all(item.open and item.what.endswith("（再次出现）") for item in again)


def test_an_open_item_keeps_owner_and_due_date_from_the_register() -> None:
    (first, *_) = to_rectify(evaluated(50, 95_000))
    register = (replace(first, owner="张科", due=date(2024, 6, 30)),)

    assert (tracked((first,), register)[0].owner, tracked((first,), register)[0].due) == ("张科", date(2024, 6, 30))

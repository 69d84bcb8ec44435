"""Monitoring: lights with their reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingsuan.performance.monitoring import Light, Watched, monitor
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Plan, PlannedProject
from mingsuan.performance.scoring import Spending
from tests.performance.aims import aim, shown

D = Decimal
MID = date(2023, 6, 30)  # 181 of 365 days


def watched(target: str, name: str, value: object = None, unit: str = "", at: date = MID) -> Watched:
    plan = Plan("某局", 2023, None, (), (PlannedProject("项目", D(100), (aim("产出指标", name, target),)),))
    evidence = {keyed("项目"): dict([shown(name, value, unit)])} if value is not None else {}  # type: ignore[arg-type]
    (project,) = monitor(plan, evidence, {}, at).projects
    return project.targets[0]


@pytest.mark.parametrize(
    ("target", "name", "value", "unit", "light"),
    [
        ("4000本", "编印数量", 2000, "本", Light.GREEN),
        ("4000本", "编印数量", 1700, "本", Light.YELLOW),
        ("4000本", "编印数量", 500, "本", Light.RED),
        ("≥98%", "接通率", 98, "%", Light.GREEN),
        ("≥98%", "接通率", 90, "%", Light.YELLOW),
        ("≥98%", "接通率", 50, "%", Light.RED),
        ("≥56人", "岗位人员", 50, "人", Light.YELLOW),
        ("≥50000通", "月接话数量", 52000, "通", Light.GREEN),
        ("≥50000通", "月接话数量", 30000, "通", Light.RED),
        ("100%", "预算执行率", 50, "%", Light.GREEN),
        ("≤10万元", "总成本", 4, "万元", Light.GREEN),
        ("≤10万元", "总成本", 7, "万元", Light.RED),
        ("健全", "制度", "健全", "", Light.GREEN),
        ("健全", "制度", "基本健全", "", Light.YELLOW),
        ("≥规范", "自评", 1, "", Light.GREY),
    ],
)
def test_the_light_of_a_target_at_mid_year(target: str, name: str, value: object, unit: str, light: Light) -> None:
    found = watched(target, name, value, unit)

    assert found.light is light
    assert found.reason


def test_what_adds_up_is_projected_to_the_end_of_the_year() -> None:
    assert watched("4000本", "编印数量", 1810, "本").projected == 3650
    assert watched("≥98%", "接通率", 97, "%").projected == 97


def test_a_deadline_that_is_over_without_a_report_is_red() -> None:
    assert watched("2023年5月底前", "完成时间").light is Light.RED
    assert watched("2023年12月31日前", "完成时间").light is Light.GREY


@pytest.mark.parametrize(
    ("spending", "light", "says"),
    [
        (Spending(D(100), None, D(50)), Light.GREEN, "相符"),
        (Spending(D(100), None, D(40)), Light.YELLOW, "慢于"),
        (Spending(D(100), None, D(10)), Light.RED, "明显慢于"),
        (Spending(D(100), None, D(110)), Light.RED, "超过预算"),
        (Spending(D(100), D(200), D(100)), Light.GREEN, "50.0%"),
        (Spending(D(100)), Light.GREY, "没有支出数"),
        (Spending(None, None, D(1)), Light.GREY, "没有预算数"),
    ],
)
def test_the_light_of_spending(spending: Spending, light: Light, says: str) -> None:
    plan = Plan("某局", 2023, None, (), (PlannedProject("项目", D(100), ()),))
    (project,) = monitor(plan, {}, {keyed("项目"): spending}, MID).projects

    assert project.money.light is light
    assert says in project.money.reason


def test_spending_is_projected_to_the_end_of_the_year() -> None:
    plan = Plan("某局", 2023, None, (), (PlannedProject("项目", D(365), ()),))
    (project,) = monitor(plan, {}, {keyed("项目"): Spending(D(365), None, D(181))}, MID).projects

    assert project.money.projected == 365

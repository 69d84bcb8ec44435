"""Narratives of thousands of sentences: what is looked up is looked up once, so that work grows with their length and not its square."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from types import FrameType

import mingsuan
from mingsuan.checking.check import merged
from mingsuan.model import Disclosure, Finding, Level, Side
from mingsuan.places import Place

HEAD = "# 2021年郑州市示例办公室部门预算说明\n\n## 一、收入支出预算总体情况说明\n\n"
SHORT, LONG = 20, 80
"""Paragraphs of the two that are compared."""
GROWS = 1.6
"""How much more than in proportion work may grow: what is compared with its neighbours only, and sorted, stays far below."""


def wrong(paragraphs: int) -> Disclosure:
    """A narrative whose every paragraph contradicts itself: shares, sums and rates."""
    rng = random.Random(1)

    def number() -> str:
        return f"{rng.uniform(10, 99):.2f}"

    said = (
        f"2021年支出预算{number()}万元，其中：基本支出{number()}万元，占{number()}%；项目支出{number()}万元，占{number()}%。"
        f"收入预算{number()}万元，比2020年减少{number()}万元，下降{number()}%。"
        for _ in range(paragraphs)
    )
    return mingsuan.read((HEAD + "\n\n".join(said)).encode(), name="例.md")


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made


def test_the_work_of_rules_grows_with_the_narrative() -> None:
    rules = ["NAR101", "NAR104", "NAR105", "NAR106"]
    short, long = wrong(SHORT), wrong(LONG)
    mingsuan.check(short, select=rules)
    few = calls(lambda: mingsuan.check(short, select=rules))
    many = calls(lambda: mingsuan.check(long, select=rules))
    assert many < few * LONG / SHORT * GROWS


def test_findings_of_one_cause_are_joined_in_one_go() -> None:
    def found(number: int) -> list[Finding]:
        return [Finding("NAR106", Level.WARNING, "不符。", (Side(Place("例", line=n), "叙述", "1"),), "1", "2") for n in range(number)]

    short, long = found(500), found(2000)
    (one,) = merged(long)
    assert one.message == "不符（另有1999处同样）。"
    assert [side.place.line for side in one.sides] == list(range(2000))
    assert calls(lambda: merged(long)) < calls(lambda: merged(short)) * 4 * GROWS

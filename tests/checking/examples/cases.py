"""What a case is, and what those of several chapters are built of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mingsuan.model import Disclosure
from tests.checking.builders import disclosure, indicators, narrative, table

Build = Callable[[], Disclosure]
EXPENDITURE = ["科目编码/类", "科目编码/款", "科目编码/项", "单位代码", "单位（科目名称）", "合计"]
KINDS = ["单位（科目名称）", "合计", "基本支出/小计", "项目支出/小计", "项目支出/其他运转类"]


@dataclass(frozen=True)
class Case:
    """A disclosure that breaks a rule and one that does not."""

    wrong: Build
    right: Build


def told(wrong: str, right: str) -> Case:
    """A case of a sentence."""
    return Case(lambda: disclosure(sections=narrative(wrong)), lambda: disclosure(sections=narrative(right)))


def targeted(wrong: tuple[str, ...], right: tuple[str, ...]) -> Case:
    """A case of an indicator with its target."""
    return Case(lambda: disclosure(indicators(wrong)), lambda: disclosure(indicators(right)))


def called(text: str) -> Disclosure:
    """What 示例市规划和自然资源局 discloses."""
    return replace(disclosure(sections=narrative(text)), department="示例市规划和自然资源局")


def titled(title: str) -> Disclosure:
    """Two tables, the second under a given title."""
    return disclosure(
        table("revenue_expenditure_overview", ["收入/项目"], [["一、一般公共预算"]]),
        table("revenue_overview", ["单位代码"], [["003"]], title=title),
        contents=("一、部门收支总体情况表", "二、部门收入总体情况表"),
    )

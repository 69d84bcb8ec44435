"""Sections that the list of contents names and the text does not have."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.model import Disclosure, Section
from mingsuan.places import Place
from tests.checking.builders import DIALECT, disclosure

LISTED = ("部门概况", "主要职责", "机构设置", "部门预算情况说明", "政府采购情况", "国有资产占用情况", "预算绩效情况")


def told(*titles: str, text: str = "没有。", contents: tuple[str, ...] = LISTED) -> list[str]:
    parts = [Section(t, None, 1 if "部分" in t else 2, Place("例.txt"), text, t) for t in titles]
    made: Disclosure = disclosure(sections=parts, contents=contents)
    return [f.expected for f in check(made, DIALECT, ("FORM116",)).findings]


FULL = (
    "第一部分 部门概况",
    "一、主要职责",
    "二、机构设置",
    "第二部分 2023年部门预算情况说明",
    "一、政府采购情况说明",
    "二、国有资产占用情况",
    "三、预算绩效情况",
)


def test_what_is_listed_and_written_is_in_order() -> None:
    assert told(*FULL) == []


@pytest.mark.parametrize("lost", [1, 2, 4, 5])
def test_a_section_that_is_lost_between_two_others_is_told(lost: int) -> None:
    assert told(*(t for n, t in enumerate(FULL) if n != lost)) == [f"正文有“{LISTED[lost]}”"]


def test_a_section_under_other_words_may_be_the_one_that_is_listed() -> None:
    assert told(*(t.replace("国有资产占用情况", "车辆和设备") for t in FULL)) == []


def test_a_paragraph_that_begins_with_the_words_is_the_section() -> None:
    assert told(*(t for t in FULL if "国有" not in t), text="（三）国有资产占用情况。共有车辆2辆。") == []


def test_the_part_that_holds_the_tables_needs_no_heading() -> None:
    contents = (*LISTED[:3], "2023年部门预算表", *LISTED[3:])
    assert told(*FULL, contents=contents) == []


def test_a_list_that_words_the_sections_its_own_way_tells_nothing() -> None:
    contents = ("部门概况", "职能", "人员", "编制说明", "政府采购情况", "国有资产占用情况", "绩效")
    assert told(*FULL, contents=contents) == []

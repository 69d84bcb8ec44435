"""Documents that contradict themselves thousands of times, or hold too much: bounded work, and what was left out is said."""

from __future__ import annotations

import random
import re

import pytest

import mingsuan
from mingsuan.checking import bounds
from mingsuan.identities import LOCALISED_AT_MOST
from mingsuan.model import Report, Status
from tests.checking.made_up import COVER, classes, functions
from tests.hanging import no_hang


def checked(text: str) -> Report:
    with no_hang():
        return mingsuan.check(mingsuan.read(text.encode(), name="例"))


def not_executed(report: Report, obligation: str) -> list[str]:
    return [r.reason for r in report.receipts if r.status is Status.NOT_EXECUTED and r.obligation == obligation]


def test_more_contradictions_than_can_be_searched_are_told_by_table_and_the_search_is_said_to_be_left_out() -> None:
    report = checked(COVER + functions(random.Random(1)))
    (why,) = not_executed(report, "FIG101 查找有误的数字")
    assert f"超过逐个查找的上限{LOCALISED_AT_MOST}项" in why
    told = [f for f in report.findings if f.code == "FIG101"]
    assert len(told) == 1
    assert "项关系同时不成立" in told[0].message
    assert not told[0].repairs


def test_a_document_that_is_searched_says_nothing_of_a_limit() -> None:
    assert not not_executed(checked(COVER + functions(random.Random(1))[:2000]), "FIG101 查找有误的数字")


def test_the_table_of_too_many_amounts_is_left_out_and_said_and_the_others_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(2)
    few, others = ("\n".join(table(rng).split("\n")[:100]) for table in (functions, classes))
    text = f"{COVER}{few}\n\n{others}"
    monkeypatch.setattr(bounds, "CELLS_AT_MOST", 300)
    report = checked(text)
    (why,) = not_executed(report, "识别表格")
    assert re.match("没有核对：全文有1[0-9]{3}个金额格，超过一次核对的上限300个，其中这张表有8[0-9]{2}个", why)
    assert {r.about for r in report.receipts if r.obligation == "识别表格"} == {"表“部门支出总体情况表”"}
    assert any(r.status is Status.FAILED for r in report.receipts if "一般公共预算基本支出表" in r.obligation)

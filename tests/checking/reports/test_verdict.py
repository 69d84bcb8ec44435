"""The first words say whether it passed; what was not checked never passes."""

from __future__ import annotations

import pytest

from mingsuan.checking.reports.verdict import verdict
from mingsuan.checking.summary import summary
from mingsuan.model import Disclosure, Finding, Level, Receipt, Report, Status

OK = Receipt("FIG101 合计", Status.PASSED)
SKIPPED = Receipt("FIG102 一致", Status.NOT_EXECUTED, "规则执行中断")


@pytest.mark.parametrize(
    ("levels", "receipts", "state", "words"),
    [
        ([Level.ERROR, Level.WARNING], [OK], "failed", "没有通过：1处错误须改正"),
        ([Level.WARNING], [OK], "clean", "没有发现错误：1项核对通过"),
        ([], [OK, SKIPPED], "clean", "没有发现问题：1项核对通过"),
        ([], [SKIPPED], "unknown", "不能判断：没有一项核对得以完成"),
        ([], [], "unknown", "不能判断：没有一项核对得以完成"),
    ],
)
def test_the_answer(levels: list[Level], receipts: list[Receipt], state: str, words: str) -> None:
    report = Report(tuple(Finding("FIG101", level, "不符") for level in levels), tuple(receipts))
    told = verdict(summary(report, Disclosure()))
    assert (told.state, told.words) == (state, words)
    assert any("没有核对" in line for line in told.lines) == (SKIPPED in receipts)

"""The first words say whether it passed; what was not checked never passes."""

from __future__ import annotations

import pytest

from mingsuan.checking.reports.verdict import verdict
from mingsuan.checking.summary import printed_wrong, summary
from mingsuan.model import OTHER_TEXT, Disclosure, Finding, Level, Receipt, Repair, Report, Status
from mingsuan.places import NOWHERE

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
def test_the_answer_says_how_many_errors_stand_or_what_passed(levels: list[Level], receipts: list[Receipt], state: str, words: str) -> None:
    report = Report(tuple(Finding("FIG101", level, "不符") for level in levels), tuple(receipts))
    told = verdict(summary(report, Disclosure()))
    assert (told.state, told.words) == (state, words)
    assert any("没有核对" in line for line in told.lines) == (SKIPPED in receipts)


@pytest.mark.parametrize(("levels", "words"), [([Level.ERROR], "第一份没有通过：1处错误须改正"), ([], "第一份没有发现问题：1项核对通过")])
def test_another_text_in_the_file_is_said_first(levels: list[Level], words: str) -> None:
    other = Receipt("识别文件", Status.NOT_EXECUTED, "文件里有两份公开文本（甲局、乙局），只核对了第一份", about=OTHER_TEXT)
    report = Report(tuple(Finding("FIG101", level, "不符") for level in levels), (OK, other))
    told = verdict(summary(report, Disclosure()))
    assert told.words == words
    assert told.lines[0] == "文件里有两份公开文本（甲局、乙局），只核对了第一份。"


def test_of_a_repair_of_two_numbers_both_are_told_as_printed() -> None:
    repairs = (Repair(NOWHERE, "甲", "5.00", "4.00", ""), Repair(NOWHERE, "乙", "3.00", "2.00", ""))
    assert printed_wrong(Finding("FIG105", Level.ERROR, "不符", observed="5.00", expected="4.00、2.00", repairs=repairs)) == "5.00、3.00"
    assert printed_wrong(Finding("FIG105", Level.ERROR, "不符", observed="5.00", expected="4.00或2.00", repairs=repairs)) == "5.00"

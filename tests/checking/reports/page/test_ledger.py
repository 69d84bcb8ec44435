"""A thousand receipts are summed up by chapter and rule, and none gets lost."""

from __future__ import annotations

from mingsuan.checking.reports.page.ledger import NAMED, READING, chapter_of, ledger
from mingsuan.model import Receipt, Status

PASSED = [Receipt("FIG101 合计等于各部分之和：《甲表》", Status.PASSED, "4项关系全部成立", rule="FIG101", about="甲表")]
FAILED = [Receipt("FIG101 合计等于各部分之和：《乙表》", Status.FAILED, "1个问题", rule="FIG101", about="乙表")]
IDLE = [
    Receipt("TEXT102 模板二选一的词只留一个", Status.NOT_APPLICABLE, "只有标题", rule="TEXT102", about=f"第{n}部分")
    for n in range(NAMED + 5)
]
UNREAD = [Receipt("识别表格", Status.NOT_EXECUTED, "没有识别", about="第3个表")]


def test_receipts_are_counted_by_chapter_and_rule() -> None:
    chapters = {c.name: c for c in ledger([*PASSED, *IDLE, *FAILED, *UNREAD])}
    assert set(chapters) == {chapter_of("FIG101"), chapter_of("TEXT102"), READING}
    figures = chapters[chapter_of("FIG101")]
    (rule,) = figures.rules
    assert rule.heading.startswith("FIG101 ")
    assert "甲表" not in rule.heading
    assert (rule.counts[Status.PASSED], rule.counts[Status.FAILED]) == (1, 1)
    assert [line.names for line in rule.lines] == [("乙表（1个问题）",), ("甲表（4项关系全部成立）",)]


def test_no_receipt_is_lost() -> None:
    receipts = [*PASSED, *IDLE, *FAILED, *UNREAD]
    assert sum(len(line.names) + line.more for c in ledger(receipts) for r in c.rules for line in r.lines) == len(receipts)
    assert sum(count for c in ledger(receipts) for count in c.counts.values()) == len(receipts)


def test_what_had_nothing_to_look_at_comes_last() -> None:
    assert [c.applies for c in ledger([*IDLE, *PASSED])] == [True, False]


def test_a_rule_that_is_not_known_here_has_a_chapter() -> None:
    assert ledger([Receipt("XX1 外来的规则", Status.PASSED, rule="XX1")])[0].name

"""Reports hold everything that a report must hold, safely and within the width."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.checking.report_html import report_html
from mingsuan.checking.report_text import report_text
from mingsuan.folding import columns, wrapped
from mingsuan.model import Disclosure, Finding, Level, Receipt, Repair, Report, Side, Status
from mingsuan.model.json import report_to_json
from mingsuan.places import Place

FINDING = Finding(
    "NAR101",
    Level.ERROR,
    "“减少620.38万元，下降25.52%”应为下降20.33%，错在以当年数2430.88万元为分母",
    (Side(Place(line=96), "收入预算增减率", "“下降25.52%”<b>"),),
    "25.52%",
    "20.33%",
    "5.19个百分点",
    (Repair(Place(line=96), "增减率", "25.52%", "20.33%", "按上年数重算"),),
    ("620.38÷3051.26＝20.33%",),
    "算术",
    True,
)
REPORT = Report(
    (FINDING,),
    (
        Receipt("NAR101 增减百分比以上年数为基数", Status.FAILED, "1个问题"),
        Receipt("NAR105 占比等于部分除以总数", Status.NOT_EXECUTED, "规则执行中断"),
        Receipt("NAR106 列出的各项之和等于总数", Status.PASSED),
    ),
)
DISCLOSURE = Disclosure("示例市某局", "示例省示例市", 2021)


def test_the_text_report_shows_both_sides_and_what_was_not_checked() -> None:
    text = report_text(REPORT, DISCLOSURE)
    for words in (
        "示例市某局2021年部门预算",
        "错误1个，警告0个，提示0个",
        "通过1，有问题1，不适用0，未执行1",
        "规则执行中断",
        "第96行",
        "20.33%",
        "算术",
        "文件转换",
    ):
        assert words in text


def test_the_text_report_keeps_to_the_width() -> None:
    assert all(columns(line) <= 62 for line in report_text(REPORT, DISCLOSURE, width=60).splitlines())


def test_a_report_without_findings_says_so() -> None:
    assert "没有发现问题" in report_text(Report(), DISCLOSURE)
    assert "没有发现问题" in report_html(Report(), DISCLOSURE)


def test_only_a_terminal_gets_colour() -> None:
    assert "\x1b" not in report_text(REPORT, DISCLOSURE)
    assert "\x1b" in report_text(REPORT, DISCLOSURE, colour=True)


def test_json_holds_what_other_tools_rely_on() -> None:
    data = report_to_json(REPORT)
    (finding,) = json.loads(json.dumps(data, ensure_ascii=False))["findings"]
    wanted = {
        "code",
        "level",
        "message",
        "places",
        "observed",
        "expected",
        "difference",
        "repairs",
        "witnesses",
        "basis",
        "conversion_suspected",
        "fingerprint",
    }
    assert wanted <= set(finding)
    assert finding["repairs"][0].keys() >= {"place", "from", "to", "operation"}
    assert [r["status"] for r in data["receipts"]] == ["failed", "not_executed", "passed"]


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200), st.integers(40, 80))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert "".join(lines) == text

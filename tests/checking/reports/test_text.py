"""Reports hold everything that a report must hold, safely and within the width."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.checking.reports.html import report_html
from mingsuan.checking.reports.text import report_text
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


def test_the_text_report_answers_at_the_top_and_at_the_end() -> None:
    lines = report_text(REPORT, DISCLOSURE).splitlines()
    assert lines[1] == lines[-1]
    assert lines[1].startswith("✗ 没有通过：1处错误须改正。")
    assert "还有1项没有核对，不算通过" in lines[-1]


def test_cells_are_named_by_row_and_column_and_what_the_fix_says_is_not_said_again() -> None:
    side = Side(Place(line=3), "《收入表》·合计·本年收入", "12.00万元")
    one = replace(FINDING, sides=(side,), fix="核对原始数据，确认后把25.52%改为20.33%。")
    text = report_text(Report((one,)), DISCLOSURE)
    assert "第3行 《收入表》“合计”行“本年收入”列：12.00万元" in text
    assert "应为：" not in text


def test_a_long_chain_of_reasons_is_cut_and_counted() -> None:
    chain = tuple(f"第{n}项关系不成立" for n in range(1, 21))
    text = report_text(Report((replace(FINDING, witnesses=chain),)), DISCLOSURE)
    assert text.count("理由：") == 6
    assert "理由：……共20条，其余从略" in text
    known = report_text(Report((replace(FINDING, witnesses=(*chain, "……共173项关系不成立，其余从略")),)), DISCLOSURE)
    assert "理由：……共173项关系不成立，其余从略" in known


def test_a_doubt_that_most_findings_share_is_explained_once() -> None:
    several = Report(tuple(replace(FINDING, observed=f"{n}%") for n in range(5)))
    text, page = report_text(several, DISCLOSURE, width=200), report_html(several, DISCLOSURE)
    assert text.count("请先对照原件") == 2  # at the top and at the end
    assert text.count("（疑为转换）") == 5
    assert "<b>注意</b>" not in page
    assert report_text(REPORT, DISCLOSURE).count("请先对照原件") == 1


def test_what_was_not_checked_of_one_table_is_counted_without_codes() -> None:
    why = "没有读到这张表"
    lacking = tuple(Receipt(f"CODE10{n} 规则{n}", Status.NOT_EXECUTED, why, rule=f"CODE10{n}", about="支出表") for n in range(4))
    assert "支出表（4项核对）：没有读到这张表" in report_text(Report((), lacking), DISCLOSURE)


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

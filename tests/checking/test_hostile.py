"""Texts of up to 100 kB that look like budgets and are not: reading and checking them ends, with a report or a clear message."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mingsuan
from mingsuan.model import Status
from mingsuan.reading.document import UnreadableFile
from tests.checking.made_up import COVER, amount, classes, functions
from tests.hanging import no_hang

LIMIT = 100_000


def projects(rng: random.Random) -> str:
    """Hundreds of projects, some of one name."""
    head = (
        "## 项目支出预算表\n\n单位：万元\n\n"
        "类型\t项目名称\t项目单位\t合计\t本年拨款\t\t\t财政拨款结转结余\t\t\t财政专户管理资金\t单位资金\n"
        "\t\t\t\t一般公共预算\t政府性基金预算\t国有资本经营预算\t一般公共预算\t政府性基金预算\t国有资本经营预算\t\t\n"
    )
    lines = ("\t".join(["其他运转类", f"项目{rng.randint(1, 500)}", "示例办公室", *(amount(rng) for _ in range(9))]) for _ in range(900))
    return head + "\n".join(lines)


def _check(text: str) -> None:
    with no_hang():
        try:
            found = mingsuan.read(text.encode("utf-8", "ignore")[:LIMIT], name="例")
        except UnreadableFile as error:
            assert error.what and error.remedy
            return
        report = mingsuan.check(found)
    assert not [r for r in report.receipts if r.status is Status.NOT_EXECUTED and "中断" in r.reason]


@pytest.mark.parametrize("table", [functions, projects, classes])
def test_tables_of_hundreds_of_rows_that_agree_with_nothing_are_checked(table: object) -> None:
    assert callable(table)
    _check(COVER + table(random.Random(1)))


pieces = st.sampled_from(
    [
        COVER,
        "## 部门收支总体情况表\n单位：万元\n",
        "收入\t\t支出\t\n项目\t金额\t项目\t金额\n",
        "一、一般公共预算\t12.5\t一、一般公共服务\t12.50\n",
        "本年收入合计\t-3\t本年支出合计\t９９\n",
        "一、收入支出预算总体情况说明\n\n2023年收入总计10万元，比2022年增加0万元，增长100%。\n",
        "其中：甲5万元，乙6万元；（一）（二）（二）\n",
        "16人×260元×8天×12个月=37.6万元，\n",
        "\t\t\t\n",
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出 | 数量 | 次数 | ≥规范 |\n",
        "≥",
        "附件：\n",
        "第三部分 名词解释\n一、财政拨款：指",
    ]
)


@settings(max_examples=25)
@given(st.lists(pieces | st.text(max_size=12), max_size=40), st.integers(1, 200))
def test_any_text_is_refused_or_checked(parts: list[str], times: int) -> None:
    text = "".join(parts)
    _check(text * min(times, LIMIT // max(1, len(text.encode("utf-8", "ignore"))) + 1))

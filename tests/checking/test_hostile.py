"""Texts of up to 100 kB that look like budgets and are not: reading and checking them ends, with a report or a clear message."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mingsuan
from mingsuan.model import Status
from mingsuan.reading.document import UnreadableFile
from tests.hanging import no_hang

COVER = "# 2023年郑州市示例办公室部门预算公开\n\n"
LIMIT = 100_000


def _amount(rng: random.Random) -> str:
    return f"{rng.random() * 1000:.1f}" if rng.random() < 0.7 else ""


def functions(rng: random.Random) -> str:
    """Hundreds of classes whose figures agree with nothing."""
    head = (
        "## 部门支出总体情况表\n\n单位：万元\n\n"
        "科目编码\t\t\t单位代码\t单位（科目名称）\t合计\t基本支出\t\t\t\t\t项目支出\t\t\n"
        "类\t款\t项\t\t\t\t小计\t工资福利支出\t对个人和家庭的补助\t商品和服务支出\t资本性支出\t小计\t其他运转类\t特定目标类\n"
    )
    lines = (
        "\t".join([str(rng.randint(201, 234)), f"{rng.randint(1, 99):02d}", f"{rng.randint(1, 99):02d}", "", "科目"])
        + "\t"
        + "\t".join(_amount(rng) for _ in range(9))
        for _ in range(900)
    )
    return head + "\n".join(lines)


def projects(rng: random.Random) -> str:
    """Hundreds of projects, some of one name."""
    head = (
        "## 项目支出预算表\n\n单位：万元\n\n"
        "类型\t项目名称\t项目单位\t合计\t本年拨款\t\t\t财政拨款结转结余\t\t\t财政专户管理资金\t单位资金\n"
        "\t\t\t\t一般公共预算\t政府性基金预算\t国有资本经营预算\t一般公共预算\t政府性基金预算\t国有资本经营预算\t\t\n"
    )
    lines = ("\t".join(["其他运转类", f"项目{rng.randint(1, 500)}", "示例办公室", *(_amount(rng) for _ in range(9))]) for _ in range(900))
    return head + "\n".join(lines)


def classes(rng: random.Random) -> str:
    """Hundreds of pairs of economic classes, most of them unknown."""
    head = (
        "## 一般公共预算基本支出表\n\n单位：万元\n\n"
        "部门预算支出经济分类科目\t\t政府预算支出经济分类科目编码\t\t本年一般公共预算基本支出\t\t\n"
        "科目编码\t科目名称\t科目编码\t科目名称\t合计\t人员经费\t公用经费\n"
    )
    lines = (
        "\t".join([f"30{rng.randint(1, 9)}{rng.randint(1, 99):02d}", "科目", f"50{rng.randint(1, 9)}{rng.randint(1, 99):02d}", "科目"])
        + "\t"
        + "\t".join(_amount(rng) for _ in range(3))
        for _ in range(900)
    )
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

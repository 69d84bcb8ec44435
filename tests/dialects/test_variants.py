"""What found tables may print otherwise than the form: parts for their total, columns in place of others."""

from __future__ import annotations

from mingsuan.dialects.dialect import load
from mingsuan.dialects.forms import Sum
from mingsuan.dialects.names import relative


def test_a_part_that_is_not_printed_is_stood_for_by_its_own_parts() -> None:
    inner = Sum("拨款", ("一般", "基金"))
    whole = Sum("合计", ("拨款", "其他"))
    assert whole.over({"合计", "一般", "其他"}, (inner, whole)).parts == ("一般", "基金", "其他")
    assert whole.over({"合计", "拨款", "一般", "其他"}, (inner, whole)).parts == ("拨款", "其他")
    assert whole.over({"合计", "其他"}, (inner, whole)).parts == ("拨款", "其他")


def test_a_form_is_filled_without_its_variants() -> None:
    form = load("national-budget").by_kind["general_budget_expenditure"]
    variants = {c.path for c in form.columns if c.variant}
    assert {"科目编码/类", "上年执行数", "单位代码"} <= variants
    assert {c.path for c in form.plain.columns} == {c.path for c in form.columns} - variants
    assert not any(variants & {s.total, *s.parts} for b in form.plain.blocks for s in b.sums)


def test_years_in_headings_are_named_relative_to_the_later_one() -> None:
    assert relative("2023年执行数", 2024) == "上年执行数"
    assert relative("2024年预算数比2023年执行数", 2024) == "本年预算数比上年执行数"
    assert relative("预算数", 2024) == "预算数"

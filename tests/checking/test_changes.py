"""Columns of changes from one year to the next."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.model import Report, Status
from tests.reading.tabular import disclosure, grid

DIALECT = load("national-budget")


def _checked(*changes: str) -> Report:
    """A general budget of three classes against what was spent the year before, with the printed changes of each row."""
    amounts = ("310.00｜330.00｜200.00｜130.00", "100.00｜110.00｜110.00｜", "90.00｜100.00｜40.00｜60.00", "120.00｜120.00｜50.00｜70.00")
    keys = ("合计｜", "201｜一般公共服务支出", "205｜教育支出", "208｜社会保障和就业支出")
    rows = "\n".join("｜".join(row) for row in zip(keys, amounts, changes, strict=True))
    head = """
    功能分类科目｜｜2023年执行数｜2024年预算数｜｜｜2024年预算数比2023年执行数｜
    科目编码｜科目名称｜｜小计｜基本支出｜项目支出｜增减额｜增减%
    """
    text = f"一般公共预算支出表\n\n单位：万元\n\n{grid(head)}\n{grid(rows)}\n"
    return check(disclosure(text, title="某某市示例局2024年部门预算"), DIALECT, ("FIG303",))


RIGHT = ("20.00｜6.45%", "10.00｜10.00%", "10.00｜11.11%", "0.00｜0.00%")


def test_changes_that_follow_pass() -> None:
    report = _checked(*RIGHT)
    assert report.findings == ()
    assert {r.status for r in report.receipts} == {Status.PASSED}


@pytest.mark.parametrize(
    ("printed", "expected"), [("10.00｜12.00%", "10.00%"), ("11.00｜10.00%", "10.00万元"), ("10.00｜-10.00%", "10.00%")]
)
def test_a_change_that_does_not_follow_is_found(printed: str, expected: str) -> None:
    (finding,) = _checked(RIGHT[0], printed, *RIGHT[2:]).findings
    assert finding.code == "FIG303"
    assert finding.expected == expected


def test_a_column_that_compares_something_else_is_not_checked() -> None:
    report = _checked("50.00｜18.52%", "30.00｜37.50%", "5.00｜5.26%", "15.00｜14.29%")
    assert report.findings == ()
    assert any("比的是哪两列" in r.reason for r in report.receipts)

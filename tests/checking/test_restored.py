"""Findings about tables restored from text without its grid."""

from __future__ import annotations

import mingsuan
from mingsuan.checking.restored import with_doubt
from mingsuan.model import Disclosure, Finding, Level, Side, Table, Unrecognised
from mingsuan.places import Place
from mingsuan.reading.flattened.marks import RESTORED, UNSETTLED

FORM = """
2023年一般公共预算基本支出表
部门名称：某局 单位：万元
部门预算支出经济分类科目 政府预算支出经济分类科目编码 本年一般公共预算基本支出
科目编码 科目名称 科目编码 科目名称 合计 人员经费 公用经费
合计 60.00 30.00 30.00
30101 基本工资 50101 工资奖金津补贴 30.00 30.00
30201 办公费 50201 办公经费 10.00 10.00
30202 印刷费 50201 办公经费 20.00 20.00
"""


def disclosure(*unsure: Place) -> Disclosure:
    table = Table("x", "某表", "万元", (), (), Place("例.txt", line=5, end_line=9), repairs=(RESTORED,))
    open_rows = tuple(Unrecognised("“1.00”所在的栏", f"{UNSETTLED}：甲；乙", place) for place in unsure)
    return Disclosure(tables=(table,), unrecognised=open_rows)


def finding(line: int, code: str = "FIG101") -> Finding:
    return Finding(code, Level.ERROR, "不符", (Side(Place("例.txt", line=line, column=3), "合计", "1.00"),))


def test_a_finding_in_a_restored_table_says_that_the_conversion_may_be_the_cause() -> None:
    inside, outside = with_doubt([finding(6), finding(12)], disclosure())
    assert inside.conversion_suspected and inside.level is Level.ERROR
    assert not outside.conversion_suspected


def test_what_is_said_of_texts_alone_is_no_error() -> None:
    (found,) = with_doubt([finding(6, "PERF101")], disclosure())
    assert (found.level, found.conversion_suspected) == (Level.WARNING, True)


def test_a_finding_about_an_unsettled_row_only_informs() -> None:
    (found,) = with_doubt([finding(6)], disclosure(Place("例.txt", line=6, column=1)))
    assert (found.level, found.conversion_suspected) == (Level.INFO, True)


def test_a_dump_that_adds_up_has_no_error_and_one_that_does_not_has_one() -> None:
    good = mingsuan.check(mingsuan.read(FORM.encode(), name="例.txt"))
    wrong = mingsuan.check(mingsuan.read(FORM.replace("30.00 30.00\n30101", "30.00 31.00\n30101").encode(), name="例.txt"))
    assert not [f for f in good.findings if f.level is Level.ERROR]
    assert [f.conversion_suspected for f in wrong.findings if f.level is Level.ERROR] == [True]

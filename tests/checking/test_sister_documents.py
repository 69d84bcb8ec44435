"""Slips that documents of one kind share: what is said without a base, in another place of the sentence, in a longer title."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import all_dialects, load
from mingsuan.model import Disclosure, Finding
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.read import disclosure_of

FINAL = """上海市示例区档案馆2024年度部门决算

第三部分 上海市示例区档案馆2024年度部门决算情况说明

七、财政拨款“三公”经费支出决算情况说明

{}
"""
BUDGET = """上海市示例区2026年区级部门预算

预算主管部门：上海市示例区档案馆

{}
"""


def read(text: str) -> Disclosure:
    return disclosure_of(read_text(text.encode(), "例.txt"), all_dialects())


def found(text: str, code: str) -> list[Finding]:
    disclosure = read(text)
    dialect = load(disclosure.dialect) if disclosure.dialect else None
    return [f for f in check(disclosure, dialect).findings if f.code == code]


SAID = "2024年度公务接待费支出与上年相比有变化；公务接待费支出决算减少0.41万元，{}13.77%。"


@pytest.mark.parametrize(("word", "count"), [("下降", 0), ("增长", 1)])
def test_a_change_and_its_rate_go_the_same_way_also_where_no_base_is_told(word: str, count: int) -> None:
    assert len(found(FINAL.format(SAID.format(word)), "NAR102")) == count


SHARES = "“三公”经费支出决算中，因公出国（境）费支出决算0.00万元，占0.00%；公务用车购置及运行维护费支出决算23.36万元，占{}%。"


@pytest.mark.parametrize(("share", "count"), [("100.00", 0), ("103.99", 1)])
def test_no_part_is_more_than_its_whole_also_where_the_whole_is_not_told(share: str, count: int) -> None:
    assert len(found(FINAL.format(SHARES.format(share)), "NAR105")) == count


@pytest.mark.parametrize("end", ["（项）", "（项）”", "预算数"])
def test_a_figure_is_missing_after_the_name_of_a_class_too(end: str) -> None:
    text = "2026年部门预算编制说明\n\n1. “一般公共服务支出（类）档案事务（款）行政运行{}{}万元，主要用于机关运行。"
    assert found(BUDGET.format(text.format(end, "")), "TEXT104")
    assert not found(BUDGET.format(text.format(end, "120.50")), "TEXT104")


TABLE = """{}年部门支出预算总表

单位：元

项目\t\t\t\t支出预算\t\t
类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出
合计\t\t\t\t500\t300\t200"""


@pytest.mark.parametrize(("year", "count"), [(2026, 0), (2025, 1)])
def test_the_title_of_an_overview_bears_the_year_of_the_document(year: int, count: int) -> None:
    assert len(found(BUDGET.format("2026年部门预算编制说明\n\n" + TABLE.format(year)), "TEXT108")) == count


FORM = """财政项目支出绩效目标申报表

（2026年度）\t\t\t
项目名称\t档案数字化经费\t项目类别\t经常性项目
预算单位\t上海市示例区档案馆\t具体实施处（科）室\t业务科
项目总预算（元）\t500,000\t项目当年预算（元）\t500,000
年度绩效目标\t全面完成年度任务。\t\t
一级指标\t二级指标\t三级指标\t指标目标值
产出指标\t数量指标\t扫描数量\t≥5000页
\t质量指标\t验收合格率\t{}
满意度指标\t服务对象满意度指标\t服务对象满意度\t≥90%"""


@pytest.mark.parametrize(("value", "count"), [("=100%", 0), ("≥规范", 1)])
def test_a_form_is_one_table_under_the_line_of_its_year(value: str, count: int) -> None:
    text = BUDGET.format(TABLE.format(2026) + "\n\n" + FORM.format(value))
    (table,) = (t for t in read(text).tables if t.kind == "project_performance_form")
    assert table.title == "财政项目支出绩效目标申报表" and len(table.rows) == 4
    assert len(found(text, "PERF101")) == count


ITEM = "2026年部门预算编制说明\n\n1. 机关运行。{}"
BOTH = "2025年当年预算执行数为500.00万元，2026年预算安排450.00万元，比2025年预算执行数减少10.00%。"


def test_a_sentence_that_tells_both_years_does_not_take_one_for_the_other() -> None:
    table = TABLE.format(2026).replace("500\t300\t200", "5,000,000\t3,000,000\t2,000,000")
    assert not found(BUDGET.format(ITEM.format(BOTH) + "\n\n" + table), "TEXT124")

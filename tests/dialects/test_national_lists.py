"""What strangers list: projects under their classes, purchases, assets, targets, both economic classifications side by side."""

from __future__ import annotations

import pytest

from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.indicators.listing import SUMMARY, indicators
from tests.dialects.strangers import BUDGET, FINAL, told
from tests.reading.tabular import disclosure, grid, titled

MIXED = titled(
    "一般公共预算项目支出预算表",
    """
    科目编码｜｜｜单位代码｜单位名称（项目）｜金额
    类｜款｜项｜｜｜
    ｜｜｜｜合计｜80.00
    224｜01｜06｜301001｜安全监管｜50.00
    224｜01｜06｜301001｜宣传经费｜20.00
    224｜01｜06｜301001｜检查经费｜30.00
    224｜01｜09｜301001｜应急管理｜30.00
    224｜01｜09｜301001｜演练经费｜30.00
    """,
)
UNCODED = titled(
    "一般公共预算财政拨款项目支出决算表",
    """
    科目编码｜科目名称（项目）｜金额
    ｜合计｜80.00
    2240106｜安全监管｜50.00
    ｜宣传经费｜20.00
    ｜检查经费｜30.00
    2240109｜应急管理｜30.00
    ｜演练经费｜30.00
    """,
)
PURCHASES = titled(
    "部门政府采购预算表",
    """
    单位名称｜采购项目｜采购品目｜数量｜计量单位｜金额
    合计｜｜｜｜｜90.00
    示例局｜｜｜｜｜60.00
    示例局｜设备购置｜台式计算机｜10｜台｜20.00
    示例局｜用房维修｜房屋修缮｜1｜项｜40.00
    示例中心｜｜｜｜｜30.00
    示例中心｜物业服务｜物业管理服务｜1｜年｜30.00
    """,
)
PURCHASES_BY_SORT = titled(
    "政府采购预算表",
    """
    采购项目｜采购品目名称｜采购预算｜｜｜｜资金来源｜
    ｜｜合计｜货物类｜工程类｜服务类｜一般公共预算｜单位资金
    合计｜｜90.00｜20.00｜40.00｜30.00｜80.00｜10.00
    设备购置｜台式计算机｜20.00｜20.00｜｜｜20.00｜
    用房维修｜房屋修缮｜40.00｜｜40.00｜｜40.00｜
    物业服务｜物业管理服务｜30.00｜｜｜30.00｜20.00｜10.00
    """,
)
NESTED_PURCHASES = titled(
    "政府采购支出预算表",
    """
    采购品目大类｜专项名称｜经济科目｜采购物品名称｜采购组织形式｜总计
    合计｜｜｜｜｜90.00
    一、货物A｜｜｜｜｜50.00
    ｜设备购置费｜办公设备购置｜｜｜50.00
    ｜｜｜台式计算机｜自行采购｜20.00
    ｜｜｜复印机｜自行采购｜30.00
    三、服务C｜｜｜｜｜40.00
    ｜物业管理费｜物业管理费｜｜｜40.00
    ｜｜｜物业管理服务｜自行采购｜40.00
    """,
)
ASSETS = titled(
    "新增资产配置表",
    """
    资产类别｜资产名称｜数量｜单价｜金额
    合计｜｜18｜｜12.40
    通用设备｜台式计算机｜10｜0.60｜6.00
    通用设备｜便携式计算机｜8｜0.80｜6.40
    """,
)
CROSSWALK = titled(
    "支出经济分类汇总表",
    """
    部门预算经济分类｜｜｜政府预算经济分类｜｜｜总计｜一般公共预算｜｜政府性基金｜上年结转结余
    类｜款｜科目名称｜类｜款｜科目名称｜｜小计｜其中：财政拨款｜｜
    ｜｜合计｜｜｜｜60.00｜52.00｜50.00｜｜8.00
    301｜01｜基本工资｜501｜01｜工资奖金津补贴｜40.00｜40.00｜40.00｜｜
    302｜01｜办公费｜502｜01｜办公经费｜20.00｜12.00｜10.00｜｜8.00
    """,
)
BY_GOVERNMENT_CLASS = titled(
    "支出预算分类汇总表（按政府预算经济分类）",
    """
    科目编码｜科目名称｜总计｜机关工资福利支出｜机关商品和服务支出｜机关资本性支出（一）｜对事业单位经常性补助｜对个人和家庭的补助
    ｜合计｜60.00｜40.00｜12.00｜5.00｜｜3.00
    205｜教育支出｜60.00｜40.00｜12.00｜5.00｜｜3.00
    20502｜普通教育｜60.00｜40.00｜12.00｜5.00｜｜3.00
    2050203｜初中教育｜60.00｜40.00｜12.00｜5.00｜｜3.00
    """,
)
BY_DEPARTMENT_CLASS = titled(
    "支出预算分类汇总表（按部门预算经济分类）",
    """
    科目编码｜科目名称｜总计｜基本支出｜｜｜项目支出｜｜
    ｜｜｜小计｜工资福利支出｜商品和服务支出｜小计｜商品和服务支出｜资本性支出
    ｜合计｜60.00｜48.00｜40.00｜8.00｜12.00｜7.00｜5.00
    205｜教育支出｜60.00｜48.00｜40.00｜8.00｜12.00｜7.00｜5.00
    20502｜普通教育｜60.00｜48.00｜40.00｜8.00｜12.00｜7.00｜5.00
    2050203｜初中教育｜60.00｜48.00｜40.00｜8.00｜12.00｜7.00｜5.00
    """,
)
BY_INCOME_ITEM = titled(
    "收入预算总表",
    """
    项目名称｜｜金额
    收入总计｜｜68.00
    一般公共预算资金｜小计｜50.00
    ｜财政拨款（补助）资金｜48.00
    ｜专项收入｜2.00
    政府性基金｜小计｜
    财政专户管理资金｜小计｜
    其他资金｜小计｜10.00
    ｜事业收入｜6.00
    ｜经营收入｜
    ｜其他收入｜4.00
    上年结转和结余资金｜小计｜8.00
    """,
)
FISCAL_BY_KIND = titled(
    "财政拨款收支总表",
    """
    收入｜｜支出｜
    项目｜预算数｜项目｜预算数
    一、一般公共预算｜50.00｜一、基本支出｜38.00
    二、政府性基金预算｜12.00｜二、项目支出｜24.00
    收入合计｜62.00｜支出合计｜62.00
    """,
)
BY_NATURE = titled(
    "单位财务收支预算总表",
    """
    收入｜｜支出｜｜｜｜
    项目｜预算数｜项目｜预算数｜｜｜
    ｜｜｜合计｜基本支出｜｜项目支出
    ｜｜｜｜人员经费｜公用经费｜
    一、财政拨款收入｜60.00｜一、教育支出｜45.00｜30.00｜5.00｜10.00
    1、一般公共预算资金｜60.00｜二、卫生健康支出｜15.00｜15.00｜｜
    收入总计｜60.00｜支出总计｜60.00｜45.00｜5.00｜10.00
    """,
)
BY_ECONOMIC_CLASS = titled(
    "支出预算分类汇总表（按部门预算经济分类）",
    """
    科目编码｜科目名称｜总计｜工资福利支出｜商品和服务支出｜对个人和家庭的补助｜资本性支出
    ｜合计｜96.00｜50.00｜36.00｜4.00｜6.00
    205｜教育支出｜96.00｜50.00｜36.00｜4.00｜6.00
    20502｜普通教育｜96.00｜50.00｜36.00｜4.00｜6.00
    2050203｜初中教育｜60.00｜50.00｜｜4.00｜6.00
    2050204｜高中教育｜36.00｜｜36.00｜｜
    """,
)
BASIC_BY_ECONOMIC = titled(
    "部门基本支出表",
    """
    经济科目编码｜经济科目名称｜基本支出总计｜资金来源｜
    ｜｜｜一般公共预算拨款｜其他资金
    ｜合计｜60.00｜54.00｜6.00
    301｜工资福利支出｜50.00｜48.00｜2.00
    30101｜基本工资｜38.00｜38.00｜
    30102｜津贴补贴｜12.00｜10.00｜2.00
    302｜商品和服务支出｜10.00｜6.00｜4.00
    30201｜办公费｜10.00｜6.00｜4.00
    """,
)
PROJECTS_TOTAL_LAST = titled(
    "部门项目支出预算表",
    """
    项目分类｜项目名称｜功能科目编码｜功能科目名称｜总额｜一般公共预算｜政府性基金
    专项业务类｜宣传经费｜2240106｜安全监管｜20.00｜20.00｜
    专项业务类｜演练经费｜2240109｜应急管理｜16.00｜16.00｜
    合　计｜｜｜｜36.00｜36.00｜
    """,
)
YEARS_OF_A_UNIT = titled(
    "财政拨款“三公”经费支出情况表",
    """
    预算单位｜年度｜“三公”经费财政拨款预算总额｜因公出国（境）费用｜公务接待费｜公务用车购置和运行维护费｜｜
    ｜｜｜｜｜小计｜公务用车购置费｜公务用车运行维护费
    示例局｜2023年｜9.00｜0.00｜4.00｜5.00｜0.00｜5.00
    示例局｜2024年｜8.00｜0.00｜3.00｜5.00｜0.00｜5.00
    """,
)
LISTS = [
    (BUDGET, BY_ECONOMIC_CLASS, "expenditure_overview_by_economic_class", "高中教育｜36.00", "高中教育｜39.00"),
    (BUDGET, BASIC_BY_ECONOMIC, "basic_expenditure_by_economic", "津贴补贴｜12.00", "津贴补贴｜21.00"),
    (BUDGET, PROJECTS_TOTAL_LAST, "project_expenditure", "应急管理｜16.00", "应急管理｜61.00"),
    (BUDGET, YEARS_OF_A_UNIT, "three_public_expenses_by_year", "2024年｜8.00", "2024年｜8.80"),
    (BUDGET, MIXED, "general_budget_project_expenditure", "宣传经费｜20.00", "宣传经费｜29.00"),
    (FINAL, UNCODED, "general_budget_project_expenditure_by_function", "宣传经费｜20.00", "宣传经费｜29.00"),
    (BUDGET, PURCHASES, "government_procurement", "台｜20.00", "台｜26.00"),
    (BUDGET, PURCHASES_BY_SORT, "government_procurement", "台式计算机｜20.00", "台式计算机｜26.00"),
    (BUDGET, NESTED_PURCHASES, "government_procurement", "自行采购｜20.00", "自行采购｜26.00"),
    (BUDGET, ASSETS, "new_assets", "0.60｜6.00", "0.60｜9.00"),
    (BUDGET, CROSSWALK, "economic_classification_summary", "工资奖金津补贴｜40.00", "工资奖金津补贴｜46.00"),
    (BUDGET, BY_GOVERNMENT_CLASS, "expenditure_overview_by_government_class", "初中教育｜60.00", "初中教育｜66.00"),
    (BUDGET, BY_DEPARTMENT_CLASS, "expenditure_overview_by_department_class", "初中教育｜60.00", "初中教育｜66.00"),
    (BUDGET, BY_INCOME_ITEM, "revenue_overview_by_item", "收入总计｜｜68.00", "收入总计｜｜86.00"),
    (BUDGET, FISCAL_BY_KIND, "fiscal_appropriation_overview_by_kind", "收入合计｜62.00", "收入合计｜26.00"),
    (BUDGET, BY_NATURE, "revenue_expenditure_overview_by_nature", "45.00｜30.00", "45.00｜36.00"),
]


@pytest.mark.parametrize(("title", "text", "kind", "right", "wrong"), LISTS, ids=[f"{row[2]}-{n}" for n, row in enumerate(LISTS)])
def test_a_list_is_read_whole_and_a_slip_in_it_is_found(title: str, text: str, kind: str, right: str, wrong: str) -> None:
    found = disclosure(text, title=title)
    (table,) = found.tables
    assert table.kind == kind
    assert found.dialect is not None
    assert understand(found, load(found.dialect)).unknown == ()
    assert told(found) == []
    changed = text.replace(grid(right), grid(wrong), 1)
    assert changed != text
    assert told(disclosure(changed, title=title)) != []


def test_a_class_and_the_projects_under_it_are_told_apart() -> None:
    keys = [row.key and (row.key.function, row.key.project) for row in disclosure(MIXED, title=BUDGET).tables[0].rows]
    first, last = ("2240106", None), ("2240109", None)
    assert keys == [None, first, ("2240106", "宣传经费"), ("2240106", "检查经费"), last, ("2240109", "演练经费")]


def test_a_reprinted_unit_is_the_one_above_not_another() -> None:
    found = disclosure(PURCHASES.replace(grid("示例局｜｜｜｜｜60.00\n"), ""), title=BUDGET)
    assert told(found) == []


FLAT = titled(
    "项目支出绩效目标表",
    """
    单位名称｜项目名称｜项目年度绩效目标｜一级指标｜二级指标｜三级指标｜指标性质｜指标值｜度量单位
    示例局｜检查经费｜完成检查任务｜产出指标｜数量指标｜检查次数｜≥｜12｜次
    ｜｜｜｜质量指标｜检查合格率｜≥｜98｜%
    ｜演练经费｜完成演练｜产出指标｜数量指标｜演练场次｜＝｜4｜场
    ｜｜｜满意度指标｜服务对象满意度指标｜群众满意度｜定性｜满意｜
    """,
)


def test_a_list_of_projects_and_their_targets_holds_indicators() -> None:
    found = disclosure(FLAT, title=BUDGET)
    listed = [(i.kind, i.project, i.first, i.second, i.name, i.target.text) for i in indicators(found)]
    assert listed == [
        (SUMMARY, "检查经费", "产出指标", "数量指标", "检查次数", "≥12次"),
        (SUMMARY, "检查经费", "产出指标", "质量指标", "检查合格率", "≥98%"),
        (SUMMARY, "演练经费", "产出指标", "数量指标", "演练场次", "＝4场"),
        (SUMMARY, "演练经费", "满意度指标", "服务对象满意度指标", "群众满意度", "满意"),
    ]


OVERALL = titled(
    "部门整体支出绩效目标表",
    """
    部门（单位）名称｜｜示例局｜｜｜｜
    年度主要任务｜任务名称｜主要内容｜｜预算金额（万元）｜｜
    ｜｜｜｜总额｜财政拨款｜其他资金
    ｜安全检查｜开展检查｜｜50.00｜50.00｜0.00
    ｜应急演练｜组织演练｜｜30.00｜20.00｜10.00
    ｜金额合计｜｜｜80.00｜70.00｜10.00
    年度总体目标｜保障机构正常运转，完成各项任务。｜｜｜｜｜
    年度绩效指标｜一级指标｜二级指标｜三级指标｜｜指标值｜
    ｜产出指标｜数量指标｜检查次数｜｜≥12次｜
    ｜满意度指标｜服务对象满意度指标｜群众满意度｜｜≥98%｜
    """,
)


def test_the_tasks_of_a_department_add_up_and_its_targets_are_read() -> None:
    found = disclosure(OVERALL, title=BUDGET)
    assert [i.name for i in indicators(found)] == ["检查次数", "群众满意度"]
    assert told(found) == []
    wrong = OVERALL.replace(grid("金额合计｜｜｜80.00"), grid("金额合计｜｜｜90.00"))
    assert told(disclosure(wrong, title=BUDGET)) != []
    more = OVERALL.replace(grid("50.00｜50.00｜0.00"), grid("50.00｜55.00｜0.00"))
    assert told(disclosure(more, title=BUDGET)) != []


def test_a_list_that_lacks_a_project_of_another_table_is_incomplete_not_misread() -> None:
    projects = titled(
        "项目支出表",
        """
        项目名称｜项目单位｜合计｜一般公共预算
        合计｜｜90.00｜90.00
        检查经费｜示例局｜50.00｜50.00
        演练经费｜示例局｜30.00｜30.00
        宣传经费｜示例局｜10.00｜10.00
        """,
    )
    targets = titled(
        "项目绩效目标汇总表",
        """
        单位编码（项目编码）｜项目单位（项目名称）｜项目金额（万元）｜｜绩效目标｜
        ｜｜资金总额｜政府预算资金｜产出指标｜
        ｜｜｜｜三级指标｜指标值
        001｜示例局｜90.00｜90.00｜｜
        410000000000000001｜检查经费｜50.00｜50.00｜检查次数｜≥12次
        410000000000000002｜演练经费｜30.00｜30.00｜演练场次｜≥4场
        """,
    )
    messages = told(disclosure(projects, targets, title=BUDGET))
    assert any("没有列全" in message and "宣传经费" in message for message in messages)

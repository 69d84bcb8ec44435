"""Tables of strangers beyond the usual nine: services bought, transfers, debt, assets, running costs, lists of units.

Each is read whole, holds what it states, and a slip in it is found.
"""

from __future__ import annotations

import pytest

from tests.dialects.strangers import BUDGET, FINAL, assert_read_whole_and_checked, strange, told
from tests.reading.tabular import disclosure, grid, titled

SERVICES = titled(
    "部门政府购买服务预算表",
    """
    预算项目｜购买服务项目｜政府购买服务指导性目录代码｜购买内容简述｜资金来源｜｜
    ｜｜｜｜合计｜一般公共预算｜单位资金
    合计｜｜｜｜60.00｜50.00｜10.00
    信息化运维｜机房运维服务｜B0901｜机房日常运维｜40.00｜40.00｜
    课题研究｜调查研究服务｜B0401｜开展专题调查｜20.00｜10.00｜10.00
    """,
)
SERVICES_BY_CATALOGUE = titled(
    "政府购买服务预算财政拨款明细表",
    """
    指导性目录｜｜｜购买服务项目｜购买服务内容｜预算金额
    一级｜二级｜三级｜｜｜
    政府履职辅助性服务｜技术服务｜检测服务｜机房运维｜机房日常运维｜40.00
    政府履职辅助性服务｜技术服务｜检测服务｜专题调查｜开展专题调查｜20.00
    合计｜｜｜｜｜60.00
    """,
)
TRANSFERS = titled(
    "对市县转移支付预算表",
    """
    序号｜市县名称｜合计｜一般性转移支付｜专项转移支付
    ｜合计｜60.00｜40.00｜20.00
    1｜东山县｜35.00｜25.00｜10.00
    2｜西河县｜25.00｜15.00｜10.00
    """,
)
TRANSFERS_BY_PROJECT = titled(
    "专项转移支付预算表",
    """
    科目编码｜科目名称｜项目名称｜合计｜一般公共预算｜政府性基金预算
    ｜合计｜｜60.00｜50.00｜10.00
    2130135｜农业生态资源保护｜耕地保护补助｜40.00｜30.00｜10.00
    2130135｜农业生态资源保护｜病虫害防治补助｜20.00｜20.00｜
    """,
)
DEBT = titled(
    "政府债务情况表",
    """
    债务类别｜年初余额｜本年新增｜本年偿还｜年末余额
    合计｜100.00｜30.00｜20.00｜110.00
    一般债务｜60.00｜10.00｜5.00｜65.00
    专项债务｜40.00｜20.00｜15.00｜45.00
    """,
)
DEBT_SERVICE = titled(
    "债务还本付息支出预算表",
    """
    项目名称｜债券类型｜合计｜还本支出｜付息支出
    合计｜｜66.00｜60.00｜6.00
    城区道路改造｜一般债券｜44.00｜40.00｜4.00
    污水处理厂｜专项债券｜22.00｜20.00｜2.00
    """,
)
DEBT_BY_KIND = titled(
    "地方政府债务支出预算表",
    """
    项目｜预算数
    一、一般债务支出｜44.00
    （一）还本支出｜40.00
    （二）付息支出｜4.00
    二、专项债务支出｜22.00
    （一）还本支出｜20.00
    （二）付息支出｜2.00
    合计｜66.00
    """,
)
DEBT_BY_FUNCTION = titled(
    "债务支出表",
    """
    科目编码｜科目名称｜合计｜债务还本支出｜债务付息支出
    ｜合计｜66.00｜60.00｜6.00
    231｜债务还本支出｜60.00｜60.00｜
    23103｜地方政府一般债务还本支出｜60.00｜60.00｜
    232｜债务付息支出｜6.00｜｜6.00
    23203｜地方政府一般债务付息支出｜6.00｜｜6.00
    """,
)
ASSETS = titled(
    "国有资产占有使用情况表",
    """
    项目｜资产总额｜流动资产｜固定资产｜｜｜｜｜对外投资/有价证券｜在建工程｜无形资产
    ｜｜｜小计｜房屋构筑物｜车辆｜单价200万元以上大型设备｜其他固定资产｜｜｜
    合计｜100.00｜20.00｜60.00｜30.00｜10.00｜5.00｜15.00｜8.00｜7.00｜5.00
    示例局本级｜70.00｜15.00｜40.00｜20.00｜8.00｜5.00｜7.00｜8.00｜4.00｜3.00
    示例中心｜30.00｜5.00｜20.00｜10.00｜2.00｜｜8.00｜｜3.00｜2.00
    """,
)
ASSETS_LISTED = titled(
    "国有资产占用情况表",
    """
    项目｜计量单位｜数量｜价值
    资产总额｜万元｜｜100.00
    一、流动资产｜万元｜｜20.00
    二、固定资产｜万元｜｜60.00
    1.房屋｜平方米｜3200.00｜30.00
    2.汽车｜辆｜4｜10.00
    3.单价50万元以上的设备｜台（套）｜2｜5.00
    4.其他固定资产｜｜｜15.00
    三、对外投资｜万元｜｜8.00
    四、在建工程｜万元｜｜7.00
    五、无形资产｜万元｜｜5.00
    """,
)
OPERATING = titled(
    "部门机关运行经费预算表",
    """
    单位名称｜合计｜办公费｜水费｜差旅费｜其他费用
    合计｜60.00｜20.00｜8.00｜12.00｜20.00
    示例局本级｜40.00｜15.00｜5.00｜8.00｜12.00
    示例执法队｜20.00｜5.00｜3.00｜4.00｜8.00
    """,
)
OPERATING_BY_ITEM = titled(
    "机关运行经费支出情况表",
    """
    项目｜2023年预算数｜2024年预算数
    机关运行经费合计｜50.00｜60.00
    办公费｜15.00｜20.00
    水费｜7.00｜8.00
    差旅费｜10.00｜12.00
    其他费用｜18.00｜20.00
    """,
)
PROJECTS = titled(
    "一般公共预算项目支出表",
    """
    功能科目编码｜功能科目名称｜项目名称｜合计｜本年预算｜上年结转
    ｜合计｜｜60.00｜50.00｜10.00
    2240106｜安全监管｜检查经费｜40.00｜30.00｜10.00
    2240109｜应急管理｜演练经费｜20.00｜20.00｜
    """,
)
PROJECTS_BY_CLASS = titled(
    "一般公共预算项目支出预算表",
    """
    单位名称｜项目名称｜合计｜工资福利支出｜商品和服务支出｜资本性支出
    合计｜｜60.00｜5.00｜40.00｜15.00
    示例局｜检查经费｜40.00｜5.00｜20.00｜15.00
    示例局｜演练经费｜20.00｜｜20.00｜
    """,
)
BY_GOVERNMENT = titled(
    "部门支出总表（按政府预算支出经济分类）",
    """
    科目编码｜科目名称｜合计｜基本支出｜项目支出
    ｜合计｜60.00｜40.00｜20.00
    501｜机关工资福利支出｜30.00｜30.00｜
    502｜机关商品和服务支出｜25.00｜10.00｜15.00
    503｜机关资本性支出（一）｜5.00｜｜5.00
    """,
)
BOTH_CLASSES = titled(
    "支出预算经济分类表",
    """
    部门预算支出经济分类｜｜｜政府预算支出经济分类｜｜
    科目编码｜科目名称｜金额｜科目编码｜科目名称｜金额
    ｜合计｜60.00｜｜合计｜60.00
    301｜工资福利支出｜30.00｜501｜机关工资福利支出｜30.00
    302｜商品和服务支出｜25.00｜502｜机关商品和服务支出｜25.00
    310｜资本性支出｜5.00｜503｜机关资本性支出（一）｜5.00
    """,
)
WITH_RESERVE = titled(
    "支出总表",
    """
    科目编码｜科目名称｜合计｜基本支出｜项目支出｜单位预留机动经费｜结转下年资金
    ｜合计｜60.00｜40.00｜15.00｜3.00｜2.00
    224｜灾害防治及应急管理支出｜60.00｜40.00｜15.00｜3.00｜2.00
    22401｜应急管理事务｜60.00｜40.00｜15.00｜3.00｜2.00
    2240101｜行政运行｜60.00｜40.00｜15.00｜3.00｜2.00
    """,
)
ACCOUNT = titled(
    "财政专户管理资金支出表",
    """
    科目编码｜科目名称｜合计｜基本支出｜项目支出
    ｜合计｜60.00｜40.00｜20.00
    205｜教育支出｜60.00｜40.00｜20.00
    20502｜普通教育｜60.00｜40.00｜20.00
    2050204｜高中教育｜60.00｜40.00｜20.00
    """,
)
CAPITAL = titled(
    "国有资本经营预算收支表",
    """
    收入｜｜支出｜
    项目｜预算数｜项目｜预算数
    一、国有资本经营预算拨款收入｜60.00｜一、解决历史遗留问题及改革成本支出｜50.00
    二、上年结转｜｜二、国有企业资本金注入｜10.00
    收入总计｜60.00｜支出总计｜60.00
    """,
)
FUND = titled(
    "政府性基金预算收支表",
    """
    收入｜｜支出｜｜｜
    项目｜预算数｜功能科目｜合计｜基本支出｜项目支出
    一、本年收入｜50.00｜城乡社区支出｜60.00｜｜60.00
    政府性基金预算拨款｜50.00｜｜｜｜
    二、上年结转｜10.00｜｜｜｜
    收入总计｜60.00｜支出总计｜60.00｜｜60.00
    """,
)
UNITS = titled(
    "部门支出分单位汇总表",
    """
    单位名称｜合计｜基本支出｜｜｜项目支出
    ｜｜小计｜人员经费｜公用经费｜
    合计｜60.00｜40.00｜30.00｜10.00｜20.00
    示例局本级｜35.00｜25.00｜18.00｜7.00｜10.00
    示例中心｜25.00｜15.00｜12.00｜3.00｜10.00
    """,
)
UNITS_IN_AND_OUT = titled(
    "部门所属单位收支预算汇总表",
    """
    单位代码｜单位名称｜收入预算｜｜｜支出预算｜｜
    ｜｜合计｜一般公共预算｜单位资金｜合计｜人员经费｜项目支出
    ｜合计｜60.00｜50.00｜10.00｜60.00｜40.00｜20.00
    356001｜示例局本级｜35.00｜30.00｜5.00｜35.00｜25.00｜10.00
    356002｜示例中心｜25.00｜20.00｜5.00｜25.00｜15.00｜10.00
    """,
)
UNITS_OF_BUDGET = titled(
    "所属单位一般公共预算支出汇总表",
    """
    单位编码｜单位名称｜一般公共预算支出合计｜基本支出｜项目支出
    356001｜示例局本级｜35.00｜25.00｜10.00
    356002｜示例中心｜25.00｜15.00｜10.00
    ｜合计｜60.00｜40.00｜20.00
    """,
)
BY_LEVEL = titled(
    "收入总表",
    """
    单位代码｜单位名称｜总计｜本年收入｜｜｜｜｜上年结转
    ｜｜｜合计｜一般公共预算｜｜｜政府性基金预算｜
    ｜｜｜｜小计｜本级财力｜上级提前下达｜｜
    ｜合计｜60.00｜55.00｜45.00｜30.00｜15.00｜10.00｜5.00
    356001｜示例局本级｜35.00｜32.00｜25.00｜20.00｜5.00｜7.00｜3.00
    356002｜示例中心｜25.00｜23.00｜20.00｜10.00｜10.00｜3.00｜2.00
    """,
)
TABLES = [
    (BUDGET, SERVICES, "purchased_services", "40.00｜40.00｜", "46.00｜40.00｜"),
    (BUDGET, SERVICES_BY_CATALOGUE, "purchased_services", "机房日常运维｜40.00", "机房日常运维｜46.00"),
    (BUDGET, TRANSFERS, "transfers_by_region", "东山县｜35.00", "东山县｜53.00"),
    (BUDGET, TRANSFERS_BY_PROJECT, "transfers_by_project", "40.00｜30.00｜10.00", "46.00｜30.00｜10.00"),
    (BUDGET, DEBT, "debt_balances", "一般债务｜60.00", "一般债务｜66.00"),
    (BUDGET, DEBT_SERVICE, "debt_service", "44.00｜40.00｜4.00", "44.00｜46.00｜4.00"),
    (BUDGET, DEBT_BY_KIND, "debt_service_by_kind", "专项债务支出｜22.00", "专项债务支出｜27.00"),
    (BUDGET, DEBT_BY_FUNCTION, "debt_service_by_function", "地方政府一般债务付息支出｜6.00", "地方政府一般债务付息支出｜9.00"),
    (BUDGET, ASSETS, "assets_held", "示例中心｜30.00", "示例中心｜33.00"),
    (FINAL, ASSETS, "assets_held", "60.00｜30.00", "60.00｜35.00"),
    (BUDGET, ASSETS_LISTED, "assets_held_by_asset", "4｜10.00", "4｜17.00"),
    (FINAL, ASSETS_LISTED, "assets_held_by_asset", "无形资产｜万元｜｜5.00", "无形资产｜万元｜｜8.00"),
    (BUDGET, OPERATING, "operating_cost_by_unit", "示例执法队｜20.00", "示例执法队｜26.00"),
    (BUDGET, OPERATING_BY_ITEM, "operating_cost_by_item", "差旅费｜10.00｜12.00", "差旅费｜10.00｜17.00"),
    (BUDGET, PROJECTS, "general_budget_by_project", "40.00｜30.00｜10.00", "40.00｜36.00｜10.00"),
    (BUDGET, PROJECTS_BY_CLASS, "general_budget_by_project", "演练经费｜20.00", "演练经费｜26.00"),
    (BUDGET, BY_GOVERNMENT, "expenditure_by_government_class", "25.00｜10.00｜15.00", "25.00｜16.00｜15.00"),
    (BUDGET, BOTH_CLASSES, "expenditure_by_both_classes", "机关商品和服务支出｜25.00", "机关商品和服务支出｜52.00"),
    (BUDGET, WITH_RESERVE, "expenditure_overview_by_kind_with_reserve", "应急管理事务｜60.00｜40.00", "应急管理事务｜60.00｜46.00"),
    (BUDGET, ACCOUNT, "fiscal_account_expenditure", "高中教育｜60.00", "高中教育｜66.00"),
    (BUDGET, CAPITAL, "state_capital_overview", "国有企业资本金注入｜10.00", "国有企业资本金注入｜16.00"),
    (BUDGET, FUND, "government_fund_overview", "上年结转｜10.00", "上年结转｜15.00"),
    (BUDGET, UNITS, "expenditure_by_unit", "示例中心｜25.00｜15.00", "示例中心｜25.00｜18.00"),
    (BUDGET, UNITS_IN_AND_OUT, "unit_overview", "示例中心｜25.00", "示例中心｜29.00"),
    (BUDGET, UNITS_OF_BUDGET, "general_budget_by_unit", "示例中心｜25.00｜15.00", "示例中心｜25.00｜18.00"),
    (BUDGET, BY_LEVEL, "revenue_overview_by_level", "25.00｜20.00｜5.00", "25.00｜26.00｜5.00"),
]


@pytest.mark.parametrize(("title", "text", "kind", "right", "wrong"), TABLES, ids=[f"{row[2]}-{n}" for n, row in enumerate(TABLES)])
def test_a_table_is_read_whole_and_a_slip_in_it_is_found(title: str, text: str, kind: str, right: str, wrong: str) -> None:
    assert_read_whole_and_checked(title, text, kind, right, wrong)


def test_the_departments_own_line_over_its_units_is_the_whole_not_one_more_unit() -> None:
    own = UNITS.replace(grid("示例局本级｜35.00"), grid("示例局｜60.00｜40.00｜30.00｜10.00｜20.00\n示例局本级｜35.00"))
    assert strange(disclosure(own, title=BUDGET)) == ()
    assert told(disclosure(own, title=BUDGET)) == []


def test_a_misprint_in_the_departments_own_line_makes_it_no_unit() -> None:
    own = UNITS.replace(grid("示例局本级｜35.00"), grid("示例局｜60.00｜40.00｜30.00｜10.00｜26.00\n示例局本级｜35.00"))
    said = told(disclosure(own, title=BUDGET))
    assert len(said) == 1
    assert "26.00" in said[0]


def test_a_list_of_classes_without_codes_is_not_taken_for_one_of_units() -> None:
    text = titled(
        "支出总表",
        """
        科目名称｜合计｜基本支出｜项目支出
        合计｜60.00｜40.00｜20.00
        教育支出｜60.00｜40.00｜20.00
        普通教育｜60.00｜40.00｜20.00
        """,
    )
    assert told(disclosure(text, title=BUDGET)) == []


def test_money_of_the_fiscal_account_is_not_read_as_state_capital() -> None:
    kinds = [t.kind for t in disclosure(ACCOUNT + CAPITAL, title=BUDGET).tables]
    assert kinds == ["fiscal_account_expenditure", "state_capital_overview"]


def test_what_is_said_of_which_may_be_less_than_its_whole() -> None:
    text = titled(
        "收入总表",
        """
        科目编码｜科目名称｜合计｜一般公共预算拨款｜其中：提前告知转移支付｜上年结转结余
        ｜合计｜60.00｜50.00｜15.00｜10.00
        205｜教育支出｜60.00｜50.00｜15.00｜10.00
        20502｜普通教育｜60.00｜50.00｜15.00｜10.00
        2050204｜高中教育｜60.00｜50.00｜15.00｜10.00
        """,
    )
    assert told(disclosure(text, title=BUDGET)) == []
    assert told(disclosure(text.replace(grid("高中教育｜60.00｜50.00｜15.00"), grid("高中教育｜60.00｜50.00｜51.00")), title=BUDGET)) != []

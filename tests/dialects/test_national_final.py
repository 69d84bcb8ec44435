"""Final accounts of places without a dialect of their own: the Ministry's forms (公开01—09表)."""

from __future__ import annotations

from functools import partial

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities.derive import derive
from mingsuan.model import Disclosure, Level, Report
from tests.reading.tabular import disclosure, titled

TITLE = "四川省示例市示例局2024年度部门决算"
DIALECT = load("national-final")

printed = partial(titled, unit="金额单位：万元")


GENERAL = printed(
    "一般公共预算财政拨款支出决算表",
    """
    项目｜｜｜｜本年支出｜｜
    功能分类科目编码｜｜｜科目名称｜小计｜基本支出｜项目支出
    类｜款｜项｜栏次｜1｜2｜3
    合计｜｜｜｜90.00｜70.00｜20.00
    201｜｜｜一般公共服务支出｜90.00｜70.00｜20.00
    201｜03｜｜政府办公厅（室）及相关机构事务｜90.00｜70.00｜20.00
    201｜03｜01｜行政运行｜70.00｜70.00｜
    201｜03｜02｜一般行政管理事务｜20.00｜｜20.00
    """,
)
BASIC = printed(
    "一般公共预算财政拨款基本支出决算明细表",
    """
    人员经费｜｜｜公用经费｜｜｜｜｜
    科目编码｜科目名称｜决算数｜科目编码｜科目名称｜决算数｜科目编码｜科目名称｜决算数
    301｜工资福利支出｜50.00｜302｜商品和服务支出｜12.00｜310｜资本性支出｜3.00
    30101｜基本工资｜50.00｜30201｜办公费｜10.00｜31002｜办公设备购置｜3.00
    303｜对个人和家庭的补助｜5.00｜30217｜公务接待费｜2.00｜｜｜
    30302｜退休费｜5.00｜｜｜｜｜｜
    人员经费合计｜｜55.00｜公用经费合计｜｜｜｜｜15.00
    """,
)
THREE = printed(
    "财政拨款“三公”经费支出决算表",
    """
    预算数｜｜｜｜｜｜决算数｜｜｜｜｜
    合计｜因公出国（境）费｜公务用车购置及运行维护费｜｜｜公务接待费｜合计｜因公出国（境）费｜公务用车购置及运行维护费｜｜｜公务接待费
    ｜｜小计｜公务用车购置费｜公务用车运行维护费｜｜｜｜小计｜公务用车购置费｜公务用车运行维护费｜
    1｜2｜3｜4｜5｜6｜7｜8｜9｜10｜11｜12
    6.00｜｜3.00｜｜3.00｜3.00｜4.00｜｜2.00｜｜2.00｜2.00
    """,
    note="注：本表预算数为全年预算数，决算数含以前年度结转资金安排的支出。",
)
FUND = printed(
    "政府性基金预算财政拨款收入支出决算表",
    """
    项目｜｜年初结转和结余｜本年收入｜本年支出｜｜｜年末结转和结余
    功能分类科目编码｜科目名称｜｜｜小计｜基本支出｜项目支出｜
    栏次｜｜1｜2｜3｜4｜5｜6
    合计｜｜｜｜｜｜｜
    """,
    note="本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。",
)
BALANCES = printed(
    "一般公共预算财政拨款收入支出决算表",
    """
    项目｜｜年初结转和结余｜｜｜本年收入｜｜｜本年支出｜｜｜｜｜年末结转和结余｜｜
    功能分类科目编码｜科目名称｜合计｜基本支出结转｜项目支出结转和结余｜合计｜基本支出｜项目支出｜合计｜基本支出｜｜｜项目支出｜合计｜基本支出结转｜项目支出结转和结余
    ｜｜｜｜｜｜｜｜｜小计｜人员经费｜公用经费｜｜｜｜
    合计｜｜2.00｜｜2.00｜92.00｜70.00｜22.00｜90.00｜70.00｜55.00｜15.00｜20.00｜4.00｜｜4.00
    201｜一般公共服务支出｜2.00｜｜2.00｜92.00｜70.00｜22.00｜90.00｜70.00｜55.00｜15.00｜20.00｜4.00｜｜4.00
    """,
)


def read(*parts: str) -> Disclosure:
    found = disclosure(*parts, title=TITLE)
    assert found.dialect == DIALECT.name
    return found


def checked(*parts: str) -> Report:
    return check(read(*parts), DIALECT)


def loud(*parts: str) -> list[str]:
    return [f.code for f in checked(*parts).findings if f.level is not Level.INFO]


def broken(*parts: str) -> set[str]:
    return {v.identity.label for v in derive(understand(read(*parts), DIALECT)).violations()}


def test_tables_that_agree_raise_nothing() -> None:
    assert not loud(GENERAL, BASIC, THREE, FUND)


def test_a_table_that_is_not_published_is_not_called_missing() -> None:
    report = checked(GENERAL)
    assert not [f for f in report.findings if f.code in {"FORM101", "FORM102", "FORM110"}]


def test_codes_in_three_columns_are_whole_codes() -> None:
    (table,) = read(GENERAL).tables
    assert [r.key.function for r in table.rows if r.key] == ["201", "20103", "2010301", "2010302"]


def test_a_list_in_three_columns_is_one_list_whose_total_stands_under_the_last() -> None:
    assert not broken(GENERAL, BASIC)
    assert broken(GENERAL, BASIC.replace("\t15.00", "\t16.00"))


def test_both_measures_of_the_three_costs_add_up_and_only_one_is_compared() -> None:
    assert not broken(BASIC, THREE)
    labels = broken(BASIC, THREE.replace("6.00\t\t3.00", "7.00\t\t3.00"))
    assert labels and all("预算数" in label or "合计" in label for label in labels)


def test_the_general_budget_may_be_printed_with_its_balances() -> None:
    found = read(BALANCES)
    (table,) = found.tables
    assert table.kind == "general_budget_expenditure"
    assert not found.unrecognised
    assert not broken(BALANCES, BASIC)
    assert broken(BALANCES.replace("55.00\t15.00", "56.00\t15.00"), BASIC)


def test_a_table_of_another_fund_is_not_taken_for_one_with_like_columns() -> None:
    found = read(FUND, BALANCES)
    assert [t.kind for t in found.tables] == ["government_fund_expenditure", "general_budget_expenditure"]


THREE_BESIDE_LAST_YEAR = printed(
    "财政拨款“三公”经费支出决算表",
    """
    项目｜全年预算数｜本年决算数｜上年决算数｜比上年增减
    因公出国（境）费｜0.00｜0.00｜0.00｜0.00
    公务接待费｜3.00｜2.00｜1.50｜0.50
    公务用车购置及运行费｜3.00｜2.00｜3.00｜-1.00
    其中：公务用车购置费｜｜｜｜
    公务用车运行维护费｜3.00｜2.00｜3.00｜-1.00
    合计｜6.00｜4.00｜4.50｜-0.50
    """,
)


def test_the_three_costs_may_stand_one_below_another_beside_last_year() -> None:
    found = read(THREE_BESIDE_LAST_YEAR)
    assert [t.kind for t in found.tables] == ["three_public_expenses_listed"]
    assert not loud(BASIC, THREE_BESIDE_LAST_YEAR)
    assert broken(THREE_BESIDE_LAST_YEAR.replace("2.00\t1.50", "2.00\t1.70"))
    assert "FIG303" in loud(THREE_BESIDE_LAST_YEAR.replace("1.50\t0.50", "1.50\t0.60"))


STATE = printed(
    "国有资本经营预算财政拨款支出决算表",
    """
    项目｜｜本年支出｜｜
    功能分类科目编码｜科目名称｜合计｜基本支出｜项目支出
    合计｜｜｜｜
    """,
    note="本部门没有国有资本经营预算财政拨款安排的支出，故本表无数据。",
)


def test_the_form_of_state_capital_lacks_no_columns_that_other_funds_have() -> None:
    assert "FORM107" not in {f.code for f in checked(GENERAL, FUND, STATE).findings}


def test_one_row_for_all_appropriations_stands_for_the_three() -> None:
    text = """
        收入｜｜支出｜
        项目｜决算数｜项目｜决算数
        一、财政拨款收入｜80.00｜一、一般公共服务支出｜90.00
        二、上级补助收入｜｜｜
        三、事业收入｜12.00｜｜
        四、经营收入｜｜｜
        五、附属单位上缴收入｜｜｜
        六、其他收入｜｜｜
        本年收入合计｜92.00｜本年支出合计｜90.00
        用事业基金弥补收支差额｜｜结余分配｜
        年初结转和结余｜｜年末结转和结余｜2.00
        总计｜92.00｜总计｜92.00
        """
    sound = printed("收入支出决算总表", text)
    assert not broken(sound)
    assert broken(sound.replace("12.00", "13.00"))


EVALUATION = printed(
    "项目支出绩效自评表",
    """
    项目名称｜宣传培训经费｜｜｜｜｜｜
    主管部门｜示例局｜｜｜实施单位｜示例局｜｜
    项目资金（万元）｜｜年初预算数｜全年预算数｜全年执行数｜分值｜执行率｜得分
    ｜年度资金总额｜8.00｜8.00｜6.00｜10｜75.00%｜7.50
    ｜其中：当年财政拨款｜8.00｜8.00｜6.00｜-｜75.00%｜-
    一级指标｜二级指标｜三级指标｜年度指标值｜实际完成值｜分值｜得分｜偏差原因分析及改进措施
    产出指标｜数量指标｜培训人数｜≥12人｜14人｜50｜50｜无
    """,
)


def test_the_evaluation_of_one_project_says_nothing_of_all_projects() -> None:
    found = read(GENERAL, EVALUATION)
    assert [t.kind for t in found.tables] == ["general_budget_expenditure", "project_self_evaluation"]
    assert not broken(GENERAL, EVALUATION)

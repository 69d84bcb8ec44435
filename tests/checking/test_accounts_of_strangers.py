"""What final accounts of places without a dialect say in words, against their tables and against what they say elsewhere."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.model import Finding, Level
from tests.reading.tabular import disclosure, titled

TITLE = "云南省示例市示例局2023年度部门决算"
DIALECT = load("national-final")
THREE = "七、财政拨款“三公”经费支出决算情况说明\n\n{}"


HEADS = {
    "一般公共预算财政拨款支出决算表": "本年支出合计｜基本支出｜项目支出",
    "支出决算表": "本年支出合计｜基本支出｜项目支出",
    "收入决算表": "本年收入合计｜财政拨款收入｜其他收入",
}


def accounts(name: str = "住房公积金", title: str = "一般公共预算财政拨款支出决算表") -> str:
    """A table of one item under its class and section."""
    line = "73.06｜73.06｜0.00"
    return titled(
        title,
        f"""
        科目编码｜科目名称｜{HEADS[title]}
        合计｜｜{line}
        221｜住房保障支出｜{line}
        22102｜住房改革支出｜{line}
        2210201｜{name}｜{line}
        """,
    )


def found(code: str, *parts: str) -> tuple[Finding, ...]:
    report = check(disclosure(*parts, title=TITLE), DIALECT, (code,))
    assert not any("执行中断" in r.reason for r in report.receipts), report.receipts
    return tuple(f for f in report.findings if f.code == code)


def told(code: str, *said: str) -> tuple[Finding, ...]:
    """What is found in words beside a table that says what document they are of."""
    return found(code, *said, accounts())


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("公务用车购置费支出0.00万元，本年度购置（更新）公务用车1辆。", True),
        ("公务用车购置费支出0.00万元，本年度购置（更新）公务用车0辆。", False),
        ("公务用车购置费支出17.25万元，购置公务用车0辆。", True),
        ("公务用车购置费支出17.25万元，支付上年购置尾款，购置公务用车0辆。", False),
        ("公务用车运行支出11.15万元。年末公务用车保有量为0辆。", True),
        ("公务用车运行支出11.15万元。年末公务用车保有量为5辆。", False),
        ("公务接待费支出0.00万元，国内公务接待3批次、20人次。", True),
        ("公务接待费支出预算2.00万元，支出决算0.00万元，国内公务接待0批次、0人次。", False),
        ("因公出国（境）费支出0.00万元，参加其他单位组织的出国团组1个、累计1人次。", False),
    ],
)
def test_what_costs_nothing_was_not_bought(said: str, *, wrong: bool) -> None:
    assert bool(told("NAR126", THREE.format(said))) is wrong


@pytest.mark.parametrize(("each", "wrong"), [("2.50", True), ("2.00", False), ("2.01", False)])
def test_an_average_is_cost_over_count(each: str, *, wrong: bool) -> None:
    said = f"公务用车运行维护费支出8.00万元，公务用车保有量4辆，车均运行维护费{each}万元。"
    (*findings,) = told("NAR127", THREE.format(said))
    assert [f.expected for f in findings] == (["2.00万元"] if wrong else [])


FUND = titled(
    "政府性基金预算财政拨款收入支出决算表",
    """
    项目｜｜年初结转和结余｜本年收入｜本年支出｜｜｜年末结转和结余
    科目编码｜科目名称｜｜｜小计｜基本支出｜项目支出｜
    栏次｜｜1｜2｜3｜4｜5｜6
    合计｜｜0.00｜20.00｜20.00｜0.00｜20.00｜0.00
    212｜城乡社区支出｜0.00｜20.00｜20.00｜0.00｜20.00｜0.00
    21208｜国有土地使用权出让收入安排的支出｜0.00｜20.00｜20.00｜0.00｜20.00｜0.00
    2120803｜城市建设支出｜0.00｜20.00｜20.00｜0.00｜20.00｜0.00
    """,
)
NO_FUND = "\n".join(line for line in FUND.split("\n") if not line[:1].isdigit()).replace("20.00", "0.00")


@pytest.mark.parametrize(
    ("said", "table", "wrong"),
    [
        ("本部门2023年度没有政府性基金预算财政拨款收支。", FUND, True),
        ("2023年度无政府性基金预算财政拨款收入支出。", FUND, True),
        ("本部门2023年度没有政府性基金预算财政拨款收支。", NO_FUND, False),
        ("本部门2022年度没有政府性基金预算财政拨款收支。", FUND, False),
        ("示例中心没有政府性基金预算财政拨款支出。", FUND, False),
    ],
)
def test_what_is_said_to_be_none_has_no_amounts(said: str, table: str, *, wrong: bool) -> None:
    assert bool(found("NAR128", f"八、政府性基金预算财政拨款收入支出决算情况说明\n\n{said}", table)) is wrong


COUNTED = titled(
    "“三公”经费、行政参公单位机关运行经费情况表",
    """
    项目｜行次｜预算数｜决算统计数
    一、“三公”经费支出｜1｜—｜—
    （一）支出合计｜2｜8.89｜7.53
    1．因公出国（境）费｜3｜｜
    2．公务用车购置及运行维护费｜4｜5.94｜5.07
    （1）公务用车购置费｜5｜｜
    （2）公务用车运行维护费｜6｜5.94｜5.07
    3．公务接待费｜7｜2.95｜2.46
    （二）相关统计数｜8｜—｜—
    4．公务用车保有量（辆）｜9｜—｜7
    5．国内公务接待批次（个）｜10｜—｜7
    6．国内公务接待人次（人）｜11｜—｜35
    """,
)


@pytest.mark.parametrize(("people", "kept", "expected"), [("35", "7", []), ("53", "7", ["35"]), ("35", "6", ["7"])])
def test_counts_are_those_of_the_table(people: str, kept: str, expected: list[str]) -> None:
    said = f"公务用车保有量为{kept}辆。安排国内公务接待7批次（其中：外事接待0批次），接待人次{people}人（其中：外事接待人次0人）。"
    assert [f.expected for f in found("NAR129", THREE.format(said), COUNTED)] == expected


EVALUATED = titled(
    "项目支出绩效自评表",
    """
    项目名称｜信息化运维｜｜｜｜｜
    主管部门｜示例局｜｜实施单位｜示例局｜｜
    项目资金（万元）｜｜年初预算数｜全年预算数（A）｜全年执行数（B）｜执行率（B/A）｜得分（10分）
    ｜年度资金总额｜80.00｜80.00｜60.00｜75.00%｜7.50
    ｜其中：财政拨款｜80.00｜80.00｜60.00｜75.00%｜—
    ｜其他资金｜0.00｜0.00｜0.00｜—｜—
    一级指标｜二级指标｜三级指标｜年度指标值｜实际完成值｜分值｜得分
    产出指标｜数量指标｜培训人数｜≥20人｜22人｜50｜50
    效益指标｜社会效益指标｜知晓度｜≥85%｜88%｜30｜28
    满意度指标｜服务对象满意度指标｜群众满意度｜≥90%｜93%｜10｜10
    总分｜｜｜｜｜100｜95.50
    """,
)


def test_the_lettered_head_of_a_self_evaluation_is_read() -> None:
    assert found("PERF129", EVALUATED) == ()
    assert [f.expected for f in found("PERF129", EVALUATED.replace("75.00%", "57.00%", 1))] == ["75.00%"]
    assert [f.expected for f in found("PERF129", EVALUATED.replace("95.50", "97.50"))] == ["95.5"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("信息化运维绩效自评综述：根据年初设定的绩效目标，项目自评得分为92.50分。", ["95.50"]),
        ("信息化运维绩效自评综述：根据年初设定的绩效目标，项目自评得分为95.50分。", []),
        ("部门整体支出绩效自评得分为92.50分。", []),
    ],
)
def test_a_told_score_is_that_of_the_table(said: str, expected: list[str]) -> None:
    assert [f.expected for f in found("PERF130", f"十、预算绩效情况说明\n\n{said}", EVALUATED)] == expected


def test_a_score_that_the_lines_make_is_not_told_again_where_the_table_has_a_wrong_total() -> None:
    said = "十、预算绩效情况说明\n\n信息化运维绩效自评综述：项目自评得分为95.50分。"
    assert found("PERF130", said, EVALUATED.replace("95.50", "97.50")) == ()


@pytest.mark.parametrize(("word", "wrong"), [("增加", True), ("减少", False)])
def test_a_change_against_the_budget_in_line_lies_between_both(word: str, *, wrong: bool) -> None:
    said = f"公务用车购置费2023年度决算数17.26万元，比2023年度年初预算数18.00万元{word}0.74万元。"
    assert bool([*told("NAR102", THREE.format(said)), *told("NAR109", THREE.format(said)), *told("NAR103", THREE.format(said))]) is wrong


@pytest.mark.parametrize(("rate", "wrong"), [("8.30", True), ("7.66", False)])
def test_a_rate_against_the_budget_is_of_the_budget(rate: str, *, wrong: bool) -> None:
    said = f"十、机关运行经费支出说明\n\n本部门2023年度机关运行经费支出118.05万元，比年初预算数减少9.79万元，降低{rate}%。"
    assert bool(told("NAR101", said)) is wrong
    beside = f"“三公”经费支出决算15.20万元，完成预算25.00万元的60.80%，比预算减少9.80万元，下降{'64.47' if wrong else '39.20'}%。"
    assert bool(told("NAR101", THREE.format(beside))) is wrong


def test_a_share_of_a_named_total_is_of_what_was_spent_not_of_its_budget() -> None:
    total = "“三公”经费财政拨款支出预算为41.88万元，支出决算为34.15万元。"
    said = total + "\n\n公务用车购置及运行维护费支出决算为27.93万元，占“三公”经费财政拨款支出的{}%。"
    assert told("NAR105", THREE.format(said.format("81.79"))) == ()
    assert [f.expected for f in told("NAR105", THREE.format(said.format("71.79")))] == ["占81.79%"]


def test_amounts_in_a_row_of_which_some_are_named_like_costs_are_no_list_of_all() -> None:
    used = "行政运行50.00万元、离退休30.00万元、养老保险缴费支出15.00万元、年金缴费支出5.00万元"
    said = f"1.社会保障和就业支出（类）支出100.00万元。主要用于{used}。"
    assert told("NAR106", f"五、一般公共预算财政拨款支出决算情况说明\n\n{said}") == ()


def test_the_budget_of_an_item_is_not_its_account() -> None:
    said = "1．住房保障支出（类）住房改革支出（款）住房公积金（项）（2210201）。预算58.75万元，支出决算{}万元。"
    section = f"五、一般公共预算财政拨款支出决算情况说明\n\n{said}"
    figures = ("FIG101", "FIG102", "FIG105")
    assert not [f for code in figures for f in told(code, section.format("73.06"))]
    assert [f for code in figures for f in told(code, section.format("37.06"))]


def test_a_name_that_one_table_alone_gives_to_a_code_is_a_slip() -> None:
    right = [accounts(title=title) for title in list(HEADS)[1:]]
    assert {f.level for f in found("CODE104", accounts("购房补贴"), *right)} == {Level.WARNING}
    assert {f.level for f in found("CODE104", accounts("购房补贴"))} == {Level.INFO}


def test_the_name_of_another_item_is_a_slip_however_alike_the_two_are() -> None:
    def insured(name: str, title: str) -> str:
        above = accounts(name, title).replace("2210201", "2080505").replace("22102｜住房改革支出", "20805｜行政事业单位养老支出")
        return above.replace("221｜住房保障支出", "208｜社会保障和就业支出")

    first, *others = HEADS
    right = [insured("机关事业单位基本养老保险缴费支出", title) for title in others]
    assert {f.level for f in found("CODE104", insured("机关事业单位职业年金缴费支出", first), *right)} == {Level.WARNING}


def test_a_reason_that_is_crossed_out_is_a_blank_of_the_template() -> None:
    assert told("TEXT101", THREE.format("决算数小于预算数的主要原因是：XXXX。"))


BASIC = titled(
    "一般公共预算财政拨款基本支出决算表（按经济分类科目）",
    """
    经济分类科目｜｜合计｜人员经费｜公用经费
    科目编码｜科目名称｜｜｜
    合计｜｜60.00｜{personnel}｜10.00
    301｜工资福利支出｜50.00｜50.00｜0.00
    30101｜基本工资｜50.00｜50.00｜0.00
    302｜商品和服务支出｜10.00｜0.00｜10.00
    30201｜办公费｜10.00｜0.00｜10.00
    """,
)


def test_a_list_of_classes_with_personnel_and_operating_costs_in_columns_is_read() -> None:
    whole = BASIC.format(personnel="50.00")
    assert disclosure(whole, title=TITLE).tables[0].kind == "general_budget_basic_expenditure_by_economic"
    assert found("FIG101", whole) == ()
    assert [f.expected for f in found("FIG101", BASIC.format(personnel="56.00"))] == ["50.00万元"]

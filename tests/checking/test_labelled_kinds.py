"""Kinds of errors that reviewers label in real disclosures, each in a sentence of our own, beside what must not be taken for one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mingsuan.checking.check import check
from mingsuan.model import Disclosure, Finding, Level, RowKey, Stage, StockFact
from mingsuan.places import Place
from tests.checking.builders import DIALECT, disclosure, findings, narrative, table
from tests.checking.examples.cases import EXPENDITURE


def _says(code: str, *texts: str, title: str = "一、收支总体情况说明") -> tuple[Finding, ...]:
    return findings(code, disclosure(sections=narrative(*texts, title=title)))


def _final(*texts: str) -> Disclosure:
    return replace(disclosure(sections=narrative(*texts, kind="three_public_note", title="七、“三公”经费情况")), stage=Stage.FINAL_ACCOUNT)


LABELLED = [
    ("TEXT102", "2023年会议费比2022年减增加3.00万元，增长20.00%。"),
    ("TEXT102", "政府性基金预算支出0万元，与2022年预算增加持平。"),
    ("TEXT102", "支出比上年增加减少5万元。"),
    ("TEXT105", "收入预算500.00万元，比2022年预算增加增加20.00万元。"),
    ("TEXT105", "增长10%，增加原因主要是主要是委托业务增加。"),
    ("TEXT115", "编报目标的资金200.00万元。（绩效管理工作情况，以及项目数量、资金金额、改进措施等）"),
    ("TEXT115", "本年没有国有资本经营预算。（若本单位没有此项，请填写“无”）"),
    ("TEXT115", "决算单位构成（只有一个单位的，本部分内容填“机构设置”）"),
    ("TEXT117", "年初预算为0.00万元，支出决算为6.40。"),
    ("TEXT125", "持续开展”两优一先”评选。"),
    ("TEXT126", "第三部分 20233年度部门预算情况说明"),
    ("NAR119", "公务接待费支出减少为0.00万元，与2022年持平。"),
    ("NAR119", "公务接待费0.5万元，与上年持平，增加0.2万元。"),
    ("NAR101", "2023年“三公”经费支出18.00万元，较年初预算数减少2.00万元，下降10.00%，较上年支出数减少6.00万元，下降30.00%。"),
]


@pytest.mark.parametrize(("code", "text"), LABELLED)
def test_a_kind_that_reviewers_label_is_found(code: str, text: str) -> None:
    assert len(_says(code, text)) == 1


SOUND = [
    ("TEXT102", "说明收支增加减少情况及原因。"),
    ("TEXT102", "比上年增减少量项目，收支增减见附表。"),
    ("TEXT105", "工业增加增加值核算经费5万元。"),
    ("TEXT115", "主要用于办公支出（包括水费、电费、取暖费等）。"),
    ("TEXT115", "国内公务接待5批次（含外宾接待0批次），50人次。"),
    ("TEXT115", "如无特殊说明，本表（金额单位）均为万元。"),
    ("TEXT117", "年初预算为0，支出决算为6.40万元。"),
    ("TEXT117", "年初预算数为12.00，支出决算数为11.00。会议费预算为3.00，决算为2.00。"),
    ("TEXT125", "推进“十四五”规划、“两新”组织建设等“三保”工作。"),
    ("TEXT126", "按照2023年度部门预算编制要求，办理事项202年来累计1202件。"),
    ("NAR119", "公务接待费支出比年初预算减少5.00万元，与上年决算持平。"),
    ("NAR119", "公务接待费比上年增加0万元，与上年持平。"),
    ("NAR119", "因公出国（境）费与上年持平；公务接待费减少5.00万元。"),
    (
        "NAR101",
        "“三公”经费支出总额6.50万元，比去年增加1.30万元，增长25.0%。其中，公务用车运行维护费比预算无增减变化，比去年增加0.80万元，增长20.0%。",
    ),
    ("NAR106", "“三公”经费12.00万元，其中：公务用车购置及运行费10.50万元(购置费0万元、运行费10.50万元)，公务接待费1.50万元。"),
]


@pytest.mark.parametrize(("code", "text"), SOUND)
def test_what_reviewers_let_stand_is_left_alone(code: str, text: str) -> None:
    assert _says(code, text) == ()


def test_amounts_without_a_unit_are_told_only_where_the_text_has_one_elsewhere() -> None:
    (only,) = _says("TEXT117", "会议费支出决算为7.30。")
    assert only.expected == "7.30万元"


def test_the_yearly_arrangement_may_say_that_there_is_none() -> None:
    text = "工程概算3000万元，2022年安排1200万元，本年不再安排。"
    assert _says("NAR120", text, title="六、年度预算安排") == ()
    assert _says("NAR120", text, title="六、实施周期") == ()


def test_domestic_guests_are_counted_beside_foreign_ones() -> None:
    (only,) = findings("LAW106", _final("国内公务接待支出0.00万元（含外宾接待支出0.00万元）。其中：接待外宾 0 批次、0 人次。"))
    assert "国内公务接待" in only.message
    assert findings("LAW106", _final("国内公务接待 3 批次、18 人次，其中：接待外宾 0 批次、0 人次。")) == ()


def test_vehicles_that_were_not_bought_may_be_told_in_words() -> None:
    spent = "公务用车购置及运行维护费支出决算8.00万元，主要用于燃料、维修。"
    assert len(findings("LAW106", _final(spent))) == 1
    assert findings("LAW106", _final(spent, "本年未新增公务用车。")) == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("全年安排因公出国（境）团组0个、累计3人次。", "参加其他单位组织的团组0个、累计3人次。"),
        ("公务接待批次为0个，接待人次为12人。", "国内公务接待批次为40个，接待人次为260人。"),
        ("绩效自评中共发现问题3个，已经完成整改的5个。", "绩效自评中共发现问题3个，已经完成整改的2个。"),
        (
            "绩效自评的2025年度项目21个（其中，绩效评级为“优”的项目22个）。",
            "绩效自评的2025年度项目21个（其中，绩效评级为“优”的项目20个）。",
        ),
    ],
)
def test_counts_beside_each_other_are_possible(wrong: str, right: str) -> None:
    assert len(_says("NAR121", wrong)) == 1
    assert _says("NAR121", right) == ()


@pytest.mark.parametrize(
    "said",
    [
        "支出比上年减少10万元，下降2%，主要原因是上年增加了一次性项目。",
        "支出比上年增加10万元，增长2%，其中：人员支出减少5万元，主要原因是人员增加。",
        "公务接待费比上年增加0.5万元，增长100%，主要原因是考虑节约前提下接待工作的可变性。",
        "支出比上年减少10万元，下降2%，主要原因是严格控制新增项目。",
    ],
)
def test_a_reason_that_may_explain_the_change_is_left_alone(said: str) -> None:
    assert _says("NAR122", said) == ()


def test_a_reason_may_stand_in_the_sentence_behind() -> None:
    (only,) = _says("NAR122", "2024年安排40.00万元，比2023年预算执行数减少5.00%。主要原因是：培训班次增加。")
    assert only.level is Level.WARNING


def _closing(name: str) -> Disclosure:
    own = "示例市生态环境局"
    lines = (f"{own}2025年度收入支出总计100.00万元。", f"{own}2025年度机关运行经费3.00万元。", f"{name}2025年度无国有资本经营预算收支。")
    return replace(disclosure(sections=narrative(*lines)), department=own)


def test_another_body_left_in_the_text_is_found() -> None:
    (only,) = findings("TEXT118", _closing("示例市卫生健康委员会"))
    assert (only.observed, only.expected) == ("示例市卫生健康委员会", "示例市生态环境局")
    assert findings("TEXT118", _closing("示例市生态环境局所属监测中心")) == ()


def test_a_final_account_is_not_titled_with_another_year() -> None:
    whole = replace(_final("无。"), contents=("第三部分 示例市某局2022年度部门决算情况说明",))
    assert [f.expected for f in findings("TEXT108", whole)] == ["第三部分 示例市某局2023年度部门决算情况说明"]


def _accounts(*lines: tuple[str, str]) -> Disclosure:
    """A table of functional classes beside a narrative that is put in by the caller."""
    rows = [["", "", "", "", name, "1.0"] for _, name in lines]
    return disclosure(table("expenditure_overview", EXPENDITURE, rows, keys=[RowKey(function=code) for code, _ in lines]))


_LISTED = (
    *(("204", "公共安全支出"), ("20406", "司法"), ("2040607", "公共法律服务"), ("20499", "其他公共安全支出")),
    *(("2049999", "其他公共安全支出"), ("212", "城乡社区支出"), ("21201", "城乡社区管理事务"), ("2120101", "行政运行")),
    *(("2120104", "城管执法"), ("2120199", "其他城乡社区管理事务支出"), ("207", "文化旅游体育与传媒支出")),
)


@pytest.mark.parametrize(
    ("said", "wrong", "right"),
    [
        ("公共安全支出（类）司法（款）其他公共安全支出（项）45.00万元。", "司法（款）", "其他公共安全支出"),
        (
            "城乡社区支出（类）城乡社区管理事务（款）其他城乡社会管理事务支出（项）90.00万元。",
            "其他城乡社会管理事务支出（项）",
            "其他城乡社区管理事务支出",
        ),
        ("3.“文化体育与传媒支出”20.00 万元，占 2.50%；", "文化体育与传媒支出", "文化旅游体育与传媒支出"),
    ],
)
def test_an_account_is_called_as_the_tables_call_it(said: str, wrong: str, right: str) -> None:
    found = findings("CODE107", replace(_accounts(*_LISTED), sections=narrative(said)))
    assert [(f.observed, f.expected) for f in found] == [(wrong, right)]


def test_what_follows_from_a_wrong_number_is_told_once() -> None:
    """基本支出印作44.50，表中是54.50：占比和合计都由它而来，不另报."""
    columns = ["单位代码", "单位（科目名称）", "合计", "基本支出/小计", "项目支出/小计"]
    spent = table("expenditure_overview", columns, [["003", "合计", "100.00", "54.50", "45.50"]], keys=[RowKey(unit="003")])
    said = "2023年支出合计100.00万元，其中：基本支出44.50万元，占54.50%；项目支出45.50万元，占45.50%。"
    whole = disclosure(spent, sections=narrative(said, kind="expenditure_note", title="三、支出总体情况说明"))
    found = [f.code for f in check(whole, DIALECT).findings if f.level is Level.ERROR]
    assert found == ["FIG105"]


def test_an_item_with_money_has_a_row_where_its_section_has_rows_that_are_not_told() -> None:
    said = "城乡社区支出（类）城乡社区管理事务（款）工程建设管理（项）{}。"
    whole = _accounts(*_LISTED)
    found = findings("CODE107", replace(whole, sections=narrative(said.format("支出决算为3.00万元"))))
    assert [f.observed for f in found] == ["工程建设管理（项）"]
    assert findings("CODE107", replace(whole, sections=narrative(said.format("上年3.00万元，本年0.00万元")))) == ()


def test_cars_that_are_kept_are_among_the_vehicles_owned() -> None:
    owned = (StockFact("车辆", Decimal(9), "辆", 2023, Place(line=90)),)
    found = findings("NAR121", replace(_final("公务用车保有量为12辆。"), stock=owned))
    assert [f.expected for f in found] == ["不多于9辆"]
    assert findings("NAR121", replace(_final("公务用车保有量为9辆。"), stock=owned)) == ()

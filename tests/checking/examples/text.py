"""Cases of TEXT and PRIV: wording, names, years, personal data."""

from __future__ import annotations

from dataclasses import replace

from mingsuan.model import Cell, Disclosure, RowKey, Scope
from tests.checking.builders import disclosure, narrative, table
from tests.checking.examples.cases import Case, called, titled, told


def _contact(name: str, number: str) -> Disclosure:
    return disclosure(table("project_performance_form", ["项目名称", "项目负责人", "联系电话"], [["某项经费", name, number]]))


def _units(printed: str) -> Disclosure:
    rows = [["003001", "示例市某局"], ["003005", printed]]
    found = table("revenue_overview", ["单位代码", "单位名称"], rows, keys=[RowKey(unit="003001"), RowKey(unit="003005")])
    return disclosure(found, units=("示例市某局", "示例市某局驻北京联络中心"))


def _named(one: str, other: str) -> Disclosure:
    keys = [RowKey(project="p")]
    return disclosure(
        table("project_expenditure", ["项目名称"], [[one]], keys=keys),
        table("project_performance_summary", ["项目单位（项目名称）"], [[other]], keys=keys),
    )


_LONG = "本单位预算收入比上年增加5万元，主要原因是人员增加、社会保险缴费基数上调、新增项目一个、公用经费定额标准提高等。"


def _of_unit(title: str) -> Disclosure:
    tables = (
        table("revenue_overview", ["单位代码"], [["003"]], title=title),
        table("expenditure_overview", [], [], title="2023年单位支出预算表"),
    )
    return replace(disclosure(*tables), scope=Scope.UNIT)


def _over(body: str) -> Disclosure:
    tables = (table(kind, ["单位代码"], [["003"]]) for kind in ("revenue_overview", "expenditure_overview", "general_budget_expenditure"))
    bodies = ("示例市某局", "某局", body)
    return disclosure(*(replace(t, printed_for=Cell(b)) for t, b in zip(tables, bodies, strict=True)))


def _of_year(text: str) -> Disclosure:
    return disclosure(table("revenue_overview", ["单位代码", "总计"], [["003", "606.64"]]), sections=narrative(text))


CASES: dict[str, Case] = {
    "PRIV101": Case(lambda: _contact("张某某", "12345678"), lambda: _contact("办公室", "")),
    "TEXT101": told("XX部门2023年收入总计××万元。", "示例市某局2023年收入总计12万元。"),
    "TEXT102": told("比上年增加（减少）12万元。", "比上年增加12万元，预算收支增减变化情况如下。"),
    "TEXT103": told("比上年减少5万元，主要原因是。", "比上年减少5万元，主要原因是压减会议费。"),
    "TEXT104": told("物业管理服务费及其他费用 万元。", "物业管理服务费及其他费用62.4万元（单位：万元）。"),
    "TEXT105": told("专项资金金做到专项专用。", "专项资金金额较大，做到专项专用。"),
    "TEXT106": Case(
        lambda: disclosure(
            sections=(*narrative("机构运行经费预算24万元。"), *narrative("一、机构运转经费：是指保障单位运行的资金。", kind="glossary"))
        ),
        lambda: disclosure(
            sections=(*narrative("机构运行经费预算24万元。"), *narrative("一、机构运行经费：是指保障单位运行的资金。", kind="glossary"))
        ),
    ),
    "TEXT107": told("（5）2021-2023年资金需求。2020年资金需求50万元。", "（5）2021-2023年资金需求。2021年资金需求50万元。"),
    "TEXT108": Case(lambda: titled("2022年部门收入总体情况表"), lambda: titled("2023年部门收入总体情况表")),
    "TEXT109": Case(lambda: _units("示例市某局驻北京联络处"), lambda: _units("示例市某局驻北京联络中心")),
    "TEXT110": Case(
        lambda: _named("热线中心搬迁升级-软硬件", "热线中心搬迁升级—软硬件"), lambda: _named("道路改造一期工程经费", "道路改造二期工程经费")
    ),
    "TEXT111": told("专项转移支付项目共有0项，我部门将做好项目分配前期准备工作。", "我部门没有负责管理的专项转移支付项目。"),
    "TEXT112": told("与上年持平，主要原因：对出国经费进行压缩。", "与上年持平，主要原因：本年仍无出国任务。"),
    "TEXT113": Case(
        lambda: disclosure(
            sections=narrative("部门预算包括机关本级预算和所属单位预算。", "所属单位预算包括：", "1. 示例市某局本级", kind="units")
        ),
        lambda: disclosure(
            sections=narrative("部门预算包括机关本级预算和所属单位预算。", "所属单位预算包括：", "1. 示例市数据中心", kind="units")
        ),
    ),
    "TEXT114": told("公用经费支出196.36万元，7.1%。", "公用经费支出196.36万元，占7.1%。"),
    "TEXT115": told(
        "人员经费120万元。（按“部门预算公开06表 基本支出预算表”中实际发生的支出事项填写）", "人员经费120万元（按编制人数填报的预算）。"
    ),
    "TEXT116": told("纳入本部门2022年部门汇总预算编制范围的预算单位共2家。", "纳入本部门2023年部门汇总预算编制范围的预算单位共2家。"),
    "TEXT117": told("比上年增加1193.20万元，增长13.95。", "比上年增加1193.20万元，增长13.95%。"),
    "TEXT118": Case(lambda: called("示例市规划与自然资源局没有债务。"), lambda: called("示例市规划和自然资源局和示例市水务局没有债务。")),
    "TEXT119": told("与2020年预算相比，收入增加5万元。", "与2022年预算相比，收入增加5万元。"),
    "TEXT120": told("2022年收入总计120万元。", "2023年收入总计120万元，与2022年收入总计持平。"),
    "TEXT121": told("比上年增加5万元（待核实）。", "比上年增加5万元（见附表）。"),
    "TEXT122": Case(lambda: disclosure(sections=narrative(_LONG, _LONG)), lambda: disclosure(sections=narrative(_LONG))),
    "TEXT123": Case(lambda: _of_unit("2023年部门收入预算表"), lambda: _of_unit("2023年单位收入预算表")),
    "TEXT124": Case(lambda: _of_year("2022年度机关运行经费支出606.64万元。"), lambda: _of_year("2023年度机关运行经费支出606.64万元。")),
    "TEXT125": told("“教育支出（类）小学教育（项）260.00万元。", "“教育支出（类）小学教育（项）”260.00万元。"),
    "TEXT127": told("2022年安排政府采购预算53.66万元。", "2022年政府采购预算60.00万元，2023年安排政府采购预算53.66万元。"),
    "TEXT128": Case(lambda: _over("示例市审计局"), lambda: _over("市某局")),
    "TEXT126": told("202年度部门决算情况说明", "2022年度部门决算情况说明"),
}

"""Every rule has a case that breaks it and one that does not; what a rule's page shows as 错 and 对 is what these cases hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from mingsuan.checking.registry import rules
from mingsuan.model import Disclosure, RowKey, Scope, Stage, Status, StockFact, Table
from mingsuan.places import Place
from tests.checking.builders import disclosure, findings, indicators, narrative, project_targets, receipts, table

Build = Callable[[], Disclosure]


@dataclass(frozen=True)
class Case:
    """A disclosure that breaks a rule and one that does not."""

    wrong: Build
    right: Build


def _text(wrong: str, right: str) -> Case:
    return Case(lambda: disclosure(sections=narrative(wrong)), lambda: disclosure(sections=narrative(right)))


def _called(text: str) -> Disclosure:
    return replace(disclosure(sections=narrative(text)), department="示例市规划和自然资源局")


def _target(wrong: tuple[str, ...], right: tuple[str, ...]) -> Case:
    return Case(lambda: disclosure(indicators(wrong)), lambda: disclosure(indicators(right)))


_EXPENDITURE = ["科目编码/类", "科目编码/款", "科目编码/项", "单位代码", "单位（科目名称）", "合计"]
_KINDS = ["单位（科目名称）", "合计", "基本支出/小计", "项目支出/小计", "项目支出/其他运转类"]


def _function(code: str, name: str) -> Disclosure:
    rows = [
        ["201", "03", "01", "", "行政运行", "8.0"],
        ["208", "05", "05", "", "机关事业单位基本养老保险缴费支出", "1.0"],
        ["", "", "", "", name, "1.0"],
    ]
    keys = [RowKey(function="2010301"), RowKey(function="2080505"), RowKey(function=code)]
    return disclosure(table("expenditure_overview", _EXPENDITURE, rows, keys=keys))


def _spoken(name: str) -> Disclosure:
    rows = [["210", "", "", "", "卫生健康支出", "8.0"], ["210", "11", "", "", "行政事业单位医疗", "8.0"]]
    keys = [RowKey(function="210"), RowKey(function="21011")]
    said = narrative(f"“{name}（类）行政事业单位医疗（款）行政单位医疗（项）”8万元，主要用于医疗保险缴费。")
    return disclosure(table("expenditure_overview", _EXPENDITURE, rows, keys=keys), sections=said)


def _classes(*names: str) -> Disclosure:
    return disclosure(table("fiscal_appropriation_overview", ["支出/项目"], [[n] for n in names]))


def _pair(department: str, government: str) -> Disclosure:
    return disclosure(
        table("economic_classification_summary", ["合计"], [["1.0"]], keys=[RowKey(department=department, government=government)])
    )


def _project_codes(*codes: str) -> Disclosure:
    columns = ["单位编码（项目编码）", "项目单位（项目名称）"]
    return disclosure(
        table(
            "project_performance_summary",
            columns,
            [[c, f"第{n}号经费"] for n, c in enumerate(codes)],
            keys=[RowKey(project=c) for c in codes],
        )
    )


def _projects(listed: int) -> Disclosure:
    spent = table(
        "project_expenditure",
        ["项目名称", "合计"],
        [["", "30.0"], *([f"某项经费{n}", "10.0"] for n in "甲乙丙")],
        keys=[None, *(RowKey(project=f"某项经费{n}") for n in "甲乙丙")],
    )
    path = "项目金额（万元）/资金总额"
    aimed = table(
        "project_performance_summary",
        ["单位编码（项目编码）", "项目单位（项目名称）", path],
        [["003", "", "30.0"], *([f"41010022000000001202{n}", f"某项经费{c}", "10.0"] for n, c in enumerate("甲乙丙"[:listed]))],
        keys=[RowKey(unit="003"), *(RowKey(project=f"41010022000000001202{n}") for n in range(listed))],
    )
    return disclosure(spent, aimed, sections=narrative("预算支出项目共3个项目。"))


def _titled(title: str) -> Disclosure:
    return disclosure(
        table("revenue_expenditure_overview", ["收入/项目"], [["一、一般公共预算"]]),
        table("revenue_overview", ["单位代码"], [["003"]], title=title),
        contents=("一、部门收支总体情况表", "二、部门收入总体情况表"),
    )


def _noted(note: str) -> Disclosure:
    return disclosure(table("state_capital_expenditure", _EXPENDITURE, [["", "", "", "", "合计", ""]], notes=[note]))


def _contact(name: str, number: str) -> Disclosure:
    return disclosure(table("project_performance_form", ["项目名称", "项目负责人", "联系电话"], [["某项经费", name, number]]))


def _period(start: str, end: str) -> Disclosure:
    columns = ["项目名称", "开始时间", "结束时间"]
    return disclosure(table("project_performance_form", columns, [["2019年-2023年办公设备外包服务经费", start, end]]))


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


def _columns(*paths: str) -> Disclosure:
    whole = table("expenditure_overview", [*_KINDS[:4], "项目支出/其他运转类", "项目支出/特定目标类"], [["合计", "9.0", "9.0", "", "", ""]])
    return disclosure(whole, table("government_fund_expenditure", [*_KINDS[:4], *paths], [["合计"]]))


def _vehicles(*paths: str) -> Disclosure:
    group = "公务用车购置及运行费"
    columns = [f"{group}/小计", *(f"{group}/{p}" for p in paths)]
    return disclosure(table("three_public_expenses", columns, [["37.00", "", *(["37.00"] if len(paths) > 1 else [])]]))


_LONG = "本单位预算收入比上年增加5万元，主要原因是人员增加、社会保险缴费基数上调、新增项目一个、公用经费定额标准提高等。"


def _stocks(first: str, second: str) -> Disclosure:
    facts = (StockFact("车辆", Decimal(n), "辆", 2022, Place(line=line)) for line, n in ((5, first), (90, second)))
    return replace(disclosure(sections=narrative("共有车辆。")), stock=tuple(facts))


def _cost(target: str) -> Disclosure:
    path = "项目金额（万元）/资金总额"
    columns = ["项目名称", path, "绩效目标/成本指标/三级指标", "绩效目标/成本指标/指标值"]
    return disclosure(table("project_performance_summary", columns, [["某项经费", "10", "项目总成本", target]]))


def _of_unit(title: str) -> Disclosure:
    tables = (
        table("revenue_overview", ["单位代码"], [["003"]], title=title),
        table("expenditure_overview", [], [], title="2023年单位支出预算表"),
    )
    return replace(disclosure(*tables), scope=Scope.UNIT)


def _outline(last: str) -> Disclosure:
    listed = ("201", "20103", "2010301", "208", "20805", "2080501", last)
    rows = [["", "", "", "", code, "1.0"] for code in listed]
    return disclosure(table("expenditure_overview", _EXPENDITURE, rows, keys=[RowKey(function=code) for code in listed]))


def _without_items(*items: str) -> Disclosure:
    every, fewer = ("201", "20103", "2010301", "205", "20508", "2050803"), ("201", "20103", "205", "20508", *items)
    tables = [
        table(kind, _EXPENDITURE, [["", "", "", "", code, "1.0"] for code in codes], keys=[RowKey(function=code) for code in codes])
        for kind, codes in (("revenue_overview", every), ("expenditure_overview", fewer))
    ]
    return disclosure(*tables)


def _of_year(text: str) -> Disclosure:
    return disclosure(table("revenue_overview", ["单位代码", "总计"], [["003", "606.64"]]), sections=narrative(text))


def _printed(kind: str) -> Disclosure:
    listed = ("部门收支总体情况表", "部门收入总体情况表", "部门支出总体情况表", "财政拨款收支总体情况表")
    return disclosure(table(kind, ["合计"], [["1.0"]]), contents=listed)


def _income(first: str = "1.0") -> Table:
    return table("revenue_overview", ["单位代码", "总计"], [["003", first], *([f"00300{n}", f"{n}.0"] for n in range(1, 5))])


def _aimed(last: str) -> Disclosure:
    spent = table(
        "project_expenditure",
        ["项目名称", "合计"],
        [[f"某项经费{n}", "10.0"] for n in "甲乙丙"],
        keys=[RowKey(project=f"某项经费{n}") for n in "甲乙丙"],
    )
    names = ("某项经费甲", "某项经费乙", last)
    aimed = table("project_performance_summary", ["项目单位（项目名称）"], [[n] for n in names], keys=[RowKey(project=n) for n in names])
    return disclosure(spent, aimed)


def _explained(cost: str) -> Disclosure:
    sections = (
        *narrative("收入总计10万元。"),
        *narrative("收入合计10万元。", kind="revenue_note", title="二、收入情况"),
        *narrative("支出合计10万元。", kind="expenditure_note", title="三、支出情况"),
        *narrative(cost, kind="other_matters", title="四、其他事项"),
        *narrative("一、基本支出：是指保障机构运转的支出。", kind="glossary", title="五、名词解释"),
    )
    return disclosure(sections=sections)


def _bought(text: str) -> Disclosure:
    return disclosure(sections=narrative(text, kind="procurement_note", title="政府采购情况"))


def _paid(text: str) -> Disclosure:
    return replace(disclosure(sections=narrative(text, kind="three_public_note")), stage=Stage.FINAL_ACCOUNT)


def _arranged(text: str) -> Disclosure:
    return disclosure(sections=narrative(text, title="六、年度预算安排"))


CASES: dict[str, Case] = {
    "CODE101": Case(lambda: _function("201030", "行政运行"), lambda: _function("2010301", "行政运行")),
    "CODE102": Case(
        lambda: _project_codes("41010022000000012025", *["410100220000000012028"] * 1, "410100220000000012029"),
        lambda: _project_codes("410100220000000012028", "410100220000000012029"),
    ),
    "CODE103": Case(lambda: _function("201", "教育支出"), lambda: _function("201", "一般公共服务")),
    "CODE104": Case(lambda: _function("2010301", "事业运行"), lambda: _function("2010301", "行政运行（政府办公厅（室）及相关机构")),
    "CODE105": Case(
        lambda: _classes("（九）医疗卫生与计划生育支出", "（十）卫生健康支出"),
        lambda: _classes("（九）社会保险基金支出", "（十）卫生健康支出"),
    ),
    "CODE107": Case(lambda: _spoken("医疗卫生与计划生育支出"), lambda: _spoken("卫生健康支出")),
    "CODE106": Case(lambda: _pair("30101", "50201"), lambda: _pair("30101", "50101")),
    "FORM101": Case(
        lambda: disclosure(table("revenue_overview", ["单位代码"], [["003"]]), contents=("部门收入总体情况表", "部门支出总体情况表")),
        lambda: disclosure(table("revenue_overview", ["单位代码"], [["003"]]), contents=("部门收入总体情况表",)),
    ),
    "FORM102": Case(
        lambda: disclosure(table("revenue_overview", ["单位代码"], [["003"]])),
        lambda: disclosure(*(table(kind, ["合计"], [["1.0"]]) for kind in _required())),
    ),
    "FORM103": Case(lambda: _titled("2023年部门收支总体情况表"), lambda: _titled("2023年部门收入总体情况表")),
    "FORM104": Case(lambda: _titled("2023年部门收入情况表"), lambda: _titled("示例市某局部门收入总体情况表")),
    "FORM105": Case(
        lambda: disclosure(table("revenue_overview", ["总计"], [["1.0"]], unit=None)),
        lambda: disclosure(table("revenue_overview", ["总计"], [["1.0"]])),
    ),
    "FORM106": Case(
        lambda: _noted("注：本单位无政府性基金预算支出，故本表无数据。"), lambda: _noted("注：本单位无国有资本经营预算支出，故本表无数据。")
    ),
    "FORM107": Case(lambda: _columns("项目支出/其他运转类"), lambda: _columns("项目支出/其他运转类", "项目支出/特定目标类")),
    "FORM108": Case(lambda: _vehicles("公务用车购置费"), lambda: _vehicles("公务用车购置费", "公务用车运行费")),
    "FORM109": Case(
        lambda: disclosure(table("revenue_overview", ["单位名称"], [["示例市某局"]]), units=("示例市数据中心", "示例市档案馆")),
        lambda: disclosure(
            table("revenue_overview", ["单位名称"], [["示例市数据中心"], ["示例市档案馆"]]), units=("示例市数据中心", "示例市档案馆")
        ),
    ),
    "FORM110": Case(
        lambda: disclosure(sections=narrative("收入总计10万元。")),
        lambda: disclosure(sections=tuple(s for k in _sections() for s in narrative("略。", kind=k))),
    ),
    "FORM111": Case(
        lambda: disclosure(
            sections=narrative("（一）因公出国（境）费0万元。", "（二）公务接待费8万元。", "（二）公务用车购置及运行费100万元。")
        ),
        lambda: disclosure(
            sections=narrative(
                "（一）因公出国（境）费0万元。",
                "1、住宿费。",
                "2、旅费。",
                "（二）公务接待费8万元。",
                "1、外宾接待。",
                "2、其他接待。",
                "（三）公务用车购置及运行费100万元。",
            )
        ),
    ),
    "NAR101": _text(
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，下降25.52%。",
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，下降20.33%。",
    ),
    "NAR102": _text(
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，增长20.33%。",
        "2023年收入总计2430.88万元，支出总计2430.88万元，与2022年预算相比，收入减少620.38万元，下降20.33%。",
    ),
    "NAR103": _text(
        "2023年收入总计45万元，支出总计45万元，与2022年预算相比，收入增加45万元，增长100%。",
        "2023年收入总计45万元，支出总计45万元，与2022年预算相比，收入增加15万元，增长50%。",
    ),
    "NAR104": _text(
        "2023年公务接待费预算10.00万元，2022年预算12.00万元，减少3.00万元。",
        "2023年公务接待费预算10.00万元，2022年预算12.00万元，减少2.00万元。",
    ),
    "NAR105": _text(
        "2023年支出合计2430.88万元，其中：基本支出395万元，占26.25%；项目支出2035.88万元，占83.75%。",
        "2023年支出合计2430.88万元，其中：基本支出395万元，占16.25%；项目支出2035.88万元，占83.75%。",
    ),
    "NAR106": _text(
        "2023年支出合计2430.88万元，其中：基本支出395万元，占16.25%；项目支出2135.88万元，占83.75%。",
        "2023年支出合计2430.88万元，其中：基本支出395万元，占16.25%；项目支出2035.88万元，占83.75%。",
    ),
    "NAR107": _text(
        "一年经费为16人×260元×8天×12个月=37.6万元。", "一年经费为350人×70元×22天×12个月=646.8万元，减去部分人员请假等，需645万元。"
    ),
    "NAR108": _text(
        "召开会议三次。（1、业务培训会，预算5万元；2、集中业务会议，预算3万元）。",
        "召开会议两次。（1、业务培训会，预算5万元；2、集中业务会议，预算3万元）。",
    ),
    "NAR109": _text(
        "7、免费提供饮水、复印等服务18.4万元。2023年资金需求33万元。", "7、免费提供饮水、复印等服务18.4万元。2023年资金需求18.4万元。"
    ),
    "NAR110": Case(lambda: disclosure(*_projects(3).tables, sections=narrative("预算支出项目共31个。")), lambda: _projects(3)),
    "NAR111": _text(
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的85.00%。",
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%。",
    ),
    "NAR117": _text(
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%，决算数大于预算数的主要原因是压减支出。",
        "年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%，决算数小于预算数的主要原因是压减支出。",
    ),
    "NAR112": _text(
        "2023年收入总计150.00万元，支出总计150.00万元，与2022年预算相比，收入增加50.00万元，增长50.00%。",
        "2023年收入总计150.00万元，支出总计150.00万元，与2022年预算相比，收入增加50.00万元，增长50.00%，主要原因是新增项目。",
    ),
    "NAR113": _text(
        "2023年收入1200.00万元，支出1200.00万元，基本支出800.00万元，项目支出400.00万元，公务接待费2.58元。",
        "2023年收入1200.00万元，支出1200.00万元，基本支出800.00万元，项目支出400.00万元，人均公务接待费2.58元。",
    ),
    "NAR114": Case(lambda: _stocks("2", "3"), lambda: _stocks("2", "2")),
    "NAR115": _text(
        "2023-2025年资金需求合计150万元。2023年资金需求50万元，2024年资金需求50万元，2025年资金需求40万元。",
        "2023-2025年资金需求合计150万元。2023年资金需求50万元，2024年资金需求50万元，2025年资金需求50万元。",
    ),
    "NAR116": _text(
        "2023年政府采购预算100.00万元。2023年面向中小企业预留政府采购项目预算金额120.00万元。",
        "2023年政府采购预算100.00万元。2023年面向中小企业预留政府采购项目预算金额40.00万元。",
    ),
    "PERF101": _target(("绩效自评完成率", "≥规范"), ("绩效自评完成率", "≥100%")),
    "PERF102": _target(("预算调整率", "5%"), ("预算调整率", "≤5%")),
    "PERF103": _target(("聘用人员", "=110"), ("聘用人员", "=110人")),
    "PERF104": _target(("评价结果应用率", "≥100%"), ("评价结果应用率", "100%")),
    "PERF105": _target(("政务公开监管业务高效", "高效"), ("政务公开监管业务效率", "高效")),
    "PERF106": _target(("政务公开体系规范化运行", "100%"), ("政务公开平台正常运行率", "100%")),
    "PERF107": _target(("保障门户网站正常运行", "2024年12月31日前"), ("门户网站维护完成时间", "2024年12月31日前")),
    "PERF108": _target(("热线网站升级完成时间", "2024年12月"), ("热线网站升级完成时间", "2024年12月底前")),
    "PERF109": Case(
        lambda: disclosure(indicators(("预算执行率", "100%"), ("总体成本节约率", "≥10%"))),
        lambda: disclosure(indicators(("预算执行率", "≤90%"), ("总体成本节约率", "≥10%"))),
    ),
    "PERF110": Case(
        lambda: disclosure(indicators(("政府采购执行率", "≥90%")), sections=narrative("2023年政府采购预算0万元。")),
        lambda: disclosure(indicators(("政府采购执行率", "≥90%")), sections=narrative("2023年政府采购预算45万元，其中：工程预算0万元。")),
    ),
    "PERF111": _target(("无", "无"), ("办件群众满意率", "≥95%")),
    "PERF112": Case(
        lambda: disclosure(project_targets("某项经费", ["编印数量", "4000本"])),
        lambda: disclosure(
            table(
                "project_performance_summary",
                ["项目名称", "绩效目标/成本指标/三级指标", "绩效目标/成本指标/指标值"],
                [["某项经费", "项目总成本", "≤100万元"]],
            )
        ),
    ),
    "PERF113": _target(
        ("绩效监控完成率", "100%", "项目数量占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/部门项目总数*100%"),
        (
            "绩效监控完成率",
            "100%",
            "项目数量占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/应实施绩效监控项目总数*100%",
        ),
    ),
    "PERF114": _target(
        ("预算调整率", "≤15%", "预算调整率=(预算调整数-年初预算数)/年初预算数×100%。预算调整数:追加、追减或结构调整的资金总和。"),
        ("预算调整率", "≤15%", "预算调整率=预算调整数/年初预算数×100%。预算调整数:追加、追减或结构调整的资金总和。"),
    ),
    "PERF115": Case(
        lambda: disclosure(indicators(("便民热线接通率", "100%")), project_targets("便民热线经费", ["热线接通率", "≥98%"])),
        lambda: disclosure(indicators(("便民热线接通率", "≥98%")), project_targets("便民热线经费", ["热线接通率", "≥98%"])),
    ),
    "PERF116": _target(
        ("机关运转保障率", "100%", "分项具体列示本部门年度工作目标达成情况，相关情况应予以细化、量化表述。"),
        ("机关运转保障率", "100%", "1、按月发放工资；2、保障水电。"),
    ),
    "PERF117": Case(
        lambda: disclosure(table("overall_performance", ["年度主要任务/任务名称"], [["任务1"]])),
        lambda: disclosure(table("overall_performance", ["年度主要任务/任务名称"], [["保障机关运转"]])),
    ),
    "PERF118": _target(
        ("实际参训率", "≥90%", "高级职称人才比重=高级职称人才数量÷单位实有人数×100%。"),
        ("实际参训率", "≥90%", "实际参训率=实际参训人数÷应参训人数×100%。"),
    ),
    "PERF119": Case(lambda: _period("2023-01-01", "2023-12-31"), lambda: _period("2019-01-01", "2023-12-31")),
    "PERF120": _target(("验收合格率", "≥110%"), ("验收合格率", "≥98%")),
    "PERF121": _target(("服务对象满意度", "≤95%"), ("服务对象满意度", "≥95%")),
    "PERF122": _target(("培训完成率", "=12次"), ("培训完成率", "=100%")),
    "PERF127": _target(("提高办事效率", "提高"), ("办事时限压缩率", "≥20%")),
    "PERF123": Case(lambda: _cost("≤15万元"), lambda: _cost("≤10万元")),
    "PERF124": Case(
        lambda: disclosure(project_targets("某项经费", ["服务次数", "≥12次"], ["服务次数", "≥24次"])),
        lambda: disclosure(project_targets("某项经费", ["服务次数", "≥12次"])),
    ),
    "PERF125": Case(
        lambda: disclosure(project_targets("某项经费", ["编印数量", "4000本"])),
        lambda: disclosure(
            table(
                "project_performance_summary",
                ["项目名称", *(f"绩效目标/{level}/{leaf}" for level in ("产出指标", "满意度指标") for leaf in ("三级指标", "指标值"))],
                [["某项经费", "编印数量", "4000本", "服务对象满意度", "≥95%"]],
            )
        ),
    ),
    "PERF126": _text("项目自评得分85分，评价等级为“优”。", "项目自评得分85分，评价等级为“良”。"),
    "PRIV101": Case(lambda: _contact("张某某", "12345678"), lambda: _contact("办公室", "")),
    "TEXT101": _text("XX部门2023年收入总计××万元。", "示例市某局2023年收入总计12万元。"),
    "TEXT102": _text("比上年增加（减少）12万元。", "比上年增加12万元，预算收支增减变化情况如下。"),
    "TEXT103": _text("比上年减少5万元，主要原因是。", "比上年减少5万元，主要原因是压减会议费。"),
    "TEXT104": _text("物业管理服务费及其他费用 万元。", "物业管理服务费及其他费用62.4万元（单位：万元）。"),
    "TEXT105": _text("专项资金金做到专项专用。", "专项资金金额较大，做到专项专用。"),
    "TEXT106": Case(
        lambda: disclosure(
            sections=(*narrative("机构运行经费预算24万元。"), *narrative("一、机构运转经费：是指保障单位运行的资金。", kind="glossary"))
        ),
        lambda: disclosure(
            sections=(*narrative("机构运行经费预算24万元。"), *narrative("一、机构运行经费：是指保障单位运行的资金。", kind="glossary"))
        ),
    ),
    "TEXT107": _text("（5）2021-2023年资金需求。2020年资金需求50万元。", "（5）2021-2023年资金需求。2021年资金需求50万元。"),
    "TEXT108": Case(lambda: _titled("2022年部门收入总体情况表"), lambda: _titled("2023年部门收入总体情况表")),
    "TEXT109": Case(lambda: _units("示例市某局驻北京联络处"), lambda: _units("示例市某局驻北京联络中心")),
    "TEXT110": Case(
        lambda: _named("热线中心搬迁升级-软硬件", "热线中心搬迁升级—软硬件"), lambda: _named("道路改造一期工程经费", "道路改造二期工程经费")
    ),
    "TEXT111": _text("专项转移支付项目共有0项，我部门将做好项目分配前期准备工作。", "我部门没有负责管理的专项转移支付项目。"),
    "TEXT112": _text("与上年持平，主要原因：对出国经费进行压缩。", "与上年持平，主要原因：本年仍无出国任务。"),
    "TEXT113": Case(
        lambda: disclosure(
            sections=narrative("部门预算包括机关本级预算和所属单位预算。", "所属单位预算包括：", "1. 示例市某局本级", kind="units")
        ),
        lambda: disclosure(
            sections=narrative("部门预算包括机关本级预算和所属单位预算。", "所属单位预算包括：", "1. 示例市数据中心", kind="units")
        ),
    ),
    "TEXT114": _text("公用经费支出196.36万元，7.1%。", "公用经费支出196.36万元，占7.1%。"),
    "TEXT115": _text(
        "人员经费120万元。（按“部门预算公开06表 基本支出预算表”中实际发生的支出事项填写）", "人员经费120万元（按编制人数填报的预算）。"
    ),
    "TEXT116": _text("纳入本部门2022年部门汇总预算编制范围的预算单位共2家。", "纳入本部门2023年部门汇总预算编制范围的预算单位共2家。"),
    "TEXT117": _text("比上年增加1193.20万元，增长13.95。", "比上年增加1193.20万元，增长13.95%。"),
    "TEXT118": Case(lambda: _called("示例市规划与自然资源局没有债务。"), lambda: _called("示例市规划和自然资源局和示例市水务局没有债务。")),
    "TEXT119": _text("与2020年预算相比，收入增加5万元。", "与2022年预算相比，收入增加5万元。"),
    "TEXT120": _text("2022年收入总计120万元。", "2023年收入总计120万元，与2022年收入总计持平。"),
    "TEXT121": _text("比上年增加5万元（待核实）。", "比上年增加5万元（见附表）。"),
    "TEXT122": Case(lambda: disclosure(sections=narrative(_LONG, _LONG)), lambda: disclosure(sections=narrative(_LONG))),
    "TEXT123": Case(lambda: _of_unit("2023年部门收入预算表"), lambda: _of_unit("2023年单位收入预算表")),
    "CODE108": Case(lambda: _outline("2101101"), lambda: _outline("2080506")),
    "CODE109": Case(lambda: _without_items("2010301"), lambda: _without_items("2010301", "2050803")),
    "TEXT124": Case(lambda: _of_year("2022年度机关运行经费支出606.64万元。"), lambda: _of_year("2023年度机关运行经费支出606.64万元。")),
    "FORM112": Case(lambda: _printed("state_capital_expenditure"), lambda: _printed("fiscal_appropriation_overview")),
    "FORM113": Case(lambda: disclosure(_income(), _income()), lambda: disclosure(_income(), _income("2.0"))),
    "FORM114": Case(lambda: _aimed("档案数字化经费"), lambda: _aimed("某项经费丙")),
    "FORM115": Case(lambda: replace(_called("没有。"), department=None), lambda: _called("没有。")),
    "LAW101": _text("批复日期：2023年2月1日，公开日期：2023年3月15日。", "批复日期：2023年2月1日，公开日期：2023年2月18日。"),
    "LAW102": Case(lambda: _explained("全年公用经费预算24万元。"), lambda: _explained("机关运行经费支出预算24万元。")),
    "LAW103": Case(
        lambda: disclosure(sections=_explained("没有。").sections[:-1]), lambda: disclosure(sections=_explained("没有。").sections)
    ),
    "LAW104": Case(
        lambda: _bought("2023年政府采购预算300万元，其中：货物预算300万元。"),
        lambda: _bought("2023年政府采购预算300万元，其中：货物预算300万元。面向中小企业预留的政府采购预算120万元。"),
    ),
    "LAW105": Case(
        lambda: _paid("公务接待费支出决算1.20万元，主要用于业务交流。"),
        lambda: _paid("公务接待费支出决算1.20万元，主要用于业务交流，国内公务接待12批次、96人次。"),
    ),
    "LAW106": Case(
        lambda: _paid("公务用车购置及运行维护费支出12.00万元，其中：公务用车运行维护支出12.00万元。"),
        lambda: _paid("公务用车购置及运行维护费支出12.00万元，其中：公务用车购置支出0万元，公务用车运行维护支出12.00万元。"),
    ),
    "NAR119": _text("公务接待费支出减少为0.00万元，与上年持平。", "公务接待费支出比年初预算减少5.00万元，与上年决算持平。"),
    "NAR121": _text("国内公务接待30批次、6人次。", "国内公务接待6批次（其中外事接待0批次）、30人次。"),
    "NAR122": _text(
        "机关运行经费支出比上年增加6.00万元，增长3.00%，主要原因是落实过紧日子要求，压缩公用经费。",
        "机关运行经费支出比上年增加6.00万元，增长3.00%，主要原因是新招录人员，公用经费随之增加。",
    ),
    "NAR120": Case(
        lambda: _arranged("工程概算3000万元，2022年安排1200万元。"),
        lambda: _arranged("工程概算3000万元，2022年安排1200万元，2023年安排900万元。"),
    ),
    "TEXT125": _text(
        "“教育支出（类）小学教育（项）260.00万元。", "“教育支出（类）小学教育（项）”260.00万元。"
    ),
    "TEXT126": _text("202年度部门决算情况说明", "2022年度部门决算情况说明"),
}
APART = {"ACR101", "ACR102", "ACR103", "ACR111", "ACR112", "ACR121", "FIG303", "NAR118"}
"""Compare several disclosures (tests/checking/test_across.py), or need the forms of a final account (test_completion_tables.py)
or of two years (test_changes.py)."""


def _required() -> list[str]:
    from tests.checking.builders import DIALECT

    return [duty.kind for duty in DIALECT.tables]


def _sections() -> tuple[str, ...]:
    from tests.checking.builders import DIALECT

    return DIALECT.sections


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_wrong_case_is_found(code: str) -> None:
    found = findings(code, CASES[code].wrong())
    assert found
    assert all(f.code == code and f.message and f.basis for f in found)
    assert all(f.fix.endswith("。") for f in found)
    assert any(r.status is Status.FAILED for r in receipts(code, CASES[code].wrong()))
    assert all(r.rule == code for r in receipts(code, CASES[code].wrong()))


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_right_case_is_left_alone(code: str) -> None:
    assert findings(code, CASES[code].right()) == ()
    assert not any(r.status is Status.FAILED for r in receipts(code, CASES[code].right()))


def test_every_rule_has_a_case() -> None:
    own = {code for code, rule in rules().items() if rule.check.__module__ != "mingsuan.checking.rules.figures"}
    assert own == set(CASES) | APART


@pytest.mark.parametrize("code", sorted(rules()))
def test_every_page_shows_a_wrong_and_a_right_example(code: str) -> None:
    manual = rules()[code].manual
    assert "错：" in manual
    assert "对：" in manual
    assert rules()[code].title.endswith("。")


def test_a_file_that_stops_early_is_one_finding() -> None:
    listed = ("部门收入总体情况表", "部门支出总体情况表", "财政拨款收支总体情况表", "一般公共预算支出情况表")
    (only,) = findings("FORM101", disclosure(table("revenue_overview", ["单位代码"], [["003"]]), contents=listed))
    assert "文件可能不完整" in only.message


_OTHERWISE = {
    *(
        "LAW102",
        "LAW103",
        "LAW104",
        "LAW105",
        "LAW106",
        "NAR110",
        "NAR114",
        "NAR120",
        "PERF103",
        "PERF106",
        "PERF109",
        "PERF110",
        "PERF111",
        "PERF112",
    ),
    *("PERF113", "PERF114", "PERF115", "PERF116", "PERF117", "PERF118", "PERF119", "PERF123", "PERF124", "PERF125"),
    *("TEXT106", "TEXT108", "TEXT109", "TEXT110", "TEXT113", "TEXT116", "TEXT118", "TEXT122", "TEXT123", "TEXT124", "CODE109"),
}
"""Rules whose page tells its example in words, because it takes a table, several sections or the whole text; `CASES` holds it."""


def _page(code: str, word: str) -> Disclosure:
    """What a rule's page prints as its example, as a sentence or as an indicator with its target."""
    text = next(line for line in rules()[code].manual.splitlines() if line.startswith(word)).removeprefix(word)
    if code.startswith("PERF") and code != "PERF126":
        name, target = text.rsplit(" ", 1)
        return disclosure(indicators((name, target)))
    return disclosure(sections=narrative(text), year=int(text[:4]) if text[:4] == "2021" else 2023)


@pytest.mark.parametrize("code", [c for c in sorted(CASES) if c.startswith(("LAW", "NAR", "PERF", "TEXT")) and c not in _OTHERWISE])
def test_the_page_s_own_sentences_do_what_it_says(code: str) -> None:
    assert findings(code, _page(code, "错："))
    assert findings(code, _page(code, "对：")) == ()

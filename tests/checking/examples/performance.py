"""Cases of PERF: indicators and their targets."""

from __future__ import annotations

from mingsuan.model import Disclosure
from tests.checking.builders import disclosure, indicators, narrative, project_targets, table
from tests.checking.examples.cases import Case, targeted, told


def _period(start: str, end: str) -> Disclosure:
    columns = ["项目名称", "开始时间", "结束时间"]
    return disclosure(table("project_performance_form", columns, [["2019年-2023年办公设备外包服务经费", start, end]]))


def _cost(target: str) -> Disclosure:
    path = "项目金额（万元）/资金总额"
    columns = ["项目名称", path, "绩效目标/成本指标/三级指标", "绩效目标/成本指标/指标值"]
    return disclosure(table("project_performance_summary", columns, [["某项经费", "10", "项目总成本", target]]))


def _evaluated(rate: str, total: str) -> Disclosure:
    """A project of 80 万元 of which 60 were spent, with two indicators that score 90 together."""
    columns = ["项目资金/全年预算数", "项目资金/全年执行数", "项目资金/执行率", "项目资金/得分", "三级指标", "分值", "得分"]
    items = [["", "", "", "", "培训人数", "50", "50"], ["", "", "", "", "满意度", "40", "40"], ["", "", "", "", "总分", "100", total]]
    return disclosure(table("project_self_evaluation", columns, [["80.00", "60.00", rate, "7.50"], *items]))


def _budgeted(amount: str) -> Disclosure:
    """A project of 40.90 万元 and what the table of its targets says of it."""
    spent = table("project_expenditure", ["项目名称", "合计"], [["某项经费", "40.90"]])
    return disclosure(spent, table("project_performance_form", ["项目名称", "年度预算"], [["某项经费", amount], ["", ""]]))


CASES: dict[str, Case] = {
    "PERF101": targeted(("绩效自评完成率", "≥规范"), ("绩效自评完成率", "≥100%")),
    "PERF102": targeted(("预算调整率", "5%"), ("预算调整率", "≤5%")),
    "PERF103": targeted(("聘用人员", "=110"), ("聘用人员", "=110人")),
    "PERF104": targeted(("评价结果应用率", "≥100%"), ("评价结果应用率", "100%")),
    "PERF105": targeted(("政务公开监管业务高效", "高效"), ("政务公开监管业务效率", "高效")),
    "PERF106": targeted(("政务公开体系规范化运行", "100%"), ("政务公开平台正常运行率", "100%")),
    "PERF107": targeted(("保障门户网站正常运行", "2024年12月31日前"), ("门户网站维护完成时间", "2024年12月31日前")),
    "PERF108": targeted(("热线网站升级完成时间", "2024年12月"), ("热线网站升级完成时间", "2024年12月底前")),
    "PERF109": Case(
        lambda: disclosure(indicators(("预算执行率", "100%"), ("总体成本节约率", "≥10%"))),
        lambda: disclosure(indicators(("预算执行率", "≤90%"), ("总体成本节约率", "≥10%"))),
    ),
    "PERF110": Case(
        lambda: disclosure(indicators(("政府采购执行率", "≥90%")), sections=narrative("2023年政府采购预算0万元。")),
        lambda: disclosure(indicators(("政府采购执行率", "≥90%")), sections=narrative("2023年政府采购预算45万元，其中：工程预算0万元。")),
    ),
    "PERF111": targeted(("无", "无"), ("办件群众满意率", "≥95%")),
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
    "PERF113": targeted(
        ("绩效监控完成率", "100%", "项目数量占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/部门项目总数*100%"),
        (
            "绩效监控完成率",
            "100%",
            "项目数量占应实施绩效监控项目总数的比重。绩效监控完成率=已完成绩效监控项目数量/应实施绩效监控项目总数*100%",
        ),
    ),
    "PERF114": targeted(
        ("预算调整率", "≤15%", "预算调整率=(预算调整数-年初预算数)/年初预算数×100%。预算调整数:追加、追减或结构调整的资金总和。"),
        ("预算调整率", "≤15%", "预算调整率=预算调整数/年初预算数×100%。预算调整数:追加、追减或结构调整的资金总和。"),
    ),
    "PERF115": Case(
        lambda: disclosure(indicators(("便民热线接通率", "100%")), project_targets("便民热线经费", ["热线接通率", "≥98%"])),
        lambda: disclosure(indicators(("便民热线接通率", "≥98%")), project_targets("便民热线经费", ["热线接通率", "≥98%"])),
    ),
    "PERF116": targeted(
        ("机关运转保障率", "100%", "分项具体列示本部门年度工作目标达成情况，相关情况应予以细化、量化表述。"),
        ("机关运转保障率", "100%", "1、按月发放工资；2、保障水电。"),
    ),
    "PERF117": Case(
        lambda: disclosure(table("overall_performance", ["年度主要任务/任务名称"], [["任务1"]])),
        lambda: disclosure(table("overall_performance", ["年度主要任务/任务名称"], [["保障机关运转"]])),
    ),
    "PERF118": targeted(
        ("实际参训率", "≥90%", "高级职称人才比重=高级职称人才数量÷单位实有人数×100%。"),
        ("实际参训率", "≥90%", "实际参训率=实际参训人数÷应参训人数×100%。"),
    ),
    "PERF119": Case(lambda: _period("2023-01-01", "2023-12-31"), lambda: _period("2019-01-01", "2023-12-31")),
    "PERF120": targeted(("验收合格率", "≥110%"), ("验收合格率", "≥98%")),
    "PERF121": targeted(("服务对象满意度", "≤95%"), ("服务对象满意度", "≥95%")),
    "PERF122": targeted(("培训完成率", "=12次"), ("培训完成率", "=100%")),
    "PERF123": Case(lambda: _cost("≤15万元"), lambda: _cost("≤10万元")),
    "PERF128": Case(lambda: _budgeted("409.00"), lambda: _budgeted("40.90")),
    "PERF129": Case(lambda: _evaluated("75.00%", "99"), lambda: _evaluated("75.00%", "97.50")),
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
    "PERF126": told("项目自评得分85分，评价等级为“优”。", "项目自评得分85分，评价等级为“良”。"),
    "PERF127": targeted(("提高办事效率", "提高"), ("办事时限压缩率", "≥20%")),
}

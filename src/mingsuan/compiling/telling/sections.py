"""What the narrative is made of besides figures: headings, standing words and the glossary, in wording of our own."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "duties": "主要职责",
    "organisation": "机构设置",
    "units": "部门预算单位构成",
    "staff": "人员构成情况",
    "vehicles": "车辆构成情况",
    "explanation": "预算编制说明",
    "overview_note": "收入支出预算总体情况说明",
    "revenue_note": "收入预算总体情况说明",
    "expenditure_note": "支出预算总体情况说明",
    "fiscal_appropriation_note": "财政拨款收入支出预算总体情况说明",
    "changes_note": "预算收支增减变化情况",
    "general_budget_note": "一般公共预算支出情况说明",
    "basic_note": "一般公共预算基本支出情况说明",
    "three_public_note": "一般公共预算“三公”经费支出预算情况说明",
    "government_fund_note": "政府性基金预算支出情况说明",
    "state_capital_note": "国有资本经营预算支出情况说明",
    "operating_cost_note": "机关运行经费支出预算情况",
    "economic_note": "支出预算经济分类情况说明",
    "procurement_note": "政府采购支出预算情况",
    "performance_note": "绩效目标设置情况",
    "assets_note": "国有资产占用情况",
    "transfer_note": "专项转移支付项目情况",
    "empty_tables_note": "空表情况说明",
}
"""Headings by kind of section."""
PROFILE = ("duties", "organisation", "units", "staff", "vehicles")
"""Sections of the first part."""
HEADINGS: Mapping[str, str] = {"主要职责": "duties", "机构设置": "organisation", "人员构成": "staff", "绩效目标": "performance_note"} | {
    "政府采购": "procurement_note",
    "国有资产": "assets_note",
    "转移支付": "transfer_note",
    "增减变化": "changes_note",
    "机关运行经费": "operating_cost_note",
    "名词解释": "glossary",
}
"""Kind of section by the heading that a passage of the workbook names; a passage of 名词解释 reads 名词：解释."""
REASONS = (
    "收入",
    "支出",
    "一般公共预算",
    "政府性基金",
    "国有资本经营",
    "三公经费",
    "因公出国（境）费",
    "公务接待费",
    "公务用车购置费",
    "公务用车运行维护费",
    "机关运行经费",
)
"""What a reason for a change may be of."""
ECONOMIC = "本部门的支出按部门预算支出经济分类和政府预算支出经济分类两套科目列示，两套科目按对应关系衔接。"
PURPOSES: Mapping[str, str] = {
    "因公出国（境）费": "主要用于工作人员因公出国（境）的国际旅费、住宿费、伙食费、培训费等支出",
    "公务接待费": "主要用于按规定开支的公务接待支出",
    "公务用车购置费": "主要用于按编制更新公务用车的支出",
    "公务用车运行维护费": "主要用于公务用车的燃料费、维修费、过路过桥费、保险费等支出",
}
RUNNING = "主要用于保障机关正常运转所需的办公费、印刷费、邮电费、差旅费、会议费、日常维修费等支出"
GLOSSARY: tuple[tuple[str, str], ...] = (
    ("财政拨款收入", "是指本级财政当年拨付的资金，包括一般公共预算、政府性基金预算和国有资本经营预算安排的拨款。"),
    ("事业收入", "是指事业单位开展专业业务活动及其辅助活动取得的收入。"),
    ("其他收入", "是指单位取得的除财政拨款收入、事业收入、事业单位经营收入等以外的收入。"),
    ("基本支出", "是指为保障机构正常运转、完成日常工作任务而发生的支出，包括人员经费和公用经费。"),
    ("项目支出", "是指在基本支出之外，为完成特定的工作任务或者事业发展目标而发生的支出。"),
    (
        "“三公”经费",
        "是指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    ),
    ("机关运行经费", "是指行政单位和参照公务员法管理的事业单位用一般公共预算安排的基本支出中的公用经费。"),
)
"""Terms that every disclosure explains, in the order printed; a workbook's own explanation of a term replaces ours."""
THREE_PUBLIC = "30212 + 30217 + 30231 + 31013"
"""Department classes of the three public expenses."""
THREE_PUBLIC_PARTS: tuple[tuple[str, str], ...] = (
    ("因公出国（境）费", "30212"),
    ("公务接待费", "30217"),
    ("公务用车购置费", "31013"),
    ("公务用车运行维护费", "30231"),
)

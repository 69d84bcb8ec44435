"""What the sections are called that a dialect may require, and the words by which the narrative shows that it has one."""

from __future__ import annotations

from collections.abc import Mapping

SECTION_WORDS: Mapping[str, tuple[str, str]] = {
    "duties": ("主要职责", r"职责|职能"),
    "units": ("机构设置及预算单位构成", r"单位(?:构成|组成)|机构设置|所属单位|内设机构"),
    "staff": ("人员构成情况", r"编制\d*人|在职|人员(?:构成|编制)"),
    "vehicles": ("车辆构成情况", r"车辆"),
    "explanation": ("预算编制说明", r"(?:收入|支出)预算|收支总"),
    "organisation": ("机构设置", r"机构设置|内设机构|预算单位"),
    "overview_note": ("收支总体情况说明", r"收入总计|收支总|总收入|收入预算"),
    "revenue_note": ("收入预算情况说明", r"收入(?:预算|合计|总计)"),
    "expenditure_note": ("支出预算情况说明", r"支出(?:预算|合计|总计)"),
    "fiscal_appropriation_note": ("财政拨款收支情况说明", r"财政拨款"),
    "general_budget_note": ("一般公共预算支出情况说明", r"一般公共预算"),
    "basic_note": ("一般公共预算基本支出情况说明", r"基本支出"),
    "three_public_note": ("“三公”经费预算情况说明", r"三公"),
    "government_fund_note": ("政府性基金预算支出情况说明", r"政府性基金"),
    "operating_cost_note": ("机关运行经费说明", r"(?:运行|运转)经费"),
    "procurement_note": ("政府采购情况说明", r"政府采购"),
    "performance_note": ("绩效目标情况说明", r"绩效"),
    "assets_note": ("国有资产占用情况说明", r"车辆|资产"),
    "transfer_note": ("专项转移支付项目情况说明", r"转移支付"),
    "economic_note": ("支出经济分类情况说明", r"经济分类"),
    "changes_note": ("预算收支增减变化情况", r"增加|减少|持平"),
    "empty_tables_note": ("空表情况说明", r"空表|无数据"),
    "glossary": ("名词解释", r"名词解释"),
}
"""Kind of section → its usual title and a pattern of what it speaks of."""

ONLY_IF_EMPTY = frozenset({"empty_tables_note"})
"""Sections that a document needs only if it has something to say there."""

LAW_SECTIONS = frozenset({"operating_cost_note", "glossary"})
"""Sections that the law itself asks for; their absence is found under the chapter of law (rules/law.py)."""

"""The sheets of the input workbook: which record each row is, which field each column is, and how it is entered.

One declaration serves writing (`writer`), reading (`reader`), the column map of platform exports (`columnmap`) and the place of a field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from mingsuan.compiling import book as b
from mingsuan.places import Place
from mingsuan.reading.formats.addresses import address
from mingsuan.values import dataclass

TITLE_ROW, TOTAL_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
"""Rows of a sheet, 0-based: what it is for, totals, headings, and the first row of entries."""
MARK = "＊"
"""What the heading of a column begins with that must be filled in."""


class Entry(StrEnum):
    """How a field is entered."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    YEAR = "year"
    DATE = "date"
    YES_NO = "yes_no"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    Attributes:
        name: field of the record; "" for what is only shown.
        head: its heading with the unit, without the mark.
        entry: how it is entered.
        required: whether a row needs it.
        choices: what may be chosen: the name of a list (units, functions …) or the words themselves.
        help: what to enter, shown when the cell is chosen.
        width: in characters.
        formula: of a computed field, with {field} for the cell of a field of the row.
        late: workbooks may be older than it, so nothing is said of one without it.
    """

    name: str
    head: str
    entry: Entry = Entry.TEXT
    required: bool = False
    choices: str | tuple[str, ...] = ()
    help: str = ""
    width: int = 12
    formula: str = ""
    late: bool = False


@dataclass(frozen=True)
class SheetLayout:
    """A sheet.

    Attributes:
        name: on its tab.
        part: field of `Book` that its rows make.
        record: class of its rows.
        purpose: what it is for, in one sentence.
        fields: its columns in order.
        spare: rows that are prepared for entries beyond those that there are.
        needed: whether a workbook without it can be read at all.
    """

    name: str
    part: str
    record: Any
    purpose: str
    fields: tuple[Field, ...]
    spare: int = 50
    needed: bool = False

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Its fields by name, without those that are only shown."""
        return {f.name: f for f in self.fields if f.name}

    def column(self, name: str) -> int:
        """The position of a field, 0-based."""
        return next(n for n, f in enumerate(self.fields) if f.name == name)


NATURES = ("行政", "参公", "事业")
BASES = ("按人", "按车", "按面积", "定额")
CATEGORIES = ("车辆", "设备", "房屋")
SORTS = ("货物", "工程", "服务")
USES = ("支出", "结转")
YES_NO = ("是", "否")

_UNIT = Field("unit", "单位", Entry.CODE, True, "units", "从“单位”表的单位中选择", 30)
_ANY_UNIT = replace(_UNIT, choices="any_units", help="选择单位；分不清单位的，选部门")
_FUNCTION = Field("function", "功能科目", Entry.CODE, True, "functions", "选择当年的功能科目，到项", 26)
_CLASS = Field("department", "部门经济科目", Entry.CODE, True, "departments", "选择部门预算支出经济分类科目，到款", 24)
_GOVERNMENT = Field(
    "government", "政府经济科目", Entry.CODE, False, "governments", "一般不填，按财预〔2017〕98号的对应关系自动确定；另有规定的才填", 22
)
_FUND = Field("fund", "资金来源", Entry.TEXT, True, "funds", "选择资金来源", 18)
_ORIGIN = Field("origin", "来源年度", Entry.TEXT, True, "origins", "当年安排的选“本年”，动用结转的选相应的结转", 12)
_PRODUCT = 'ROUND({quantity}*{price}*IF({times}="",1,{times})*IF({again}="",1,{again}),2)'
_NOTE = Field("note", "备注", Entry.TEXT, width=18)
_PROJECT = Field("project", "项目", Entry.CODE, True, "projects", "从“项目”表的项目中选择", 28)

DEPARTMENT = SheetLayout(
    "部门",
    "department",
    b.Department,
    "部门的基本情况。",
    (
        Field("dialect", "版式", Entry.TEXT, True, help="公开文本的版式，由 mingsuan new 填好，一般不改", width=40),
        Field("year", "预算年度", Entry.YEAR, True, help="例如 2023", width=40),
        Field("code", "部门代码", Entry.CODE, True, help="三位数字；各单位的代码以它开头", width=40),
        Field("name", "部门名称", Entry.TEXT, True, help="全称", width=40),
        Field("region", "地区", Entry.TEXT, help="例如 河南省郑州市", width=40),
        Field("goal", "年度履职目标", Entry.LONG, help="用于部门整体绩效目标表", width=40),
        Field(
            "transfers", "有专项转移支付", Entry.YES_NO, True, YES_NO, "向县（市、区）分配资金的选“是”，并填“转移支付”表；没有的选“否”", 40
        ),
        Field("stock_date", "资产统计日期", Entry.DATE, help="车辆、设备数量截至的日期，例如 2022-12-31", width=40),
        Field(
            "by_unit", "分单位列示", Entry.YES_NO, False, YES_NO, "按科目列示的各表是否先列单位、再列它的科目；不填为“是”", 40, late=True
        ),
        Field("narrowed", "表下注明口径", Entry.YES_NO, False, YES_NO, "只含部分资金的表，是否在表下注明；不填为“否”", 40, late=True),
    ),
    0,
    True,
)
"""The only sheet that is a list of labels and values: fields stand below each other in the first two columns."""

SHEETS: tuple[SheetLayout, ...] = (
    SheetLayout("单位", "units", b.BookUnit, "本部门的全部预算单位，一行一个；机关本级也是一个单位。", (
        Field("code", "单位代码", Entry.CODE, True, help="以部门代码开头，例如 003001", width=14),
        Field("name", "单位名称", Entry.TEXT, True, help="全称", width=36),
        Field("nature", "单位性质", Entry.TEXT, True, NATURES, "决定政府经济科目", 10),
        Field("own_books", "财务独立", Entry.YES_NO, True, YES_NO, "由别的单位代管账务的选“否”", 10),
        _NOTE,
    ), 20, True),
    SheetLayout("职责机构", "passages", b.Passage, "公开文本里由本部门自己写的文字，一段一行；没有的不填。", (
        Field("heading", "标题", Entry.TEXT, True, "headings", "写在哪个标题下；名词解释写作“名词：解释”", 14),
        Field("text", "文字", Entry.LONG, True, width=100),
    ), 30),
    SheetLayout("编制", "posts", b.PostCount, "编制和人数，按单位和编制性质各一行，单位：人。", (
        _UNIT,
        Field("nature", "编制性质", Entry.TEXT, True, NATURES, width=10),
        Field("posts", "编制数（人）", Entry.COUNT, True),
        Field("staff", "在职（人）", Entry.COUNT, True),
        Field("retired", "离退休（人）", Entry.COUNT),
        _NOTE,
    ), 30),
    SheetLayout("人员", "people", b.PayLine, "人员经费：每个单位、每种编制、每个工资项目一行；金额自动计算。", (
        _UNIT,
        Field("nature", "编制性质", Entry.TEXT, True, NATURES, "决定政府经济科目", 10),
        Field("item", "工资项目", Entry.TEXT, True, help="例如 基本工资", width=18),
        _CLASS,
        _FUNCTION,
        Field("people", "人数（人）", Entry.NUMBER, True, help="发放这一项的人数"),
        Field("standard", "标准（元/人·月）", Entry.MONEY, True, help="每人每月的标准；一年发一次的，填每次的标准，月数填1", width=16),
        Field("months", "月数（月）", Entry.NUMBER, True, help="发放的月数或次数", width=10),
        Field("", "金额（元）", Entry.COMPUTED, formula="ROUND({people}*{standard}*{months},2)", width=16),
        _FUND,
        _ORIGIN,
        Field("kind", "支出类别", Entry.TEXT, True, "kinds", "一般是人员经费", 14),
        _GOVERNMENT,
        _NOTE,
    ), 200),
    SheetLayout("公用定额", "quotas", b.QuotaLine, "公用经费：按人、按车、按面积或者定额安排，每项一行；金额自动计算。", (
        _UNIT,
        Field("item", "定额项目", Entry.TEXT, True, help="例如 办公费", width=18),
        Field("basis", "计算方式", Entry.TEXT, True, BASES, width=10),
        Field("quantity", "数量（人、辆、平方米）", Entry.NUMBER, True, help="定额的填1", width=18),
        Field("standard", "标准（元/年）", Entry.MONEY, True, help="每人、每辆、每平方米一年的标准；定额的填全年金额", width=16),
        Field("", "金额（元）", Entry.COMPUTED, formula="ROUND({quantity}*{standard},2)", width=16),
        _CLASS,
        _FUNCTION,
        _FUND,
        _ORIGIN,
        Field("kind", "支出类别", Entry.TEXT, True, "kinds", "一般是公用经费", 14),
        Field("nature", "编制性质", Entry.TEXT, False, NATURES, "一般不填，与单位性质相同", 10),
        _GOVERNMENT,
        _NOTE,
    ), 200),
    SheetLayout("车辆设备", "holdings", b.Holding, "车辆、单价较高的设备和房屋，用于国有资产占用情况的说明。", (
        _UNIT,
        Field("category", "类别", Entry.TEXT, True, CATEGORIES, width=8),
        Field("item", "名称", Entry.TEXT, True, "holdings", "例如 一般公务用车、单价50万元以上通用设备", 30),
        Field("count", "现有数量", Entry.NUMBER, True),
        Field("measure", "计量单位", Entry.TEXT, True, help="辆、台（套）、平方米", width=10),
        Field("to_buy", "本年购置数量", Entry.NUMBER, width=14),
        _NOTE,
    ), 30),
    SheetLayout("项目", "projects", b.BookProject, "项目的基本情况，一行一个；金额在“项目测算”表里填。", (
        Field("code", "项目编码", Entry.CODE, True, help="平台的项目编码；没有的自编，不重复即可", width=24),
        Field("name", "项目名称", Entry.TEXT, True, width=34),
        _UNIT,
        Field("kind", "项目类别", Entry.TEXT, True, "project_kinds", width=16),
        Field("usage", "资金用途", Entry.TEXT, width=10),
        Field("duty", "三定方案职责", Entry.LONG, help="项目依据的职责；填写后，公开文本逐个说明项目", width=30),
        Field("overview", "项目概况", Entry.LONG, width=30),
        Field("basis", "政策依据", Entry.LONG, width=30),
        Field("necessity", "必要性", Entry.LONG, width=20),
        Field("measures", "保障措施", Entry.LONG, width=20),
        Field("schedule", "实施计划", Entry.LONG, width=20),
        Field("last_budget", "上年预算（元）", Entry.MONEY, help="上年没有这个项目的不填", width=16),
        Field("last_spent", "上年支出（元）", Entry.MONEY, width=16),
        Field("", "预计结余（元）", Entry.COMPUTED, formula="{last_budget}-{last_spent}", width=16),
        Field("total", "项目总金额（元）", Entry.MONEY, help="项目各年合计；版式要求公开的才填", width=16),
        Field("last_total", "上年度项目总金额（元）", Entry.MONEY, width=18),
        Field("total_goal", "项目总目标", Entry.LONG, width=24),
        Field("goal", "本年绩效目标", Entry.LONG, width=30),
        Field("reason", "增减原因", Entry.LONG, help="与上年预算不同的要写", width=24),
        Field("service", "其中：政府购买服务（元）", Entry.MONEY, width=20),
        Field("assets", "其中：资产购置（元）", Entry.MONEY, width=18),
        Field("start", "开始日期", Entry.DATE),
        Field("end", "结束日期", Entry.DATE),
        _NOTE,
    ), 60),
    SheetLayout("项目测算", "costs", b.CostLine, "项目的测算：数量×单价×次数×次数，例如 16人×260元×8天×12月；三年的需求都填在这里。", (
        _PROJECT,
        Field("item", "子项", Entry.TEXT, True, help="这笔钱做什么", width=24),
        Field("year", "年度", Entry.YEAR, True, help="预算年度，或者以后两年", width=8),
        Field("quantity", "数量", Entry.NUMBER, True, width=10),
        Field("quantity_unit", "数量单位", Entry.TEXT, help="人、台、项", width=10),
        Field("price", "单价（元）", Entry.MONEY, True, help="扣减的填负数", width=14),
        Field("times", "次数1", Entry.NUMBER, help="例如 8；没有的不填", width=8),
        Field("times_unit", "次数1单位", Entry.TEXT, help="天、次", width=10),
        Field("again", "次数2", Entry.NUMBER, help="例如 12；没有的不填", width=8),
        Field("again_unit", "次数2单位", Entry.TEXT, help="月、个月", width=10),
        Field("", "金额（元）", Entry.COMPUTED, formula=_PRODUCT, width=16),
        _CLASS,
        _FUNCTION,
        _FUND,
        _ORIGIN,
        _GOVERNMENT,
        _NOTE,
    ), 200),
    SheetLayout("采购", "purchases", b.PurchaseLine, "政府采购预算，是公用经费和项目支出的一部分。", (
        _UNIT,
        Field("item", "采购项目", Entry.TEXT, True, width=24),
        Field("sort", "品目类别", Entry.TEXT, True, SORTS, width=10),
        Field("amount", "金额（元）", Entry.MONEY, True, width=16),
        _FUNCTION,
        _FUND,
        replace(_PROJECT, required=False, help="由项目支出安排的选项目，由公用经费安排的不填"),
        Field("catalogue", "采购目录", Entry.TEXT, width=16),
        Field("spec", "规格", Entry.TEXT, width=12),
        Field("quantity", "数量", Entry.NUMBER, True, width=8),
        Field("quantity_unit", "计量单位", Entry.TEXT, width=10),
        Field("reserved", "面向中小企业预留（元）", Entry.MONEY, width=20),
        Field("reserved_small", "其中：小微企业（元）", Entry.MONEY, width=18),
        _NOTE,
    ), 60),
    SheetLayout("转移支付", "transfers", b.Transfer, "项目资金中下达县（市、区）的部分，一个地区一行；没有的在“部门”表里选“否”。", (
        _PROJECT,
        Field("county", "县（市、区）", Entry.TEXT, True, width=18),
        Field("amount", "金额（元）", Entry.MONEY, True, width=16),
        _NOTE,
    ), 40),
    SheetLayout("重点任务", "tasks", b.Task, "年度主要任务，用于部门整体绩效目标表。", (
        Field("name", "任务名称", Entry.TEXT, True, width=30),
        Field("content", "主要内容", Entry.LONG, True, width=80),
    ), 15),
    SheetLayout("绩效目标", "targets", b.Target, "绩效指标；项目一栏不填的是部门整体的指标。", (
        replace(_PROJECT, required=False, help="不填的是部门整体的指标"),
        Field("first", "一级指标", Entry.TEXT, True, width=16),
        Field("second", "二级指标", Entry.TEXT, True, width=22),
        Field("third", "三级指标", Entry.TEXT, True, width=30),
        Field("value", "指标值", Entry.TEXT, True, help="例如 ≥98%、≤15天、4000本、健全", width=14),
        Field("explanation", "指标值说明", Entry.LONG, width=40),
    ), 200),
    SheetLayout("年终结转", "carried", b.CarryOut, "预计结转到下年的资金；没有的不填。", (
        _UNIT,
        _FUND,
        _ORIGIN,
        Field("amount", "金额（元）", Entry.MONEY, True, width=16),
        replace(_FUNCTION, required=False),
        _NOTE,
    ), 10),
    SheetLayout("上年数", "figures", b.Figure, "上年预算，用于说明增减；分得越细，能说明的越多。取自上年的公开文本或者批复。", (
        Field("year", "年度", Entry.YEAR, True, width=8),
        _ANY_UNIT,
        Field("amount", "金额（元）", Entry.MONEY, True, width=16),
        _FUND,
        _ORIGIN,
        Field("measure", "口径", Entry.TEXT, True, "measures", "一般是年初预算", 12),
        Field("use", "用途", Entry.TEXT, True, USES, width=8),
        Field("kind", "支出类别", Entry.TEXT, False, "kinds", width=14),
        replace(_FUNCTION, required=False),
        replace(_CLASS, required=False),
        _GOVERNMENT,
        Field("project", "项目编码", Entry.CODE, width=22),
        Field("post", "编制性质", Entry.TEXT, False, NATURES, width=10),
        _NOTE,
    ), 100),
    SheetLayout("变动原因", "reasons", b.Reason, "与上年相比变动的原因，没有变动的不填。", (
        Field("item", "事项", Entry.TEXT, True, "reasons", width=22),
        Field("text", "原因", Entry.LONG, True, width=80),
    ), 15),
    SheetLayout("办理阶段", "stages", b.BudgetStage, "“两上两下”已经走到哪一步。", (
        Field("name", "阶段", Entry.TEXT, True, b.STAGES, width=10),
        Field("day", "日期", Entry.DATE, width=12),
        Field("document", "文号", Entry.TEXT, width=30),
        _NOTE,
    ), 4),
    SheetLayout("控制数", "limits", b.StageFigure, "一上申报、一下控制、二上预算、二下批复的数；不填类别、项目、资金的是全部支出。", (
        Field("stage", "阶段", Entry.TEXT, True, b.STAGES, width=10),
        _ANY_UNIT,
        Field("amount", "金额（元）", Entry.MONEY, True, width=16),
        Field("kind", "支出类别", Entry.TEXT, False, "kinds", width=14),
        replace(_PROJECT, required=False),
        replace(_FUND, required=False),
        _NOTE,
    ), 40),
)  # fmt: skip
"""All other sheets in their order."""
BY_RECORD: Mapping[type, SheetLayout] = {s.record: s for s in (DEPARTMENT, *SHEETS)}
LISTS = "列表"
"""The hidden sheet that drop-downs choose from."""
GUIDE = "填写说明"


def place_of(record: Any, name: str = "") -> Place:
    """The cell of a record's field, or its row."""
    layout = BY_RECORD.get(type(record))
    at: Place = record.at
    if layout is None or not name or at.cell is None or name not in layout.by_name or layout is DEPARTMENT:
        return at
    row = int("".join(c for c in at.cell.partition(":")[0] if c.isdigit())) - 1
    return replace(at, cell=address(row, layout.column(name)))

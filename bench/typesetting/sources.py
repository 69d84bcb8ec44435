"""The tables that are set: made by hand, and those of random disclosures of several dialects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bench.grids import CellKey, cells
from bench.layouts import Box, Laid, laid
from mingsuan.dialects.dialect import load
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import shown

MOST_ROWS = 26
"""Rows of a random table that are set."""
WRAPPED_AT = 9.5
"""Ems of a column at which long text wraps."""
OVERRUN = 0.8
"""Share of its text that a column is wide whose text runs over."""
_DIALECTS = (("zhengzhou-2023", 3), ("luohe-2024", 8), ("zhengzhou-2021", 5), ("jiangsu-2017", 4), ("shanghai-budget", 6))
"""Dialects and seeds of the random disclosures."""
_KINDS = (
    "revenue_expenditure_overview",
    "expenditure_overview",
    "fiscal_appropriation_overview",
    "three_public_expenses",
    "general_budget_basic_expenditure",
    "project_performance_summary",
)
_MERGED = {"project_performance_summary": ["单位编码（项目编码）", "项目单位（项目名称）"]}
_PATHS = (
    "科目编码/类 科目编码/款 科目编码/项 科目名称 合计 基本支出/小计 基本支出/人员经费/工资福利支出 基本支出/人员经费/对个人和家庭的补助"
    " 基本支出/公用经费 项目支出"
)
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")
_CODE = re.compile(r"\d{2,3}|\d{5,6}|\d{10,}")


@dataclass(frozen=True)
class Source:
    """A table to be set.

    Attributes:
        name: what it is called.
        table: its cells, and the lines above it.
        heads: rows of its heading.
    """

    name: str
    table: Laid
    heads: int

    @property
    def gold(self) -> Mapping[CellKey, int]:
        """Its cells as `bench.grids` compares them."""
        grid = [[""] * self.table.width for _ in range(self.table.height)]
        spans = []
        for box in self.table.boxes:
            grid[box.row][box.column] = box.text
            if box.rows > 1 or box.columns > 1:
                spans.append((box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1))
        return cells([{"grid": grid, "spans": spans}])


@cache
def figures(source: Source) -> frozenset[int]:
    """The columns whose cells are set at the right: those that hold numbers alone and no codes."""
    found = set()
    for column in range(source.table.width):
        body = [b.text for b in source.table.boxes if b.column == column and b.row >= source.heads and b.text and b.columns == 1]
        if body and all(_NUMBER.fullmatch(text) for text in body) and not all(_CODE.fullmatch(text) for text in body):
            found.add(column)
    return frozenset(found)


def align(source: Source, box: Box) -> str:
    """Where a cell's text is set: left, center or right."""
    return "center" if box.row < source.heads else "right" if box.column in figures(source) else "left"


def unmerged(source: Source) -> Source:
    """The table with the keys that are merged over several rows printed on the first of them, blanks below."""
    boxes = list(_unmerged(source))
    return replace(source, table=replace(source.table, boxes=tuple(sorted(boxes, key=lambda b: (b.row, b.column)))))


def _unmerged(source: Source) -> Iterator[Box]:
    for box in source.table.boxes:
        if box.row < source.heads or box.rows == 1:
            yield box
        else:
            yield replace(box, rows=1)
            yield from (Box("", box.row + n, box.column + k) for n in range(1, box.rows) for k in range(box.columns))


def widths(source: Source, *, wraps: bool = True, overruns: bool = False) -> list[float]:
    """Natural widths of the columns in ems, those of long text less: where it wraps, and where it runs over."""
    found = [1.6] * source.table.width
    for box in source.table.boxes:
        if box.columns == 1:
            wide = ems(box.text) + 0.6
            if align(source, box) != "right" and (wraps or box.row < source.heads):
                wide = min(wide, WRAPPED_AT)
            elif align(source, box) == "left" and overruns:
                wide *= OVERRUN
            found[box.column] = max(found[box.column], wide)
    return found


def ems(text: str) -> float:
    """About how wide a text is."""
    return sum(1.0 if ord(c) > 0xFF else 0.56 for c in text)


@cache
def sources() -> tuple[Source, ...]:
    """All tables."""
    return (*_by_hand(), *_random())


def _random() -> Iterator[Source]:
    """Tables of random disclosures, one of each kind and heading."""
    seen = set()
    for name, seed in _DIALECTS:
        for table in random_disclosure(load(name), seed).tables:
            columns = tuple(c.path for c in table.columns)
            if table.kind not in _KINDS or (table.kind, columns) in seen or not table.rows:
                continue
            seen.add((table.kind, columns))
            rows = [{path: shown(cell) for path, cell in row.cells.items()} for row in table.rows[:MOST_ROWS]]
            rows = [{path: text for path, text in row.items() if text} for row in rows]
            yield _source(f"{name} {table.kind}", table.title, columns, [row for row in rows if row], _MERGED.get(table.kind, []))


def _source(name: str, title: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]], merged: Sequence[str] = ()) -> Source:
    table = laid({"kind": "", "title": title, "unit": "万元", "columns": columns, "rows": rows, "merged": merged}, 2024)
    return Source(name, table, max(column.count("/") + 1 for column in columns))


def _by_hand() -> Iterator[Source]:
    yield _typed(
        "三公经费",
        ["项目", "上年预算数", "本年预算数"],
        "合计|52.30|47.00\n因公出国（境）费||\n公务接待费|12.30|10.00\n公务用车运行费|40.00|37.00",
    )
    yield _typed(
        "三级表头",
        _PATHS.split(),
        "||||4212.99|2754.10|2267.47|290.27|196.36|1458.89\n201|03|01|行政运行|1026.27|1026.27|886.61|0.00|139.66|\n"
        "201|03|02|一般行政管理事务|1458.89||||  |1458.89\n208|05|05|机关事业单位基本养老保险缴费支出|213.50|213.50|213.50|||\n"
        "210|11|01|行政单位医疗|85.16|85.16|85.16|||\n221|02|01|住房公积金|138.27|138.27|138.27|||",
    )
    yield _typed(
        "收支并列",
        [
            "收入/项目",
            "收入/预算数",
            "支出/项目",
            "支出/合计",
            "支出/一般公共预算/小计",
            "支出/一般公共预算/其中：财政拨款",
            "支出/政府性基金",
        ],
        "一、本年收入|9,746.50|一、本年支出|9,859.38|9,859.38|9,746.50|\n（一）一般公共预算拨款|9,746.50|（一）一般公共服务支出|7,120.05|7,120.05|7,007.17|\n"
        "（二）政府性基金预算拨款||（二）外交支出||||\n（三）国有资本经营预算拨款||（三）国防支出||||\n"
        "二、上年结转|112.88|（四）社会保障和就业支出|1,904.10|1,904.10|1,904.10|\n||（五）住房保障支出|835.23|835.23|835.23|\n"
        "||二、结转下年||||\n收入合计|9,859.38|支出合计|9,859.38|9,859.38|9,746.50|",
    )
    yield _typed(
        "合并的行键",
        ["单位名称", "项目名称", "资金总额", "绩效目标/三级指标", "绩效目标/指标值"],
        "漯河市人民政府办公室|参事事务费|10.0|参与政府重点工作督查次数|≥3次\n|||参事事务经费|≤10万元\n|||服务对象满意度|≥95%\n"
        "|政府网站运行维护及公文传输系统安全等级保护测评经费|210.0|网站可用率|≥99%\n|||故障响应时间|≤2小时\n"
        "漯河市人民政府驻北京联络处|驻京联络工作经费|76.5|联络接待次数|≥40次\n|||办公用房面积|1200平方米",
        merged=["单位名称", "项目名称", "资金总额"],
    )
    yield _typed(
        "指标树",
        ["一级指标", "二级指标", "三级指标", "指标值", "指标值说明"],
        "投入管理指标|工作目标管理|年度履职目标相关性|相关|年度履职目标是否符合国家、省委省政府、市委市政府的战略部署和发展规划，与部门职能是否一致。\n"
        "||工作任务科学性|科学|工作任务是否有明确的绩效目标，绩效目标是否与部门年度履职目标一致，能否体现工作任务的产出和效果。\n"
        "|预算和财务管理|预算编制完整性|完整|部门所有收入是否全部纳入部门预算。\n||预算执行率|≥95%|预算执行率=（预算完成数/预算数）×100%。\n"
        "产出指标|重点工作任务完成|重点工作1计划完成率|100%|\n|履职目标实现|工作目标完成率|100%|目标完成数与计划数之比。\n"
        "满意度指标|满意度|服务对象满意度|≥90%|通过问卷调查了解。",
        merged=["一级指标", "二级指标"],
    )
    yield _typed(
        "经济分类",
        [
            "部门预算经济分类/科目编码",
            "部门预算经济分类/科目名称",
            "政府预算经济分类/科目编码",
            "政府预算经济分类/科目名称",
            "本年基本支出/合计",
            "本年基本支出/人员经费",
            "本年基本支出/公用经费",
        ],
        "合计||||2754.10|2557.74|196.36\n30101|基本工资|50101|工资奖金津补贴|612.40|612.40|\n30102|津贴补贴|50101|工资奖金津补贴|385.15|385.15|\n"
        "30108|机关事业单位基本养老保险缴费|50102|社会保障缴费|213.50|213.50|\n30201|办公费|50201|办公经费|36.00||36.00\n"
        "30239|其他交通费用|50201|办公经费|98.76||98.76\n30301|离休费|50905|离退休费|1346.69|1346.69|\n31002|办公设备购置|50306|设备购置|61.60||61.60",
    )


def _typed(name: str, columns: list[str], text: str, merged: Sequence[str] = ()) -> Source:
    rows = [dict(zip(columns, map(str.strip, line.split("|")), strict=True)) for line in text.split("\n")]
    return _source(name, f"2024年{name}表", columns, [{path: cell for path, cell in row.items() if cell} for row in rows], merged)

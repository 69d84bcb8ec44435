"""Text that lost its grid: words → headings, fragments → rows, amounts → columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan.dialects.dialect import load
from mingsuan.dialects.forms import Form
from mingsuan.model import Disclosure
from mingsuan.places import Place
from mingsuan.reading.document import Paragraph
from mingsuan.reading.flattened.fragments import fragments_of, joined
from mingsuan.reading.flattened.marks import RESTORED, UNSETTLED
from mingsuan.reading.flattened.options import Rule, options_of, rules_of
from mingsuan.reading.flattened.pieces import breaks, pieces
from mingsuan.reading.flattened.reading import Open
from mingsuan.reading.flattened.settling import settled
from mingsuan.reading.flattened.sums import Addends, Budget, Choice, TooMany, components, solve
from mingsuan.reading.flattened.wording import header_of
from mingsuan.reading.read import read
from mingsuan.reading.tables.lexicon import Lexicon
from tests.reading.dumps import HENAN, amounts, table


def form(kind: str) -> Form:
    return HENAN.by_kind[kind]


def lines(text: str) -> list[Paragraph]:
    return [Paragraph(line.strip(), Place("例.txt", line=n)) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def dumped(text: str) -> Disclosure:
    return read(text.encode(), "例.txt", dialect=HENAN.name)


HEAD = """
2023年部门支出总体情况表
部门名称：某局 单位：万元
科目编码
单位代
码
单位（科目名称） 合计
基本支出 项目支出
小计
人员经费 公用经费
小计 其他运转类 特定目标类
类 款 项
工资福利支
出
对个人和家
庭的补助
商品和服务
支出
资本性支出
"""
BASIC = """
2023年一般公共预算基本支出表
部门名称：某局 单位：万元
部门预算支出经济分类科目 政府预算支出经济分类科目编码 本年一般公共预算基本支出
科目编码 科目名称 科目编码 科目名称 合计 人员经费 公用经费
"""


def test_numbers_that_a_break_cut_are_joined() -> None:
    found = fragments_of(lines("合计 1,234,5\n67.89 2, 217.0\n12.\n50 10,962.4\n208"))
    assert [f.text for f in found] == ["合计", "1,234,567.89", "2,217.0", "12.50", "10,962.4", "208"]


def test_an_ordinal_goes_with_what_it_stands_before() -> None:
    assert [f.text for f in fragments_of(lines("1. 一般公共预算 100.00 （2） 单位资金"))] == ["1.一般公共预算", "100.00", "（2）单位资金"]


def test_a_cell_of_several_lines_says_which() -> None:
    cell = joined(fragments_of(lines("甲 对个人和家\n庭的补助"))[1:])
    assert (cell.text, cell.place.line, cell.place.end_line, cell.place.column) == ("对个人和家庭的补助", 1, 2, 2)


def worth(text: str) -> float | None:
    """What speaks against the breaks of some lines read as one cell."""
    return breaks(list(pieces(fragments_of(lines(text)), 0))[-1])


def test_the_lines_of_a_cell_are_equally_long_and_the_last_is_no_longer() -> None:
    even, short, long = worth("机关事业单位\n基本养老保险"), worth("机关事业单位\n缴费"), worth("机关事业单位\n基本养老保险缴费支出")
    assert even == short
    assert long is not None and even is not None and long > even


def test_a_blank_within_a_line_speaks_against_one_cell_but_not_between_single_characters() -> None:
    assert worth("合 计") == 0
    assert (worth("津贴补贴 工资福利") or 0) > 0


def printed(text: str, kind: str) -> tuple[set[str], str]:
    """Paths of the headings that are printed, and the first fragment of the body."""
    fragments = fragments_of(lines(text))
    header = header_of(fragments, Lexicon(form(kind).blocks))
    return set(header.heading.printed), fragments[header.length].text if header.length < len(fragments) else ""


def test_headings_that_break_over_lines_or_are_glued_together_are_told_apart() -> None:
    found, below = printed(
        "类型 项目名称 项目单位 合计\n本年拨款 财政拨款结转结余\n财政专户管\n理资金\n单位资金一般公共预\n算\n政府性基金\n预算\n319.80",
        "project_expenditure",
    )
    assert {"财政专户管理资金", "单位资金", "本年拨款/一般公共预算", "本年拨款/政府性基金预算"} <= found
    assert below == "319.80"


def test_a_heading_that_is_cut_off_is_known() -> None:
    assert "基本支出/人员经费/对个人和家庭的补助" in printed("合计 基本支出\n小计 对个人和家庭的\n1.00", "expenditure_overview")[0]


def test_a_total_that_the_form_does_not_head_a_column_with_begins_the_body() -> None:
    head = "部门预算经济分类 政府预算经济分类 总计 一般公共预算 其他收入 类 款 科目名称 类 款 科目名称 小计 其中：财政拨款\n合计 3.00"
    assert printed(head, "economic_classification_summary")[1] == "合计"


def test_of_which_is_not_taken_for_the_column_of_the_same_words() -> None:
    blocks = load("luohe-2024").by_kind["fiscal_appropriation_overview"].blocks
    head = (
        "收入 支出 项目 金额 项目 合计 财政上年结转资金安排 一般公共预算 小计 其中：一般公共预算 其中：政府性基金 小计 其中：财政拨款 1.00"
    )
    found = header_of(fragments_of(lines(head)), Lexicon(blocks)).heading.printed
    assert found["支出/财政上年结转资金安排/其中：一般公共预算"].text == "其中：一般公共预算"
    assert found["支出/一般公共预算"].text == "一般公共预算"


def options(kind: str, *values: int) -> list[tuple[int, ...]]:
    columns = [c for c in form(kind).columns if c.kind == "amount"]
    found = options_of(columns, rules_of(form(kind).blocks[0], columns), values)
    least = min(o.cost for o in found)
    return [o.at for o in found if o.cost == least]


def test_amounts_keep_their_order_and_add_up() -> None:
    assert options("expenditure_overview", 1000, 600, 600, 400, 400) == [
        (0, 1, 2, 6, 7),
        (0, 1, 2, 6, 8),
        (0, 1, 3, 6, 7),
        (0, 1, 3, 6, 8),
        (0, 1, 4, 6, 7),
        (0, 1, 4, 6, 8),
        (0, 1, 5, 6, 7),
        (0, 1, 5, 6, 8),
    ]


def test_a_row_that_fits_one_way_has_one_option() -> None:
    assert options("three_public_expenses", 300, 100, 150, 60, 90, 50) == [(0, 1, 2, 3, 4, 5)]
    assert options("revenue_overview", 500, 500, 500, 400) == [(0, 1, 2, 3)]


def test_more_amounts_than_columns_fit_nowhere() -> None:
    assert options_of([], [], [1]) == ()


def test_what_fits_only_with_a_broken_rule_is_found_in_the_end() -> None:
    columns = [c for c in form("three_public_expenses").columns if c.kind == "amount"]
    found = options_of(columns, rules_of(form("three_public_expenses").blocks[0], columns), [900, 100, 100])
    assert found and min(o.cost for o in found) > 0


def test_a_subtotal_without_parts_is_kept_as_the_worse_option() -> None:
    columns = [c for c in form("three_public_expenses").columns if c.kind == "amount"]
    found = options_of(columns, rules_of(form("three_public_expenses").blocks[0], columns), [4700, 3700, 1000])
    assert found[0].cost == 0 and (0, 2, 5) in [o.at for o in found if o.cost]


def test_rules_cover_totals_and_what_is_of_which() -> None:
    columns = [c for c in form("revenue_overview").columns if c.kind == "amount"]
    rules = rules_of(form("revenue_overview").blocks[0], columns)
    assert Rule(2, (3,), exhaustive=False) in rules
    assert any(rule.total == 0 and rule.exhaustive for rule in rules)


def _rows(*values: tuple[int, int]) -> tuple[tuple[Choice, ...], ...]:
    """Rows of one amount that may stand in either of two columns; a cost speaks against the second."""
    return tuple((Choice((v, 0), 0), Choice((0, v), cost)) for v, cost in values)


def test_the_only_way_to_add_up_is_found() -> None:
    solution = solve(Addends(_rows((500, 0), (300, 0), (190, 0)), (690, 300), 2), Budget())
    assert solution is not None
    assert solution.first == (0, 1, 0) and solution.possible == (frozenset({0}), frozenset({1}), frozenset({0}))


def test_rows_that_may_change_places_stay_open() -> None:
    solution = solve(Addends(_rows((500, 0), (300, 0), (300, 0)), (800, 300), 2), Budget())
    assert solution is not None and solution.possible == (frozenset({0}), frozenset({0, 1}), frozenset({0, 1}))


def test_of_several_ways_the_one_with_least_against_it_counts() -> None:
    solution = solve(Addends(_rows((500, 2), (300, 2), (300, 0)), (800, 300), 2), Budget())
    assert solution is not None and (solution.cost, solution.first) == (0, (0, 0, 1))


def test_totals_that_cannot_be_reached_have_no_solution_and_endless_searches_end() -> None:
    assert solve(Addends(_rows((500, 0)), (400, 100), 2), Budget()) is None
    with pytest.raises(TooMany):
        solve(Addends(_rows(*((n * n * 7919 % 100_003, 0) for n in range(1, 60))), (1_500_000, 1_400_000), 60_000), Budget())


def test_columns_that_tell_nothing_of_each_other_are_settled_apart() -> None:
    free = [(1, 0, 5, 0), (0, 1, 5, 0), (1, 0, 0, 5), (0, 1, 0, 5)]
    assert components([free], []) == ((0,), (1,), (2,), (3,)) or set(components([free], [(0, 1), (2, 3)])) == {(0, 1), (2, 3)}
    assert components([[(1, 0, 5, 0), (0, 1, 0, 5)]], [(0, 1), (2, 3)]) == ((0, 1, 2, 3),)


def test_a_dump_becomes_a_table_whose_cells_have_places() -> None:
    """Names that break over lines are whole, codes are keys, and it is said that the table was restored."""
    body = "合计 310.00 310.00 300.00 10.00\n208 05 05\n机关事业单位基本养老保险\n缴费支出\n300.00 300.00 300.00\n"
    found = dumped(HEAD + body + "201 03 01 行政运行 10.00 10.00 10.00\n")
    only = table(found, "expenditure_overview")
    assert [row.key and row.key.function for row in only.rows] == [None, "2080505", "2010301"]
    assert only.rows[1].text("单位（科目名称）") == "机关事业单位基本养老保险缴费支出"
    place = only.rows[1].cells["合计"].place
    assert (place.line, place.column) == (24, 1)
    assert RESTORED in only.repairs and only.unit == "万元"


def test_columns_follow_from_the_codes_of_another_table() -> None:
    """301 stands under 工资福利支出 and 302 under 商品和服务支出, since the table by class says how much there is of each."""
    text = "2023年郑州市某局部门预算公开\n" + HEAD
    text += "合计 100.00 100.00 60.00 40.00\n201 03 01 行政运行 100.00 100.00 60.00 40.00\n" + BASIC
    text += "合计 100.00 60.00 40.00\n30101 基本工资 50101 工资奖金津补贴 60.00 60.00\n30201 办公费 50201 办公经费 40.00 40.00\n"
    rows = amounts(table(dumped(text), "expenditure_overview"))
    assert rows == [{"合计": "100.00", "基本支出/小计": "100.00", "工资福利支出": "60.00", "商品和服务支出": "40.00"}] * 2


def test_customs_decide_what_sums_leave_open() -> None:
    """10 + 20 of 302 make the operating expenditure, and so would 30 of 301, which the authority counts as personnel."""
    text = BASIC + "合计 60.00 30.00 30.00\n30101 基本工资 50101 工资奖金津补贴 30.00 30.00\n"
    text += "30201 办公费 50201 办公经费 10.00 10.00\n30202 印刷费 50201 办公经费 20.00 20.00\n"
    found = table(dumped(text), "general_budget_basic_expenditure")
    assert [[*row][1:] for row in amounts(found)] == [["人员经费", "公用经费"], ["人员经费"], ["公用经费"], ["公用经费"]]


def test_a_sum_overrules_a_custom() -> None:
    """One class of 302 stands under 人员经费: only so do the columns add up."""
    text = BASIC + "合计 60.00 40.00 20.00\n30101 基本工资 50101 工资奖金津补贴 30.00 30.00\n"
    text += "30229 福利费 50201 办公经费 10.00 10.00\n30202 印刷费 50201 办公经费 20.00 20.00\n"
    found = table(dumped(text), "general_budget_basic_expenditure")
    assert [[*row][1:] for row in amounts(found)] == [["人员经费", "公用经费"], ["人员经费"], ["人员经费"], ["公用经费"]]


def test_what_fits_several_ways_is_said_and_filled_in_one_of_them() -> None:
    found = dumped(HEAD + "合计 100.00 100.00 100.00\n201 03 02 一般行政管理事务 100.00 100.00 100.00\n")
    only = table(found, "expenditure_overview")
    unsure = [u for u in found.unrecognised if u.why.startswith(UNSETTLED)]
    assert len(unsure) == 2 and all("放法" in u.why and u.place.line for u in unsure)
    assert any(UNSETTLED in r for r in only.repairs)
    assert all(len(row) == 3 for row in amounts(only))


def test_a_row_of_more_amounts_than_columns_is_left_out_and_said() -> None:
    found = dumped(BASIC + "合计 60.00 40.00 20.00\n30101 基本工资 50101 工资奖金津补贴 1.00 2.00 3.00 4.00 5.00\n")
    texts = [c.text for row in table(found, "general_budget_basic_expenditure").rows for c in row.cells.values()]
    assert found.unrecognised and not {"4.00", "5.00"} <= set(texts)


def test_a_cell_in_a_line_reads_like_a_row_in_a_line() -> None:
    rows = "合计 310.00 310.00 300.00 10.00 208 05 05 养老 300.00 300.00 300.00 201 03 01 行政运行 10.00 10.00 10.00"
    one, other = (dumped(HEAD + sep.join(rows.split())) for sep in (" ", "\n"))
    assert amounts(table(one, "expenditure_overview")) == amounts(table(other, "expenditure_overview"))


def test_tables_side_by_side_keep_their_sides() -> None:
    text = "2023年部门收支总体情况表\n部门名称：某局 单位：万元\n收入 支出\n项目 金额 项目 金额\n"
    text += "一、一般公共预算 30.00 一、一般公共服务 20.00\n其中：财政拨款 30.00 二、外交\n十、卫生健康 10.00\n"
    text += "二十三、国有资本经营预算\n收 入 总 计 30.00 支 出 总 计 30.00\n"
    rows = [{p: c.text for p, c in row.cells.items()} for row in table(dumped(text), "revenue_expenditure_overview").rows]
    assert rows[1] == {"收入/项目": "其中：财政拨款", "收入/金额": "30.00", "支出/项目": "二、外交"}
    assert rows[2:4] == [{"支出/项目": "十、卫生健康", "支出/金额": "10.00"}, {"支出/项目": "二十三、国有资本经营预算"}]
    assert rows[4]["收入/项目"] == "收入总计" and rows[4]["支出/金额"] == "30.00"


def test_a_header_that_a_page_break_reprints_is_no_row() -> None:
    head = BASIC.split("单位：万元")[1]
    found = dumped(
        BASIC
        + "合计 60.00 60.00\n30101 基本工资 50101 工资奖金津补贴 30.00 30.00"
        + head
        + "30102 津贴补贴 50101 工资奖金津补贴 30.00 30.00"
    )
    assert len(table(found, "general_budget_basic_expenditure").rows) == 3


def test_a_text_with_a_grid_is_not_taken_for_a_dump() -> None:
    grid = "2023年一般公共预算基本支出表\n单位：万元\n\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n合计\t\t3.00\t3.00\t\n"
    assert not any(RESTORED in t.repairs for t in dumped(grid).tables)


def test_a_list_of_contents_is_no_table() -> None:
    assert dumped("目录\n1.部门收支总体情况表\n2.部门收入总体情况表\n3.部门支出总体情况表\n\n一、主要职责\n负责某项工作。\n").tables == ()


def test_stacked_forms_keep_labels_rows_and_tree() -> None:
    text = """部门（单位）整体绩效目标表
（2023年度）
部门（单位）名称 某局
年度履职目标
1.负责做好某项工作的督促检
查。
年度主要任务
任务名称 主要内容
调查研究
围绕中心工作和领导同志批示，组织专题调查研究和督促
检查工作
会议培训 做好会议、培训的组织工作
预算情况
部门预算总额（万元） 30.00
1、资金来源：（1）政府预算资金 30.00
（2）财政专户管理资金
一级指标 二级指标 三级指标 指标值 指标值说明
投入管理指标
工作目标管理
年度履职目标相关性 相关
1.年度履职目标是否符合国家、
省委战略部署。
产出指标
重点工作任务完
成
重点工作任务完成率 ≥95%
"""
    rows = [{p: c.text for p, c in row.cells.items()} for row in table(dumped(text), "overall_performance").rows]
    assert {"年度履职目标": "1.负责做好某项工作的督促检查。"} in rows
    assert {
        "年度主要任务/任务名称": "调查研究",
        "年度主要任务/主要内容": "围绕中心工作和领导同志批示，组织专题调查研究和督促检查工作",
    } in rows
    assert {"预算情况/项目": "部门预算总额（万元）", "预算情况/金额": "30.00"} in rows
    assert rows[-1] == {"一级指标": "产出指标", "二级指标": "重点工作任务完成", "三级指标": "重点工作任务完成率", "指标值": "≥95%"}
    assert rows[-2]["指标值说明"] == "1.年度履职目标是否符合国家、省委战略部署。"


def test_indicators_of_a_summary_stand_under_their_kinds() -> None:
    text = """2023年部门预算项目绩效目标汇总表
部门名称： 某局
单位编码（项目编码） 项目单位 （项目名称）
项目金额（万元） 绩效目标
成本指标 产出指标 效益指标 满意度指标
资金总额 政府预算资金 财政专户管理资金 单位资金 三级指标 指标值 三级指标 指标值 三级指标 指标值 三级指标 指标值
103 7.00 7.00
411200230000000002806 2023培训费 7.00 7.00
人均成本合规性 合规 培训及时率 ≥90% 培训水平 良好 工作人员满意度 ≥90%
培训合格率 ≥90% 培训人员满意度 ≥90%
市政府网站运维验收合格
率
≥95%
"""
    rows = [
        {p.removeprefix("绩效目标/"): c.text for p, c in r.cells.items()} for r in table(dumped(text), "project_performance_summary").rows
    ]
    assert rows[1]["成本指标/三级指标"] == "人均成本合规性" and rows[1]["满意度指标/指标值"] == "≥90%"
    assert rows[2] == {
        "产出指标/三级指标": "培训合格率",
        "产出指标/指标值": "≥90%",
        "满意度指标/三级指标": "培训人员满意度",
        "满意度指标/指标值": "≥90%",
    }
    assert rows[3] == {"产出指标/三级指标": "市政府网站运维验收合格率", "产出指标/指标值": "≥95%"}


@pytest.mark.parametrize(
    "body",
    [
        "合计 " + " ".join(f"{n}.00" for n in range(3_000)),
        "\n".join("某某科目名称"[: 1 + n % 6] for n in range(3_000)),
        "合计 1.00\n" + "\n".join("201 03 01 行政运行 0.00 0.00 0.00" for _ in range(300)),
        "合计 小计 " * 3_000,
        "合计 99.00 99.00 40.00 59.00\n"
        + "\n".join(f"201 {n // 90:02d} {n % 90:02d} 行政运行 {n}.{n % 89}1 {n}.{n % 89}1 {n}.{n % 89}1" for n in range(100)),
    ],
    ids=["amounts", "words", "zeros", "headings", "subset sums"],
)
def test_hostile_dumps_end_and_say_what_was_not_read(body: str) -> None:
    found = dumped(HEAD + body)
    assert len(found.tables) <= 1
    assert found.unrecognised or all(table.rows for table in found.tables)


def test_a_table_that_is_too_long_is_cut_between_rows_and_says_where() -> None:
    body = "\n".join(f"201 {n // 90:02d} {n % 90:02d} 行政运行 {n}.00 {n}.00 {n}.00" for n in range(1_000))
    found = dumped(HEAD + body)
    cut = next(u for u in found.unrecognised if "表太长" in u.why)
    assert cut.place.line and cut.place.column == 1
    assert all(row.text("单位（科目名称）") == "行政运行" for row in table(found, "expenditure_overview").rows)


def test_open_rows_of_a_table_that_the_dialect_does_not_have_stay_open_and_are_said() -> None:
    found = dumped(BASIC + "合计 30.00 30.00\n30101 基本工资 50101 工资奖金津补贴 30.00 30.00\n")
    only = replace(found.tables[0], kind="unheard_of")
    group = "本年一般公共预算基本支出"
    ways = tuple((f"{group}/合计", f"{group}/{name}") for name in ("人员经费", "公用经费"))
    cells = tuple(only.rows[1].cells[path] for path in ways[0])
    told = settled(found.with_table(0, only), HENAN, {0: [Open(1, cells, ways, (0, 0))]})
    assert told.tables[0].rows == only.rows
    assert [u.why.startswith(UNSETTLED) for u in told.unrecognised] == [True]


def test_reading_twice_gives_the_same() -> None:
    text = HEAD + "合计 90.00 90.00 40.00 50.00\n" + "\n".join(f"201 03 {n:02d} 行政运行 {n}.00 {n}.00 {n}.00" for n in range(1, 13))
    assert dumped(text) == dumped(text)

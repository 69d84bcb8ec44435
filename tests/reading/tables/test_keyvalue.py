from mingsuan.model import CellKind
from tests.reading.tables.stacked import LEVELS, UPPER
from tests.reading.tabular import disclosure, grid, printed, table

TITLE = "部门（单位）整体绩效目标表"


def tree(rows: str, levels: str = LEVELS) -> list[dict[str, str]]:
    """The indicator rows of a form."""
    return [r for r in printed(table(TITLE, grid(UPPER + levels + "\n" + rows))) if "指标值" in r]


def test_each_block_has_its_own_columns_and_rows() -> None:
    found = table(TITLE, grid(UPPER + LEVELS + "\n效益指标｜履职效益｜数据发布及时率｜100%｜按时发布。"))
    assert [c.path for c in found.columns] == [
        "部门（单位）名称",
        "年度履职目标",
        "年度主要任务/任务名称",
        "年度主要任务/主要内容",
        "预算情况/项目",
        "预算情况/金额",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "指标值说明",
    ]
    rows = printed(found)
    assert rows[0] == {"部门（单位）名称": "示例局"}
    assert rows[3] == {"年度主要任务/任务名称": "数据平台", "年度主要任务/主要内容": "平台全年可用。"}
    assert rows[4] == {"预算情况/项目": "部门预算总额（万元）", "预算情况/金额": "1200.5"}
    assert rows[6] == {"预算情况/项目": "（2）财政专户管理资金"}
    assert rows[-1] == {
        "一级指标": "效益指标",
        "二级指标": "履职效益",
        "三级指标": "数据发布及时率",
        "指标值": "100%",
        "指标值说明": "按时发布。",
    }
    assert found.unit == "万元"
    assert not found.unit_inherited


def test_the_name_may_stand_over_the_table() -> None:
    lines = "\n".join(grid(UPPER).splitlines()[1:])
    found = table(TITLE, "部门名称：示例局", lines + "\n" + grid(LEVELS))
    assert printed(found)[0] == {"部门名称": "示例局"}


def test_shifted_lines_are_placed_by_what_they_say() -> None:
    assert tree("""
        投入管理指标｜工作目标管理｜年度履职目标相关性｜相关｜
        工作任务科学性｜｜科学｜｜
        ｜绩效目标编制完成率｜100%｜按要求编制绩效目标的项目占应编制项目的比重，由财务科在年初统计。｜
        ｜效益指标｜履职效益｜数据发布及时率｜100%
        满意度｜｜用户满意度｜≥90%｜
    """) == [
        {"一级指标": "投入管理指标", "二级指标": "工作目标管理", "三级指标": "年度履职目标相关性", "指标值": "相关"},
        {"三级指标": "工作任务科学性", "指标值": "科学"},
        {
            "三级指标": "绩效目标编制完成率",
            "指标值": "100%",
            "指标值说明": "按要求编制绩效目标的项目占应编制项目的比重，由财务科在年初统计。",
        },
        {"一级指标": "效益指标", "二级指标": "履职效益", "三级指标": "数据发布及时率", "指标值": "100%"},
        {"二级指标": "满意度", "三级指标": "用户满意度", "指标值": "≥90%"},
    ]


def test_labels_in_the_middle_of_their_group_move_to_its_first_line() -> None:
    rows = tree("""
        ｜工作目标管理｜年度履职目标相关性｜相关｜
        ｜｜预算编制完整性｜完整｜

        投入管理指标｜预算和财务管理｜预算执行率｜≥90%｜
        ｜｜绩效目标编制完成率｜100%｜
        ｜绩效管理｜绩效监控完成率｜100%｜
    """)
    assert [r.get("一级指标") for r in rows] == ["投入管理指标", None, None, None, None]
    assert [r.get("二级指标") for r in rows] == ["工作目标管理", "预算和财务管理", None, "绩效管理", None]


def test_labels_headers_and_rows_reprinted_after_a_page_break_are_dropped() -> None:
    rows = tree("""
        投入管理指标｜预算和财务管理｜预算执行率｜≥90%｜

        ｜2、资金结构：（1）基本支出｜1,000.0｜｜
        ｜（2）项目支出｜200.5｜｜
        一级指标｜二级指标｜三级指标｜指标值｜指标值说明
        投入管理指标｜预算和财务管理｜预算调整率｜≤10%｜
    """)
    assert rows[1:] == [{"三级指标": "预算调整率", "指标值": "≤10%"}]


def test_operator_and_value_are_joined_and_no_unit_is_nothing() -> None:
    parts = UPPER.replace("政府预算资金", "财政性资金").replace("（2）财政专户管理资金｜｜｜", "（2）其他资金｜｜｜")
    text = (
        parts
        + """
        一级指标｜二级指标｜三级指标｜指标值｜度量单位
        投入管理指标｜工作目标管理｜年度履职目标相关性｜｜相关
        ｜预算和财务管理｜预算执行率｜≥｜90%
        ｜｜结转结余率｜≤5｜%
        效益指标｜履职效益｜无｜无｜无
    """
    )
    found = table("市级部门（单位）整体绩效目标申报表", grid(text), title="2021年郑州市示例局部门预算公开")
    values = [(r.get("指标值"), r.get("度量单位")) for r in printed(found) if "三级指标" in r]
    assert values == [("相关", None), ("≥90%", None), ("≤5", "%"), ("无", None)]


def test_labels_that_are_printed_on_every_line_are_kept() -> None:
    rows = tree("""
        产出指标｜履职目标实现｜报表上报次数｜12次｜
        产出指标｜履职目标实现｜报表差错率｜≤1%｜
        效益指标｜满意度｜用户满意度｜≥90%｜
        效益指标｜满意度｜基层满意度｜≥90%｜
    """)
    assert [r["二级指标"] for r in rows] == ["履职目标实现", "履职目标实现", "满意度", "满意度"]


PROJECT = """
    项目名称｜{name}｜｜
    单位编码｜012001｜资金用途｜业务类
    项目负责人｜｜联系人｜
    联系电话｜｜｜
    开始时间｜2021-01-01｜结束时间｜2021-12-31
    项目总金额｜25000.00｜项目本年度金额｜25000.00
    上年度项目总金额｜｜项目上年度金额｜
    项目详细信息｜｜｜
    项目概况｜保障平台运行。｜｜
    立项依据｜年度计划｜｜
    项目设立的必要性｜平台需要维护。｜｜
    项目配套制度措施｜财务制度｜｜
    项目实施计划｜按月实施｜｜
    备注｜｜｜
    项目绩效目标｜｜｜
    项目总目标｜平台可用。｜｜
    年度绩效目标｜平台全年可用。｜｜
    一级指标｜二级指标｜三级指标｜目标值
    产出目标｜数量｜巡检次数｜=12
    ｜质量｜巡检合格率｜≥99%
    成本｜｜｜
    ｜经济效益｜｜
    效果目标｜社会效益｜故障下降｜提高
"""


def test_a_record_is_one_row_and_forms_follow_each_other() -> None:
    text = grid(PROJECT.format(name="平台运维费")) + "\n" + grid(PROJECT.format(name="抽样调查费"))
    found = disclosure("示例局支出项目绩效目标表", "(2021年)", text, title="2021年郑州市示例局部门预算公开")
    assert [t.kind for t in found.tables] == ["project_performance_form"] * 2
    first = found.tables[0]
    record = printed(first)[0]
    assert record["项目名称"] == "平台运维费"
    assert record["项目本年度金额"] == "25000.00"
    assert record["项目详细信息/项目概况"] == "保障平台运行。"
    assert "备注" not in record
    assert [c.path for c in first.columns][:3] == ["项目名称", "单位编码", "资金用途"]
    assert str(first.rows[0].cells["开始时间"].value) == "2021-01-01"
    assert printed(first)[1:] == [
        {"一级指标": "产出目标", "二级指标": "数量", "三级指标": "巡检次数", "目标值": "=12"},
        {"二级指标": "质量", "三级指标": "巡检合格率", "目标值": "≥99%"},
        {"二级指标": "成本"},
        {"一级指标": "效果目标", "二级指标": "经济效益"},
        {"二级指标": "社会效益", "三级指标": "故障下降", "目标值": "提高"},
    ]


def test_amounts_without_any_unit_are_read_but_the_table_has_none() -> None:
    text = """
        部门名称｜示例局｜｜｜｜
        年度总体目标｜守好统计数据质量。｜｜｜｜
        年度主要任务｜任务名称｜主要内容｜预算资金｜｜
        ｜｜｜合计｜其中: 财政资金｜备注
        ｜任务1｜人员经费｜600.4｜600.4｜测算数
        一级指标｜二级指标｜三级指标｜指标值｜指标解释｜指标说明
        履职效能｜重点工作履行｜调查完成率｜≥97%｜反映完成情况｜
    """
    found = table("市级部门整体绩效目标申报表", "( 2020 年度 )", grid(text), title="")
    assert found.unit is None
    assert printed(found)[2]["年度主要任务/预算资金/其中:财政资金"] == "600.4"
    amount = found.rows[2].cells["年度主要任务/预算资金/合计"].amount
    assert amount is not None
    assert [c.kind for c in found.columns][4] is CellKind.AMOUNT


def test_a_label_that_the_form_lacks_is_kept_and_reported() -> None:
    found = disclosure(TITLE, grid(UPPER.replace("年度履职目标", "部门职能概述｜组织统计调查。｜｜｜\n年度履职目标") + LEVELS))
    assert {"部门职能概述": "组织统计调查。"} in printed(found.tables[0])
    assert [u.what for u in found.unrecognised] == ["“部门职能概述”"]

from pathlib import Path

import pytest

from mingsuan.dialects.dialect import load
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.forms import Fixed, Form, Listed, Single, Sum
from mingsuan.ledger import Axes, Box
from mingsuan.model import CellKind
from tests.dialects.authoring import FORM, city, write


def form(root: Path, text: str) -> Form:
    return city(root, table=text).by_kind["table"]


def mistake(root: Path, text: str) -> DialectError:
    with pytest.raises(DialectError) as caught:
        form(root, text)
    return caught.value


def box(axes: Axes, **sides: str) -> Box:
    return Box.parse(axes, sides)


def test_a_column_selects_what_it_and_the_headings_above_it_select(tmp_path: Path) -> None:
    dialect = city(
        tmp_path,
        table="""
title: 表
blocks:
- columns:
    一般公共预算: {fund: 一般公共预算, columns: {小计: {}, 本年: {origin: 本年}}}
  rows: single
""",
    )
    columns = dialect.by_kind["table"].by_path
    assert columns["一般公共预算/小计"].region == box(dialect.axes, fund="一般公共预算")
    assert columns["一般公共预算/本年"].region == box(dialect.axes, fund="一般公共预算", origin="本年")
    assert columns["一般公共预算/本年"].group == "一般公共预算"


def test_a_total_column_is_the_sum_of_its_siblings_and_of_the_totals_of_groups(tmp_path: Path) -> None:
    found = form(
        tmp_path,
        """
title: 表
blocks:
- columns:
    总计: {total: true}
    基本支出: {kind: 基本, columns: {小计: {total: true}, 人员: {kind: 人员经费}, 公用: {kind: 公用经费}}}
    项目支出: {kind: 项目}
    其中：专项: {fund: 专项收入, contained: true}
  rows: single
""",
    )
    assert set(found.blocks[0].sums) == {
        Sum("基本支出/小计", ("基本支出/人员", "基本支出/公用")),
        Sum("总计", ("基本支出/小计", "项目支出")),
    }


def test_a_label_only_groups_columns_and_its_total_is_no_part(tmp_path: Path) -> None:
    found = form(
        tmp_path,
        """
title: 表
blocks:
- columns:
    合计: {total: true}
    人员经费: {label: true, columns: {工资: {department: 301}, 补助: {department: 303}}}
    公用经费: {label: true, columns: {商品: {department: 302}}}
  rows: single
""",
    )
    assert found.blocks[0].sums == (Sum("合计", ("人员经费/工资", "人员经费/补助", "公用经费/商品")),)


def test_a_total_may_be_split_in_two_independent_ways(tmp_path: Path) -> None:
    found = form(
        tmp_path,
        """
title: 表
blocks:
- columns: {项目: {key: item}, 金额: {}}
  rows:
  - 总额: {total: true}
  - 财政: {fund: 政府预算资金, split: 来源}
  - 单位: {fund: 单位资金, split: 来源}
  - 基本: {kind: 基本, split: 结构}
  - 项目: {kind: 项目, split: 结构}
""",
    )
    rows = found.blocks[0].rows
    assert isinstance(rows, Fixed)
    assert rows.sums == (Sum("总额", ("财政", "单位")), Sum("总额", ("基本", "项目")))


def test_a_fixed_row_hangs_on_the_heading_above_it_and_loses_its_ordinal(tmp_path: Path) -> None:
    dialect = city(
        tmp_path,
        table="""
title: 表
blocks:
- columns: {项目: {key: item}, 金额: {}}
  rows:
  - 一、本年收入:
      origin: 本年
      sum: true
      rows:
      - （一）一般公共预算:
          fund: 一般公共预算
          rows:
          - 其中：财政拨款: {fund: 财政拨款, contained: true}
      - （二）政府性基金: {fund: 政府性基金}
  - 二、上年结转: {origin: 上年结转}
  - 收入合计: {total: true}
""",
    )
    rows = dialect.by_kind["table"].blocks[0].rows
    assert isinstance(rows, Fixed)
    assert rows.by_path["本年收入/一般公共预算"].region == box(dialect.axes, origin="本年", fund="一般公共预算")
    assert rows.by_path["本年收入/一般公共预算/财政拨款"].contained
    assert set(rows.sums) == {
        Sum("本年收入", ("本年收入/一般公共预算", "本年收入/政府性基金")),
        Sum("收入合计", ("本年收入", "上年结转")),
    }


def test_a_total_row_may_name_its_parts_other_totals_among_them(tmp_path: Path) -> None:
    found = form(
        tmp_path,
        """
title: 表
blocks:
- columns: {项目: {key: item}, 金额: {}}
  rows:
  - 甲: {fund: 政府预算资金, origin: 本年}
  - 乙: {fund: 单位资金, origin: 本年}
  - 本年合计: {origin: 本年, total: [甲, 乙]}
  - 上年结转: {origin: 上年结转}
  - 总计: {total: [本年合计, 上年结转]}
""",
    )
    rows = found.blocks[0].rows
    assert isinstance(rows, Fixed)
    assert {s.total: set(s.parts) for s in rows.sums} == {"本年合计": {"甲", "乙"}, "总计": {"本年合计", "上年结转"}}


def test_rows_are_included_from_a_list_and_may_be_dated_and_shortened(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "city/rows/classes.yaml": "- 医疗卫生: {function: 210, until: 2018}\n- 卫生健康: {function: 210, since: 2019}\n",
            "city/forms/table.yaml": """
title: 表
blocks:
- columns: {项目: {key: item}, 金额: {}}
  rows:
  - 各类: {label: true, listed: true, rows: [{include: classes}]}
  - 合计: {total: [各类]}
""",
        },
    )
    rows = load("city", tmp_path).by_kind["table"].blocks[0].rows
    assert isinstance(rows, Fixed)
    old, new = rows.by_path["各类/医疗卫生"], rows.by_path["各类/卫生健康"]
    assert (old.in_year(2018), old.in_year(2019)) == (True, False)
    assert (new.in_year(2018), new.in_year(2019), new.in_year(None)) == (False, True, True)
    assert old.listed
    assert new.listed
    assert not rows.by_path["合计"].listed


def test_the_three_ways_to_write_rows(tmp_path: Path) -> None:
    listed = form(tmp_path / "a", FORM).blocks[0].rows
    assert listed == Listed(("unit", "function"), ("合计",), "top", "合计")
    single = form(tmp_path / "b", "title: 表\nblocks:\n- columns: {合计: {}}\n  rows: single\n").blocks[0].rows
    assert single == Single()


def test_columns_hold_keys_texts_quantities_dates_or_amounts(tmp_path: Path) -> None:
    found = form(
        tmp_path,
        """
title: 表
blocks:
- columns:
    类: {key: 'function:3'}
    名称: {text: true}
    数量: {quantity: true}
    日期: {date: true}
    指标: {indicator: [产出指标, name]}
    金额: {}
  rows: {by: [function]}
""",
    )
    assert [c.kind for c in found.columns] == [
        CellKind.KEY,
        CellKind.TEXT,
        CellKind.QUANTITY,
        CellKind.DATE,
        CellKind.INDICATOR,
        CellKind.AMOUNT,
    ]
    assert (found.columns[0].key, found.columns[0].digits) == ("function", 3)
    assert found.columns[4].indicator == ("产出指标", "name")


@pytest.mark.parametrize(
    ("columns", "rows", "keyed"),
    [
        ("编码: {key: function}, 金额: {}", "{by: [function]}", True),
        ("单位: {key: unit_name}, 金额: {}", "{by: [unit, function]}", True),
        ("编码: {key: function}, 采购项目: {text: true}, 金额: {}", "{by: [project]}", False),
        ("品目: {key: name}, 金额: {}", "{outline: true}", False),
        ("金额: {}", "single", False),
    ],
)
def test_rows_have_keys_where_a_column_prints_what_they_are_listed_by(tmp_path: Path, columns: str, rows: str, keyed: bool) -> None:
    assert form(tmp_path, f"title: 表\nblocks:\n- columns: {{{columns}}}\n  rows: {rows}\n").keyed is keyed


def test_a_form_of_another_kind_is_extended_and_says_only_what_changes(tmp_path: Path) -> None:
    dialect = city(tmp_path, base=FORM, other="extends: base\nkind: other\ntitle: 基金支出表\nwhere: {fund: 政府性基金}\n")
    other = dialect.by_kind["other"]
    assert other.blocks == dialect.by_kind["base"].blocks
    assert other.title == "基金支出表"
    assert other.where == box(dialect.axes, fund="政府性基金")


def test_a_form_extends_its_own_kind_of_the_dialect_above(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "city/forms/table.yaml": FORM,
            "town/dialect.yaml": "extends: city\n",
            "town/forms/table.yaml": "extends: table\ntitle: 本县支出表\n",
        },
    )
    above, below = load("city", tmp_path).by_kind["table"], load("town", tmp_path).by_kind["table"]
    assert below.title == "本县支出表"
    assert below.blocks == above.blocks


ROWS = "title: 表\nblocks:\n- columns: {项目: {key: item}, 金额: {}}\n  rows:\n"
COLUMNS = "title: 表\nblocks:\n- rows: single\n  columns:\n"

MISTAKES = [
    pytest.param("tilte: 表\nblocks: []", "tilte", "title", id="a key of a form that does not exist"),
    pytest.param("code: T01\nblocks: []", "title", "补上 title", id="no title"),
    pytest.param("title: 表", "blocks", "补上 blocks", id="no blocks"),
    pytest.param("title: 表\nblocks: []", "blocks", "至少写一个块", id="an empty list of blocks"),
    pytest.param("title: 表\nblocks: {columns: {合计: {}}}", "blocks", "每项以“- ”开头", id="blocks that are no list"),
    pytest.param("title: 表\nunit: 万\nblocks:\n- {columns: {合计: {}}, rows: single}", "unit", "万元", id="a unit that does not exist"),
    pytest.param("title: 表\nblocks:\n- colums: {合计: {}}", "blocks[0].colums", "columns", id="a key of a block that does not exist"),
    pytest.param("title: 表\nblocks:\n- rows: single", "blocks[0].columns", "写出表头的各列", id="a block without columns"),
    pytest.param("title: 表\nblocks:\n- columns: {合计: {}}", "blocks[0].rows", "rows: single", id="amounts without rows"),
    pytest.param("title: 表\ndecimals: '2'\nblocks:\n- {columns: {合计: {}}, rows: single}", "decimals", "不加引号", id="quoted decimals"),
    pytest.param(
        "title: 表\narrange: left\nblocks:\n- {columns: {合计: {}}, rows: single}", "arrange", "side、stack", id="an unknown arrangement"
    ),
    pytest.param(
        "title: 表\nwhere: {fond: 一般公共预算}\nblocks:\n- {columns: {合计: {}}, rows: single}", "where", "fund", id="an unknown axis"
    ),
    pytest.param(COLUMNS + "    合计: {found: 一般公共预算}", "合计.found", "fund", id="an unknown axis or key of a column"),
    pytest.param(COLUMNS + "    合计: {fund: 彩票}", "合计", "政府性基金", id="an unknown node"),
    pytest.param(COLUMNS + "    合计: {fund: }", "合计.fund", "没有写名称或编码", id="an axis without a node"),
    pytest.param(COLUMNS + "    合计: {department: 301 303}", "合计", "名称 + 名称", id="a node expression without signs"),
    pytest.param(COLUMNS + "    合计: 一般公共预算", "合计", "改写为映射", id="a column that is no mapping"),
    pytest.param(COLUMNS + "    合计: {alias: {a: b}}", "合计.alias", "例如 alias", id="an alias that is no name"),
    pytest.param(COLUMNS + "    合计: {}\n    合计: {}", "第6行", "检查缩进", id="two columns of one name under one heading"),
    pytest.param(COLUMNS + "    编码: {key: function, alais: [代码]}", "编码.alais", "alias", id="an unknown key of a key column"),
    pytest.param(COLUMNS + "    编码: {key: code}", "编码.key", "function", id="an unknown key word"),
    pytest.param(COLUMNS + "    编码: {key: 'function:类'}", "编码.key", "function:3", id="a key part without a length"),
    pytest.param(COLUMNS + "    指标: {indicator: 产出指标}", "指标.indicator", "name", id="an indicator without its part"),
    pytest.param(COLUMNS + "    指标: {indicator: [产出, 值]}", "指标.indicator", "name、value", id="an unknown part of an indicator"),
    pytest.param(
        COLUMNS + "    合计: {total: [甲, 丙]}\n    甲: {}\n    乙: {}", "合计.total", "没有名为“丙”的列", id="a total of an unknown column"
    ),
    pytest.param(COLUMNS + "    合计: {beside: {结转: {origin: 本年}}}", "合计.beside", "没有“结转”这一列", id="an unknown sibling"),
    pytest.param(
        "title: 表\nblocks:\n- {columns: {金额: {}}, rows: single}\n- {columns: {金额: {}}, rows: single}",
        "blocks.金额",
        "给块写上 name",
        id="two blocks of one name",
    ),
    pytest.param("title: 表\nblocks:\n- columns: {合计: {}}\n  rows: singel", "blocks[0].rows", "single", id="unknown rows"),
    pytest.param("title: 表\nblocks:\n- columns: {合计: {}}\n  rows: {by: [unti]}", "rows.by", "unit", id="rows by an unknown axis"),
    pytest.param("title: 表\nblocks:\n- columns: {合计: {}}\n  rows: {total: [合计]}", "rows.by", "unit", id="rows by no axis"),
    pytest.param(
        "title: 表\nblocks:\n- columns: {合计: {}}\n  rows: {by: [unit], totals: [合计]}",
        "rows.totals",
        "total",
        id="an unknown key of rows",
    ),
    pytest.param(
        "title: 表\nblocks:\n- columns: {合计: {}}\n  rows: {by: [unit], total_at: left}", "total_at", "top、bottom", id="a total elsewhere"
    ),
    pytest.param(
        "title: 表\nblocks:\n- columns: {金额: {}}\n  rows:\n  - 甲: {}", "columns", "key: item", id="fixed rows without a name column"
    ),
    pytest.param(ROWS + "  - 甲: {fnud: 单位资金}", "甲.fnud", "fund", id="an unknown axis or key of a row"),
    pytest.param(ROWS + "  - 甲: {fund: 彩票}", "甲", "没有“彩票”", id="an unknown node of a row"),
    pytest.param(ROWS + "  - 甲: {since: '2021'}", "甲.since", "不加引号", id="a quoted year"),
    pytest.param(ROWS + "  - 甲: {rows: {乙: {}}}", "甲.rows", "每项以“- ”开头", id="rows of a row that are no list"),
    pytest.param(ROWS + "  - 甲: {}\n  - 一、甲: {}", "甲", "同名的行", id="two rows of one name under one heading"),
    pytest.param(ROWS + "  - 甲: {}\n  - 合计: {total: [乙]}", "合计.total", "没有名为“乙”的行", id="a total of an unknown row"),
    pytest.param(ROWS + "  - include: classes", "include", "没有名为“classes”的行清单", id="an unknown list of rows"),
    pytest.param("extends: ledger\ntitle: 表", "extends", "没有可继承的“ledger”", id="an unknown form to extend"),
    pytest.param("extends: table\ntitle: 表", "extends", "没有可继承的“table”", id="a form that extends itself"),
    pytest.param("title: 表\nblocks:\n- indicators: {level: {}}", "indicators.level", "levels", id="an unknown key of indicators"),
    pytest.param("title: [\n", "第", "检查缩进、冒号和引号", id="no YAML"),
]


@pytest.mark.parametrize(("text", "key", "remedy"), MISTAKES)
def test_a_mistake_names_file_key_and_remedy(tmp_path: Path, text: str, key: str, remedy: str) -> None:
    error = mistake(tmp_path, text)
    assert error.file == "city/forms/table.yaml"
    assert key in error.key, str(error)
    assert remedy in str(error)
    assert str(error).startswith("city/forms/table.yaml：")


def test_forms_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DialectError, match="互相继承成环"):
        city(tmp_path, one="extends: two\ntitle: 甲\n", two="extends: one\ntitle: 乙\n")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "city/forms").mkdir()
    (tmp_path / "city/forms/table.yaml").write_bytes("title: 表".encode("gbk"))
    with pytest.raises(DialectError, match=r"city/forms/table\.yaml.*另存为 UTF-8"):
        load("city", tmp_path)

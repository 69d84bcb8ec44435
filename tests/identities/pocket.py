"""A pocket-size dialect, whose identities can be worked out by hand."""

from pathlib import Path

from mingsuan.dialects.dialect import Dialect, load
from mingsuan.identities import Derivation, Identity, Sort, derive
from mingsuan.model import Claim, Table
from tests.dialects.authoring import DIALECT, write
from tests.filled import filled, understood

FORMS = {
    "overview": """
title: 收支总表
blocks:
- name: 收入
  columns: {项目: {key: item}, 金额: {}}
  rows:
  - 一、一般公共预算: {fund: 一般公共预算, rows: [{其中：财政拨款: {fund: 财政拨款, contained: true}}]}
  - 二、政府性基金: {fund: 政府性基金}
  - 三、单位资金: {fund: 单位资金}
  - 收入总计: {total: true}
- name: 支出
  columns: {项目: {key: item}, 金额: {}}
  rows:
  - 功能: {label: true, listed: true, use: 支出, rows: [{include: classes}]}
  - 本年支出: {use: 支出, total: [功能]}
  - 年终结转: {use: 结转}
  - 支出总计: {total: [本年支出, 年终结转]}
""",
    "spending": """
title: 支出表
where: {use: 支出}
blocks:
- columns: {编码: {key: function}, 名称: {key: name}, 合计: {total: true}, 基本: {kind: 基本}, 项目: {kind: 项目}}
  rows: {by: [unit, function]}
""",
    "general": "extends: spending\nkind: general\ntitle: 一般公共预算支出表\nwhere: {fund: 一般公共预算, use: 支出}\n",
    "economic": """
title: 基本支出经济分类表
where: {fund: 一般公共预算, kind: 基本}
blocks:
- columns:
    编码: {key: department}
    对应: {key: government}
    名称: {key: name}
    合计: {total: true}
    人员: {kind: 人员经费}
    公用: {kind: 公用经费}
  rows: {by: [department, government]}
""",
    "by_class": """
title: 按类别支出表
where: {use: 支出}
blocks:
- columns:
    编码: {key: function}
    小计: {total: true, kind: 基本}
    工资: {kind: 基本, department: 301}
    商品: {kind: 基本, department: 302}
  rows: {by: [function]}
""",
    "sources": """
title: 来源表
blocks:
- columns:
    合计: {total: true}
    一般公共预算: {fund: 一般公共预算, columns: {小计: {}, 其中：财政拨款: {fund: 财政拨款, contained: true}}}
    政府性基金: {fund: 政府性基金}
    单位资金: {fund: 单位资金}
  rows: single
""",
    "adjusted": """
title: 调整表
where: {measure: 调整}
blocks:
- columns: {合计: {total: true}, 一般公共预算: {fund: 一般公共预算}, 其中：财政拨款: {fund: 财政拨款, contained: true}}
  rows: single
""",
    "project": """
title: 项目表
where: {kind: 项目}
together: {kind: 项目}
arrange: stack
blocks:
- fields: {项目名称: {key: project_name}, 金额: {}}
""",
}
CLASSES = """
- 一、教育: {function: 205}
- 二、社会保障: {function: 208}
- 医疗卫生: {function: 210, until: 2018}
- 三、卫生健康: {function: 210, since: 2019}
"""
CONVENTION = """
conventions:
- id: pay
  text: 人员经费一般等于工资与补助
  left: {kind: 人员经费, fund: 一般公共预算}
  right: {kind: 基本, fund: 一般公共预算, department: 301 + 303}
  basis: 某文
"""

SOURCES = "合计|一般公共预算/小计|一般公共预算/其中：财政拨款|政府性基金|单位资金\n{}"
GENERAL = "键|编码|合计\n|合计|9"
SPENDING = """
键       | 编码    | 合计    | 基本   | 项目
         | 合计    | 1000.00 | 700.00 | 300.00
f2050101 | 2050101 | 250.40  | 150.20 | 100.20
f2080505 | 2080505 | 600.25  | 450.15 | 150.10
f2100101 | 2100101 | 149.35  | 99.65  | 49.70
"""
"""Three classes by kind, which add up both ways."""


def pocket(root: Path) -> Dialect:
    """The dialect, written into a folder and loaded."""
    files = {f"city/forms/{kind}.yaml": text for kind, text in FORMS.items()}
    write(root, {"city/dialect.yaml": DIALECT + CONVENTION, "city/rows/classes.yaml": CLASSES, **files})
    return load("city", root)


def derived(dialect: Dialect, *tables: Table, year: int | None = 2023, claims: tuple[Claim, ...] = ()) -> Derivation:
    """The identities of some tables."""
    return derive(understood(dialect, *tables, year=year, claims=claims))


def printed(dialect: Dialect, kind: str, text: str) -> Table:
    """A table of the pocket dialect."""
    return filled(dialect, kind, text)


Stated = tuple[str, tuple[str, ...], tuple[str, ...]]


def name(derivation: Derivation, number: int) -> str:
    """A figure by table, row and column: 支出表1.合计 (rows from 1); a claim by its words."""
    f = derivation.meaning.figures[number]
    if f.claim is not None:
        return f.label
    table = next(t for t in derivation.meaning.tables if t.index == f.table)
    return f"{table.form.title}{f.row + 1}.{f.form_column.rpartition('/')[2] if '/' in f.form_column else f.form_column}"


def said(derivation: Derivation, *sorts: Sort, blanks: bool = False) -> set[Stated]:
    """Identities of some sorts (all by default) as (sort, left, right), blank figures left out."""

    def side(numbers: tuple[int, ...]) -> tuple[str, ...]:
        figures = derivation.meaning.figures
        return tuple(sorted(name(derivation, n) for n in numbers if blanks or figures[n].amount is not None))

    return {(i.sort.value, side(i.left), side(i.right)) for i in derivation.identities if not sorts or i.sort in sorts}


def failing(derivation: Derivation) -> list[Identity]:
    """The identities that printed digits do not meet."""
    return [v.identity for v in derivation.violations()]


def witnesses(derivation: Derivation, left: str, right: str) -> set[str]:
    """The witnesses of the conditional identity of two figures."""
    for identity in derivation.identities:
        sides = {name(derivation, n) for n in identity.members}
        if identity.sort is Sort.CONDITIONAL and sides == {left, right}:
            return {name(derivation, n) for n in identity.witnesses}
    raise AssertionError(f"{left} and {right} are not said to agree")


def names(found: Derivation, left: tuple[int, ...], right: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures of both sides by name."""
    return tuple(name(found, n) for n in left), tuple(name(found, n) for n in right)

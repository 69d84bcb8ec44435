"""Small dialects written into a temporary folder, as an author would write them."""

from collections.abc import Mapping
from pathlib import Path

from mingsuan.dialects.dialect import Dialect, load

DIALECT = """
name: city
title: 某市部门预算
axes:
  use: {支出: , 结转: }
  origin: {本年: , 上年结转: {财政结转: , 单位结转: }}
  kind: {基本: {人员经费: , 公用经费: }, 项目: {其他运转类: , 特定目标类: }}
  fund: {政府预算资金: {一般公共预算: {财政拨款: , 专项收入: }, 政府性基金: }, 单位资金: }
  measure: {年初预算: , 政府采购: , 调整: }
"""
"""The dialect.yaml of the tests: small trees."""

FORM = """
code: T03
title: 支出表
where: {use: 支出}
blocks:
- columns:
    编码: {key: function}
    名称: {key: name}
    合计: {total: true}
    基本支出: {kind: 基本}
    项目支出: {kind: 项目}
  rows: {by: [unit, function]}
"""
"""A form without a mistake."""


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder of dialects; a dialect.yaml of the folder `city` is added where there is none."""
    standing = {} if (root / "city/dialect.yaml").exists() else {"city/dialect.yaml": DIALECT}
    for name, text in {**standing, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def city(root: Path, **forms: str) -> Dialect:
    """The dialect `city` with some forms, by kind."""
    write(root, {f"city/forms/{kind}.yaml": text for kind, text in forms.items()})
    return load("city", root)

"""Customs whose both sides are printed."""

from pathlib import Path

from mingsuan.dialects.dialect import Dialect
from mingsuan.identities import Sort
from mingsuan.identities.customs import unusual
from tests.dialects.authoring import DIALECT, FORM, write
from tests.dialects.authoring import city as city_of
from tests.filled import filled
from tests.identities.pocket import derived, failing, name, printed, said


def test_a_convention_is_stated_where_both_sides_are_printed(city: Dialect) -> None:
    text = """
    键     | 编码  | 合计 | 人员 | 公用
           | 合计  | 9    | {}   | {}
    d30101 | 30101 | 5    | 5    |
    d30201 | 30201 | 4    | {}   | {}
    """
    left, right = ("基本支出经济分类表1.人员",), ("基本支出经济分类表2.合计",)
    found = derived(city, printed(city, "economic", text.format(6, 3, 1, 3)))
    assert said(found, Sort.CONVENTION) == {("convention", left, right)}
    assert [i.sort for i in failing(found)] == [Sort.CONVENTION], "travel paid as personnel is unusual, not wrong"
    assert not said(derived(city, printed(city, "spending", "键|编码|合计\n|合计|9")), Sort.CONVENTION)


def test_pay_is_not_looked_for_where_custom_has_goods(city: Dialect) -> None:
    text = """
    键     | 编码  | 合计 | 人员 | 公用
           | 合计  | 9    | 5    | 4
    d30101 | 30101 | 5    | 5    |
    d30201 | 30201 | 4    |      | 4
    """
    found = derived(city, printed(city, "economic", text))
    strange = unusual(found.bits, found.meaning, found.masks)
    assert {name(found, n) for n in range(len(found.meaning.figures)) if strange(n)} == {"基本支出经济分类表3.人员"}


def test_a_side_of_a_convention_may_name_its_own_measure(tmp_path: Path) -> None:
    text = """
conventions:
- {id: bought, text: 采购一般等于公用经费, left: {measure: 政府采购, use: 支出}, right: {kind: 公用经费}, basis: 某文}
"""
    write(tmp_path, {"city/dialect.yaml": DIALECT + text})
    dialect = city_of(tmp_path, bought=FORM.replace("where: {", "where: {measure: 政府采购, "), by_kind=FORM.replace("基本}", "公用经费}"))
    bought = filled(dialect, "bought", "键|编码|合计\n|合计|3")
    operating = filled(dialect, "by_kind", "键|编码|基本支出\n|合计|4")
    assert [i.sort for i in failing(derived(dialect, bought, operating))] == [Sort.CONVENTION]


def test_a_convention_that_follows_from_the_tables_is_not_said_again(city: Dialect) -> None:
    text = """
    键     | 编码  | 合计 | 人员 | 公用
           | 合计  | 9    | 5    | 4
    d30101 | 30101 | 5    | 5    |
    d30201 | 30201 | 4    |      | 4
    """
    assert not said(derived(city, printed(city, "economic", text)), Sort.CONVENTION)

"""What holds of a derivation as a whole, and what is derived from real disclosures."""

from decimal import Decimal
from pathlib import Path

import pytest

from bench.gold import DIALECTS, disclosure, gold
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities import Derivation, Sort, derive
from mingsuan.model import Claim
from tests.identities.pocket import SOURCES, derived, failing, names, printed


def test_a_lost_cell_violates_nothing_in_tables_it_is_not_in(city: Dialect) -> None:
    """The general budget of the sources is lost; without the trust rule nothing would be general in any table."""
    found = derived(
        city,
        printed(city, "sources", SOURCES.format("9|||1|")),
        printed(city, "general", "键|编码|合计\n|合计|8\nf2050101|2050101|8"),
        printed(city, "spending", "键|编码|合计\n|合计|9\nf2050101|2050101|9"),
    )
    table = {found.meaning.figures[n].table for i in failing(found) for n in i.members}
    assert [i.sort for i in failing(found)] == [Sort.PARTITION]
    assert table == {0}


def test_exhaustive_columns_claim_that_no_other_class_occurs(city: Dialect) -> None:
    """小计 over 301 and 302 adds up; 310 printed elsewhere contradicts it."""
    other = Claim("", "资本性支出2万元", "", Decimal(2), "万元", 2023, region=(("kind", "基本"), ("department", "310")))
    found = derived(city, printed(city, "by_class", "键|编码|小计|工资|商品\n|合计|9|6|3"), claims=(other,))
    assert [(i.sort, *names(found, i.left, i.right)) for i in failing(found)] == [(Sort.LISTING, ("说明“资本性支出2万元”",), ())]


def test_one_relation_is_said_once(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "spending", "键|编码|合计|基本|项目\n|合计|9|6|3\nf2050101|2050101|9|6|3"),
        printed(city, "overview", "支出/项目|支出/金额\n一、教育|9\n本年支出|9"),
    )
    keys = [(i.sort is Sort.CONTAINED, frozenset((frozenset(i.left), frozenset(i.right)))) for i in found.identities]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("form", "signed"), [("adjusted", True), ("sources", False)])
def test_only_what_is_adjusted_may_be_negative(city: Dialect, form: str, signed: bool) -> None:
    text = {"adjusted": "合计|一般公共预算|其中：财政拨款\n9|9|8", "sources": SOURCES.format("9|8|8|1|")}[form]
    found = derived(city, printed(city, form, text), printed(city, form, text))
    assert {i.signed for i in found.identities if i.sort is Sort.EQUAL} == {signed}


def seed(shared: Path, number: str) -> Derivation:
    dialect = load(DIALECTS[number])
    return derive(understand(disclosure(gold(shared, number), dialect), dialect))


@pytest.mark.parametrize("number", ["000", "001"])
def test_a_disclosure_whose_tables_are_right_violates_nothing(shared: Path, number: str) -> None:
    found = seed(shared, number)
    assert len(found.identities) > 400
    assert found.violations() == ()
    assert found.meaning.unknown == ()


def test_the_project_summary_of_seed_003_leaves_out_fifteen_projects_and_nothing_else_is_wrong(shared: Path) -> None:
    found = seed(shared, "003")
    failed = failing(found)
    summary = {t.index for t in found.meaning.tables if t.form.kind == "project_performance_summary"}
    partitions = [i for i in failed if i.sort is Sort.PARTITION]
    unlisted = [i for i in failed if i.sort is Sort.LISTING and not i.right]
    assert len(partitions) == 4
    assert len(unlisted) == 15
    assert len(failed) == 19
    assert {found.meaning.figures[n].table for i in partitions for n in i.members} == summary


def test_task_3_of_seed_004_has_more_fiscal_money_than_money(shared: Path) -> None:
    found = seed(shared, "004")
    (failed,) = found.violations()
    assert failed.identity.sort is Sort.CONTAINED
    assert failed.difference == 1000
    assert [str(found.meaning.figures[n].amount) for n in failed.identity.members] == ["3,300.9万元", "3,300.8万元"]

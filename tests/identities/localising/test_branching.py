"""Slips that meet are found without the solver: one after another, zeros before other numbers, all that are equally good."""

from __future__ import annotations

from random import Random

import pytest

from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities import Derivation, Sort, derive, localise
from mingsuan.identities.localising import branching
from mingsuan.identities.localising.arithmetic import Arithmetic, Value
from mingsuan.identities.localising.branching import Branching, Way
from mingsuan.synth.disclosures import random_disclosure
from tests.identities.localising.meeting import around, spending
from tests.identities.pocket import derived, name, printed

MET = {"b2050101": "500.30", "b2080505": "151.10", "p2210201": "-30.02"}
RIGHT = {("支出表2.基本", 100040), ("支出表3.基本", 23020), ("支出表4.项目", 6004)}


def named(derivation: Derivation) -> list[set[tuple[str, str]]]:
    """For every cause, the cells of its repairs with what they should be."""
    return [
        {(name(derivation, n), "" if a is None else a.text()) for c in cause.candidates for n, a in c.edits}
        for cause in localise(derivation)
    ]


def test_slips_that_meet_are_found_one_after_another(city: Dialect) -> None:
    found = spending(city, **MET)
    proposer, failing = around(found)
    (solution,) = Branching(proposer)(failing).solutions
    assert {(name(found, n), v.units) for p in solution.edits for n, v in p.edits} == RIGHT


def test_the_search_leaves_the_figures_as_they_stood(city: Dialect) -> None:
    proposer, failing = around(spending(city, **MET))
    before = proposer.arithmetic.state()
    Branching(proposer)(failing)
    assert proposer.arithmetic.state() == before


def test_a_search_that_is_cut_off_says_so_and_guesses_nothing(city: Dialect, monkeypatch: pytest.MonkeyPatch) -> None:
    proposer, failing = around(spending(city, **MET))
    monkeypatch.setattr(branching, "EDITS_AT_MOST", 1)
    assert not Branching(proposer)(failing).solutions
    cut = Branching(proposer, left=dict.fromkeys(Way, 1))(failing)
    assert cut.exhausted
    assert not cut.solutions


def test_a_number_where_the_table_means_nothing_was_a_zero(city: Dialect) -> None:
    """0.04 beside other zeros was 0.00, not 0.01 or 0.03, all of which rounding lets stand."""
    text = """
    键       | 编码    | 合计   | 基本   | 项目
             | 合计    | 912.45 | 912.45 | 0.04
    f2050101 | 2050101 | 700.25 | 700.25 | 0.00
    f2080505 | 2080505 | 212.20 | 212.20 | 0.00
    """
    found = derived(city, printed(city, "spending", text))
    assert named(found) == [{("支出表1.项目", "0.00")}]


def test_a_part_ten_times_its_whole_had_its_point_elsewhere(city: Dialect) -> None:
    """Only ≤ fails: of all numbers that fit, the one of which fewest slips can be made by chance."""
    table = printed(
        city, "sources", "合计|一般公共预算/小计|一般公共预算/其中：财政拨款|政府性基金|单位资金\n500.00|300.00|2345.60|100.00|100.00"
    )
    found = derived(city, table)
    assert named(found) == [{("来源表1.其中：财政拨款", "234.56")}]


def test_a_wrong_number_that_stands_in_two_places_is_put_right_in_both(city: Dialect) -> None:
    """30.00 was printed 31.00 in its row's 合计 and 基本: neither can be edited alone."""
    text = """
    键       | 编码    | 合计   | 基本   | 项目
             | 合计    | 942.45 | 942.45 |
    f2050101 | 2050101 | 700.25 | 700.25 |
    f2080505 | 2080505 | 212.20 | 212.20 |
    f2210201 | 2210201 | 31.00  | 31.00  |
    """
    found = derived(city, printed(city, "spending", text))
    proposer, failing = around(found)
    assert not Branching(proposer)(failing).solutions
    repairs = [{(name(found, n), v.units) for p in s.edits for n, v in p.edits} for s in Branching(proposer).freely(failing).solutions]
    assert {("支出表4.合计", 6000), ("支出表4.基本", 6000)} in repairs
    assert all(len(r) == len(failing) for r in repairs)


def test_a_number_that_is_wrong_in_two_tables_is_told_by_the_sums_of_both(city: Dialect) -> None:
    """Each sum is off by a last digit, so that neither asks for 3645.26, which a slip may have made of both; that they are equal does."""
    text = """
    键       | 编码    | 合计
             | 合计    | 4858.14
    f2050101 | 2050101 | {}
    f2080505 | 2080505 | 600.44
    f2100101 | 2100101 | 612.43
    """
    found = derived(city, *(printed(city, "spending", text.format(wrong)) for wrong in ("345.26", "36452.60")))
    assert named(found) == [{("支出表2.合计", "3645.26")}] * 2


def test_a_part_is_likelier_wrong_than_the_total_of_which_it_is_one(city: Dialect) -> None:
    text = """
    键       | 编码    | 合计
             | 合计    | 19.73
    f2050101 | 2050101 | 10.12
    f2080505 | 2080505 | 2.61
    """
    found = derived(city, printed(city, "spending", text))
    (cause,) = localise(found)
    assert [name(found, c.figure) for c in cause.candidates][2:] == ["支出表1.合计"]


def test_what_hangs_on_a_number_is_not_lifted_by_another_number() -> None:
    """Witnesses that print a number bear witness by adding up exactly: a slip does not do that."""
    dialect = load("luohe-2024")
    derivation = derive(understand(random_disclosure(dialect, 4), dialect))
    arithmetic = Arithmetic(derivation.meaning.figures, derivation.identities)
    assert any(e.identity.witnesses for e in arithmetic.equations)
    assert all(not arithmetic.values[n] for e in arithmetic.equations for n in e.lifts)


def test_differences_kept_up_with_edits_are_those_of_the_figures() -> None:
    dialect = load("jiangsu-2017")
    derivation = derive(understand(random_disclosure(dialect, 4), dialect))
    arithmetic = Arithmetic(derivation.meaning.figures, [i for i in derivation.identities if i.sort is not Sort.CONVENTION])
    start, rng = arithmetic.state(), Random(3)
    for n in rng.sample(range(len(arithmetic.values)), 40):
        arithmetic.apply({n: rng.choice((Value(None, 0), Value(0, 1), Value(rng.randrange(10**6), 1), Value(7, 50)))})
    values, halves = arithmetic.values, arithmetic.halves
    for e in arithmetic.equations:
        assert e.difference == sum(values[n] for n in e.left) - sum(values[n] for n in e.right)
        assert e.tolerance == sum(halves[n] for n in (*e.left, *e.right)) + e.slack
        assert e.excess == sum(halves[n] for n in e.left if not values[n])
        assert e.shortfall == sum(halves[n] for n in e.right if not values[n])
    arithmetic.restore(start)
    assert arithmetic.state() == start
    assert not any(map(arithmetic.fails, arithmetic.equations))

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from bench.gold import DIALECTS, disclosure, gold
from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.identities import Candidate, Cause, Derivation, Sort, derive, localise
from tests.identities.pocket import derived, name, printed

SPENDING = """
键       | 编码    | 合计       | 基本      | 项目
         | 合计    | {total}    | {basic}   | {project}
f2050101 | 2050101 | {one}      | {one_b}   | {one_p}
f2080505 | 2080505 | {other}    | {other_b} | {other_p}
"""
RIGHT = {
    "total": "912.45",
    "basic": "615.30",
    "project": "297.15",
    "one": "700.25",
    "one_b": "500.20",
    "one_p": "200.05",
    "other": "212.20",
    "other_b": "115.10",
    "other_p": "97.10",
}
CELLS = {
    "total": "支出表1.合计",
    "basic": "支出表1.基本",
    "project": "支出表1.项目",
    "one": "支出表2.合计",
    "one_b": "支出表2.基本",
    "one_p": "支出表2.项目",
    "other": "支出表3.合计",
    "other_b": "支出表3.基本",
    "other_p": "支出表3.项目",
}


def spending(city: Dialect, **changes: str) -> Derivation:
    return derived(city, printed(city, "spending", SPENDING.format(**{**RIGHT, **changes})))


def repairs(derivation: Derivation, cause: Cause) -> set[tuple[tuple[tuple[str, str], ...], str]]:
    """The candidates of a cause: ((cell, what it should be), …) and the kind of slip."""
    return {(_edits(derivation, c), c.operation) for c in cause.candidates}


def _edits(derivation: Derivation, candidate: Candidate) -> tuple[tuple[str, str], ...]:
    return tuple((name(derivation, n), "" if amount is None else amount.text()) for n, amount in candidate.edits)


def repaired(meaning: Meaning, candidate: Candidate) -> Meaning:
    figures = list(meaning.figures)
    for number, amount in candidate.edits:
        figures[number] = replace(figures[number], amount=amount)
    return replace(meaning, figures=tuple(figures))


def test_a_table_that_adds_up_has_nothing_wrong(city: Dialect) -> None:
    assert localise(spending(city)) == ()


@pytest.mark.parametrize(
    ("cell", "text", "slip"),
    [
        ("one_b", "500.30", "一位数字错"),
        ("one_b", "520.00", "两位数字颠倒"),
        ("other", "221.20", "两位数字颠倒"),
        ("basic", "6153.00", "单位或小数点错位"),
        ("total", "9124500.00", "元与万元混用"),
        ("other_p", "-97.10", "正负号"),
        ("project", "29.15", "漏一位数字"),
        ("one_p", "2000.05", "多一位数字"),
    ],
)
def test_a_single_slip_is_named_with_its_right_value(city: Dialect, cell: str, text: str, slip: str) -> None:
    found = spending(city, **{cell: text})
    (cause,) = localise(found)
    assert repairs(found, cause) == {((((CELLS[cell], RIGHT[cell])),), slip)}
    assert derive(repaired(found.meaning, cause.candidates[0])).violations() == ()


def test_where_one_sum_is_all_there_is_every_number_in_it_may_be_wrong(city: Dialect) -> None:
    found = derived(city, printed(city, "spending", "键|编码|合计|基本|项目\n|合计|9.00|5.00|3.00"))
    (cause,) = localise(found)
    assert repairs(found, cause) == {
        ((("支出表1.合计", "8.00"),), "一位数字错"),
        ((("支出表1.基本", "6.00"),), "一位数字错"),
        ((("支出表1.项目", "4.00"),), "一位数字错"),
    }


def test_a_known_slip_is_likelier_than_an_arbitrary_number(city: Dialect) -> None:
    """954.00 for 945.00 is two digits turned round; 614.20 or 322.80 for the parts would be nothing in particular."""
    found = derived(city, printed(city, "spending", "键|编码|合计|基本|项目\n|合计|945.00|623.20|330.80"))
    (cause,) = localise(found)
    assert repairs(found, cause) == {((("支出表1.合计", "954.00"),), "两位数字颠倒")}


def test_an_amount_in_the_column_beside_is_moved_back(city: Dialect) -> None:
    text = """
    键       | 编码    | 合计   | 基本   | 项目
             | 合计    | 912.45 | 700.25 | 212.20
    f2050101 | 2050101 | 700.25 |        | 700.25
    f2080505 | 2080505 | 212.20 |        | 212.20
    """
    found = derived(city, printed(city, "spending", text))
    (cause,) = localise(found)
    assert repairs(found, cause) == {((("支出表2.项目", ""), ("支出表2.基本", "700.25")), "错列")}


def test_two_slips_that_share_no_sum_are_two_causes(city: Dialect) -> None:
    found = derived(
        city,
        printed(city, "spending", SPENDING.format(**{**RIGHT, "one_b": "500.30"})),
        printed(
            city, "overview", "收入/项目|收入/金额\n一、一般公共预算|2000.00\n二、政府性基金|300.00\n三、单位资金|40.00\n收入总计|2341.00"
        ),
    )
    slip, sum_ = sorted(localise(found), key=lambda cause: len(cause.candidates))
    assert repairs(found, slip) == {((("支出表2.基本", "500.20"),), "一位数字错")}
    assert {edits[0][0] for edits, _ in repairs(found, sum_)} == {f"收支总表{n}.金额" for n in (1, 2, 3, 4)}


def test_every_violation_belongs_to_one_cause(city: Dialect) -> None:
    found = spending(city, one_b="500.30", other="333.33", total="100.00")
    explained = [id(v.identity) for cause in localise(found) for v in cause.violations]
    assert len(explained) == len(set(explained))
    assert set(explained) == {id(v.identity) for v in found.violations()}


def test_a_list_whose_class_does_not_add_up_does_not_leave_that_class_out(city: Dialect) -> None:
    """205 is 7.11 over a row of 4.60. The other table lists 208 alone: it leaves 205 out, this one does not."""
    text = """
    键       | 编码    | 合计  | 基本  | 项目
             | 合计    | 12.34 | 12.34 |
    f205     | 205     | 7.11  | 7.11  |
    f2050101 | 2050101 | 4.60  | 4.60  |
    f208     | 208     | 5.23  | 5.23  |
    f2080505 | 2080505 | 5.23  | 5.23  |
    """
    by_class = "键|编码|小计\n|合计|12.34\nf208|208|5.23"
    found = derived(city, printed(city, "spending", text), printed(city, "by_class", by_class))
    (incomplete,) = [cause for cause in localise(found) if cause.missing]
    assert {name(found, n) for n in incomplete.missing} == {"支出表2.合计", "支出表3.合计"}
    sums = [v.identity for v in incomplete.violations if v.identity.sort is Sort.PARTITION]
    assert [name(found, i.left[0]) for i in sums] == ["按类别支出表1.小计"]


def test_an_incomplete_list_names_the_missing_rows_and_no_number(shared: Path) -> None:
    dialect = load(DIALECTS["003"])
    found = derive(understand(disclosure(gold(shared, "003"), dialect), dialect))
    (cause,) = localise(found)
    assert cause.candidates == ()
    assert len(cause.violations) == 19
    missing = [found.meaning.figures[n] for n in cause.missing]
    assert len(missing) == 15
    assert sum(f.amount.in_unit for f in missing if f.amount) == Decimal("981.70")
    assert {found.meaning.tables[[t.index for t in found.meaning.tables].index(f.table)].form.kind for f in missing} == {
        "project_expenditure"
    }


def test_a_list_that_lacks_rows_is_not_to_blame_for_a_wrong_number_of_another_table(shared: Path) -> None:
    """The projects that one list lacks are what its own sum is short of; a class of another table is 3 万元 too small."""
    dialect = load(DIALECTS["003"])
    meaning = understand(disclosure(gold(shared, "003"), dialect), dialect)
    number = next(n for n, f in enumerate(meaning.figures) if f.label == "《一般公共预算支出预算表》·2210201住房公积金·总计")
    right = meaning.figures[number].amount
    assert right is not None
    figures = list(meaning.figures)
    figures[number] = replace(figures[number], amount=replace(right, yuan=right.yuan - 30_000))
    slip, incomplete = localise(derive(replace(meaning, figures=tuple(figures))))
    assert [c.edits for c in slip.candidates] == [((number, right),)]
    assert len(incomplete.missing) == 15
    assert len(incomplete.violations) == 19


def test_of_a_part_larger_than_its_whole_either_may_be_wrong(shared: Path) -> None:
    dialect = load(DIALECTS["004"])
    found = derive(understand(disclosure(gold(shared, "004"), dialect), dialect))
    (cause,) = localise(found)
    assert {_edits(found, c)[0][1] for c in cause.candidates} == {"3300.8", "3300.9"}


def test_single_slips_in_a_real_disclosure_are_found_with_the_right_value(shared: Path) -> None:
    """Twelve amounts of seed 001's tables, one digit changed in each; forms of projects apart, whose last year's amounts stand alone."""
    dialect = load(DIALECTS["001"])
    meaning = understand(disclosure(gold(shared, "001"), dialect), dialect)
    single = {t.index for t in meaning.tables if t.form.kind == "project_performance_form"}
    cells = [n for n, f in enumerate(meaning.figures) if f.amount and f.amount.yuan and f.table not in single]
    for number in Random(1).sample(cells, 12):
        right = meaning.figures[number].amount
        assert right is not None
        wrong = Amount(right.yuan + 3 * 10 ** (len(str(int(right.in_unit))) - 1) * (right.yuan / right.in_unit), right.unit, right.decimals)
        figures = list(meaning.figures)
        figures[number] = replace(figures[number], amount=wrong)
        found = derive(replace(meaning, figures=tuple(figures)))
        candidates = [c for cause in localise(found) for c in cause.candidates]
        assert (number, right) in [c.edits[0] for c in candidates], figures[number].label

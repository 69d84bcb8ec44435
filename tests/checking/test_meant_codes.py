from dataclasses import replace

import pytest

import mingsuan
from mingsuan.checking.meant_codes import as_meant, misprints, one_slip_apart
from mingsuan.codes import Codes
from mingsuan.codes.lookalikes import digits_meant
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Level
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

DIALECT = load("jiangsu-2017")


def _with_code(wrong: str, code: str) -> Disclosure:
    """A made-up budget whose table of basic expenditure prints one economic class wrongly."""
    made = random_disclosure(DIALECT, 6)
    number = next(n for n, t in enumerate(made.tables) if t.kind == "general_budget_basic_expenditure")
    table = made.tables[number]
    row = next(n for n, r in enumerate(table.rows) if any(c.text == code for c in r.cells.values()))
    cells = {p: replace(c, text=wrong) if c.text == code else c for p, c in table.rows[row].cells.items()}
    rows = (*table.rows[:row], replace(table.rows[row], cells=cells), *table.rows[row + 1 :])
    printed = as_text(made.with_table(number, replace(table, rows=rows)), DIALECT)
    return read(printed.encode(), name="例")


@pytest.mark.parametrize("wrong", ["3039", "3099"])
def test_a_malformed_code_is_one_finding(wrong: str) -> None:
    errors = [f for f in mingsuan.check(_with_code(wrong, "30399")).findings if f.level is Level.ERROR]
    assert [f.code for f in errors] == ["CODE101"]
    assert wrong in errors[0].message


def test_what_is_well_formed_stays_as_it_is() -> None:
    disclosure = _with_code("30399", "30399")
    assert as_meant(disclosure, misprints(disclosure, DIALECT, Codes())) is disclosure


def test_two_codes_of_one_name_in_one_table_are_both_right_though_an_amount_is_the_same() -> None:
    """50303 and 50403 are both 公务用车购置; a row of 50403 has an amount by chance that another table prints for 50303."""
    dialect = load("luohe-2024")
    made = read(as_text(random_disclosure(dialect, 12), dialect).encode(), name="例")
    assert {"50303", "50403"} <= {row.key.government for t in made.tables for row in t.rows if row.key}
    assert misprints(made, dialect, Codes()) == ()


@pytest.mark.parametrize("wrong", ["3O399", "3039g"])
def test_letters_that_look_like_digits_are_read_as_such_and_told(wrong: str) -> None:
    meant = digits_meant(wrong)
    found = [f for f in mingsuan.check(_with_code(wrong, "30399")).findings if f.level is Level.ERROR]
    assert meant == ("30399" if wrong == "3O399" else wrong)
    assert meant == wrong or [(f.code, f.expected) for f in found] == [("CODE101", "30399")]


@pytest.mark.parametrize("wrong", ["30389", "30993"])
def test_a_code_of_another_class_is_told_by_its_name(wrong: str) -> None:
    errors = [f for f in mingsuan.check(_with_code(wrong, "30399")).findings if f.level is not Level.INFO]
    assert len(errors) <= 1, [f.message for f in errors]


SISTERS = """2024年示例局部门预算

一般公共预算基本支出表
单位：万元
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t180.00\t150.00\t30.00
301\t工资福利支出\t150.00\t150.00\t
30101\t基本工资\t100.00\t100.00\t
30113\t住房公积金\t40.00\t40.00\t
{}\t{}\t10.00\t10.00\t
302\t商品和服务支出\t30.00\t\t30.00
30201\t办公费\t30.00\t\t30.00
"""


@pytest.mark.parametrize(
    ("code", "name", "wrong"),
    [
        ("31099", "其他工资福利支出", True),
        ("30199", "其他工资福利支出", False),
        ("30112", "其他社会保障缴费", False),
        ("31099", "其他资本性支出", False),
    ],
)
def test_a_code_of_the_list_that_stands_among_the_sisters_of_another_is_told_by_its_name(code: str, name: str, wrong: bool) -> None:
    found = read(SISTERS.format(code, name).encode(), name="例")
    told = [(m.printed, m.meant) for m in misprints(found, load("national-budget"), Codes())]
    assert told == ([("31099", "30199")] if wrong else [])
    if wrong:
        findings = [f for f in mingsuan.check(found).findings if f.level is not Level.INFO]
        assert [f.code for f in findings] == ["CODE110"]
        assert "科目表的31099是“其他资本性支出”" in findings[0].message


@pytest.mark.parametrize("other", ["201031", "20103011", "2010302"])
def test_a_slip_is_a_digit_left_out_put_in_or_mistyped(other: str) -> None:
    assert one_slip_apart("2010301", other)
    assert not one_slip_apart("2010301", "2010301")
    assert not one_slip_apart("2010301", "2010312")

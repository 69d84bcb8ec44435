"""The bundled classifications by code, name and year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan import codes
from mingsuan.codes import Certainty, Classification, UnknownClassificationError

KINDS = st.sampled_from(list(Classification))
ANY_CODE = st.one_of(st.text(), st.from_regex(r"[1235]\d{2}(\d{2}){0,3}", fullmatch=True))


def test_a_code_has_the_name_that_holds_in_the_year() -> None:
    names = [code.name if (code := codes.lookup("function", "210", year)) else None for year in (2017, 2018, 2019, 2024)]
    assert names == ["医疗卫生与计划生育支出", "医疗卫生与计划生育支出", "卫生健康支出", "卫生健康支出"]


def test_a_code_that_was_closed_or_not_yet_opened_has_no_name() -> None:
    assert codes.lookup("function", "20124", 2018) is not None
    assert codes.lookup("function", "20124", 2019) is None
    assert codes.lookup("function", "20138", 2018) is None
    assert codes.lookup("department_economic", "30101", 2017) is None


def test_a_code_says_its_level_parent_fund_years_and_certainty() -> None:
    code = codes.lookup("function", "2010301", 2023)
    assert code == ("2010301", "行政运行", "项", "20103", "一般公共", None, None, Certainty.DOCUMENT)
    assert codes.lookup("function", "22006", 2024).certainty == Certainty.OFFICIAL  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "code", "name"), [
    ("department_economic", "30101", "基本工资"),
    ("government_economic", "50101", "工资奖金津补贴"),
    ("revenue", "10301", "政府性基金收入"),
])  # fmt: skip
def test_every_classification_answers(kind: str, code: str, name: str) -> None:
    found = codes.lookup(kind, code, 2023)
    assert found is not None
    assert found.name == name


def test_names_are_those_of_all_years_the_newest_first() -> None:
    assert codes.names("function", "210") == ("卫生健康支出", "医疗卫生与计划生育支出")
    assert codes.names("government_economic", "50601") == ("资本性支出", "资本性支出（一）")
    assert codes.names("function", "999") == ()


def test_parents_run_from_the_class_downward() -> None:
    assert codes.parents("function", "2010301") == ("201", "20103")
    assert codes.parents("function", "201") == ()


@pytest.mark.parametrize("kind", list(Classification))
def test_the_bundled_rows_are_well_formed_have_parents_and_one_name_a_year(kind: Classification) -> None:
    from mingsuan.codes.classification import LEVELS, bundled

    for code, rows in bundled(kind).items():
        assert codes.well_formed(kind, code)
        assert code[:3] == code or code[:-2] in bundled(kind)
        for row in rows:
            assert row.level == LEVELS[len(code)]
            assert row.parent == (code[:-2] if len(code) > 3 else "")
        for year in range(2010, 2030):
            assert sum(row.holds_in(year) for row in rows) <= 1, (code, year)


@pytest.mark.parametrize("code", ["711", "20103011", "3010", "二〇一", "", "２０１", "201\n"])
def test_a_code_of_the_wrong_shape_is_not_well_formed(code: str) -> None:
    assert not codes.well_formed("function", code)


def test_renames_tell_what_was_renamed_opened_and_closed() -> None:
    (change,) = codes.renames("210")
    assert (change.old, change.new, change.year) == ("医疗卫生与计划生育支出", "卫生健康支出", 2019)
    assert [(change.old, change.new) for change in codes.renames("22403")] == [(None, "森林消防事务"), ("森林消防事务", None)]
    assert codes.renames("201") == ()


def test_an_unknown_classification_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownClassificationError, match=r"经济.*function"):
        codes.lookup("经济", "301", 2023)


@given(KINDS, ANY_CODE, st.integers(), st.text())
def test_no_code_year_or_name_makes_a_lookup_fail(kind: str, code: str, year: int, name: str) -> None:
    found = codes.lookup(kind, code, year)
    assert found is None or (found.code == code and found.holds_in(year) and found.name in codes.names(kind, code))
    assert all(above == code[: len(above)] for above in codes.parents(kind, code))
    assert isinstance(codes.find(kind, name, year), tuple)
    assert isinstance(codes.name_agrees(kind, code, name), bool)
    codes.renames(code)


@given(KINDS, st.integers(2015, 2030), st.data())
def test_every_code_is_found_by_the_name_that_it_has(kind: Classification, year: int, data: st.DataObject) -> None:
    from mingsuan.codes.classification import bundled

    row = codes.lookup(kind, data.draw(st.sampled_from(sorted(bundled(kind)))), year)
    if row:
        assert row in codes.find(kind, f"（一）{row.name}", year)
        assert codes.name_agrees(kind, row.code, row.name)

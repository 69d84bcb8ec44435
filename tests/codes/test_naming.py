"""Printed names against official ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan import codes
from mingsuan.codes import normalise


@pytest.mark.parametrize(("printed", "wording"), [
    ("一、一般公共服务支出", "一般公共服务"),
    ("（十二）城乡社区支出", "城乡社区"),
    ("二十、自然资源海洋气象等支出", "自然资源海洋气象等"),
    ("1、农林水事务", "农林水"),
    ("3. 住房保障支出", "住房保障"),
    ("因公出国(境)费用", "因公出国(境)费用"),
    ("因公出国〔境〕费用", "因公出国(境)费用"),
    ("一般公共服务支出（类）", "一般公共服务"),
    ("社会保障 和\n就业支出", "社会保障和就业"),
    ("支出", "支出"),
    ("", ""),
])  # fmt: skip
def test_only_the_wording_of_a_name_counts(printed: str, wording: str) -> None:
    assert normalise(printed) == wording


@given(st.text())
def test_normalising_never_fails_and_never_empties_a_name_with_words(name: str) -> None:
    assert normalise(name) or not any(character.isalpha() for character in name) or name.strip()


def found(name: str, year: int | None) -> list[str]:
    return [code.code for code in codes.find("function", name, year) if code.level == "类"]


@pytest.mark.parametrize(("printed", "code"), [
    ("十三、农林水事务", "213"),
    ("城乡社区事务", "212"),
    ("文化体育旅游与传媒支出", "207"),
    ("商业服务业等支出", "216"),
    ("资源勘探电力信息等事务", "215"),
    ("三十四、抗疫特别国债安排的支出", "234"),
])  # fmt: skip
def test_a_class_is_found_as_disclosures_print_it(printed: str, code: str) -> None:
    assert found(printed, 2023) == [code]


def test_a_retired_name_finds_the_row_of_its_own_years() -> None:
    (retired,) = codes.find("function", "医疗卫生与计划生育支出", 2021)
    assert (retired.code, retired.until) == ("210", 2018)
    now = codes.find("function", "卫生健康支出", 2021)[0]
    assert (now.code, now.until) == ("210", None)


def test_an_alias_finds_the_code_as_it_is_called_in_the_year() -> None:
    assert [code.name for code in codes.find("function", "医疗卫生", 2023)] == ["卫生健康支出"]
    assert [code.name for code in codes.find("function", "医疗卫生", 2016)] == ["医疗卫生与计划生育支出"]


def test_without_a_year_every_year_is_searched() -> None:
    assert found("资源勘探信息等支出", None) == ["215"]
    assert codes.find("function", "没有这个科目", None) == ()


def test_a_name_agrees_with_its_code_also_when_old_aliased_or_followed_by_its_context() -> None:
    assert codes.name_agrees("function", "2010301", "行政运行（政府办公厅（室）及相关机构）")
    assert codes.name_agrees("function", "2010301", "行政运行（政府办公厅（室）及相关机构")
    assert codes.name_agrees("function", "210", "医疗卫生与计划生育支出")
    assert codes.name_agrees("department_economic", "303", "对个人和家庭补助")
    assert codes.name_agrees("department_economic", "30212", "因公出国(境)费用")
    assert not codes.name_agrees("function", "2010301", "事业运行")

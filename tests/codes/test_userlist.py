"""A list of the user's own takes precedence over the bundled data."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingsuan.codes import Certainty, Codes, UnknownClassificationError, UserListError, load_user_list


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "科目.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def name_in(ours: Codes, code: str, year: int) -> str | None:
    found = ours.lookup("function", code, year)
    return found.name if found else None


def test_the_users_name_wins_in_its_years_and_the_bundled_one_elsewhere(tmp_path: Path) -> None:
    path = write(tmp_path, "code,name,valid_from,valid_to\n201,公共服务支出,2025,\n2019999,本地科目,,\n")
    ours = Codes(user_lists=[load_user_list(path, "function")])
    assert [name_in(ours, "201", 2024), name_in(ours, "201", 2025)] == ["一般公共服务支出", "公共服务支出"]
    assert ours.names("function", "201") == ("公共服务支出", "一般公共服务支出")
    assert [code.certainty for code in ours.find("function", "本地科目", 2023)] == [Certainty.USER]
    assert ours.find("function", "一般公共服务支出", 2024)[0].certainty == Certainty.DOCUMENT
    assert ours.name_agrees("function", "201", "公共服务支出")
    assert Codes().names("function", "201") == ("一般公共服务支出",)


def test_the_list_of_one_year_holds_in_that_year(tmp_path: Path) -> None:
    ours = Codes([load_user_list(write(tmp_path, "code,name\n210,健康支出\n"), "function", year=2024)])
    assert [name_in(ours, "210", year) for year in (2018, 2023, 2024)] == ["医疗卫生与计划生育支出", "卫生健康支出", "健康支出"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_utf8_and_gbk_with_chinese_headings_are_read(tmp_path: Path, encoding: str) -> None:
    loaded = load_user_list(write(tmp_path, "科目编码,科目名称\r\n30101,基本工资\r\n\r\n".encode(encoding)), "department_economic")
    assert [(row.code, row.name, row.level, row.parent) for row in loaded.rows] == [("30101", "基本工资", "款", "301")]


@pytest.mark.parametrize(("content", "line", "what"), [
    ("", 1, "没有科目编码"),
    ("code\n201\n", 1, "没有科目名称"),
    ("code,name,code\n", 1, "有不止一列科目编码"),
    ("code,name\n", None, "没有任何科目"),
    ("code,name\n201,一般\n301,工资\n", 3, "“301”不是支出功能分类的编码"),
    ("code,name\n201,\n", 2, "没有名称"),
    ("code,name,valid_from\n201,一般,二〇\n", 2, "“二〇”不是年份"),
    ("code,name,valid_from\n201,一般,9999999999999999999999\n", 2, "不是年份"),
    ("code,name,valid_from,valid_to\n201,一般,2024,2020\n", 2, "晚于终止年"),
    ("code,name\n201,一般\n201,二般\n", None, "同一年有两个名称"),
    (b"\xff\xfec\x00o\x00", None, "不是UTF-8或GBK"),
    (b"\x81\x00\x00", None, "不是UTF-8或GBK"),
])  # fmt: skip
def test_a_wrong_list_says_where_what_and_what_to_do(tmp_path: Path, content: str | bytes, line: int | None, what: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(UserListError) as caught:
        load_user_list(path, "function")
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert what in caught.value.what
    assert caught.value.remedy.startswith(("请", "支出功能分类编码"))
    assert caught.value.what in str(caught.value)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserListError, match="打不开"):
        load_user_list(tmp_path / "无.csv", "function")


def test_the_classification_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UnknownClassificationError):
        load_user_list(tmp_path / "无.csv", "功能")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.text(alphabet='code,name201一"\n\r\0 ').map(lambda text: ("code,name\n" + text).encode())))
def test_any_bytes_give_a_list_or_a_clear_error(tmp_path: Path, content: bytes) -> None:
    try:
        assert load_user_list(write(tmp_path, content), "function").rows
    except UserListError as error:
        assert error.remedy.endswith("。")

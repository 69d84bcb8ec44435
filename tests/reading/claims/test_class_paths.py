"""Functional classes that the narrative names level by level."""

import pytest

from mingsuan.reading.claims.class_paths import ClassNames, ClassPath, class_path, paths_in
from tests.hanging import no_hang

KNOWN = ClassNames(
    {
        "208": ("社会保障和就业支出",),
        "20805": ("行政事业单位养老支出",),
        "2080502": ("事业单位离退休",),
        "2080599": ("其他行政事业单位养老支出",),
        "210": ("卫生健康支出",),
        "21011": ("行政事业单位医疗",),
        "2101102": ("事业单位医疗",),
    },
    2024,
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("1. “教育支出（类）普通教育（款）小学教育（项）”", ("教育支出", "普通教育", "小学教育")),
        ("12.“卫生健康支出（类）行政事业单位医疗（款)行政单位医疗（项）”", ("卫生健康支出", "行政事业单位医疗", "行政单位医疗")),
        ("教育支出（类）普通教育（款）", ("教育支出", "普通教育")),
        ("住房保障支出（类)住房改革支出（款)购房补贴（项）科目", ("住房保障支出", "住房改革支出", "购房补贴")),
    ],
)
def test_a_path_is_read_with_brackets_of_either_width(words: str, names: tuple[str, ...]) -> None:
    assert class_path(words) == ClassPath(names)


@pytest.mark.parametrize("words", ["收入预算", "公务接待费", "（一）因公出国（境）费"])
def test_other_words_are_no_path(words: str) -> None:
    assert class_path(words) is None


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("社会保障和就业支出", "行政事业单位养老支出", "事业单位离退休"), "2080502"),
        (("社会保障和就业支出", "行政事业单位养老支出", "其它行政事业单位养老支出"), "2080599"),
        (("社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休"), "2080501"),
        (("医疗卫生与计划生育支出", "行政事业单位医疗", "事业单位医疗"), "2101102"),
        (("社会保障和就业支出", "行政事业单位养老支出", "退休人员活动费"), None),
    ],
)
def test_a_path_is_looked_up_in_the_tables_then_among_official_names_then_by_slips(names: tuple[str, ...], code: str | None) -> None:
    assert KNOWN.code(ClassPath(names)) == code


def test_every_path_of_a_text_is_found_with_its_place() -> None:
    text = "教育支出（类）普通教育（款）小学教育（项）10万元，比上年持平；卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）5万元。"
    assert [str(path) for _, path in paths_in(text)] == [
        "教育支出（类）普通教育（款）小学教育（项）",
        "卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）",
    ]


@pytest.mark.parametrize("filler", ["1", "增加", "（", "“", "1,", "长"])
def test_a_long_text_without_a_path_costs_no_more_than_its_length(filler: str) -> None:
    with no_hang():
        assert not list(paths_in(filler * 200_000))
        assert not list(paths_in(filler * 200_000 + "（项）"))

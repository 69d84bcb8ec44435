"""A change told with those of all its parts is their sum; other lists of changes tell nothing."""

from __future__ import annotations

import pytest

from tests.checking.builders import disclosure, findings, narrative

_ABROAD_SAME = (
    "“三公”经费决算数比上年{}万元，其中：因公出国（境）费与上年持平；"
    "公务用车购置及运行维护费减少6.74万元，下降10.98%；公务接待费增加1.84万元，增长34.53%。"
)


def _told(text: str) -> list[str]:
    return [f.expected for f in findings("NAR130", disclosure(sections=narrative(text)))]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("收支预算较上年增加24.33万元，其中：基本支出增加14.17万元，主要为人员经费增加23.98万元；项目支出减少10.16万元。", "增加4.01万元"),
        (_ABROAD_SAME.format("增加4.91"), "减少4.90万元"),
        ("基本支出比上年减少3.00万元，其中：人员经费增加3.00万元，公用经费持平。", "增加3.00万元"),
        (
            "支出100.00万元，比上年增加9.00万元。其中：基本支出60.00万元，比上年增加7.00万元；项目支出40.00万元，比上年增加5.00万元。",
            "增加12.00万元",
        ),
    ],
)
def test_a_change_that_is_not_the_sum_of_its_parts_is_told(text: str, right: str) -> None:
    (expected,) = _told(text)
    assert right in expected


def test_a_part_that_comes_to_nothing_can_only_have_fallen() -> None:
    zero = "“三公”经费中，因公出国（境）费0万元。"
    both = "“三公”经费预算较上年{}0.10万元，其中：公务用车购置及运行费减少0.51万元；公务接待费增加0.41万元。"
    assert not _told(zero + both.format("减少"))
    assert _told(zero + both.format("增加"))
    assert not _told(both.format("增加"))


@pytest.mark.parametrize(
    "text",
    [
        _ABROAD_SAME.format("减少4.91"),
        "支出比上年增加10.00万元，其中：基本支出增加12.00万元。",
        "支出比上年增加10.00万元，其中：工资增加12.00万元、会议费减少1.00万元。",
        "支出比上年增加10.00万元，其中：基本支出比年初预算增加12.00万元，项目支出比年初预算减少1.00万元。",
        "基本支出比上年增加10.00万元，其中：基本支出增加12.00万元，项目支出减少1.00万元。",
        "支出比预算减少8.00万元，下降4.00%，比上年减少1.00万元。其中：基本支出比预算减少6.00万元，比上年增加1.00万元；项目支出比预算减少2.00万元，比上年减少2.00万元。",
        "支出比上年增加1.00万元。其中：基本支出与预算数持平，与上年无增减；项目支出比预算减少2.00万元，比上年增加1.00万元。",
        "公务用车购置及运行维护费比上年增加1.00万元，其中：购置费增加0.00万元；公务接待费增加0.50万元。",
    ],
)
def test_lists_that_are_not_whole_or_speak_of_something_else_are_left_alone(text: str) -> None:
    assert not _told(text)

"""What is left of a title when its number, year and department are taken off."""

from __future__ import annotations

import pytest

from mingsuan.checking.titles import own_words
from mingsuan.model import Disclosure, Stage

OWN = Disclosure("示例局", None, 2024, Stage.BUDGET)


@pytest.mark.parametrize(
    "title",
    [
        "表5一般公共预算支出表",
        "表五一般公共预算支出表",
        "公开表5一般公共预算支出表",
        "部门公开表05一般公共预算支出表",
        "公开05表一般公共预算支出表",
    ],
)
def test_a_number_before_a_title_is_no_part_of_it(title: str) -> None:
    assert own_words(title, OWN) == "一般公共预算支出表"

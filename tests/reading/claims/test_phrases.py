"""Words before a number."""

from __future__ import annotations

import pytest

from mingsuan.reading.claims.phrases import direction_of, last_clause


@pytest.mark.parametrize("head", ["预算10万元，比上年增加（减少）", "预算10万元，比上年增长/下降", "预算10万元，比上年增加(减少)"])
def test_a_choice_that_is_not_made_is_no_direction_and_no_amount_of_the_subject(head: str) -> None:
    assert direction_of(head) is None
    assert last_clause(head).startswith("比上年增")


def test_a_direction_stands_right_before_its_number() -> None:
    assert direction_of("预算10万元，比上年增加") == "增加"
    assert direction_of("因公出国（境）费预算") is None

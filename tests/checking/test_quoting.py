"""What a finding quotes is not cut in a number, and a missing unit is the one that the text uses."""

from __future__ import annotations

import pytest

from tests.checking.builders import disclosure, findings, narrative


def test_no_number_is_cut_at_the_beginning_of_a_quotation() -> None:
    text = "“三公”经费支出比2023年度减少0.15万元，下降（增长）27.78%，其中：因公出国（境）费支出0万元。"
    (found,) = findings("TEXT102", disclosure(sections=narrative(text)))
    assert found.observed.startswith("2023年度减少0.15万元")


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_a_missing_unit_is_that_of_the_other_amounts(unit: str) -> None:
    text = f"本年支出2000.00{unit}，其中基本支出1500.00{unit}。支出比上年增加500.00{unit}，增长33.33。"
    (found,) = findings("TEXT117", disclosure(sections=narrative(text)))
    assert found.expected == f"33.33%，或写明{unit}"
    assert found.fix == f"补写单位：百分比加“%”，金额加“{unit}”。"

"""A seed's transcription set to PDF is read back exactly: `python -m bench.roundtrip` does all of them."""

import pytest

from bench.gold import gold
from bench.roundtrip import read_back, tables
from bench.shared import SHARED
from bench.typesetting import by_reportlab, by_typst
from bench.typesetting.looks import RULED

pytestmark = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="没有 ../shared 里的转录")


def test_a_form_that_goes_on_over_pages_is_read_back_exactly() -> None:
    transcribed = gold(SHARED, "004")
    score, dialect = read_back(by_typst.documents("2020年整体绩效目标申报", list(tables(transcribed)), RULED), transcribed)
    assert (score.differences, dialect) == ([], "zhengzhou-2020")


def test_a_budget_is_read_back_exactly_with_its_units_and_row_keys() -> None:
    transcribed = gold(SHARED, "003")
    score, dialect = read_back(by_reportlab.documents("2024年部门预算公开", list(tables(transcribed)), RULED), transcribed)
    assert (score.differences, dialect) == ([], "luohe-2024")

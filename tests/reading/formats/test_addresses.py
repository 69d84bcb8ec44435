"""Names of cells: what is written is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.reading.formats.addresses import MOST_COLUMNS, MOST_ROWS, address, column_of, position_of


@given(st.integers(0, MOST_ROWS - 1), st.integers(0, MOST_COLUMNS - 1))
def test_a_position_is_read_back_from_its_name(row: int, column: int) -> None:
    assert position_of(address(row, column)) == (row, column)
    assert column_of(address(row, column), -1) == column


@pytest.mark.parametrize("name", ["", "7", "B", "B0", "ABCD7", "XFE1", "A1048577", "甲1"])
def test_what_names_no_cell_of_a_sheet_has_no_position(name: str) -> None:
    assert position_of(name) is None


def test_a_cell_without_a_name_follows_the_one_before() -> None:
    assert [column_of(name, 4) for name in (None, "", "7", "ABCD7")] == [4, 4, 4, 4]

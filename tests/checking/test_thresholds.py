"""Thresholds are dated, cited, and an authority's own come first."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mingsuan.checking.thresholds import threshold
from mingsuan.dialects.errors import DialectError


def test_a_limit_holds_in_its_years_and_names_its_source() -> None:
    found = threshold("publication_days", 2023)
    assert found is not None
    assert (found.value, found.unit) == (Decimal(20), "天")
    assert "预算法" in found.basis
    assert threshold("publication_days", 2010) is None
    assert threshold("no_such_limit", 2023) is None


def test_the_dialect_s_own_limit_comes_first(tmp_path: Path) -> None:
    own = "change_that_needs_a_reason:\n- {since: 2023, until: 2023, value: 10, unit: '%', basis: 某市财政局通知}\n"
    (tmp_path / "thresholds.yaml").write_text(own, encoding="utf-8")
    found = threshold("change_that_needs_a_reason", 2023, (tmp_path,))
    assert found is not None
    assert str(found) == "10%"
    general = threshold("change_that_needs_a_reason", 2024, (tmp_path,))
    assert general is not None
    assert general.basis != found.basis


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: 20", "应为列表"), ("a:\n- {value: 20}", "应有 value 和 basis"), ("a:\n- {value: 多, basis: 甲}", "不是数"), ("a: [", "YAML")],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "thresholds.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DialectError, match=said):
        threshold("a", 2023, (tmp_path,))

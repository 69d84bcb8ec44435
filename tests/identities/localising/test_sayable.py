from decimal import Decimal

import pytest

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import Figure, understand
from mingsuan.identities.localising.causes import Candidate, Cause, Extent
from mingsuan.identities.localising.sayable import sayable
from mingsuan.synth.disclosures import random_disclosure

DIALECT = load("luohe-2024")
FIGURES = understand(random_disclosure(DIALECT, 1), DIALECT).figures
PRINTED = next(n for n, f in enumerate(FIGURES) if f.table >= 0 and f.amount is not None and f.amount.yuan > 0)
BLANK = next(n for n, f in enumerate(FIGURES) if f.table >= 0 and f.amount is None)


def _amount(value: str) -> Amount:
    return Amount(Decimal(value) * 10000, "万元", 2)


def _edits(*edits: tuple[int, Amount | None], figures: tuple[Figure, ...] = tuple(FIGURES)) -> list[tuple[tuple[int, Amount | None], ...]]:
    (cause,) = sayable([Cause((), (Candidate(edits, "数值不符", Extent.CELLS),))], figures)
    return [c.edits for c in cause.candidates]


def test_a_blank_is_never_told_to_be_zero() -> None:
    right = _amount("3.00")
    assert _edits((BLANK, _amount("0.00"))) == []
    assert _edits((PRINTED, right), (BLANK, _amount("0.00"))) == [((PRINTED, right),)]
    assert _edits((BLANK, right)) == [((BLANK, right),)]


@pytest.mark.parametrize("number", [PRINTED, BLANK])
def test_no_value_below_zero_is_told_where_a_table_prints_none(number: int) -> None:
    assert not any(f.amount is not None and f.amount.yuan < 0 and f.table == FIGURES[number].table for f in FIGURES)
    assert _edits((number, _amount("-3.00"))) == []

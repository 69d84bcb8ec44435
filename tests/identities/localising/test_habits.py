"""How tables usually print their amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.habits import Habits
from mingsuan.places import NOWHERE


@pytest.mark.parametrize(("below", "above", "strange"), [(1, 3, True), (2, 3, False), (2, 298, True), (4, 298, False)])
def test_a_minus_is_strange_where_it_is_the_only_one_or_one_of_very_few(below: int, above: int, strange: bool) -> None:
    printed = [-100 - n for n in range(below)] + [100 + n for n in range(above)]
    figures = [Figure((), Amount(Decimal(yuan), "元", 2), "", NOWHERE, table=0) for yuan in printed]
    arithmetic = Arithmetic(figures, [])
    habits = Habits(arithmetic)
    assert habits.strange(0, -arithmetic.values[0]) == strange
    assert not habits.strange(below, -arithmetic.values[below])

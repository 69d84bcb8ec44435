"""Items of a department's own income, as the forms name them (they are not codes of the revenue classification)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from mingsuan.codes import packaged
from mingsuan.codes.classification import Certainty


class IncomeItem(NamedTuple):
    """One item.

    Attributes:
        stage: 预算 or 决算.
        name: the usual name.
        aliases: other names printed for it.
        certainty: how far it may be trusted.
        note: what it is made up of, where that needs saying.
    """

    stage: str
    name: str
    aliases: tuple[str, ...]
    certainty: Certainty
    note: str


@cache
def income_items() -> tuple[IncomeItem, ...]:
    """All items in the order of the forms."""
    return tuple(
        IncomeItem(stage, name, tuple(aliases.split()), Certainty(certainty), note)
        for stage, name, aliases, certainty, note in packaged.rows("income_items")
    )

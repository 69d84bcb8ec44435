"""What cannot stand in a cell at all says by itself that it is wrong: money outside a row's class."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.identities import Cause, derive, localise
from mingsuan.synth.disclosures import random_disclosure


def meaning_of(name: str, seed: int) -> Meaning:
    dialect = load(name)
    return understand(random_disclosure(dialect, seed), dialect)


def causes(meaning: Meaning, number: int, amount: Amount) -> tuple[Cause, ...]:
    figures = list(meaning.figures)
    figures[number] = replace(figures[number], amount=amount)
    return localise(derive(replace(meaning, figures=tuple(figures))))


def test_a_cell_whose_row_and_column_share_nothing_holds_nothing() -> None:
    meaning = meaning_of("zhengzhou-2021", 5)
    masks = derive(meaning).masks
    number = next(n for n, f in enumerate(meaning.figures) if not masks[n] and f.boxes and f.table >= 0)
    (cause,) = causes(meaning, number, Amount(Decimal(7000), "元", 0))
    ((n, wanted),) = cause.candidates[0].edits
    assert n == number
    assert wanted is None or not wanted.yuan

"""What is filled with one copy of the forms, printed and read with another, is read as it was."""

from __future__ import annotations

import pytest

from bench.truth import trial
from mingsuan.dialects.dialect import names

LEDGERS = [(name, seed) for name in names() for seed in range(4)] + [("zhengzhou-2023", 4)]
"""Twenty-five; `make bench` takes a thousand."""


@pytest.mark.parametrize(("name", "seed"), LEDGERS)
def test_what_is_printed_is_read_back_and_holds_together(name: str, seed: int) -> None:
    found = trial(name, seed)
    assert found.amounts > 0
    assert (found.mismatches, found.meanings, found.violations, found.findings) == ((), (), (), ())


def test_a_trial_notices_a_form_that_means_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    import bench.truth as truth
    from mingsuan.dialects import dialect as dialects
    from mingsuan.ledger import Box

    sound = dialects.load("zhengzhou-2023")
    wrong = replace(sound, forms=tuple(replace(f, where=Box()) if f.kind == "general_budget_expenditure" else f for f in sound.forms))

    def load(name: str, root: object = None) -> dialects.Dialect:
        return sound if root is not None else wrong

    monkeypatch.setattr(truth, "load", load)
    assert not truth.trial("zhengzhou-2023", 0, text=False).passed

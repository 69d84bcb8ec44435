"""Errors of every kind are put in as they are recorded, the same for the same seed, and a check finds them."""

from __future__ import annotations

from collections import Counter

import pytest

from mingsuan import check
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.model import Disclosure, Level
from mingsuan.reading.read import read
from mingsuan.synth.corruption import KINDS, UnknownKindError, corrupt
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

SEED = 4


@pytest.fixture(scope="module")
def dialect() -> Dialect:
    return load("zhengzhou-2023")


@pytest.fixture(scope="module")
def sound(dialect: Dialect) -> Disclosure:
    return random_disclosure(dialect, SEED)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_changes_the_disclosure_and_says_what(sound: Disclosure, kind: str) -> None:
    changed, (change,) = corrupt(sound, 3, kinds=[kind])
    assert changed != sound
    assert change.kind == kind
    assert change.place
    assert change.before != change.after


def test_the_same_seed_puts_in_the_same_errors(sound: Disclosure) -> None:
    assert corrupt(sound, 7, 5) == corrupt(sound, 7, 5)
    assert corrupt(sound, 7, 5) != corrupt(sound, 8, 5)


def test_as_many_errors_as_asked_for_each_in_its_own_place(sound: Disclosure) -> None:
    _, changes = corrupt(sound, 2, 8)
    assert len(changes) == 8
    assert max(Counter(c.place for c in changes).values()) == 1


def test_a_slip_in_a_cell_changes_that_cell_only(sound: Disclosure) -> None:
    changed, (change,) = corrupt(sound, 5, kinds=["一位数字错"])
    differing = [
        (str(a.amount), str(b.amount))
        for t, u in zip(sound.tables, changed.tables, strict=True)
        for r, s in zip(t.rows, u.rows, strict=True)
        for path, b in s.cells.items()
        if (a := r.cells[path]) != b
    ]
    assert differing == [(change.before, change.after)]


def test_a_kind_that_the_disclosure_has_no_room_for_is_left_out(dialect: Dialect) -> None:
    bare = Disclosure(department="某局", year=2023, dialect=dialect.name)
    assert corrupt(bare, 1, 3) == (bare, ())


def test_an_unknown_kind_is_refused_with_what_there_is(sound: Disclosure) -> None:
    with pytest.raises(UnknownKindError, match="整表单位"):
        corrupt(sound, 1, kinds=["胡写"])


@pytest.mark.parametrize("kind", ["整表单位", "缺表", "增减百分比基数错", "模板残留", "表下说明错"])
def test_a_check_finds_what_the_record_says(dialect: Dialect, sound: Disclosure, kind: str) -> None:
    changed, changes = corrupt(sound, 3, kinds=[kind])
    assert changes
    report = check(read(as_text(changed, dialect).encode(), name="corrupted"))
    assert any(f.level is not Level.INFO for f in report.findings)

"""A sample of changes to the forms: the truth test must see nearly all of them."""

from __future__ import annotations

from random import Random

from bench.mutants import Mutant, judge, mutants
from mingsuan.dialects.dialect import load


def sample(name: str, count: int) -> list[Mutant]:
    return Random(3).sample([m for m in mutants(load(name)) if not m.touched], count)


def test_nine_of_ten_changed_regions_are_seen_and_the_others_change_nothing() -> None:
    verdicts = [judge(m, 20) for name in ("zhengzhou-2021", "luohe-2024") for m in sample(name, 15)]
    assert sum(bool(v.killed) for v in verdicts) >= 27
    assert [v.mutant for v in verdicts if not v.killed and not v.reason] == []


def test_a_part_missing_from_a_sum_is_seen() -> None:
    missing = [m for m in mutants(load("zhengzhou-2021")) if "T03 列的合计“基本支出/小计”漏" in m.what]
    assert missing
    assert all(judge(m, 6).killed for m in missing)

"""One slip is one finding, and keeps its fingerprint whatever else is in the document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan import check
from mingsuan.amounts import State
from mingsuan.dialects.dialect import load
from mingsuan.model import Cell, Disclosure, Finding, Level
from mingsuan.reading.read import read
from mingsuan.synth.corruption import corrupt
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_markdown, as_text

SLIPS = ("一位数字错", "相邻数字颠倒", "重一位数字", "漏填")


def _serious(disclosure: Disclosure) -> list[Finding]:
    return [f for f in check(disclosure).findings if f.level is not Level.INFO]


@pytest.mark.parametrize("name", ["zhengzhou-2023", "shanghai-budget", "jiangsu-2017"])
def test_one_wrong_cell_is_one_finding_also_where_customs_follow_from_it(name: str) -> None:
    sound = read(as_text(random_disclosure(load(name), 11), load(name)).encode(), name="甲.txt")
    for seed in range(4):
        wrong, changes = corrupt(sound, seed, kinds=[SLIPS[seed]])
        found = _serious(replace(wrong, claims=sound.claims))
        assert len(found) <= 1, (changes, [f.message for f in found])


@pytest.mark.parametrize("kind", ["万元写成元", "百分比错", "编码错", "编码少一位", "漏行"])
def test_a_slip_of_another_kind_is_one_finding_too(kind: str) -> None:
    name = "shanghai-final-2024"
    made = random_disclosure(load(name), 5)
    for seed in range(2):
        wrong, changes = corrupt(made, seed, kinds=[kind])
        found = _serious(read(as_text(wrong, load(name)).encode(), name="甲.txt"))
        assert len(found) <= 1, (changes, [f.message for f in found])


def test_amounts_that_a_table_writes_in_a_way_of_its_own_are_one_finding() -> None:
    sound = random_disclosure(load("jiangsu-2017"), 6)
    table = sound.tables[0]
    strange = table
    for row, column, cell in table.amounts():
        strange = strange.with_cell(row, column.path, Cell(cell.text + "（约）", cell.place, State.UNREADABLE))
    found = [f for f in check(sound.with_table(0, strange)).findings if f.code == "FIG301"]
    assert len(found) == 1
    assert "处印的不是金额" in found[0].message


def test_fingerprints_stay_when_lines_are_added_and_the_file_is_converted() -> None:
    dialect = load("jiangsu-2017")
    wrong, _ = corrupt(random_disclosure(dialect, 2), 2, 2, kinds=["一位数字错", "增减百分比基数错"])
    text = as_text(wrong, dialect)
    head, _, body = text.partition("\n\n")
    written = (text, f"{head}\n\n本文由办公室负责解释。\n\n{body}", as_markdown(wrong, dialect))
    prints = [{f.fingerprint for f in _serious(read(one.encode(), name="甲.txt"))} for one in written]
    assert prints[0]
    assert prints[0] == prints[1] == prints[2]

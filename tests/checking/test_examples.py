"""Every rule has a case that breaks it and one that does not; what a rule's page shows as 错 and 对 is what these cases hold."""

from __future__ import annotations

import pytest

from mingsuan.checking.collection import rules
from mingsuan.model import Disclosure, Status
from tests.checking.builders import disclosure, findings, indicators, narrative, receipts, table
from tests.checking.examples import codes, forms, performance, text
from tests.checking.examples import narrative as narratives
from tests.checking.examples.figures import FIGURES

CASES = {**codes.CASES, **forms.CASES, **narratives.CASES, **performance.CASES, **text.CASES}
APART = {
    *("ACR101", "ACR102", "ACR103", "ACR111", "ACR112", "ACR121", "FIG302", "FIG303", "NAR118", "NAR123", "NAR124"),
    *("NAR126", "NAR127", "NAR128", "NAR129", "PERF130"),
}
"""Compare several disclosures (tests/checking/test_across.py), need the forms of a final account (test_completion_tables.py) or of
two years (test_changes.py), need the words and forms of any province (test_strangers_words.py, test_accounts_of_strangers.py), or
give receipts and no findings (FIG302: test_figure_examples.py)."""


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_wrong_case_is_found(code: str) -> None:
    found = findings(code, CASES[code].wrong())
    assert found
    assert all(f.code == code and f.message and f.basis for f in found)
    assert all(f.fix.endswith("。") for f in found)
    assert any(r.status is Status.FAILED for r in receipts(code, CASES[code].wrong()))
    assert all(r.rule == code for r in receipts(code, CASES[code].wrong()))


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_right_case_is_left_alone(code: str) -> None:
    assert findings(code, CASES[code].right()) == ()
    assert not any(r.status is Status.FAILED for r in receipts(code, CASES[code].right()))


def test_every_rule_has_a_case() -> None:
    assert set(rules()) == set(CASES) | set(FIGURES) | APART


@pytest.mark.parametrize("code", sorted(rules()))
def test_every_page_shows_a_wrong_and_a_right_example(code: str) -> None:
    manual = rules()[code].manual
    assert "错：" in manual
    assert "对：" in manual
    assert rules()[code].title.endswith("。")


def test_a_file_that_stops_early_is_one_finding() -> None:
    listed = ("部门收入总体情况表", "部门支出总体情况表", "财政拨款收支总体情况表", "一般公共预算支出情况表")
    (only,) = findings("FORM101", disclosure(table("revenue_overview", ["单位代码"], [["003"]]), contents=listed))
    assert "文件可能不完整" in only.message


_OTHERWISE = {
    *("LAW102", "LAW103", "LAW104", "LAW105", "LAW106", "NAR110", "NAR114", "NAR120"),
    *("PERF103", "PERF106", "PERF109", "PERF110", "PERF111", "PERF112"),
    *("PERF113", "PERF114", "PERF115", "PERF116", "PERF117", "PERF118", "PERF119", "PERF123", "PERF124", "PERF125", "PERF128", "PERF129"),
    *("TEXT106", "TEXT108", "TEXT109", "TEXT110", "TEXT113", "TEXT116", "TEXT118", "TEXT122", "TEXT123", "TEXT124", "TEXT127", "TEXT128"),
}
"""Rules whose page tells its example in words, because it takes a table, several sections or the whole text; `CASES` holds it."""


def _page(code: str, word: str) -> Disclosure:
    """What a rule's page prints as its example, as a sentence or as an indicator with its target."""
    text = next(line for line in rules()[code].manual.splitlines() if line.startswith(word)).removeprefix(word)
    if code.startswith("PERF") and code != "PERF126":
        name, target = text.rsplit(" ", 1)
        return disclosure(indicators((name, target)))
    return disclosure(sections=narrative(text), year=int(text[:4]) if text[:4] == "2021" else 2023)


@pytest.mark.parametrize("code", [c for c in sorted(CASES) if c.startswith(("LAW", "NAR", "PERF", "TEXT")) and c not in _OTHERWISE])
def test_the_page_s_own_sentences_do_what_it_says(code: str) -> None:
    assert findings(code, _page(code, "错："))
    assert findings(code, _page(code, "对：")) == ()

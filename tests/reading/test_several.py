import pytest

import mingsuan
from mingsuan.dialects.dialect import load
from mingsuan.ledger import Ledger
from mingsuan.model import OTHER_TEXT, Disclosure, Level, Status
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import disclosed, random_disclosure, style_of
from mingsuan.synth.ledgers import random_ledger, year_of
from mingsuan.synth.printing import as_text

DIALECT = load("luohe-2024")
ONE, OTHER = (as_text(random_disclosure(DIALECT, seed), DIALECT) for seed in (1, 2))


def _read(*texts: str) -> Disclosure:
    return read("\n\n".join(texts).encode(), name="例")


def _told(disclosure: Disclosure) -> list[str]:
    return [u.why for u in disclosure.unrecognised if u.what == OTHER_TEXT]


def _next_year() -> str:
    ledger, roster = random_ledger(DIALECT, 1)
    doubled = Ledger(ledger.axes, (*ledger.lines, *ledger.lines))
    return as_text(disclosed(DIALECT, doubled, roster, year_of(DIALECT) + 1, style_of(1)), DIALECT)


@pytest.mark.parametrize("second", [OTHER, _next_year()], ids=["another department", "another year"])
def test_of_two_texts_in_one_file_the_first_is_checked_and_the_other_told(second: str) -> None:
    alone, both = _read(ONE), _read(ONE, second)
    assert both.tables == alone.tables
    (why,) = _told(both)
    assert "文件里有两份公开文本" in why and "请分开核对" in why and (alone.department or "?") in why
    report = mingsuan.check(both)
    assert not [f for f in report.findings if f.level is Level.ERROR]
    assert any(r.status is Status.NOT_EXECUTED and r.reason == why for r in report.receipts)


def test_three_texts_are_counted() -> None:
    assert "3份" in _told(_read(ONE, OTHER, _next_year()))[0]


def test_a_second_set_of_tables_without_a_title_page_is_another_text() -> None:
    tables = OTHER[OTHER.rindex("部门收支预算表") :]
    both = _read(ONE, tables)
    assert both.tables == _read(ONE).tables
    assert _told(both)


def test_the_same_text_printed_twice_is_one() -> None:
    assert not _told(_read(ONE, ONE))
    assert not _told(_read(ONE))

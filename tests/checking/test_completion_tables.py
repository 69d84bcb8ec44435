"""Rates of completion whose budget stands in the table only."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Disclosure, Section, Stage
from mingsuan.places import Place
from mingsuan.reading.claims.statements import read_claims
from tests.filled import filled

DIALECT = load("national-final")
_TABLE = "预算数/合计 | 预算数/公务接待费 | 决算数/合计 | 决算数/公务接待费\n5.50 | 5.50 | 4.45 | 4.45"


def _told(text: str) -> Disclosure:
    title = "七、财政拨款“三公”经费支出决算情况说明"
    sections = (Section(title, "three_public_note", 2, Place("t", line=1), text, title, ((0, Place("t", line=2)),)),)
    claims = read_claims(sections, load_sentences(DIALECT.folders), 2023)
    tables = (filled(DIALECT, "three_public_expenses", _TABLE),)
    return Disclosure("示例市某局", None, 2023, Stage.FINAL_ACCOUNT, dialect=DIALECT.name, tables=tables, sections=sections, claims=claims)


@pytest.mark.parametrize(("rate", "codes"), [("86.54", {"NAR118"}), ("80.91", set())])
def test_the_rate_follows_from_the_budget_that_the_table_prints(rate: str, codes: set[str]) -> None:
    report = check(_told(f"公务接待费支出4.45万元，完成预算{rate}%。"), DIALECT, ("NAR118",))
    assert {f.code for f in report.findings} == codes


def test_a_budget_that_the_text_states_itself_is_taken_from_the_text() -> None:
    report = check(_told("公务接待费支出预算为5.00万元，支出决算为4.45万元，完成预算的89.00%。"), DIALECT, ("NAR118",))
    assert report.findings == ()

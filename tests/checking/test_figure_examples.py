"""The pages of the figures rules: what they show as wrong is found under their code, what they show as right is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Disclosure, Section, Status, Table
from mingsuan.places import Place
from mingsuan.reading.claims.statements import read_claims
from tests.checking.examples.figures import DIALECT, FIGURES, PUBLIC, Example, three
from tests.filled import filled


def _disclosure(example: Example, texts: tuple[str, ...], said: str) -> Disclosure:
    read = (filled(DIALECT, kind, text) for kind, text in zip(example.kinds, texts, strict=True))
    tables: tuple[Table, ...] = tuple(replace(table, place=Place("t", line=100 + n)) for n, table in enumerate(read))
    title = "七、一般公共预算“三公”经费支出预算情况说明"
    sections = (Section(title, "three_public_note", 2, Place("t", line=1), said, title, ((0, Place("t", line=2)),)),) if said else ()
    claims = read_claims(sections, load_sentences(DIALECT.folders), 2023)
    return Disclosure("示例市某局", "河南省郑州市", 2023, dialect=DIALECT.name, tables=tables, sections=sections, claims=claims)


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_the_wrong_figures_are_found(code: str) -> None:
    example = FIGURES[code]
    found = check(_disclosure(example, example.wrong, example.wrong_text), DIALECT, ("FIG",)).findings
    assert code in {f.code for f in found}
    assert all(f.fix.endswith("。") for f in found)


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_the_right_figures_are_left_alone(code: str) -> None:
    example = FIGURES[code]
    assert check(_disclosure(example, example.right, example.right_text), DIALECT, ("FIG",)).findings == ()


def test_a_relation_whose_column_is_lost_is_not_executed_and_no_pass() -> None:
    text = f"“三公”经费合计 | 因公出国（境）费 | {PUBLIC}/小计 | {PUBLIC}/公务用车购置费 | 公务接待费\n45.00 | | 37.00 | | 8.00"
    example = Example(("three_public_expenses",), (text,), (text,))
    receipts = check(_disclosure(example, (text,), ""), DIALECT, ("FIG302",)).receipts
    whole = check(_disclosure(FIGURES["FIG101"], (three("45.00"),), ""), DIALECT, ("FIG302",)).receipts
    assert {r.status for r in whole} == {Status.PASSED}
    (lost,) = [r for r in receipts if r.status is Status.NOT_EXECUTED]
    assert "公务用车运行费" in lost.reason
    assert lost.rule == "FIG302"
    assert lost.about == DIALECT.by_kind["three_public_expenses"].title

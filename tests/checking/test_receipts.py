"""Receipts as a ledger: every rule about every table or section, and nothing unchecked among what passed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from mingsuan.amounts import UNITS
from mingsuan.checking.check import check
from mingsuan.checking.collection import rules
from mingsuan.checking.registry import About
from mingsuan.checking.subject import Subject
from mingsuan.dialects.dialect import Dialect, all_dialects, load
from mingsuan.identities import Sort, derived
from mingsuan.model import WHOLE_TEXT, Cell, Disclosure, Receipt, RowKey, Section, Status, Unrecognised
from mingsuan.places import Place
from mingsuan.synth.disclosures import random_disclosure
from tests.checking.builders import DIALECT, disclosure, narrative, table

_COLUMNS = ["科目编码/类", "科目编码/款", "科目编码/项", "单位代码", "单位（科目名称）", "合计"]


def _spending(code: str) -> Disclosure:
    rows = [["201", "03", "01", "", "行政运行", "8.0"], ["208", "05", "05", "", "养老保险", "1.0"], ["", "", "", "", "行政运行", "1.0"]]
    keys = [RowKey(function="2010301"), RowKey(function="2080505"), RowKey(function=code)]
    return disclosure(table("expenditure_overview", _COLUMNS, rows, keys=keys, title="支出表"))


def _of(code: str, subject: Disclosure) -> dict[str, Receipt]:
    return {r.about: r for r in check(subject, DIALECT, (code,)).receipts}


def test_a_rule_on_tables_leaves_a_receipt_for_every_table_that_the_dialect_requires() -> None:
    found = _of("CODE101", _spending("201030"))
    assert found["支出表"].status is Status.FAILED
    assert found["支出表"].places
    absent = DIALECT.by_kind["revenue_overview"].title
    assert found[absent].status is Status.NOT_EXECUTED
    assert "没有读到" in found[absent].reason
    assert len(found) >= sum(duty.required for duty in DIALECT.tables)


def test_a_table_without_what_the_rule_looks_at_did_not_pass() -> None:
    sound = table("revenue_overview", ["单位代码", "总计"], [["003", "1.0"]], title="收入表")
    whole = disclosure(*_spending("2010301").tables, sound)
    found = _of("CODE101", whole)
    assert found["支出表"].status is Status.PASSED
    assert found["支出表"].reason == "核对3处"
    assert found["收入表"].status is Status.NOT_APPLICABLE


def test_a_rule_on_the_narrative_leaves_a_receipt_for_every_section() -> None:
    growth = "2023年收入总计30.00万元，支出总计30.00万元，与2022年预算相比，收入增加10.00万元，增长50.00%。"
    sections = (
        Section("一、收支总体情况", "overview_note", 2, Place(line=10), growth, "一、收支总体情况", ((0, Place(line=11)),)),
        Section("二、收入情况", "revenue_note", 2, Place(line=20), "收入合计30.00万元。", "二、收入情况", ((0, Place(line=21)),)),
    )
    found = _of("NAR101", disclosure(sections=sections))
    assert found["一、收支总体情况"].status is Status.PASSED
    assert found["二、收入情况"].status is Status.NOT_APPLICABLE
    assert found["政府采购情况说明"].status is Status.NOT_EXECUTED


def test_tables_that_were_not_recognised_are_said_to_be_unchecked_and_never_missing() -> None:
    unread = (Unrecognised("表“某表”", "标题和列都不是已知的表", Place(line=9)),)
    unknown = Disclosure(year=2023, unrecognised=unread, sections=narrative("收入10万元。"))
    report = check(unknown, None)
    (told,) = [r for r in report.receipts if r.about == "表“某表”"]
    assert told.status is Status.NOT_EXECUTED
    assert "没有识别" in told.reason
    assert not [f for f in report.findings if f.code.startswith(("FORM101", "FORM102"))]
    assert all(r.status is Status.INSUFFICIENT for r in report.receipts if r.rule in {"CODE101", "FORM105"})


@pytest.mark.parametrize("dialect", all_dialects(), ids=lambda d: d.name)
def test_every_rule_leaves_a_receipt_whatever_the_dialect(dialect: Dialect) -> None:
    report = check(random_disclosure(dialect, 3), dialect, ignore=("FIG",))
    told = {r.rule for r in report.receipts}
    assert {code for code in rules() if not code.startswith("FIG")} <= told
    assert not [r for r in report.receipts if "执行中断" in r.reason]
    assert not [r for r in report.receipts if not r.reason]


def test_no_two_tables_or_sections_are_called_the_same() -> None:
    same = tuple(table("revenue_overview", ["单位代码"], [["003"]], title="表") for _ in range(3))
    matters = Subject(disclosure(*same), DIALECT).matters
    titles = [m.title for m in matters.tables]
    assert len(titles) == len(set(titles))
    assert titles[:3] == ["表（之1）", "表（之2）", "表（之3）"]


def test_rules_on_tables_and_sections_never_answer_for_the_whole_text_what_they_did_not_see() -> None:
    report = check(_spending("2010301"), DIALECT, ignore=("FIG",))
    wholesale = [
        r for r in report.receipts if r.about == WHOLE_TEXT and r.status is Status.PASSED and rules()[r.rule].about is not About.DOCUMENT
    ]
    assert wholesale == []


@pytest.mark.parametrize("name", ["jiangsu-2017", "shanghai-budget"])
@pytest.mark.parametrize(("code", "sorts"), [("FIG101", {Sort.PARTITION}), ("FIG102", {Sort.EQUAL, Sort.CONDITIONAL, Sort.LISTING})])
def test_a_wrong_amount_undoes_the_pass_of_the_table_that_it_stands_in(name: str, code: str, sorts: set[Sort]) -> None:
    dialect = load(name)
    sound = random_disclosure(dialect, 3)
    derivation = derived(sound, dialect)
    figures = derivation.meaning.figures
    tied = sorted(
        {n for i in derivation.identities if i.sort in sorts for n in i.members if figures[n].claim is None and figures[n].amount}
    )
    for number in Random(code).sample(tied, 3):
        figure, amount = figures[number], figures[number].amount
        assert amount is not None
        wrong = replace(amount, yuan=amount.yuan + 7 * UNITS[amount.unit])
        table = sound.tables[figure.table].with_cell(figure.row, figure.column, Cell(wrong.text(), figure.place, wrong))
        before, after = (
            {(r.obligation, r.about): r.status for r in check(d, dialect, (code, "FIG103")).receipts}
            for d in (sound, sound.with_table(figure.table, table))
        )
        assert Status.FAILED not in before.values()
        assert after != before, figure.label


def test_amounts_of_the_narrative_that_no_table_prints_are_said_to_be_unchecked() -> None:
    said = "2023年收入总计30.00万元，支出总计30.00万元。"
    alone = check(disclosure(sections=narrative(said)), DIALECT, ("FIG105",)).receipts
    assert [r.status for r in alone] == [Status.INSUFFICIENT]
    assert "没有同一口径的数" in alone[0].reason

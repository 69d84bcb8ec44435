"""Several disclosures side by side: two years of one department, its units' own, the budget of a final account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

import mingsuan
from mingsuan.checking.check import check
from mingsuan.checking.comparing import Printed, same_body
from mingsuan.checking.subject import Beside, Subject
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.roster import Roster
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.ledger import Ledger
from mingsuan.model import Disclosure, Level, Report, Section, Side, Stage, Status
from mingsuan.places import Place
from mingsuan.reading.claims.statements import read_claims
from mingsuan.synth.disclosures import disclosed, style_of
from mingsuan.synth.ledgers import random_ledger, year_of

SEED = 1


@cache
def _department(name: str) -> tuple[Dialect, Ledger, Roster, int]:
    dialect = load(name)
    ledger, roster = random_ledger(dialect, SEED)
    return dialect, ledger, roster, year_of(dialect)


def _published(dialect: Dialect, ledger: Ledger, roster: Roster, year: int) -> Disclosure:
    """A disclosure with places, and with the claims that a reader finds in its narrative."""
    made = disclosed(dialect, ledger, roster, year, style_of(SEED))
    file = f"{roster.name}{year}.txt"
    sections = tuple(_placed(section, file, 1000 * n) for n, section in enumerate(made.sections, start=1))
    return replace(made, sections=sections, claims=read_claims(sections, load_sentences(dialect.folders), year))


def _placed(section: Section, file: str, line: int) -> Section:
    starts = [0, *(i + 1 for i, c in enumerate(section.text) if c == "\n")]
    origins = tuple((offset, Place(file, line=line + n)) for n, offset in enumerate(starts, start=1))
    return replace(section, place=Place(file, line=line), path=section.title, origins=origins)


def _this_year(name: str) -> Disclosure:
    return _published(*_department(name))


def _last_year(name: str, change: Callable[[Ledger], Ledger] = lambda ledger: ledger) -> Disclosure:
    dialect, ledger, roster, year = _department(name)
    last = Ledger(ledger.axes, tuple(replace(line, year="0") for line in ledger.lines if line.year == "-1"))
    return _published(dialect, change(last), roster, year - 1)


def _another(name: str) -> tuple[Dialect, Ledger, Roster, int]:
    """Another department under the same dialect."""
    dialect = load(name)
    return dialect, *random_ledger(dialect, SEED + 1), year_of(dialect)


def _units(name: str, changed: int | None = None) -> list[Disclosure]:
    """The disclosures of the units, that of one with a million yuan more."""
    dialect, ledger, roster, year = _department(name)
    own = [Ledger(ledger.axes, tuple(line for line in ledger.lines if line.unit == unit.code)) for unit in roster.units]
    return [
        _published(
            dialect,
            _more(own[number]) if number == changed else own[number],
            replace(roster, name=unit.name, units=(unit,), projects=tuple(p for p in roster.projects if p.unit == unit.code)),
            year,
        )
        for number, unit in enumerate(roster.units)
    ]


def _subject(disclosure: Disclosure) -> Subject:
    return Subject(disclosure, load(disclosure.dialect) if disclosure.dialect else None)


def _report(code: str, disclosure: Disclosure, last: Disclosure | None = None, units: list[Disclosure] | None = None) -> Report:
    beside = Beside(_subject(last) if last else None, tuple(_subject(u) for u in units or ()))
    report = check(disclosure, _subject(disclosure).dialect, (code,), beside=beside)
    assert not [r for r in report.receipts if "执行中断" in r.reason]
    return report


def _more(ledger: Ledger) -> Ledger:
    """The same ledger with a million yuan more in its largest line of this year's budget."""
    budget = [line for line in ledger.lines if line.year == "0" and line.measure == "年初预算" and line.use == "支出"]
    largest = max(budget, key=lambda line: line.amount)
    raised = replace(largest, amount=largest.amount + 1_000_000)
    return Ledger(ledger.axes, tuple(raised if line is largest else line for line in ledger.lines))


@pytest.mark.parametrize("name", ["henan", "jiangsu-2017", "shanghai-budget", "zhengzhou-2021"])
def test_documents_of_one_ledger_agree(name: str) -> None:
    report = _report("ACR", _this_year(name), _last_year(name), _units(name))
    assert report.findings == ()
    passed = {r.rule for r in report.receipts if r.status is Status.PASSED}
    assert {"ACR101", "ACR111"} <= passed


def test_a_last_year_s_number_that_was_not_published_is_found_with_both_places() -> None:
    (finding,) = _report("ACR101", _this_year("jiangsu-2017"), _last_year("jiangsu-2017", _more)).findings
    assert finding.difference == "−100万元"
    assert "推得" in finding.sides[0].label
    assert len(finding.sides) == 4


def test_a_great_class_that_vanishes_is_asked_for() -> None:
    dialect, ledger, roster, year = _department("jiangsu-2017")
    last = _last_year("jiangsu-2017")
    assert _report("ACR102", _this_year("jiangsu-2017"), last).findings == ()
    spent = {row.key.function[:3] for t in last.tables for row in t.rows if row.key and row.key.function}
    kept = tuple(line for line in ledger.lines if line.function[:3] not in spent)
    other = tuple(replace(line, function="2320301") if line.function[:3] in spent else line for line in ledger.lines)
    assert len(kept) < len(ledger.lines)
    gone = replace(_published(dialect, Ledger(ledger.axes, other), roster, year), sections=(), claims=())
    findings = _report("ACR102", gone, last).findings
    assert findings
    assert all("请核实" in f.message and f.level is Level.INFO for f in findings)


def test_a_project_that_was_to_be_continued_is_asked_for(seed: Callable[[str], bytes]) -> None:
    last = mingsuan.read(seed("001"), name="2021.txt")
    now = replace(last, year=2022, tables=(), claims=(), sections=last.sections[:2])
    findings = _report("ACR103", now, last).findings
    assert len(findings) == 5
    assert "本年资金需求" in findings[0].message
    assert _report("ACR103", replace(last, year=2022), last).findings == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: replace(d, year=2019), "不是2020年同类的公开文本"),
        (lambda d: replace(d, dialect=None), "没有认出版式"),
        (lambda d: replace(d, stage=Stage.FINAL_ACCOUNT), "同类的公开文本"),
    ],
)
def test_what_is_not_last_year_s_is_not_compared(change: Callable[[Disclosure], Disclosure], reason: str) -> None:
    report = _report("ACR101", _this_year("zhengzhou-2021"), change(_last_year("zhengzhou-2021")))
    assert report.findings == ()
    (receipt,) = report.receipts
    assert receipt.status is Status.INSUFFICIENT
    assert reason in receipt.reason


@pytest.mark.parametrize("name", ["zhengzhou-2021", "henan"])
def test_another_department_s_is_told_by_its_name_and_not_compared(name: str) -> None:
    other = replace(_last_year(name), department="某省某厅", tables=_published(*_another(name)).tables, claims=())
    report = _report("ACR101", _this_year(name), other)
    assert report.findings == ()
    assert [r.status for r in report.receipts] == [Status.INSUFFICIENT]
    assert "“某省某厅”" in report.receipts[0].reason


def test_a_department_under_a_new_name_is_known_by_its_numbers() -> None:
    report = _report("ACR101", _this_year("zhengzhou-2021"), replace(_last_year("zhengzhou-2021"), department="某省某厅"))
    assert report.findings == ()
    assert any("按同一部门比较" in r.reason for r in report.receipts)


def test_numbers_of_another_body_give_one_remark() -> None:
    first, second, *others = _units("zhengzhou-2021")
    mistaken = replace(second, tables=first.tables)
    findings = _report("ACR11", _this_year("zhengzhou-2021"), units=[first, mistaken, *others]).findings
    assert [f.code for f in findings] == ["ACR112"]
    assert [f.level for f in findings] == [Level.INFO]
    assert "请先核实给出的文件" in findings[0].message


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (lambda units, whole: [*units, units[0]], "给出了两次"),
        (lambda units, whole: [*units, replace(whole, tables=whole.tables[:-1])], "部门汇总的公开文本"),
        (lambda units, whole: [*units, replace(units[0], department="某省某厅")], "没有列出“某省某厅”"),
        (lambda units, whole: [*units, replace(units[0], year=1999)], "不是2021年同类的公开文本"),
        (lambda units, whole: [*units, replace(units[0], department=None, tables=units[0].tables[1:])], "不知道是哪个单位的"),
    ],
)
def test_what_is_not_a_unit_s_own_is_left_out_with_a_reason(
    given: Callable[[list[Disclosure], Disclosure], list[Disclosure]], reason: str
) -> None:
    whole = _this_year("zhengzhou-2021")
    report = _report("ACR11", whole, units=given(_units("zhengzhou-2021"), whole))
    assert report.findings == ()
    assert {r.rule for r in report.receipts if reason in r.reason} == {"ACR111", "ACR112"}
    assert {r.rule for r in report.receipts if r.status is Status.PASSED} == {"ACR111", "ACR112"}


def test_units_that_are_listed_nowhere_are_added_where_most_of_it_agrees() -> None:
    whole, units = replace(_this_year("jiangsu-2017"), units=()), _units("jiangsu-2017")
    assert [r.status for r in _report("ACR111", whole, units=units).receipts] == [Status.PASSED]
    report = _report("ACR111", whole, units=units[1:])
    assert report.findings == ()
    assert "不能确认单位已经给全" in report.receipts[0].reason


def test_without_other_documents_the_rules_do_not_apply() -> None:
    report = _report("ACR", _this_year("zhengzhou-2021"))
    assert {r.status for r in report.receipts} == {Status.NOT_APPLICABLE}


def test_a_department_that_is_not_the_sum_of_its_units_is_found() -> None:
    units = _units("jiangsu-2017", changed=0)
    assert len(units) > 1
    (finding,) = _report("ACR11", _this_year("jiangsu-2017"), units=units).findings
    assert finding.code == "ACR111"
    assert len(finding.sides) >= 1 + len(units)
    assert "各单位公开的合计" in finding.message


def test_a_difference_that_is_one_unit_s_own_is_said_once() -> None:
    report = _report("ACR11", _this_year("zhengzhou-2021"), units=_units("zhengzhou-2021", changed=0))
    assert [f.code for f in report.findings] == ["ACR112"]
    assert any(r.rule == "ACR111" and r.status is Status.INSUFFICIENT and "见 ACR112" in r.reason for r in report.receipts)


def test_units_are_added_only_when_all_are_given() -> None:
    units = _units("zhengzhou-2021")[1:]
    report = _report("ACR111", _this_year("zhengzhou-2021"), units=units)
    assert report.findings == ()
    assert "没有给出" in report.receipts[0].reason


def test_a_unit_that_discloses_otherwise_than_its_department_is_found() -> None:
    units = _units("zhengzhou-2021", changed=1)
    findings = _report("ACR112", _this_year("zhengzhou-2021"), units=units).findings
    assert len(findings) == 1
    assert units[1].department is not None
    assert units[1].department in findings[0].message


def test_a_final_account_starts_from_the_published_budget() -> None:
    dialect, spent, roster, year = _department("shanghai-final-2024")
    planned = (replace(line, department="30217", fund="一般公共预算", measure="年初预算") for line in spent.lines if line.department)
    ledger = Ledger(spent.axes, (*spent.lines, *planned))
    final = replace(_published(dialect, ledger, roster, year), stage=Stage.FINAL_ACCOUNT)

    def checked(published: Ledger) -> Report:
        budget = replace(_published(dialect, published, roster, year), stage=Stage.BUDGET, sections=(), claims=())
        return check(final, dialect, ("ACR121",), beside=Beside(budget=_subject(budget)))

    agreed = checked(ledger)
    assert agreed.findings == ()
    assert [r.status for r in agreed.receipts] == [Status.PASSED]
    raised = (replace(line, amount=2 * line.amount) if line.measure == "年初预算" else line for line in ledger.lines)
    (finding, *_) = checked(Ledger(ledger.axes, tuple(raised))).findings
    assert "公布的预算" in finding.message


def test_amounts_of_different_units_agree_within_what_they_print() -> None:
    side = Side(Place(), "甲", "")
    coarse = Printed(Decimal("1742200"), Decimal(50), side, "万元")
    assert coarse.agrees(Decimal("1742164"), Decimal("0.5"))
    assert not coarse.agrees(Decimal("1742100"), Decimal("0.5"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例市财政局", "示例市财政局（本级）", True),
        ("示例市财政局机关", "示例市财政局", True),
        ("市财政局", "示例市财政局", True),
        ("示例市财政局部门本级", "示例市财政局", True),
        ("信息中心", "示例市财政局信息中心", True),
        ("数据中心", "示例市大数据中心", False),
        ("第一小学", "示例市中山第一小学", False),
        ("示例市财政局", "示例市教育局", False),
        (None, "示例市财政局", False),
    ],
)
def test_a_body_is_known_by_its_name(one: str | None, other: str, same: bool) -> None:
    assert same_body(one, other) is same

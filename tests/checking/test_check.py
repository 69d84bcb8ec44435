"""Running rules: receipts for all, one finding per cause, no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mingsuan.checking.check import _outcomes, merged, ordered
from mingsuan.checking.collection import UnknownRuleError, explain, selected
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, Rule, not_applicable
from mingsuan.checking.subject import Subject
from mingsuan.model import Disclosure, Finding, Level, Receipt, Side, Status
from mingsuan.places import Place


def _rule(*outcomes: Outcome, breaks: bool = False, since: int | None = None, needs: tuple[Need, ...] = ()) -> Rule:
    def run(subject: Subject) -> Iterator[Outcome]:
        yield from outcomes
        if breaks:
            raise ZeroDivisionError("除数为零")

    return Rule("TST101", Level.WARNING, "试验", "常识", "标题。", "标题。", run, since=since, needs=needs)


def _run(rule: Rule, disclosure: Disclosure | None = None) -> list[Finding | Receipt]:
    return list(_outcomes(rule, Subject(disclosure or Disclosure(year=2023))))


def test_a_rule_that_looked_and_found_nothing_leaves_a_pass() -> None:
    assert _run(_rule(Examined(Place(line=1)))) == [Receipt("TST101 标题", Status.PASSED, "核对1处", rule="TST101")]


def test_a_rule_that_looked_at_nothing_leaves_no_pass() -> None:
    (receipt,) = _run(_rule())
    assert isinstance(receipt, Receipt)
    assert receipt.status is Status.NOT_APPLICABLE
    assert receipt.reason


def test_a_rule_that_does_not_apply_leaves_no_pass() -> None:
    assert _run(_rule(not_applicable("没有表"))) == [Receipt("TST101 标题", Status.NOT_APPLICABLE, "没有表", rule="TST101")]


def test_a_rule_that_lacks_its_needs_says_so() -> None:
    (receipt,) = _run(_rule(needs=(Need.DIALECT,)))
    assert isinstance(receipt, Receipt)
    assert receipt.status is Status.INSUFFICIENT


def test_a_rule_of_another_year_does_not_run() -> None:
    (receipt,) = _run(_rule(Draft("问题"), since=2024))
    assert isinstance(receipt, Receipt)
    assert receipt.status is Status.NOT_APPLICABLE


def test_a_rule_that_breaks_leaves_a_receipt_and_no_finding() -> None:
    (receipt,) = _run(_rule(Draft("问题"), breaks=True))
    assert isinstance(receipt, Receipt)
    assert receipt.status is Status.NOT_EXECUTED
    assert "除数为零" in receipt.reason


def test_a_finding_bears_the_name_of_its_rule_and_leaves_a_failure() -> None:
    finding, receipt = _run(_rule(Draft("问题", (Side(Place(line=3), "甲", "1"),))))
    assert isinstance(finding, Finding)
    assert (finding.code, finding.level, finding.basis) == ("TST101", Level.WARNING, "常识")
    assert isinstance(receipt, Receipt)
    assert receipt.status is Status.FAILED
    assert receipt.places == (Place(line=3),)


def test_a_finding_tells_what_to_do() -> None:
    finding, _ = _run(_rule(Draft("问题", observed="甲", expected="乙")))
    assert isinstance(finding, Finding)
    assert finding.fix == "核对后把“甲”改为“乙”。"
    told, _ = _run(_rule(Draft("问题", observed="甲", expected="乙", fix="照办。")))
    assert isinstance(told, Finding)
    assert told.fix == "照办。"


def _finding(line: int, observed: str = "25.52%", level: Level = Level.ERROR) -> Finding:
    return Finding("TST101", level, "问题", (Side(Place(line=line), "增长", observed),), observed, "20.33%")


def test_one_cause_in_three_places_is_one_finding() -> None:
    (only,) = merged([_finding(3), _finding(9), _finding(21)])
    assert [s.place.line for s in only.sides] == [3, 9, 21]
    assert only.message == "问题（另有2处同样）"
    assert merged([_finding(3), _finding(3)])[0].message == "问题"


def test_each_place_of_one_cause_is_to_be_put_right() -> None:
    base = Side(Place(line=30), "上年数", "3051.26")
    group = [replace(f, sides=(*f.sides, base), fix="改为20.33%。") for f in (_finding(3), _finding(9))]
    (only,) = merged(group)
    assert [s.place.line for s in only.sides] == [3, 9, 30]
    assert only.fix == "改为20.33%。另1处照此办理。"


def test_different_causes_stay_apart() -> None:
    assert len(merged([_finding(3), _finding(9, "11%")])) == 2


def test_what_a_conversion_may_have_caused_comes_after_what_it_cannot() -> None:
    suspected = replace(_finding(1, "a"), conversion_suspected=True)
    assert [f.observed for f in ordered([suspected, _finding(9, "b"), _finding(2, "c", Level.WARNING)], Disclosure())] == ["b", "a", "c"]


def test_the_gravest_come_first_then_the_order_of_the_document() -> None:
    found = ordered([_finding(1, "a", Level.INFO), _finding(9, "b"), _finding(3, "c"), _finding(2, "d", Level.WARNING)], Disclosure())
    assert [f.observed for f in found] == ["c", "b", "d", "a"]


def test_rules_are_chosen_by_the_beginning_of_their_codes() -> None:
    assert {r.code[:4] for r in selected(["PERF"])} == {"PERF"}
    assert not any(r.code == "PERF101" for r in selected(["PERF"], ["PERF101"]))
    with pytest.raises(UnknownRuleError):
        selected(["NONE"])


def test_a_rule_is_explained_by_its_code_in_any_case() -> None:
    assert explain("perf101").code == "PERF101"
    with pytest.raises(UnknownRuleError):
        explain("PERF999")

"""Disclosure → report: every rule leaves a receipt, every cause is shown once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mingsuan.checking.registry import Rule, selected
from mingsuan.checking.subject import Subject
from mingsuan.codes import Codes, UserList
from mingsuan.dialects.dialect import Dialect
from mingsuan.model import Disclosure, Finding, Level, Receipt, Report, Status
from mingsuan.places import NOWHERE, Place

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


def check(
    disclosure: Disclosure,
    dialect: Dialect | None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    user_lists: Iterable[UserList] = (),
) -> Report:
    """Run the rules over a disclosure; official lists of the user's own take precedence over the bundled ones.

    A rule that finds nothing leaves a receipt that it passed; one that does not apply, lacks data or breaks down leaves a
    receipt that says so, never a pass.

    Raises:
        UnknownRuleError: `select` or `ignore` names no rule.
    """
    subject = Subject(disclosure, dialect, Codes(user_lists))
    findings: list[Finding] = []
    receipts: list[Receipt] = []
    for rule in selected(select, ignore):
        for outcome in _outcomes(rule, subject):
            (findings if isinstance(outcome, Finding) else receipts).append(outcome)  # type: ignore[arg-type]
    return Report(ordered(merged(findings), disclosure), tuple(receipts))


def _outcomes(rule: Rule, subject: Subject) -> Iterator[Finding | Receipt]:
    idle = rule.applies(subject)
    if idle is not None:
        yield idle
        return
    try:
        outcomes = list(rule.run(subject))
    except Exception as error:
        yield Receipt(rule.obligation, Status.NOT_EXECUTED, f"规则执行中断（{type(error).__name__}：{error}），没有核对")
        return
    yield from outcomes
    found = [o for o in outcomes if isinstance(o, Finding)]
    if found:
        places = tuple(dict.fromkeys(side.place for finding in found for side in finding.sides))
        yield Receipt(rule.obligation, Status.FAILED, f"{len(found)}个问题", places)
    elif not outcomes:
        yield Receipt(rule.obligation, Status.PASSED)


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one rule that observe and expect the same thing become one, with all their places."""
    by_cause: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        key = _cause(finding)
        known = by_cause.get(key)
        by_cause[key] = finding if known is None else _joined(known, finding)
    return tuple(by_cause.values())


def _cause(finding: Finding) -> tuple[str, ...]:
    if finding.observed:
        return (finding.code, finding.observed, finding.expected)
    return (finding.code, finding.fingerprint, finding.message)


def _joined(one: Finding, other: Finding) -> Finding:
    return replace(
        one,
        level=min(one.level, other.level, key=_ORDER.__getitem__),
        sides=tuple(dict.fromkeys((*one.sides, *other.sides))),
        repairs=tuple(dict.fromkeys((*one.repairs, *other.repairs))),
        witnesses=tuple(dict.fromkeys((*one.witnesses, *other.witnesses))),
        conversion_suspected=one.conversion_suspected or other.conversion_suspected,
    )


def ordered(findings: Iterable[Finding], disclosure: Disclosure) -> tuple[Finding, ...]:
    """The gravest first, then in the order of the document: its files, the worksheets of a file, and what stands in them."""
    read = [*(section.place for section in disclosure.sections), *(table.place for table in disclosure.tables)]
    parts = {part: number for number, part in enumerate(dict.fromkeys((place.file, place.sheet) for place in read))}

    def position(place: Place) -> tuple[float, ...]:
        return (parts.get((place.file, place.sheet), len(parts)), *place.order)

    return tuple(
        sorted(findings, key=lambda f: (_ORDER[f.level], min((position(s.place) for s in f.sides), default=position(NOWHERE)), f.code))
    )

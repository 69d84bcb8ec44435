"""Disclosure → report: every rule leaves a receipt, every cause is shown once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mingsuan.checking.bounds import TOO_MANY, bounded
from mingsuan.checking.collection import broken_plugins, selected
from mingsuan.checking.receipts import receipts_of
from mingsuan.checking.registry import Rule
from mingsuan.checking.restored import with_doubt
from mingsuan.checking.standing import believed
from mingsuan.checking.subject import Beside, Subject, bundled_codes
from mingsuan.codes import Codes, UserList
from mingsuan.dialects.dialect import Dialect
from mingsuan.model import OTHER_TEXT, Disclosure, Finding, Level, Receipt, Report, Status
from mingsuan.places import NOWHERE, Place

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
_LONGEST_REASON = 200
"""Characters of a message of the system that a report repeats."""


def check(
    disclosure: Disclosure,
    dialect: Dialect | None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    user_lists: Iterable[UserList] = (),
    beside: Beside | None = None,
) -> Report:
    """Run the rules over a disclosure; official lists of the user's own take precedence over the bundled ones.

    Every obligation leaves a receipt; what does not apply, lacks data, was not recognised or breaks down leaves one that says so,
    never a pass. Without `beside`, the rules across documents do not apply.

    Raises:
        UnknownRuleError: `select` or `ignore` names no rule.
    """
    lists = tuple(user_lists)
    subject = believed(bounded(Subject(disclosure, dialect, Codes(lists) if lists else bundled_codes(), beside or Beside())))
    findings: list[Finding] = []
    receipts: list[Receipt] = [*_unread(subject), *_unloaded()]
    for rule in selected(select, ignore):
        for outcome in _outcomes(rule, subject):
            if isinstance(outcome, Finding):
                findings.append(outcome)
            else:
                receipts.append(outcome)
    return Report(ordered(merged(with_doubt(findings, disclosure)), disclosure), tuple(receipts))


def _unread(subject: Subject) -> Iterator[Receipt]:
    """What the reader could not name, or left out as another text: not missing, but not checked."""
    for other in (u for u in subject.disclosure.unrecognised if u.what == OTHER_TEXT):
        yield Receipt("识别文件", Status.NOT_EXECUTED, other.why, (other.place,), about=other.what)
    for unknown in subject.unread_tables:
        why = unknown.why if unknown.why.startswith(TOO_MANY) else f"没有识别，没有核对：{unknown.why}"
        yield Receipt("识别表格", Status.NOT_EXECUTED, why, (unknown.place,), about=unknown.what)


def _unloaded() -> Iterator[Receipt]:
    for name, why in broken_plugins().items():
        yield Receipt(f"插件 {name}", Status.NOT_EXECUTED, f"无法载入，其中的规则没有执行（{why}）")


def _outcomes(rule: Rule, subject: Subject) -> Iterator[Finding | Receipt]:
    idle = rule.applies(subject)
    if idle is not None:
        yield idle
        return
    try:
        outcomes = list(rule.run(subject))
    except (Exception, SystemExit) as error:
        yield rule.receipt(
            Status.NOT_EXECUTED, f"规则执行中断，没有核对；这是规则程序的缺陷（{type(error).__name__}：{str(error)[:_LONGEST_REASON]}）"
        )
        return
    yield from (o for o in outcomes if isinstance(o, Finding))
    yield from receipts_of(rule, subject, outcomes)


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one rule that observe and expect the same thing become one, with all their places, and say how many others there are."""
    by_cause: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        by_cause.setdefault(_cause(finding), []).append(finding)
    return tuple(_one_of(group) for group in by_cause.values())


def _one_of(group: Sequence[Finding]) -> Finding:
    """Findings of one cause as the first of them, which says in how many other places the same is found and is to be put right.

    The place that each begins with comes first: that is where something is to be done.
    """
    first = group[0]
    finding = _joined(group)
    known, others = set(first.sides), 0
    for other in group[1:]:
        others += not known.issuperset(other.sides)
        known.update(other.sides)
    if not others:
        return finding
    end = "。" if first.message.endswith("。") else ""
    heads = (f.sides[0] for f in group if f.sides)
    return replace(
        finding,
        message=f"{first.message.removesuffix('。')}（另有{others}处同样）{end}",
        sides=tuple(dict.fromkeys((*heads, *finding.sides))),
        fix=f"{first.fix}另{others}处照此办理。" if first.fix.endswith("。") else first.fix,
    )


def _cause(finding: Finding) -> tuple[str, ...]:
    if finding.observed:
        return (finding.code, finding.observed, finding.expected)
    return (finding.code, finding.fingerprint, finding.message)


def _joined(group: Sequence[Finding]) -> Finding:
    """The first of some findings with the gravest level, and all that any of them shows."""
    return replace(
        group[0],
        level=min((f.level for f in group), key=_ORDER.__getitem__),
        sides=tuple(dict.fromkeys(side for f in group for side in f.sides)),
        repairs=tuple(dict.fromkeys(repair for f in group for repair in f.repairs)),
        witnesses=tuple(dict.fromkeys(witness for f in group for witness in f.witnesses)),
        conversion_suspected=any(f.conversion_suspected for f in group),
    )


def ordered(findings: Iterable[Finding], disclosure: Disclosure) -> tuple[Finding, ...]:
    """What to put right first: the gravest, of those what no conversion may have caused, then in the order of the document.

    That is the order of its files, of the worksheets of a file, and of what stands in them.
    """
    read = [*(section.place for section in disclosure.sections), *(table.place for table in disclosure.tables)]
    parts = {part: number for number, part in enumerate(dict.fromkeys((place.file, place.sheet) for place in read))}

    def position(place: Place) -> tuple[float, ...]:
        return (parts.get((place.file, place.sheet), len(parts)), *place.order)

    return tuple(
        sorted(
            findings,
            key=lambda f: (
                _ORDER[f.level],
                f.conversion_suspected,
                min((position(s.place) for s in f.sides), default=position(NOWHERE)),
                f.code,
            ),
        )
    )

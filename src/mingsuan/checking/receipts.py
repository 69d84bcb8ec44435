"""From what a rule yields to its receipts: one for the document, or one for every table or section that it is about.

Only what a rule has looked at can pass; what the dialect requires and the document lacks was not checked, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mingsuan.checking.matters import Matter
from mingsuan.checking.outcomes import Examined
from mingsuan.checking.registry import About, Rule
from mingsuan.checking.subject import Subject
from mingsuan.model import WHOLE_TEXT, Finding, Receipt, Status
from mingsuan.places import Place
from mingsuan.values import dataclass

_ABSENT = {About.TABLES: "没有读到这张表", About.SECTIONS: "叙述里没有读到这一部分"}
_NONE = {About.TABLES: "文本里没有表", About.SECTIONS: "文本里没有叙述部分"}
_IDLE = {
    About.DOCUMENT: "文本里没有这条规则要查的内容",
    About.TABLES: "这张表没有这条规则要查的内容",
    About.SECTIONS: "这一部分没有这条规则要查的内容",
}
_READ = {About.TABLES: "逐格看过", About.SECTIONS: "逐句看过"}


def receipts_of(rule: Rule, subject: Subject, outcomes: Sequence[Finding | Receipt | Examined]) -> Iterator[Receipt]:
    """The receipts of a rule that has run."""
    own = tuple(_placed(o, subject) for o in outcomes if isinstance(o, Receipt))
    found = tuple(o for o in outcomes if isinstance(o, Finding))
    looked = tuple(o.place for o in outcomes if isinstance(o, Examined))
    given = tuple(rule.looks_at(subject)) if rule.looks_at is not None else ()
    yielded = _Yielded(own, found, looked, given)
    yield from own
    if rule.about is About.DOCUMENT:
        yield from _of_document(rule, yielded)
    elif not yielded.idle:
        yield from _of_matters(rule, subject, yielded)


@dataclass(frozen=True, slots=True)
class _Yielded:
    """What a rule has yielded.

    Attributes:
        own: its receipts.
        looked: what it says that it has looked at.
        given: what all rules of its kind look at.
    """

    own: tuple[Receipt, ...]
    found: tuple[Finding, ...]
    looked: tuple[Place, ...]
    given: tuple[Place, ...]

    @property
    def idle(self) -> bool:
        """Whether the rule said of the whole document why it looked at nothing."""
        return any(r.about == WHOLE_TEXT for r in self.own) and not self.found and not self.looked


def _placed(receipt: Receipt, subject: Subject) -> Receipt:
    """A rule's own receipt, about the table or section that its first place lies in."""
    if receipt.about != WHOLE_TEXT or not receipt.places:
        return receipt
    about = subject.matters.title_of(receipt.places[0]) or WHOLE_TEXT
    return Receipt(receipt.obligation, receipt.status, receipt.reason, receipt.places, receipt.rule, about)


def _of_document(rule: Rule, yielded: _Yielded) -> Iterator[Receipt]:
    looked = yielded.looked or yielded.given
    if yielded.found:
        yield rule.receipt(Status.FAILED, f"{len(yielded.found)}个问题", _places(yielded.found))
    elif looked:
        yield rule.receipt(Status.PASSED, _count(len(looked)))
    elif not yielded.own:
        yield rule.receipt(Status.NOT_APPLICABLE, _IDLE[rule.about])


def _count(number: int) -> str:
    return f"核对{number}处" if number else ""


def _places(found: Sequence[Finding]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(side.place for finding in found for side in finding.sides))


def _of_matters(rule: Rule, subject: Subject, yielded: _Yielded) -> Iterator[Receipt]:
    tables = tuple(m for m in subject.matters.tables if rule.concerns(m.kind))
    matters = tables if rule.about is About.TABLES else subject.matters.sections
    names = {m.title for m in matters}
    failing: dict[str, list[Finding]] = {}
    for finding in yielded.found:
        where = {t for side in finding.sides if (t := subject.matters.title_of(side.place)) in names}
        for title in where or {WHOLE_TEXT}:
            failing.setdefault(str(title), []).append(finding)
    passed = Counter(subject.matters.title_of(place) or WHOLE_TEXT for place in yielded.looked)
    seen = {subject.matters.title_of(place) for place in yielded.given}
    told = {r.about for r in yielded.own}
    for matter in matters:
        if matter.title in told:
            continue
        if matter.title in failing:
            yield rule.receipt(Status.FAILED, f"{len(failing[matter.title])}个问题", _places(failing[matter.title]), matter.title)
        else:
            yield _of_matter(rule, matter, passed[matter.title], seen=matter.title in seen)
    if WHOLE_TEXT in failing:
        yield rule.receipt(Status.FAILED, f"{len(failing[WHOLE_TEXT])}个问题", _places(failing[WHOLE_TEXT]))
    elif passed[WHOLE_TEXT]:
        yield rule.receipt(Status.PASSED, _count(passed[WHOLE_TEXT]))
    elif not matters and not yielded.own:
        yield rule.receipt(Status.NOT_APPLICABLE, _NONE[rule.about])


def _of_matter(rule: Rule, matter: Matter, looked: int, *, seen: bool) -> Receipt:
    if matter.place is None:
        return rule.receipt(Status.NOT_EXECUTED, _ABSENT[rule.about], (), matter.title)
    if looked or seen:
        return rule.receipt(Status.PASSED, _count(looked) or _READ[rule.about], (matter.place,), matter.title)
    return rule.receipt(Status.NOT_APPLICABLE, "只有标题" if matter.empty else _IDLE[rule.about], (), matter.title)

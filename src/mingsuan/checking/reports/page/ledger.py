"""The receipts of a check, summed up by chapter and by rule, so that a thousand of them can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from mingsuan.checking.collection import rules
from mingsuan.model import WHOLE_TEXT, Receipt, Status
from mingsuan.values import dataclass

NAMED = 40
"""Tables and sections that a line names; the rest is counted."""
READING = "读取"
"""The chapter of receipts that are no rule's: tables that were not recognised, plug-ins that could not be loaded."""
_ELSEWHERE = "其他"


@dataclass(frozen=True)
class Line:
    """Receipts of one rule that ended alike for one reason.

    Attributes:
        reason: why, "" where each name says so itself.
        names: the tables and sections, passes with how much was checked.
        more: how many are not named.
    """

    status: Status
    reason: str
    names: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class RuleRecord:
    """The receipts of one rule, or of what is no rule's under what they call themselves."""

    heading: str
    counts: Mapping[Status, int]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Chapter:
    """The receipts of the rules of one chapter."""

    name: str
    counts: Mapping[Status, int]
    rules: tuple[RuleRecord, ...]

    @property
    def applies(self) -> bool:
        """Whether any of its rules had something to look at."""
        return any(count for status, count in self.counts.items() if status is not Status.NOT_APPLICABLE)


def chapter_of(code: str) -> str:
    """The chapter of a rule by its code."""
    known = rules().get(code)
    return known.chapter if known else _ELSEWHERE if code else READING


def ledger(receipts: Iterable[Receipt]) -> tuple[Chapter, ...]:
    """The chapters in the order of the rules' codes; those that had nothing to look at come last."""
    chapters: dict[str, dict[str, list[Receipt]]] = {}
    for receipt in receipts:
        chapters.setdefault(chapter_of(receipt.rule), {}).setdefault(_heading(receipt), []).append(receipt)
    made = [Chapter(name, _counts(r for rs in found.values() for r in rs), _rules(found)) for name, found in chapters.items()]
    return tuple(sorted(made, key=lambda chapter: not chapter.applies))


def _heading(receipt: Receipt) -> str:
    """What a rule calls itself; its receipts may call themselves by their tables."""
    known = rules().get(receipt.rule)
    return known.obligation if known else receipt.obligation


def _counts(receipts: Iterable[Receipt]) -> Mapping[Status, int]:
    counted = Counter(r.status for r in receipts)
    return {status: counted[status] for status in Status}


def _rules(found: Mapping[str, list[Receipt]]) -> tuple[RuleRecord, ...]:
    return tuple(RuleRecord(heading, _counts(receipts), _lines(receipts)) for heading, receipts in found.items())


def _lines(receipts: Iterable[Receipt]) -> tuple[Line, ...]:
    groups: dict[tuple[Status, str], list[str]] = {}
    for receipt in receipts:
        counted = receipt.status in {Status.PASSED, Status.FAILED}
        name = f"{_name(receipt)}（{receipt.reason}）" if counted and receipt.reason else _name(receipt)
        groups.setdefault((receipt.status, "" if counted else receipt.reason), []).append(name)
    return tuple(
        Line(status, reason, tuple(names[:NAMED]), max(0, len(names) - NAMED))
        for (status, reason), names in sorted(groups.items(), key=lambda item: _READ.index(item[0][0]))
    )


def _name(receipt: Receipt) -> str:
    """What a receipt is about; one of the whole text may say it in what it calls itself."""
    own = receipt.obligation.removeprefix(_heading(receipt)).lstrip("：")
    return own if receipt.about == WHOLE_TEXT and own else receipt.about


_READ = (Status.FAILED, Status.NOT_EXECUTED, Status.INSUFFICIENT, Status.PASSED, Status.NOT_APPLICABLE)
"""What of a rule is read first."""

"""What a check found, and the record of what was checked."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from enum import StrEnum

from mingsuan.places import Place
from mingsuan.values import dataclass

WHOLE_TEXT = "全文"
"""What a receipt is about that concerns no single table or section."""


class Level(StrEnum):
    """How sure and how grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    """How an obligation ended. Only PASSED is a pass."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    NOT_EXECUTED = "not_executed"
    INSUFFICIENT = "insufficient_data"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: where it stands, how it is called, what is printed."""

    place: Place
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that would put a difference right."""

    place: Place
    label: str
    before: str
    after: str
    operation: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause found once.

    Attributes:
        code: stable code of the rule.
        level: error, warning or info.
        message: a Chinese sentence that a finance officer can act on.
        sides: both sides of the difference with their places.
        observed: what is printed.
        expected: what it should be, "" where that is not determined.
        difference: observed minus expected with its unit, "" where it is no difference of numbers.
        repairs: edits that put it right; several are equally likely.
        witnesses: relations that lead to the finding, one Chinese sentence each.
        basis: the article that says so, or 算术, 版式, 常识.
        conversion_suspected: a defect of the file's conversion may be the cause.
        fix: what to do about it, a Chinese sentence.
    """

    code: str
    level: Level
    message: str
    sides: tuple[Side, ...] = ()
    observed: str = ""
    expected: str = ""
    difference: str = ""
    repairs: tuple[Repair, ...] = ()
    witnesses: tuple[str, ...] = ()
    basis: str = "常识"
    conversion_suspected: bool = False
    fix: str = ""

    @property
    def fingerprint(self) -> str:
        """Stable over re-reading, re-ordering and another format: the rule and what it is about, not where that stands or how it is set."""
        words = [self.code, *sorted(f"{_set_plain(s.label)}\x1e{_set_plain(s.text)}" for s in self.sides)]
        about = "\x1f".join([*words, _set_plain(self.observed), _set_plain(self.expected)])
        return hashlib.sha256(about.encode()).hexdigest()[:16]


def _set_plain(text: str) -> str:
    """Words and digits in one width, without white space, thousands separators and zeros that say nothing (10.50 and 10.5)."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    return re.sub(r"(?<=\d)(\.\d*?)0+(?=[^\d.]|$)", lambda m: m[1].rstrip("."), plain)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The record that an obligation passed, failed, did not apply, was not executed or lacked data, and why.

    Attributes:
        obligation: what had to be checked: code and title of the rule.
        status: how that ended.
        reason: why, or how much was checked.
        places: what was looked at, or what is wrong.
        rule: code of the rule, "" where no rule is concerned (a table that was not recognised).
        about: title of the table or section that was checked, or 全文.
    """

    obligation: str
    status: Status
    reason: str = ""
    places: tuple[Place, ...] = ()
    rule: str = ""
    about: str = WHOLE_TEXT


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision that a finding may stand.

    Attributes:
        fingerprint: of the finding.
        reason: why it may.
        person: who decided.
        date: when.
        until: the last day on which it holds, None where it has no end.
    """

    fingerprint: str
    reason: str
    person: str
    date: datetime.date
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that is muted, and the waiver that mutes it."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one check says.

    Attributes:
        findings: what is wrong, the gravest first; without those that are waived.
        receipts: what was checked and what was not.
        waived: findings that a waiver mutes.
        idle_waivers: waivers that mute nothing, each with the reason.
    """

    findings: tuple[Finding, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    waived: tuple[Waived, ...] = ()
    idle_waivers: tuple[tuple[Waiver, str], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(f.level is Level.ERROR for f in self.findings)

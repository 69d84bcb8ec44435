"""What a check found, and the record of what was checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from mingsuan.places import Place


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

    @property
    def fingerprint(self) -> str:
        """Stable over re-reading and re-ordering: the rule and what it is about, not where it stands in the file."""
        about = "\x1f".join([self.code, *sorted(f"{s.label}\x1e{s.text}" for s in self.sides), self.observed, self.expected])
        return hashlib.sha256(about.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The record that an obligation passed, failed, did not apply, was not executed or lacked data, and why."""

    obligation: str
    status: Status
    reason: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one check says."""

    findings: tuple[Finding, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(f.level is Level.ERROR for f in self.findings)

"""What a rule yields: findings as it writes them, receipts, and what it has looked at."""

from __future__ import annotations

from mingsuan.model import Finding, Level, Receipt, Repair, Side
from mingsuan.places import Place
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as a rule writes it; the rule's code, level and basis are filled in.

    Attributes are those of `Finding`; `level` and `basis` only where they differ from the rule's.
    """

    message: str
    sides: tuple[Side, ...] = ()
    observed: str = ""
    expected: str = ""
    difference: str = ""
    repairs: tuple[Repair, ...] = ()
    witnesses: tuple[str, ...] = ()
    conversion_suspected: bool = False
    level: Level | None = None
    basis: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """Something that a rule has looked at, wherever it stands; only what was looked at can pass."""

    place: Place


Outcome = Draft | Finding | Receipt | Examined

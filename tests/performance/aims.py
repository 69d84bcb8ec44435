"""Aims and evidence in a few words, for the tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mingsuan.indicators.targets import parse_target
from mingsuan.performance.evidence.evidence import Evidence, Value
from mingsuan.performance.evidence.period import Period
from mingsuan.performance.names import keyed
from mingsuan.performance.plan import Aim

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))


def aim(first: str, name: str, target: str, second: str = "") -> Aim:
    """An aim as a summary prints it."""
    return Aim(tuple(level for level in (first, second) if level), name, parse_target(target))


def shown(name: str, value: Value | int | str, unit: str = "", share: str | None = None) -> tuple[str, Evidence]:
    """Evidence under the name by which it is looked up."""
    found = Decimal(value) if isinstance(value, int) else value
    evidence = Evidence("", name, found, unit, YEAR, share=Decimal(share) if share else None)
    return keyed(name), evidence

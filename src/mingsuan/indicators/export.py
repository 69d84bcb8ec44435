"""The targets of a disclosure as plain data: what `mingsuan targets` prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mingsuan.indicators.dates import deadline
from mingsuan.indicators.judging import unjudgeable
from mingsuan.indicators.listing import Indicator, indicators
from mingsuan.indicators.targets import Sort, Target
from mingsuan.model import Disclosure
from mingsuan.model.json_places import place_to_json

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def targets_of(disclosure: Disclosure) -> dict[str, Json]:
    """Every indicator: `{"indicators": [{project, path, name, operator, direction, value, unit, text, judgeable, reason, place}]}`.

    `operator` is the comparison that is printed (in front or behind: 以上), "" where none is; `direction` is what is meant: one of
    ≥ ≤ = > <, `range`, `date`, `scale` for a word, `none` for nothing. `value` is a number, [low, high] for a range, an ISO date for a
    day or the last day of a month or year, the word itself for a scale.
    """
    return {"indicators": [_indicator(i, disclosure.year) for i in indicators(disclosure)]}


def _indicator(indicator: Indicator, year: int | None) -> Json:
    target, reason = indicator.target, unjudgeable(indicator)
    return {
        "project": indicator.project,
        "path": [level for level in (indicator.first, indicator.second) if level],
        "name": indicator.name,
        "operator": target.operator,
        "direction": _direction(target),
        "value": _value(target, year),
        "unit": target.unit,
        "text": target.text,
        "judgeable": not reason,
        "reason": reason,
        "place": place_to_json(indicator.place),
    }


def _direction(target: Target) -> str:
    if target.upper is not None:
        return "range"
    named: Mapping[Sort, str] = {Sort.DATE: "date", Sort.WORD: "scale", Sort.EMPTY: "none"}
    return named.get(target.sort) or target.operator or "="


def _value(target: Target, year: int | None) -> Json:
    if target.value is not None:
        return [_number(target.value), _number(target.upper)] if target.upper is not None else _number(target.value)
    if target.sort is Sort.DATE:
        end: date | None = deadline(target, year)
        return end.isoformat() if end else target.digits
    return target.digits if target.sort is Sort.WORD else None


def _number(value: Decimal) -> int | float:
    """A number as JSON has it; its digits are those printed (fifteen are exact)."""
    return int(value) if value == value.to_integral_value() else float(value)

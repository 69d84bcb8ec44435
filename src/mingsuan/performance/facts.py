"""Named amounts that indicators are computed from: those that a budget's ledger has, and those that an office brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import understand
from mingsuan.indicators.library import NamedMeasure, measures
from mingsuan.ledger import Axes, Box, UnknownNode
from mingsuan.ledger.trees import Selection
from mingsuan.model import Disclosure

_LOOSE = frozenset({"fund", "use", "origin"})
"""Axes on which a table may be narrower than the measure: a three-public table is of one fund, and is all that is printed."""


def facts_of(disclosure: Disclosure, dialect: Dialect | None) -> Mapping[str, Decimal]:
    """The measures of the library that the disclosure's tables print, in 元."""
    return dict(_found(disclosure, dialect)) if dialect else {}


def _found(disclosure: Disclosure, dialect: Dialect) -> Iterator[tuple[str, Decimal]]:
    wanted = {m.name: sides for m in measures().values() if (sides := _sides_of(m, dialect.axes)) is not None}
    meant = dict(dialect.meant.sides)
    widest: dict[str, tuple[int, Decimal]] = {}
    for figure in understand(disclosure, dialect).figures:
        if figure.amount is None or figure.claim is not None:
            continue
        sides = {axis: s for axis, s in figure.box(dialect.axes).sides if meant.get(axis) != s or axis == "year"}
        loose = sum(axis in _LOOSE for axis in sides)
        exact = {axis: s for axis, s in sides.items() if axis not in _LOOSE}
        for name, side in wanted.items():
            if exact == side and (name not in widest or loose < widest[name][0]):
                widest[name] = (loose, figure.amount.yuan)
    for name, (_, amount) in widest.items():
        yield name, amount


def _sides_of(measure: NamedMeasure, axes: Axes) -> dict[str, Selection] | None:
    """The sides of a measure's region; this year's, where it names no other. None where the dialect's trees do not have it."""
    if measure.region is None:
        return None
    try:
        box = Box.parse(axes, dict(measure.region))
    except UnknownNode:
        return None
    return {"year": Selection((("0", True),)), **dict(box.sides)}

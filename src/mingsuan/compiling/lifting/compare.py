"""What a disclosure printed against what its lifted book, compiled again, prints: cell by cell, by what each cell stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mingsuan.amounts import Amount, rounded
from mingsuan.compiling.lifting.demands import printed, terms
from mingsuan.compiling.lifting.lift import Departure
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Figure, understand
from mingsuan.ledger import Box, Ledger
from mingsuan.model import Disclosure
from mingsuan.values import dataclass

_Key = tuple[str, str, Box]


@dataclass(frozen=True)
class Comparison:
    """Printed amounts of the tables of two disclosures of one dialect.

    Attributes:
        printed: how many amounts the first prints.
        departures: amounts that the second prints otherwise, or that only the second prints.
    """

    printed: int
    departures: tuple[Departure, ...]


def compare(original: Disclosure, again: Disclosure, dialect: Dialect, ledger: Ledger | None = None) -> Comparison:
    """Compare the amounts of all tables; rows are matched by what they stand for, blank is nothing.

    Args:
        original: what was published.
        again: what its lifted book prints.
        dialect: of both.
        ledger: the lines of `again`, projects by the names that they are printed by: what they give is taken where `again` is laid out
            otherwise, so that it has no such cell (rows by unit, where the original adds the units up).
    """
    left, right = _amounts(original, dialect), _amounts(again, dialect)
    found = []
    count = 0
    for key, (figure, amounts) in left.items():
        count += len(amounts)
        other = right[key][1] if key in right else _given(ledger, key[2], amounts)
        if not _alike(amounts, other):
            found.append(_departure(figure, amounts, other))
    kinds = {table.kind for table in original.tables}
    for key, (figure, amounts) in right.items():
        extra = key not in left and key[0] in kinds and any(a.yuan for a in amounts)
        if extra and not (ledger is not None and _is_detail(key, left, dialect)):
            found.append(_departure(figure, [], amounts))
    return Comparison(count, tuple(found))


def _given(ledger: Ledger | None, region: Box, amounts: list[Amount]) -> list[Amount]:
    """What lines give for a region, printed as the amounts are."""
    if ledger is None or not amounts:
        return []
    return [rounded(ledger.total(region), amounts[0].unit, amounts[0].decimals)]


def _is_detail(key: _Key, known: Mapping[_Key, object], dialect: Dialect) -> bool:
    """Whether a cell is part of one of the same column whose units the other layout adds up."""
    kind, column, box = key
    whole = Box.of({axis: side for axis, side in box.sides if axis != "unit"})
    return whole != box and whole.sides != () and (kind, column, whole.completed(dialect.axes.spending)) in known


def _amounts(disclosure: Disclosure, dialect: Dialect) -> Mapping[_Key, tuple[Figure, list[Amount]]]:
    """Amounts by kind of table, column and region; rows of one key are added up where they are compared."""
    meaning = understand(disclosure, dialect)
    kinds = {t.index: t.form.kind for t in meaning.tables}
    found: dict[_Key, tuple[Figure, list[Amount]]] = {}
    for numbers in terms(meaning, [n for n, f in enumerate(meaning.figures) if f.claim is None]):
        figure = meaning.figures[numbers[0]]
        key = (kinds[figure.table], figure.form_column, figure.box(dialect.axes))
        amounts = printed(meaning.figures, numbers)
        if key not in found or len(amounts) > len(found[key][1]):
            found[key] = figure, amounts
    return found


def _alike(left: list[Amount], right: list[Amount]) -> bool:
    """Whether two sums may be one amount: their difference is within what the printed digits hide."""
    difference = abs(sum((a.yuan for a in left), Decimal(0)) - sum((a.yuan for a in right), Decimal(0)))
    slack = sum((a.half for a in (*left, *right)), Decimal(0)) if len(left) > 1 or len(right) > 1 else Decimal(0)
    finer = left and right and left[0].step != right[0].step
    return not difference or difference < slack or bool(finer and difference <= max(left[0].half, right[0].half))


def _departure(figure: Figure, left: list[Amount], right: list[Amount]) -> Departure:
    shown = left[0] if len(left) == 1 else None
    if len(left) > 1:
        shown = rounded(sum((a.yuan for a in left), Decimal(0)), left[0].unit, left[0].decimals)
    unit, decimals = (shown.unit, shown.decimals) if shown else (right[0].unit, right[0].decimals) if right else ("元", 2)
    return Departure(figure.place, figure.label, shown, rounded(sum((a.yuan for a in right), Decimal(0)), unit, decimals))


def differing(departures: tuple[Departure, ...]) -> Iterator[str]:
    """One line for each departure, in Chinese."""
    for departure in departures:
        yield f"{departure.label}：公开文本{departure.printed if departure.printed is not None else '空白'}，明细账{departure.compiled}"

"""Which dialect is a disclosure written in? Decided by what it prints, never by a file's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingsuan.dialects.dialect import Dialect
from mingsuan.reading.identify import Labels, best_explanation, profiles
from mingsuan.reading.joining import RawTable
from mingsuan.reading.vocabulary import Vocabulary

_PLACE, _YEAR, _STAGE = 0.06, 0.04, 0.04


@dataclass(frozen=True, slots=True)
class Choice:
    """A dialect and how well it explains a document.

    Attributes:
        dialect: the dialect.
        explained: share of the tables' labels that its forms explain, 0 … 1.
        score: the same with region, year and stage counted in.
    """

    dialect: Dialect
    explained: float
    score: float


def rank(
    tables: Sequence[RawTable], dialects: Sequence[Dialect], *, region: str | None = None, year: int | None = None, stage: str | None = None
) -> tuple[Choice, ...]:
    """All dialects, the one that explains the tables best first.

    Region, year and stage are what the document says of itself; they decide where forms are alike.
    """
    labels = [Labels.of(t) for t in tables]
    weights = [max(1, len(found.header)) for found in labels]
    choices = [_choice(d, labels, weights, region, year, stage) for d in dialects]
    return tuple(sorted(choices, key=lambda c: (-c.score, -len(c.dialect.folders), c.dialect.name)))


def _choice(
    dialect: Dialect, labels: Sequence[Labels], weights: Sequence[int], region: str | None, year: int | None, stage: str | None
) -> Choice:
    known = profiles(Vocabulary(dialect.forms))
    explained = sum(w * best_explanation(found, known) for found, w in zip(labels, weights, strict=True)) / max(1, sum(weights))
    score = explained + _place(dialect, region) + _year(dialect, year) + (_STAGE if stage == dialect.stage else 0.0)
    return Choice(dialect, explained, score)


def _place(dialect: Dialect, region: str | None) -> float:
    """A dialect of the document's own city is likelier, one of another city less likely."""
    if region is None or not dialect.regions:
        return 0.0
    if any(region.startswith(r) for r in dialect.regions):
        return _PLACE * max(len(r) for r in dialect.regions if region.startswith(r)) / max(1, len(region))
    return -_PLACE


def _year(dialect: Dialect, year: int | None) -> float:
    if year is None or (dialect.since is None and dialect.until is None):
        return 0.0
    return _YEAR if dialect.in_year(year) else -_YEAR

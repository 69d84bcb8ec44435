"""Which dialect is a disclosure written in? Decided by what it prints, never by a file's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingsuan.dialects.dialect import Dialect
from mingsuan.model import Section, Stage
from mingsuan.reading.tables.identify import Labels, profiles
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.vocabulary import Vocabulary
from mingsuan.values import dataclass

_PLACE, _YEAR, _STAGE = 0.06, 0.04, 0.04
_OTHER_STAGE = 0.3
"""What speaks against reading a final account with a budget's forms, and the other way round."""
_OTHER_PROVINCE = 0.15
"""What speaks against the dialect of another province: its forms may be alike, its duties are not this document's."""
_NOTE, _LEAST_NOTES = "_note", 2
"""How the kinds of sections end that explain figures, and how many of them show that a document is a disclosure."""
_UNSAID = 0.10
"""What speaks against the dialect of one region where the document names none: one without a region does not assume any."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of itself, which decides where forms are alike."""

    region: str | None = None
    year: int | None = None
    stage: str | None = None


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
    tables: Sequence[RawTable], dialects: Sequence[Dialect], vocabulary: Vocabulary | None = None, said: Said | None = None
) -> tuple[Choice, ...]:
    """All dialects, the one that explains the tables best first; `vocabulary` is that of all dialects."""
    labels = [Labels.of(t) for t in tables]
    weights = [max(1, len(found.header)) for found in labels]
    fits = {id(p.form): [p.explains(found) for found in labels] for p in profiles(vocabulary or Vocabulary.of_all(dialects))}
    choices = [_choice(d, [fits[id(form)] for form in d.forms], weights, said or Said()) for d in dialects]
    return tuple(sorted(choices, key=lambda c: (-c.score, -len(c.dialect.folders), c.dialect.name)))


def nearest(dialects: Iterable[Dialect], said: Said) -> Dialect | None:
    """The dialect of the authority nearest to a document's region: it writes the narrative also where no table can be read."""
    region = said.region
    there = [d for d in dialects if region is not None and d.in_year(said.year) and d.stage == said.stage]
    near = [(len(r), d) for d in there for r in d.regions if region is not None and region.startswith(r)]
    return max(near, key=lambda n: n[0])[1] if near else None


def by_words(dialects: Iterable[Dialect], sections: Iterable[Section], said: Said) -> Dialect | None:
    """The dialect by whose words a document is read of which no table can be: the general one of its stage, of no region.

    None unless the document says of which year it is and goes through what a disclosure explains.
    """
    notes = {section.kind for section in sections if section.kind is not None and section.kind.endswith(_NOTE)}
    if said.year is None or len(notes) < _LEAST_NOTES:
        return None
    return next((d for d in dialects if d.general and not d.regions and d.stage == said.stage and d.in_year(said.year)), None)


def _choice(dialect: Dialect, fits: Sequence[Sequence[float]], weights: Sequence[int], said: Said) -> Choice:
    best = [max(of_table) for of_table in zip(*fits, strict=True)] or [0.0] * len(weights)
    explained = sum(w * fit for fit, w in zip(best, weights, strict=True)) / max(1, sum(weights))
    score = explained + _place(dialect, said.region) + _year(dialect, said.year) + _stage(dialect, said.stage)
    return Choice(dialect, explained, score)


def _place(dialect: Dialect, region: str | None) -> float:
    """A dialect of the document's own city is likelier, one of another city less likely."""
    if not dialect.regions:
        return 0.0
    if region is None:
        return -_UNSAID
    if any(region.startswith(r) for r in dialect.regions):
        return _PLACE * max(len(r) for r in dialect.regions if region.startswith(r)) / max(1, len(region))
    return -_PLACE if any(region[:2] == r[:2] for r in dialect.regions) else -_OTHER_PROVINCE


def _stage(dialect: Dialect, stage: str | None) -> float:
    """Final accounts and budgets print tables of like headings; a document that says that it is one is not the other."""
    if stage is None or stage == dialect.stage:
        return _STAGE if stage is not None else 0.0
    return -_OTHER_STAGE if Stage.FINAL_ACCOUNT.value in (stage, dialect.stage) else 0.0


def _year(dialect: Dialect, year: int | None) -> float:
    if year is None or (dialect.since is None and dialect.until is None):
        return 0.0
    return _YEAR if dialect.in_year(year) else -_YEAR

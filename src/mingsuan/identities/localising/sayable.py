"""Which repairs can be told to a person: nothing for nothing is none, and nobody wrote a minus where a table prints none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.localising.causes import Candidate, Cause


def sayable(causes: Sequence[Cause], figures: Sequence[Figure]) -> tuple[Cause, ...]:
    """Causes with those of their repairs that can be told; one that loses all is a violation whose repair is not known."""
    with_minus = frozenset(f.table for f in figures if f.amount is not None and f.amount.yuan < 0)

    def kept(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        for candidate in candidates:
            edits = tuple((n, a) for n, a in candidate.edits if not (_is_nothing(a) and _is_nothing(figures[n].amount)))
            strange = (n for n, a in edits if a is not None and a.yuan < 0 and figures[n].table >= 0 and figures[n].table not in with_minus)
            if edits and next(strange, None) is None:
                yield candidate if len(edits) == len(candidate.edits) else replace(candidate, edits=edits)

    return tuple(replace(cause, candidates=tuple(kept(cause.candidates))) for cause in causes)


def _is_nothing(amount: Amount | None) -> bool:
    return amount is None or not amount.yuan

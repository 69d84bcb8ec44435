"""Telling candidates apart by a fresh derivation: what a repair empties or trusts anew may relate amounts that nothing related before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.identity import Identity, Sort, violation
from mingsuan.identities.localising.causes import Candidate, Edits
from mingsuan.values import dataclass

FIGURES_DERIVED_AT_MOST = 1_500
"""Figures over which identities are derived anew for one document: one derivation of an ordinary disclosure, some 100 ms."""
VERIFIED_AT_MOST = 6
"""Candidates of one cause that are verified; more than these are not told apart anyway."""

_Changed = frozenset[tuple[int, bool]]


@dataclass
class Verifier:
    """Counts what still fails after a candidate.

    Attributes:
        derivation: of the document as printed.
        failing: how many hard identities fail in it.
    """

    derivation: Derivation
    failing: int
    budget: int = FIGURES_DERIVED_AT_MOST
    _fresh: dict[_Changed, tuple[Identity, ...]] = field(default_factory=dict)

    def tells_apart(self, candidates: Sequence[Candidate]) -> bool:
        """Whether some candidates may be told apart: there are several, not too many, and a derivation is known or can be afforded."""
        affordable = bool(self._fresh) or len(self.derivation.meaning.figures) <= self.budget
        return affordable and 1 < len(candidates) <= VERIFIED_AT_MOST

    def kept(self, candidates: Sequence[Candidate], beside: Edits = ()) -> list[Candidate]:
        """The candidates after which fewest identities fail; all where they are too many to tell or none helps.

        Args:
            candidates: of one cause.
            beside: what the other causes of the document change: one wrong amount relates others wrongly.
        """
        if not self.tells_apart(candidates):
            return list(candidates)
        edits = [(*beside, *c.edits) for c in candidates]
        cost = len({self._changed(e) for e in edits} - self._fresh.keys()) * len(self.derivation.meaning.figures)
        if cost > self.budget:
            return list(candidates)
        self.budget -= cost
        after = [self._after(e) for e in edits]
        if min(after) >= self.failing:
            return list(candidates)
        return [c for c, count in zip(candidates, after, strict=True) if count == min(after)]

    def _after(self, edits: Edits) -> int:
        """How many hard identities fail after some edits.

        What is derived hangs on what is blank or zero, hardly on numbers: candidates that empty the same figures share a derivation.
        """
        changed = self._changed(edits)
        figures = self._edited(edits)
        if changed not in self._fresh:
            meaning = replace(self.derivation.meaning, figures=tuple(figures))
            self._fresh[changed] = derive(meaning, self.derivation).identities
        return _failing(self._fresh[changed], figures)

    def _changed(self, edits: Edits) -> _Changed:
        """The figures that some edits make or unmake zero."""
        figures = self.derivation.meaning.figures
        return frozenset((n, _silent(a)) for n, a in edits if _silent(a) != _silent(figures[n].amount))

    def _edited(self, edits: Edits) -> list[Figure]:
        figures = list(self.derivation.meaning.figures)
        for number, amount in edits:
            figures[number] = replace(figures[number], amount=amount)
        return figures


def _silent(amount: Amount | None) -> bool:
    return amount is None or not amount.yuan


def _failing(identities: Iterable[Identity], figures: Sequence[Figure]) -> int:
    return sum(i.sort is not Sort.CONVENTION and violation(i, figures) is not None for i in identities)

"""When a failing relation may be a misreading of ours: forms of many authorities stand in for the document's own."""

from __future__ import annotations

from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Derivation
from mingsuan.identities.localising.edits import TYPED


def is_weak(cause: Cause) -> bool:
    """Whether a table that was read with another authority's form may rather have been misread.

    No repair is known, rows are missing, or a single relation asks for a number that no known slip explains.
    """
    if cause.missing or not cause.candidates:
        return True
    return len(cause.chain) == 1 and not set(cause.candidates[0].operation.split("、")) <= TYPED


def may_mean_another(derivation: Derivation, cause: Cause) -> bool:
    """Whether the words of no known authority may mean another figure.

    The tables print the very amount elsewhere, or no table says anything of it and only sentences differ.
    """
    figures = derivation.meaning.figures
    members = {n for v in cause.violations for n in v.identity.members}
    stated = {a.yuan for n in members if figures[n].claim is not None and (a := figures[n].amount) is not None and a.yuan}
    if all(figures[n].claim is not None for n in members):
        return True
    return any(f.claim is None and f.amount is not None and f.amount.yuan in stated for f in figures)


def same_class(derivation: Derivation, cause: Cause) -> bool:
    """Whether a table prints every stated amount for the functional class that it is stated for, of another fund or year of origin."""
    figures, axes = derivation.meaning.figures, derivation.meaning.dialect.axes
    members = {n for v in cause.violations for n in v.identity.members}
    stated = [figures[n] for n in members if figures[n].claim is not None and figures[n].amount is not None]

    def of(figure: Figure) -> object:
        return figure.box(axes).lookup.get("function")

    return all(
        of(s) is not None
        and any(
            f.claim is None and f.amount is not None and s.amount is not None and f.amount.yuan == s.amount.yuan and of(f) == of(s)
            for f in figures
        )
        for s in stated
    )

"""Causes by their roots: a row that is missing fails in every column, what was put into the wrong row fails in both.

Localisation tells causes by what one edit repairs. Some of them have one root: they are apart by the same amount in one table and no slip
of the pen explains each; the numbers that they want are printed in each other's place; they are the columns of one list that lacks rows,
or of one row that is printed twice; they are many cells of one column. What is told is the root, with what else fails because of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mingsuan.checking.roots.apart import as_far
from mingsuan.checking.roots.failing import Failing, is_slip
from mingsuan.checking.roots.kin import kindred
from mingsuan.checking.roots.repeated_rows import Repeated, causing
from mingsuan.checking.roots.short_lists import without_false_lists
from mingsuan.checking.roots.together import together
from mingsuan.identities import Cause, Derivation, Extent, Sort, Violation
from mingsuan.identities.identity import violation
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Root:
    """A cause with what else fails because of it.

    Attributes:
        cause: what is told.
        following: relations, customs among them, that fail with it.
        repeated: the row that is printed twice, where that is the cause.
    """

    cause: Cause
    following: tuple[Violation, ...] = ()
    repeated: Repeated | None = None


def roots(derivation: Derivation, causes: Sequence[Cause]) -> tuple[Root, ...]:
    """Causes by their roots, in order, with the customs that fail by as much and for the same reason.

    A cause without a relation of its own is one of several edits that repair together; the relations are told with the others.
    """
    figures = derivation.meaning.figures
    told = without_false_lists(figures, [c for c in causes if c.chain])
    customs = [v for i in derivation.identities if i.sort is Sort.CONVENTION and (v := violation(i, figures)) is not None] if told else []
    failing = Failing(figures, told, causing(derivation.meaning, told))
    return tuple(_root(failing, group, customs) for group in kindred(failing))


def _root(failing: Failing, kin: Sequence[int], customs: Sequence[Violation]) -> Root:
    """Causes that are one: the list that lacks rows, or all their edits at once, or what none of them decides."""
    group, repeated = [failing.causes[number] for number in kin], failing.repeated.get(kin[0])
    violations = tuple(v for cause in group for v in cause.violations)
    also = tuple(v for v in customs if _follows(v, violations))
    if len(group) == 1:
        return Root(group[0], also, repeated)
    shared = tuple(v for cause in group for v in cause.shared)
    if repeated is not None:
        return Root(replace(group[0], violations=violations, shared=shared, candidates=()), also, repeated)
    short = next((c for c in group if c.missing or (c.candidates and c.candidates[0].extent is Extent.TABLE)), None)
    if short is not None:
        return Root(short, (*(v for c in group if c is not short for v in c.violations), *also))
    explained = next((c for c in group if is_slip(c) and all(_explains(c, o) for o in group if o is not c)), None)
    if explained is not None:
        return Root(replace(explained, violations=violations, shared=shared), also)
    decided = [c.candidates[0] for c in group if len(c.candidates) == 1]
    repair = together(failing.figures, decided) if len(decided) == len(group) else None
    return Root(replace(group[0], violations=violations, shared=shared, candidates=(repair,) if repair else ()), also)


def _explains(slip: Cause, other: Cause) -> bool:
    """Whether all that fails with another cause is apart by as much and contains the number that a slip changed."""
    edited = {n for n, _ in slip.candidates[0].edits}
    return all(not edited.isdisjoint(v.identity.members) and any(as_far(v, own) for own in slip.violations) for v in other.violations)


def _follows(custom: Violation, violations: Iterable[Violation]) -> bool:
    """Whether a custom is apart by as much as a relation of one of its figures."""
    return any(as_far(custom, v) and not set(custom.identity.members).isdisjoint(v.identity.members) for v in violations)

"""Causes that are one: a row that is missing fails in every column, what was put into the wrong row fails in both.

Localisation tells causes by what one edit repairs. Some of them have one root: they are apart by the same amount in one table and no slip
of the pen explains each; the numbers that they want are printed in each other's place; they are the columns of one list that lacks rows,
or of one row that is printed twice; they are many cells of one column. What is told is the root, with what else fails because of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.checking.kin import as_far, is_slip, kindred
from mingsuan.checking.repeated_rows import Repeated, repeated_rows
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Extent, Sort, Violation
from mingsuan.identities.identity import violation
from mingsuan.identities.localising.edits import SWAPPED
from mingsuan.values import dataclass

MISPLACED = "各数错了行"
"""Numbers of one column in the rows of others."""
DIVIDED = "此增彼减"
"""Two amounts apart by as much, one more and one less: what both are of is divided in two ways."""
CARRIED = "一错再错"
"""Amounts apart by as much the same way: one has gone into the others."""


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
    causes = _without_false_lists(figures, [c for c in causes if c.chain])
    customs = [v for i in derivation.identities if i.sort is Sort.CONVENTION and (v := violation(i, figures)) is not None] if causes else []
    found = _repeated(derivation, causes)
    groups = kindred(figures, causes, found)
    return tuple(_rooted(figures, g, customs, found.get(id(g[0]))) for g in groups)


def _without_false_lists(figures: Sequence[Figure], causes: Sequence[Cause]) -> list[Cause]:
    """Causes, of which a list is not said to lack rows by whose amounts its sum is not short, where another list is."""
    fitting = {n for c in causes if c.missing and _is_short(figures, c) for n in c.missing}
    return [
        replace(c, missing=(), violations=tuple(v for v in c.violations if v.identity.right))
        if c.missing and fitting.intersection(c.missing) and not _is_short(figures, c)
        else c
        for c in causes
    ]


def _is_short(figures: Sequence[Figure], cause: Cause) -> bool:
    """Whether a sum of a list that lacks rows is short of the amounts of one column of them."""
    columns: dict[tuple[int, str], Decimal] = {}
    for figure in (figures[n] for n in cause.missing):
        at = (figure.table, figure.column)
        columns[at] = columns.get(at, Decimal(0)) + (figure.amount.yuan if figure.amount else 0)
    sums = [v for v in cause.violations if v.identity.sort is Sort.PARTITION]
    return any(abs(abs(v.difference) - abs(yuan)) <= v.tolerance for v in sums for yuan in columns.values())


# ---- a row that is printed twice --------------------------------------------------------------------------------------


def _repeated(derivation: Derivation, causes: Sequence[Cause]) -> dict[int, Repeated]:
    """The row that is printed twice which alone causes it, by `id` of the cause: one that prints what its shortest relation is apart by."""
    figures = derivation.meaning.figures
    twice = {place: row for row in repeated_rows(derivation.meaning) for place in row.places} if causes else {}
    found: dict[int, Repeated] = {}
    for cause in causes if twice else ():
        for row in _rows_apart(figures, min(cause.violations, key=lambda v: len(v.identity.members)), twice) if cause.violations else ():
            if _of_repeated(figures, cause, row):
                found[id(cause)] = row
    return found


def _rows_apart(figures: Sequence[Figure], violation: Violation, twice: Mapping[tuple[int, int], Repeated]) -> Iterable[Repeated]:
    """The rows that are printed twice which print what a relation is apart by, each once."""
    members = (figures[n] for n in violation.identity.members)
    rows = (twice.get((f.table, f.row)) for f in members if f.amount and f.amount.yuan and _is_by(violation, f.amount))
    return dict.fromkeys(row for row in rows if row is not None)


def _is_by(violation: Violation, amount: Amount) -> bool:
    """Whether a relation is apart by an amount."""
    return abs(abs(violation.difference) - abs(amount.yuan)) <= violation.tolerance


def _of_repeated(figures: Sequence[Figure], cause: Cause, row: Repeated) -> bool:
    """Whether every relation of a cause is apart by what a row that is printed twice prints in it."""
    return all(
        any(
            (f.table, f.row) in row.places and f.amount is not None and f.amount.yuan and _is_by(v, f.amount)
            for f in (figures[n] for n in v.identity.members)
        )
        for v in cause.violations
    )


# ---- what is told ----------------------------------------------------------------------------------------------------


def _rooted(figures: Sequence[Figure], group: Sequence[Cause], customs: Sequence[Violation], repeated: Repeated | None) -> Root:
    """A group of causes as one: the list that lacks rows, or all their edits at once, or what none of them decides."""
    violations = tuple(v for cause in group for v in cause.violations)
    also = tuple(v for v in customs if _follows(v, violations))
    short = next((c for c in group if c.missing or (c.candidates and c.candidates[0].extent is Extent.TABLE)), None)
    if len(group) == 1:
        return Root(group[0], also, repeated)
    if short is not None and repeated is None:
        return Root(short, (*(v for c in group if c is not short for v in c.violations), *also))
    shared = tuple(v for cause in group for v in cause.shared)
    decided = [c.candidates[0] for c in group if len(c.candidates) == 1]
    explained = next((c for c in group if is_slip(c) and all(_explains(c, o) for o in group if o is not c)), None)
    if explained is not None and repeated is None:
        return Root(replace(explained, violations=violations, shared=shared), also)
    together = _together(figures, decided) if len(decided) == len(group) and repeated is None else None
    return Root(replace(group[0], violations=violations, shared=shared, candidates=(together,) if together else ()), also, repeated)


def _explains(slip: Cause, other: Cause) -> bool:
    """Whether all that fails with another cause is apart by as much and contains the number that a slip changed."""
    edited = {n for n, _ in slip.candidates[0].edits}
    return all(not edited.isdisjoint(v.identity.members) and any(as_far(v, own) for own in slip.violations) for v in other.violations)


def _together(figures: Sequence[Figure], decided: Sequence[Candidate]) -> Candidate | None:
    """The repairs of several causes as one: numbers in each other's place, or two that divide a third; None where they are neither."""
    edits = tuple(edit for candidate in decided for edit in candidate.edits)
    printed = {a.yuan for n, _ in edits if (a := figures[n].amount) is not None}
    moved = sum(a is not None and a.yuan in printed for _, a in edits)
    apart = [(a.yuan if a else 0) - (p.yuan if (p := figures[n].amount) else 0) for n, a in edits]
    if len(edits) == 2:
        return Candidate(edits, SWAPPED if moved == 2 else DIVIDED if (apart[0] > 0) != (apart[1] > 0) else CARRIED, Extent.CELLS)
    if len(set(apart)) == 1:
        return Candidate(edits, CARRIED, Extent.CELLS)
    in_one_column = len({(figures[n].table, figures[n].column) for n, _ in edits}) == 1
    return Candidate(edits, MISPLACED, Extent.COLUMN) if in_one_column and moved >= len(edits) - 1 else None


def _follows(custom: Violation, violations: Iterable[Violation]) -> bool:
    """Whether a custom is apart by as much as a relation of one of its figures."""
    return any(as_far(custom, v) and not set(custom.identity.members).isdisjoint(v.identity.members) for v in violations)

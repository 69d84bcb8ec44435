"""Causes that are one: a row that is missing fails in every column, what was put into the wrong row fails in both.

Localisation tells causes by what one edit repairs. Some of them have one root: they are apart by the same amount in one table and no slip
of the pen explains each; the numbers that they want are printed in each other's place; they are the columns of one list that lacks rows,
or of one row that is printed twice; they are many cells of one column. What is told is the root, with what else fails because of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.checking.repeated_rows import Repeated, repeated_rows
from mingsuan.dialects.meaning import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Extent, Sort, Violation
from mingsuan.identities.edits import SWAPPED, UNTYPED
from mingsuan.identities.identity import violation
from mingsuan.values import dataclass

MISPLACED = "各数错了行"
"""Numbers of one column in the rows of others."""
DIVIDED = "此增彼减"
"""Two amounts apart by as much, one more and one less: what both are of is divided in two ways."""
CARRIED = "一错再错"
"""Two amounts apart by as much the same way: one has gone into the other."""
_CLEARLY = 3
"""How many times what rounding explains a difference must be to be told from others by its amount."""
_MANY = 4
"""Cells of one column, or sums of one row, that are wrong and that nothing puts right: they have one cause."""


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
    """Causes by their roots, in order, with the customs that fail by as much and for the same reason."""
    figures = derivation.meaning.figures
    causes = _without_false_lists(figures, [c for c in causes if c.chain])
    customs = [v for i in derivation.identities if i.sort is Sort.CONVENTION and (v := violation(i, figures)) is not None] if causes else []
    twice = [(row, [c for c in causes if _of_repeated(figures, c, row)]) for row in (repeated_rows(derivation.meaning) if causes else ())]
    found = {id(c): row for row, own in twice if own for c in own}
    groups: list[list[Cause]] = []
    crowds = _crowds(figures, causes)
    for cause in causes:
        known = [g for g in groups if any(_one_root(figures, cause, other, crowds, found) for other in g)]
        groups = [g for g in groups if not any(g is k for k in known)] if len(known) > 1 else groups
        if len(known) > 1:
            groups.append([*(c for g in known for c in g), cause])
        elif known:
            known[0].append(cause)
        else:
            groups.append([cause])
    order = {id(cause): number for number, cause in enumerate(causes)}
    groups = [sorted(group, key=lambda c: order[id(c)]) for group in groups]
    return tuple(_rooted(figures, g, customs, found.get(id(g[0]))) for g in sorted(groups, key=lambda g: order[id(g[0])]))


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


def as_far(one: Violation, other: Violation) -> bool:
    """Whether two relations are apart by the same amount, as no two slips are by chance."""
    slack = one.tolerance + other.tolerance
    return abs(abs(one.difference) - abs(other.difference)) <= slack and min(abs(one.difference), abs(other.difference)) > _CLEARLY * slack


# ---- what two causes have in common ----------------------------------------------------------------------------------


def _one_root(figures: Sequence[Figure], one: Cause, other: Cause, crowds: Iterable[frozenset[int]], repeated: dict[int, Repeated]) -> bool:
    if id(one) in repeated or id(other) in repeated:
        return repeated.get(id(one)) is repeated.get(id(other))
    if _displaced(figures, one, other) or _displaced(figures, other, one) or any({id(one), id(other)} <= crowd for crowd in crowds):
        return True
    if any(_listed_short(figures, a, b) or _in_another_unit(figures, a, b) for a, b in ((one, other), (other, one))):
        return True
    if _is_slip(one) and _is_slip(other):
        return False
    in_one_table = not _tables(figures, one).isdisjoint(_tables(figures, other))
    return any(as_far(a, b) and (in_one_table or _unlisted(a, b)) for a in one.violations for b in other.violations)


def _unlisted(one: Violation, other: Violation) -> bool:
    """Whether one of two relations is that a table lists nothing of an amount: that table is not among its figures."""
    return not (one.identity.right and other.identity.right)


def _is_slip(cause: Cause) -> bool:
    """Whether a known slip explains a cause by itself."""
    return bool(cause.candidates) and UNTYPED not in cause.candidates[0].operation


def _tables(figures: Sequence[Figure], cause: Cause) -> set[int]:
    """The tables that a cause fails in; sentences stand in one of their own."""
    return {figures[n].table for v in cause.violations for n in v.identity.members}


def _displaced(figures: Sequence[Figure], one: Cause, other: Cause) -> bool:
    """Whether the number that one cause wants is the one that another prints in the same column or row: it went to the wrong place."""
    if not (len(one.candidates) == 1 and len(other.candidates) == 1):
        return False
    wanted = [(figures[n], a.yuan) for n, a in one.candidates[0].edits if a is not None and a.yuan]
    wrong = [figures[n] for n, _ in other.candidates[0].edits]
    return any(_in_line(w, p) and p.amount is not None and p.amount.yuan == yuan for w, yuan in wanted for p in wrong)


def _in_line(one: Figure, other: Figure) -> bool:
    return one.table == other.table and one.claim is None and (one.column == other.column or one.row == other.row)


def _listed_short(figures: Sequence[Figure], short: Cause, other: Cause) -> bool:
    """Whether a list lacks rows, and what else fails without a known repair is the sums of the same list in other columns."""
    if not short.missing or _is_slip(other):
        return False
    lists = {figures[v.identity.left[0]].table for v in short.violations if v.identity.sort is Sort.PARTITION and v.identity.left}
    return all({figures[n].table for n in v.identity.members} <= lists for v in other.violations)


def _in_another_unit(figures: Sequence[Figure], table: Cause, other: Cause) -> bool:
    """Whether what fails besides a table in the wrong unit is within what its digits round to in the right one."""
    if not table.candidates or table.candidates[0].extent is not Extent.TABLE:
        return False
    times = {n: a.yuan / p.yuan for n, a in table.candidates[0].edits if a and a.yuan and (p := figures[n].amount) is not None and p.yuan}
    factor = max(times.values(), key=abs, default=Decimal(1))
    for v in other.violations:
        halves = [p.half * (factor if n in times else 1) for n in v.identity.members if (p := figures[n].amount) is not None]
        if times.keys().isdisjoint(v.identity.members) or abs(v.difference) >= sum(halves):
            return False
    return True


def _crowds(figures: Sequence[Figure], causes: Sequence[Cause]) -> list[frozenset[int]]:
    """Causes without a known repair that share a column or are the sums of one row, so many that they have one cause."""
    undecided = [c for c in causes if not c.missing and (_is_bounded(c) or not (_is_slip(c) or len(c.candidates) == 1))]
    lines = [_columns(figures, c) | _summed(figures, c) for c in undecided]
    counts = Counter(line for own in lines for line in own)
    return [frozenset(id(c) for c, own in zip(undecided, lines, strict=True) if line in own) for line, n in counts.items() if n >= _MANY]


def _columns(figures: Sequence[Figure], cause: Cause) -> set[tuple[int, str | int]]:
    """The columns that a cause has figures in."""
    return {(f.table, f.column) for v in cause.violations for n in v.identity.members if (f := figures[n]).claim is None}


def _summed(figures: Sequence[Figure], cause: Cause) -> set[tuple[int, str | int]]:
    """The rows that are sums of others of their table, where nothing else fails: they lack a row in every column."""
    if not all(v.identity.sort is Sort.PARTITION and len({figures[n].table for n in v.identity.members}) == 1 for v in cause.violations):
        return set()
    return {(figures[v.identity.left[0]].table, figures[v.identity.left[0]].row) for v in cause.violations if v.identity.left}


def _is_bounded(cause: Cause) -> bool:
    """Whether all that fails is that a part exceeds its whole, which puts no number right."""
    return all(v.identity.sort is Sort.CONTAINED for v in cause.violations)


def _of_repeated(figures: Sequence[Figure], cause: Cause, row: Repeated) -> bool:
    """Whether every relation of a cause is apart by what a row that is printed twice prints in it."""
    return all(
        any(
            (f.table, f.row) in row.places
            and f.amount is not None
            and f.amount.yuan
            and abs(abs(v.difference) - abs(f.amount.yuan)) <= v.tolerance
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
    explained = next((c for c in group if _is_slip(c) and all(_explains(c, o) for o in group if o is not c)), None)
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
    if len(edits) == 2:
        one, other = ((a.yuan if a else 0) - (p.yuan if (p := figures[n].amount) else 0) for n, a in edits)
        return Candidate(edits, SWAPPED if moved == 2 else DIVIDED if (one > 0) != (other > 0) else CARRIED, Extent.CELLS)
    in_one_column = len({(figures[n].table, figures[n].column) for n, _ in edits}) == 1
    return Candidate(edits, MISPLACED, Extent.COLUMN) if in_one_column and moved >= len(edits) - 1 else None


def _follows(custom: Violation, violations: Iterable[Violation]) -> bool:
    """Whether a custom is apart by as much as a relation of one of its figures."""
    return any(as_far(custom, v) and not set(custom.identity.members).isdisjoint(v.identity.members) for v in violations)

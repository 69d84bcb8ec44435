"""Which of equally cheap sets of edits are the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation
from mingsuan.identities.localising.proposals import Proposal, Proposer

Edits = tuple[Proposal, ...]
_Rank = tuple[int, int, int]


def likeliest(proposer: Proposer, found: Sequence[Edits]) -> list[Edits]:
    """The likeliest values for each set of figures, all that are equally likely; the likeliest sets first, then by role."""
    ranks = [_rank(proposer, edits) for edits in found]
    best: dict[frozenset[int], _Rank] = {}
    for edits, rank in zip(found, ranks, strict=True):
        best[_figures(edits)] = min(rank, best.get(_figures(edits), rank))
    kept = [(rank, _role(proposer, edits), edits) for edits, rank in zip(found, ranks, strict=True) if rank == best[_figures(edits)]]
    return [edits for _, _, edits in sorted(kept, key=lambda ranked: ranked[:2])]


def _figures(edits: Edits) -> frozenset[int]:
    return frozenset(n for p in edits for n in p.figures)


def _rank(proposer: Proposer, edits: Edits) -> _Rank:
    """No new minus, values that recur, then what surprises least: the smaller the likelier."""
    recurring = sum(map(proposer.echoed, edits))
    negative = sum(proposer.habits.negative(p.edits) for p in edits)
    return negative, -recurring, surprise(proposer, edits)


def surprise(proposer: Proposer, edits: Edits) -> int:
    """How unlikely it is that edits of known kinds undo what happened, against others of the same kinds (`weights`).

    Slips that few numbers fit by chance, amounts where custom has them, and sums that are off by no more than rounding usually leaves.
    """
    arithmetic = proposer.arithmetic
    values = {n: value for p in edits for n, value in p.edits}
    rare = weights.RARE * sum(map(proposer.rarity, edits))
    placed = sum(bool(value.units) - bool(arithmetic.values[n]) for n, value in values.items() if proposer.unusual(n))
    with arithmetic.edited(values):
        off = sum(_off(arithmetic, e) for e in arithmetic.touched(values) if e.difference and not e.contained)
    return rare + weights.UNUSUAL * placed + off


def _off(arithmetic: Arithmetic, equation: Equation) -> int:
    """How unlikely it is that rounding leaves as much over: last digits are off evenly to both sides, and so their sum is off normally."""
    squares = sum(arithmetic.halves[n] ** 2 for n in equation.signs if arithmetic.values[n]) + equation.slack**2
    if not squares:
        return weights.OFF_AT_MOST
    return min(weights.OFF_AT_MOST, weights.KIND * 3 * equation.difference**2 // (2 * squares))


def _role(proposer: Proposer, edits: Edits) -> int:
    return sum(proposer.role(n) for p in edits for n in p.figures)

"""Which of equally cheap sets of edits are the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.identities.proposals import Proposal, Proposer

Edits = tuple[Proposal, ...]
_Rank = tuple[int, int, int, int]


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
    """No new minus, values that recur, that leave least over, of slips that few numbers fit by chance: the smaller the likelier."""
    recurring = sum(map(proposer.echoed, edits))
    negative = sum(proposer.habits.negative(p.edits) for p in edits)
    return negative, -recurring, _residue(proposer, edits), sum(map(proposer.rarity, edits))


def _residue(proposer: Proposer, edits: Edits) -> int:
    arithmetic = proposer.arithmetic
    values = {n: value for p in edits for n, value in p.edits}
    with arithmetic.edited(values):
        return sum(abs(arithmetic.difference(e)) for e in arithmetic.touched(values) if not e.contained)


def _role(proposer: Proposer, edits: Edits) -> int:
    return sum(proposer.role(n) for p in edits for n in p.figures)

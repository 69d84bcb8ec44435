"""The repairs of several causes as one: numbers in each other's place, or two that divide a third."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Extent
from mingsuan.identities.localising.edits import SWAPPED

MISPLACED = "各数错了行"
"""Numbers of one column in the rows of others."""
DIVIDED = "此增彼减"
"""Two amounts apart by as much, one more and one less: what both are of is divided in two ways."""
CARRIED = "一错再错"
"""Amounts apart by as much the same way: one has gone into the others."""


def together(figures: Sequence[Figure], decided: Sequence[Candidate]) -> Candidate | None:
    """The repairs of several causes as one; None where they have nothing in common."""
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

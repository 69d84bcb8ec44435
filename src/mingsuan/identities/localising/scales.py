"""Tables in another unit than they say, each told apart from whatever else fails in a document."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.identities.derive import Derivation
from mingsuan.identities.identity import Sort, Violation
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.causes import Extent
from mingsuan.identities.localising.hypotheses import rescalings
from mingsuan.identities.localising.trials import Trial

MOST_OF = 0.8
"""Share of what fails about a table that must hold once its unit is another: the rest are slips of single cells."""


def misscaled(derivation: Derivation, failing: Sequence[Violation]) -> tuple[Violation, ...]:
    """What fails only because whole tables are in another unit than they say; nothing of tables of which much fails besides.

    So many amounts do not agree by chance once the point is moved, so that such a table was read right whatever else is wrong.
    """
    figures = derivation.meaning.figures
    trial = Trial(Arithmetic(figures, [i for i in derivation.identities if i.sort is not Sort.CONVENTION]), failing, ())
    explained: set[int] = set()
    for hypothesis in rescalings(derivation.meaning, failing):
        tried = trial(hypothesis) if hypothesis.candidate.extent is Extent.TABLE else None
        if tried is not None:
            cells = {n for n, _ in hypothesis.edits}
            about = {id(v) for v in failing if not cells.isdisjoint(v.identity.members)}
            if len(about & tried.solved) >= MOST_OF * len(about):
                explained |= tried.solved
    return tuple(v for v in failing if id(v) in explained)

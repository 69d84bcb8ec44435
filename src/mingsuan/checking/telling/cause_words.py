"""What every finding of a cause tells: the relations that fail, the rows and counterparts of its figures, and the repairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.checking.telling.cell_names import parted, quoted
from mingsuan.checking.telling.figures import printed, sentence
from mingsuan.checking.telling.figures import side as side_of
from mingsuan.checking.telling.undecided import WITNESSED
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Violation
from mingsuan.model import Repair, Side


def chain_told(derivation: Derivation, cause: Cause) -> tuple[str, ...]:
    """What does not hold because of a cause, what it violates together with other causes at the end."""
    own = [sentence(derivation, v) for v in sorted(cause.violations, key=lambda v: len(v.identity.members))]
    shared = [f"{sentence(derivation, v)}，与另外的错误共同造成" for v in sorted(cause.shared, key=lambda v: len(v.identity.members))]
    said = (*own, *shared)
    return said if len(said) <= WITNESSED else (*said[:WITNESSED], f"……共{len(said)}项关系不成立，其余从略")


def row_of(figure: Figure) -> str:
    """The row of a figure alone, in quotation marks."""
    cell = parted(figure.label)
    return quoted(cell.row) if cell else figure.label


def repairs_of(figures: Sequence[Figure], candidate: Candidate) -> Iterator[Repair]:
    """The repair of each cell that a candidate changes."""
    for number, amount in candidate.edits:
        figure = figures[number]
        yield Repair(figure.place, figure.label, printed(figure.amount), printed(amount), candidate.operation)


def counterparts(derivation: Derivation, v: Violation, wrong: int) -> tuple[Side, ...]:
    """The side of an identity that the wrong figure does not stand on; its own side where it is one of several addends."""
    identity = v.identity
    others = identity.right if wrong in identity.left else identity.left
    return side_of(derivation, others or identity.left)

"""What localisation says: causes, and the edits that would put each right."""

from __future__ import annotations

from enum import StrEnum

from mingsuan.amounts import Amount
from mingsuan.identities.identity import Violation
from mingsuan.values import dataclass

Edits = tuple[tuple[int, Amount | None], ...]
"""Figures and what they should be."""


class Extent(StrEnum):
    """How much of a table one slip changed."""

    CELL = "cell"
    CELLS = "cells"
    ROWS = "rows"
    COLUMN = "column"
    TABLE = "table"


@dataclass(frozen=True)
class Candidate:
    """An edit after which the identities of its cause hold.

    Attributes:
        edits: (figure, what it should be) — one, or several where one slip changed several cells.
        operation: the kind of slip, in Chinese.
        extent: one cell, a few cells, rows, a column or a table.
    """

    edits: Edits
    operation: str
    extent: Extent = Extent.CELL

    @property
    def figure(self) -> int:
        """The figure that is wrong, the first where several are."""
        return self.edits[0][0]


@dataclass(frozen=True)
class Cause:
    """Violations that one slip, or one defect of a table, explains.

    Attributes:
        violations: what fails; of what several causes violate together, each is told with one of them.
        candidates: equally likely repairs, likelier kinds of slip first; () where no repair is known.
        missing: figures of other tables that the violated list leaves out (an incomplete table).
        shared: further violations to which it contributes, told with another cause.
        conversion: it looks like a defect of the file's conversion, not of the document.
        beyond: too much fails together for a search; nothing was tried.
    """

    violations: tuple[Violation, ...]
    candidates: tuple[Candidate, ...] = ()
    missing: tuple[int, ...] = ()
    shared: tuple[Violation, ...] = ()
    conversion: bool = False
    beyond: bool = False

    @property
    def chain(self) -> tuple[Violation, ...]:
        """Every relation that fails because of it, the shortest first."""
        return tuple(sorted((*self.violations, *self.shared), key=lambda v: (len(v.identity.members), v.tolerance)))

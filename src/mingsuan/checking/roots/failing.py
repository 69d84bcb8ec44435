"""What fails in a document: its figures, and the causes of what fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

from mingsuan.checking.roots.repeated_rows import Repeated
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause
from mingsuan.identities.localising.edits import UNTYPED
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Failing:
    """The causes of what fails, which are told by their numbers here.

    Attributes:
        figures: all figures of the document.
        repeated: the row that is printed twice, by the number of the cause that it is alone.
    """

    figures: Sequence[Figure]
    causes: Sequence[Cause]
    repeated: Mapping[int, Repeated] = field(default_factory=dict)

    @cached_property
    def others(self) -> tuple[int, ...]:
        """The causes that no row printed twice is alone."""
        return tuple(number for number in range(len(self.causes)) if number not in self.repeated)


def is_slip(cause: Cause) -> bool:
    """Whether a known slip explains a cause by itself."""
    return bool(cause.candidates) and UNTYPED not in cause.candidates[0].operation

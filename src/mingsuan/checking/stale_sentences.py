"""Sentences whose year cannot be meant, and how rules ask whether one of them is told already."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from mingsuan.model import Claim, Section, Side
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Stale:
    """A sentence with a year that cannot be meant.

    Attributes:
        said: the words that name the year.
        right: the year that is meant, 2023年.
        message: what is wrong, a Chinese sentence.
        side: where it stands.
        span: section, first and last offset of the sentence in it; None for a note under a table.
        claims: the numbers under which the claims of the sentence are counted.
    """

    said: str
    right: str
    message: str
    side: Side
    span: tuple[int, int, int] | None = None
    claims: frozenset[int] = frozenset()


@dataclass(frozen=True)
class StaleYears:
    """All such sentences of a disclosure, in order: what one rule tells of them, others need not tell again."""

    all: tuple[Stale, ...] = ()

    @cached_property
    def _spans(self) -> dict[int, tuple[list[int], list[int]]]:
        """By section, where such sentences begin and where they end."""
        found: dict[int, tuple[list[int], list[int]]] = {}
        for section, begin, end in (stale.span for stale in self.all if stale.span is not None):
            begins, ends = found.setdefault(section, ([], []))
            begins.append(begin)
            ends.append(end)
        return found

    @cached_property
    def _claims(self) -> frozenset[int]:
        return frozenset(n for stale in self.all for n in stale.claims)

    def covers(self, section: Section, offset: int) -> bool:
        """Whether a character of a section stands in one of them."""
        begins, ends = self._spans.get(id(section), ([], []))
        number = bisect_right(begins, offset)
        return number > 0 and offset < ends[number - 1]

    def states(self, claim: Claim) -> bool:
        """Whether a number is stated in one of them."""
        return claim.sentence in self._claims

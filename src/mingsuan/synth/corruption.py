"""Errors of the kinds that real disclosures hold, put into a disclosure, each with a record of what was changed.

A corrupted disclosure shows what a check finds: its record is the truth to compare with. The same seed makes the same errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from mingsuan.model import Disclosure
from mingsuan.synth.misfilings import MISFILINGS
from mingsuan.synth.misprints import MISPRINTS
from mingsuan.synth.misstatements import MISSTATEMENTS
from mingsuan.synth.slips import Slip
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One error that was put in.

    Attributes:
        kind: what was done, in Chinese (`KINDS`).
        place: where, in Chinese: table, row and column, or section.
        before, after: what stood there and what stands there now.
    """

    kind: str
    place: str
    before: str
    after: str


KINDS: Mapping[str, Slip] = {**MISPRINTS, **MISFILINGS, **MISSTATEMENTS}
"""Every kind of error by its Chinese name."""
TRIES = 20
"""Attempts at a kind before another is taken: not every disclosure has what it would change."""


class UnknownKindError(ValueError):
    """Asked for a kind of error that does not exist."""

    def __init__(self, kind: str) -> None:
        """Name what was asked for and what there is."""
        super().__init__(f"没有“{kind}”这种错误；可用的有：{'、'.join(KINDS)}。")


def corrupt(disclosure: Disclosure, seed: int, errors: int = 1, kinds: Iterable[str] = ()) -> tuple[Disclosure, tuple[Change, ...]]:
    """Put errors into a disclosure, each in a place that no other has changed; fewer where it has no room for so many.

    Args:
        disclosure: what is published. Its claims are left out of the result: they belong to the narrative as it was.
        seed: of the random choice.
        errors: how many.
        kinds: names of `KINDS` to choose from, all if empty.

    Raises:
        UnknownKindError: `kinds` names one that does not exist.
    """
    chosen = tuple(dict.fromkeys(kinds)) or tuple(KINDS)
    for kind in chosen:
        if kind not in KINDS:
            raise UnknownKindError(kind)
    rng = Random(f"corrupt:{seed}")
    changes: list[Change] = []
    for _ in range(errors):
        for kind in rng.sample(chosen, len(chosen)):
            made = _attempt(kind, disclosure, rng, {c.place for c in changes})
            if made is not None:
                disclosure, change = made
                changes.append(change)
                break
    return disclosure, tuple(changes)


def _attempt(kind: str, disclosure: Disclosure, rng: Random, taken: set[str]) -> tuple[Disclosure, Change] | None:
    for _ in range(TRIES):
        made = KINDS[kind](disclosure, rng)
        if made is not None and made[1] not in taken:
            altered, *told = made
            return altered, Change(kind, *told)
    return None

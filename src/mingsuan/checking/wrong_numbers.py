"""Numbers of the narrative that the tables already show to be wrong: what else does not follow from them is no error of its own."""

from __future__ import annotations

from collections.abc import Iterable

from mingsuan.checking.subject import Subject
from mingsuan.model import Claim

_SLIGHT = 2
"""Units of the last digit up to which a number is rather rounded otherwise than wrong."""


def rests_on_a_wrong_number(subject: Subject, claims: Iterable[Claim]) -> bool:
    """Whether one of some claims is itself the repair of a cause, so that it is told there."""
    stated = [c for c in claims if c.amount is not None]
    if not stated or subject.derivation is None:
        return False
    figures, known = subject.derivation.meaning.figures, subject.disclosure.claims
    for cause in subject.causes:
        for number, wanted in cause.candidates[0].edits if cause.candidates else ():
            claim = figures[number].claim
            if claim is None or not any(known[claim] is c for c in stated):
                continue
            printed = known[claim].amount
            if printed is not None and (wanted is None or abs(printed.yuan - wanted.yuan) > printed.half * 2 * _SLIGHT):
                return True
    return False

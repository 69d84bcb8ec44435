"""Numbers of the narrative that the tables already show to be wrong: what else does not follow from them is no error of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mingsuan.amounts import UNITS, Amount
from mingsuan.identities.localising.edits import TYPED
from mingsuan.model import Claim
from mingsuan.reading.claims.links import half_of

if TYPE_CHECKING:
    from mingsuan.checking.subject import Subject

_SLIGHT = 2
"""Units of the last digit up to which a number is rather rounded otherwise than wrong."""


def rests_on_a_wrong_number(subject: Subject, claims: Iterable[Claim]) -> bool:
    """Whether one of some claims states a number that a cause puts right, there or where it is said again, so that it is told there."""
    stated = {c.amount.yuan for c in claims if c.amount is not None}
    return not stated.isdisjoint(subject.wrong_amounts)


def is_told(subject: Subject, yuan: Decimal) -> bool:
    """Whether a cause puts a number of the narrative right that is printed as so many 元."""
    return yuan in subject.wrong_amounts


def wrong_amounts(subject: Subject) -> frozenset[Decimal]:
    """The numbers of the narrative that causes put right, as printed, in 元."""
    return frozenset(printed.yuan for printed, _ in _repairs(subject))


def explained_by_a_share(subject: Subject, shares: Sequence[Claim], gap: Decimal) -> bool:
    """Whether shares do not make up a whole because one of them does not follow from its amounts, which is told of that one."""
    wrong = [r for place in {c.place for c in shares} for r in subject.wrong_shares.get(place, ()) if r.expected is not None]
    certain = [r for r in wrong if r.borne_out or r.share.template is not None]
    moved = sum((r.expected - r.share.value / 100 for r in certain if r.expected is not None), Decimal(0))
    return bool(certain) and abs(gap + moved) <= sum((half_of(c) for c in shares), Decimal(0))


def claims_put_right(subject: Subject, *, known: bool = True) -> tuple[Claim, ...]:
    """The claims with the numbers that causes put right as they should be, wherever they are said; () where there are none.

    What follows from them then was no error of its own. A number that no known slip explains may be another's, so `known` leaves it.
    """
    wanted = {printed.yuan: right for printed, right in _repairs(subject, known=known) if right is not None}
    if not wanted:
        return ()
    return tuple(
        replace(c, value=right.yuan / UNITS[a.unit]) if (a := c.amount) is not None and (right := wanted.get(a.yuan)) is not None else c
        for c in subject.disclosure.claims
    )


def _repairs(subject: Subject, *, known: bool = False) -> Iterator[tuple[Amount, Amount | None]]:
    """Numbers of the narrative that causes put right, clearly not for their rounding: printed and wanted; `known`: by a known slip."""
    if subject.derivation is None:
        return
    figures, claims = subject.derivation.meaning.figures, subject.disclosure.claims
    for best in (cause.candidates[0] for cause in subject.causes if cause.candidates):
        for number, wanted in best.edits if not known or best.operation in TYPED else ():
            claim = figures[number].claim
            printed = claims[claim].amount if claim is not None else None
            if printed is not None and (wanted is None or abs(printed.yuan - wanted.yuan) > printed.half * 2 * _SLIGHT):
                yield printed, wanted

"""One quantity printed with two last digits: rounded items added up here, their sum rounded there. Nobody can say which print is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingsuan.checking.roots.failing import Failing
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Sort


def is_last_digit(figures: Sequence[Figure], cause: Cause) -> bool:
    """Whether a cause is one last digit between prints of one quantity in 千元 or more: rounded items added up, or their sum rounded."""
    if not any(v.identity.sort in {Sort.EQUAL, Sort.CONDITIONAL} for v in cause.violations):
        return False
    for v in cause.violations:
        amounts = [figures[n].amount for n in v.identity.members]
        if len(amounts) != 2 or abs(v.difference) > v.tolerance or any(a is None or a.unit == "元" or not a.decimals for a in amounts):
            return False
    return True


def prints(cause: Cause) -> set[int]:
    """The figures that fail."""
    return {n for v in cause.violations for n in v.identity.members}


def of_one_quantity(failing: Failing) -> Iterable[list[int]]:
    """Causes that are last digits of one quantity: a print of it fails in each."""
    printing: dict[int, list[int]] = {}
    for number in failing.others:
        if is_last_digit(failing.figures, failing.causes[number]):
            for n in prints(failing.causes[number]):
                printing.setdefault(n, []).append(number)
    return printing.values()

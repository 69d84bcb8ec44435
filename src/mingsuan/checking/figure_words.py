"""How findings on figures speak: amounts, sums and violated identities in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingsuan.amounts import UNITS, Amount
from mingsuan.identities import Derivation, Identity, Sort, Violation
from mingsuan.identities.identity import total
from mingsuan.model import Side

SHOWN = 6
"""Addends and candidates that a message names; the rest is counted."""


def printed(amount: Amount | None) -> str:
    """An amount as it is printed, or that nothing is."""
    return "空白" if amount is None else str(amount)


def money_in(yuan: Decimal, unit: str) -> str:
    """元 in a unit, as short as it can be said."""
    value = (yuan / UNITS[unit]).normalize()
    return f"{value:,f}{unit}"


def difference(shown: Amount | None, wanted: Amount | None) -> str:
    """What is printed less what should be, "" where either is blank."""
    if shown is None or wanted is None:
        return ""
    return money_in(shown.yuan - wanted.yuan, shown.unit)


def unit_of(derivation: Derivation, numbers: Sequence[int]) -> str:
    """The unit that figures print."""
    return next((a.unit for n in numbers if (a := derivation.meaning.figures[n].amount) is not None), "元")


def money(yuan: Decimal, derivation: Derivation, identity: Identity) -> str:
    """元 in the unit that an identity's figures print."""
    return money_in(yuan, unit_of(derivation, identity.members))


def sum_text(derivation: Derivation, numbers: Sequence[int]) -> str:
    """The sum of some figures; one amount as it is printed."""
    figures = derivation.meaning.figures
    amounts = [a for n in numbers if (a := figures[n].amount) is not None]
    if len(amounts) == 1:
        return printed(amounts[0])
    return money_in(total(figures, numbers)[0], unit_of(derivation, numbers))


def sentence(derivation: Derivation, v: Violation) -> str:
    """A violated identity with both sides in words and figures."""
    identity = v.identity
    left = words(derivation, identity.left)
    right = after(left, words(derivation, identity.right)) if identity.right else "没有列示，即0"
    relation = "大于" if identity.sort is Sort.CONTAINED else "与"
    tail = "" if identity.sort is Sort.CONTAINED else "不符"
    gap = money_in(abs(v.difference), unit_of(derivation, identity.members))
    allowed = money_in(v.tolerance, unit_of(derivation, identity.members))
    return f"{left}{relation}{right}{tail}，相差{gap}（舍入至多可解释{allowed}）"


def after(said: str, name: str) -> str:
    """A cell's name after another of its table: the table is not told twice."""
    table, point, cell = name.partition("·")
    return f"同表的{cell}" if point and said.startswith(f"{table}·") else name


def words(derivation: Derivation, numbers: Sequence[int]) -> str:
    """Some figures by name, with their sum."""
    figures = derivation.meaning.figures
    loud = [figures[n] for n in numbers if figures[n].amount is not None]
    if not loud:
        return f"{figures[numbers[0]].label}（空白）" if numbers else "0"
    if len(loud) == 1:
        return f"{loud[0].label} {printed(loud[0].amount)}"
    shown = "＋".join(printed(f.amount) for f in loud[:SHOWN])
    more = f"＋…共{len(loud)}项" if len(loud) > SHOWN else ""
    return f"{loud[0].label}等{len(loud)}项之和 {sum_text(derivation, numbers)}（{shown}{more}）"


def sides(derivation: Derivation, identity: Identity) -> tuple[Side, ...]:
    """Both sides of an identity with their places."""
    return (*side(derivation, identity.left), *side(derivation, identity.right))


def side(derivation: Derivation, numbers: Sequence[int]) -> tuple[Side, ...]:
    """The printed figures of one side."""
    figures = [derivation.meaning.figures[n] for n in numbers if derivation.meaning.figures[n].amount is not None]
    return tuple(Side(f.place, f.label, printed(f.amount)) for f in figures)

"""How findings on figures speak: amounts, sums and violated identities in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingsuan.amounts import UNITS, Amount
from mingsuan.checking.telling.cell_names import named_after
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Derivation, Identity, Sort, Violation
from mingsuan.identities.identity import total
from mingsuan.model import Side
from mingsuan.patterns import regex

SHOWN = 6
"""Addends and candidates that a message names; the rest is counted."""
_PLAIN = 100
"""How many times what rounding explains a difference must be for nobody to think of rounding."""

_NUMBER = regex(r"\d+(?:,\d{3})*(?:\.\d+)?")


def printed(amount: Amount | None) -> str:
    """An amount as it is printed, or that nothing is."""
    return "空白" if amount is None else str(amount)


def money_in(yuan: Decimal, unit: str, decimals: int = 0) -> str:
    """元 in a unit, with the decimals that it needs and at least so many."""
    value = (yuan / UNITS[unit]).normalize()
    exponent = value.as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{value:,.{max(own, decimals)}f}{unit}"


def signed_in(yuan: Decimal, unit: str, decimals: int = 0) -> str:
    """A difference of 元 in a unit, with its sign."""
    return f"{'+' if yuan > 0 else '−'}{money_in(abs(yuan), unit, decimals)}"


def difference(shown: Amount | None, wanted: Amount | None) -> str:
    """What is printed less what should be, with its sign; "" where either is blank."""
    if shown is None or wanted is None:
        return ""
    return signed_in(shown.yuan - wanted.yuan, shown.unit, shown.decimals)


def unit_of(derivation: Derivation, numbers: Sequence[int]) -> str:
    """The unit that figures print."""
    return next((a.unit for n in numbers if (a := derivation.meaning.figures[n].amount) is not None), "元")


def decimals_of(derivation: Derivation, numbers: Sequence[int]) -> int:
    """The decimals that figures print, the most of them."""
    return max((a.decimals for n in numbers if (a := derivation.meaning.figures[n].amount) is not None), default=0)


def money(yuan: Decimal, derivation: Derivation, identity: Identity) -> str:
    """元 as an identity's figures print them."""
    return money_in(yuan, unit_of(derivation, identity.members), decimals_of(derivation, identity.members))


def signed(yuan: Decimal, derivation: Derivation, identity: Identity) -> str:
    """A difference of 元 as an identity's figures print them, with its sign."""
    return signed_in(yuan, unit_of(derivation, identity.members), decimals_of(derivation, identity.members))


def sum_text(derivation: Derivation, numbers: Sequence[int]) -> str:
    """The sum of some figures; one amount as it is printed."""
    figures = derivation.meaning.figures
    amounts = [a for n in numbers if (a := figures[n].amount) is not None]
    if len(amounts) == 1:
        return printed(amounts[0])
    return money_in(total(figures, numbers)[0], unit_of(derivation, numbers), decimals_of(derivation, numbers))


def sentence(derivation: Derivation, v: Violation) -> str:
    """A violated identity with both sides in words and figures."""
    identity = v.identity
    left = words(derivation, identity.left)
    before = derivation.meaning.figures[identity.left[0]].label if identity.left else ""
    right = words(derivation, identity.right, before) if identity.right else "没有列示，即0"
    relation = "大于" if identity.sort is Sort.CONTAINED else "与"
    tail = "" if identity.sort is Sort.CONTAINED else "不符"
    return f"{left}{relation}{right}{tail}，相差{money(abs(v.difference), derivation, identity)}{_rounding(derivation, v)}"


def _rounding(derivation: Derivation, v: Violation) -> str:
    """What rounding may explain of a small difference; of a large one nobody asks."""
    if abs(v.difference) >= _PLAIN * v.tolerance:
        return ""
    return f"（舍入造成的差应小于{money_in(v.tolerance, unit_of(derivation, v.identity.members))}）"


def words(derivation: Derivation, numbers: Sequence[int], before: str = "") -> str:
    """Some figures by name, with their sum, in a sentence that has named the cell of a label before."""
    figures = derivation.meaning.figures
    loud = [figures[n] for n in numbers if figures[n].amount is not None]
    if not loud:
        return f"{named_after(before, figures[numbers[0]].label)}（空白）" if numbers else "0"
    name = named_after(before, loud[0].label)
    if len(loud) == 1:
        return name if tells_its_amount(loud[0]) else f"{name}{printed(loud[0].amount)}"
    units = {f.amount.unit for f in loud if f.amount}
    shown = "＋".join(f.amount.text(thousands=True) if len(units) == 1 else printed(f.amount) for f in loud[:SHOWN] if f.amount)
    more = "＋……" if len(loud) > SHOWN else ""
    return f"{name}等{len(loud)}项之和{sum_text(derivation, numbers)}（{shown}{more}）"


def tells_its_amount(figure: Figure) -> bool:
    """Whether a figure's label is a quote with its amount."""
    if figure.claim is None or figure.amount is None:
        return False
    return any(Decimal(digits.replace(",", "")) == figure.amount.in_unit for digits in _NUMBER.findall(figure.label))


def sides(derivation: Derivation, identity: Identity) -> tuple[Side, ...]:
    """Both sides of an identity with their places."""
    return (*side(derivation, identity.left), *side(derivation, identity.right))


def side(derivation: Derivation, numbers: Sequence[int]) -> tuple[Side, ...]:
    """The printed figures of one side."""
    figures = [derivation.meaning.figures[n] for n in numbers if derivation.meaning.figures[n].amount is not None]
    return tuple(Side(f.place, f.label, printed(f.amount)) for f in figures)

"""Cost formulas as they are really written: 16人×260元×8天×12个月=37.6万元.

A formula is read where a product stands before an equals sign (or 共需, 合计 …) and an amount; one whose units make no amount of money is
reported without a verdict. What follows a result (减去……，需645万元) is recognised, so that an amount that is deliberately lower is not
taken for an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from mingsuan.amounts import UNITS
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.claims.expressions import MAX_FACTORS, MAX_LENGTH, Expression, Factor, evaluate, expression_before
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """One factor that would make a formula hold if it were `value`; the likeliest slip comes first."""

    factor: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Formula:
    """A cost formula and the amount that it is said to make.

    Attributes:
        expression: the formula as printed, without markup and white space.
        factors: its numbers in order.
        computed_yuan: what it makes, in 元; None where its units make no amount of money.
        stated: the amount it is said to make.
        holds: whether that is so by the last digit printed; None where it cannot be told.
        place: where it stands.
        adjusted: the amount that is asked for after something was deducted (减去……，需645万元).
        repairs: single factors that would make it hold, with as many decimals as the factor prints.
    """

    expression: str
    factors: tuple[Factor, ...]
    computed_yuan: Decimal | None
    stated: Claim
    holds: bool | None
    place: Place
    adjusted: Claim | None = None
    repairs: tuple[Repair, ...] = ()


_EQUALS = regex(r"\s*(?:[=＝]|[，,]?\s*(?:一?共需|共计|合计|总计|等于|计))\s*(?:约|为)?\s*")
_SENTENCE_END = regex(r"[。；;]")
_DEDUCTED = regex(r"减去|扣除|减除|除去|减掉|剔除")
_ASKED = regex(r"(?:需|需要|需求|安排|申请|计|为)\s*(?:资金|经费|预算)?\s*$")


def read_formulas(statements: Sequence[Statement]) -> tuple[Formula, ...]:
    """Every cost formula among the statements of a narrative, in order."""
    return tuple(f for _, group in groupby(statements, key=lambda s: id(s.paragraph)) for f in _of_paragraph(tuple(group)))


def _of_paragraph(statements: Sequence[Statement]) -> Iterator[Formula]:
    plain = without_markup(statements[0].paragraph.text)
    chain: Expression | None = None
    for position, result in enumerate(statements):
        equals = _equals_before(plain, result)
        if equals is None:
            continue
        before = [s for s in statements[max(0, position - MAX_FACTORS) : position] if s.number.end <= equals]
        tokens = expression_before(plain, before, equals)
        if tokens is not None and len(tokens.factors) > 1:
            chain = tokens
        elif chain is None or not before or before[-1].claim.role is not Role.RESULT:
            chain = None
        if chain is not None and result.number.is_money:
            yield _formula(chain, result, _adjusted(plain, statements, position))


def _equals_before(plain: str, result: Statement) -> int | None:
    """Offset of the equals sign (or 共需) right before a number."""
    for match in _EQUALS.finditer(plain, max(0, result.number.start - 12), result.number.start):
        if match.end() == result.number.start:
            return match.start()
    return None


def _formula(tokens: Expression, result: Statement, adjusted: Claim | None) -> Formula:
    computed = _computed(tokens.pieces, tokens.factors, result.claim)
    holds = None if computed is None else _agrees(computed, result.claim)
    return Formula(
        tokens.text,
        tokens.factors,
        computed,
        result.claim,
        holds,
        result.paragraph.place(tokens.start),
        adjusted,
        tuple(sorted(_repairs(tokens, result.claim), key=lambda r: _edits(tokens, r))) if holds is False else (),
    )


def _computed(pieces: Sequence[str | int], factors: Sequence[Factor], stated: Claim) -> Decimal | None:
    """What a formula makes in 元; a formula of bare numbers is in 元 or in the unit of its result, whichever agrees."""
    found = evaluate(pieces, factors)
    if found is None:
        return None
    value, money = found
    if money == 1:
        return value
    if money is not None and (money != 0 or all(f.unit for f in factors)):
        return None
    in_unit = value * UNITS[stated.unit]
    return in_unit if _agrees(in_unit, stated) else value


def _agrees(computed: Decimal, stated: Claim) -> bool:
    """Whether a printed value may stand for a computed one.

    The computed side is exact, so a difference of just half a digit is how rounding half up prints it and agrees too.
    """
    return abs(computed - value_of(stated)) <= half_of(stated)


def _repairs(tokens: Expression, stated: Claim) -> Iterator[Repair]:
    """Factors that make the formula hold if only they are changed."""
    for index, factor in enumerate(tokens.factors):
        at = [_computed_with(tokens, index, Decimal(v), stated) for v in (0, 1)]
        if at[0] is None or at[1] is None or at[1] == at[0]:
            continue
        needed = (value_of(stated) - at[0]) / (at[1] - at[0])
        printed = needed.quantize(factor.value) if _fits(needed, factor.value) else None
        if printed is not None and printed > 0 and printed != factor.value:
            made = _computed_with(tokens, index, printed, stated)
            if made is not None and _agrees(made, stated):
                yield Repair(index, printed)


def _edits(tokens: Expression, repair: Repair) -> tuple[bool, bool, int]:
    """How unlikely a repair is: a year has 12 months; then a digit is sooner lost or gained (2 for 12) than others put."""
    factor = tokens.factors[repair.factor]
    printed, wanted = factor.text, f"{repair.value:f}"
    is_year = factor.unit in {"月", "个月"} and repair.value == 12
    return not is_year, not (_is_within(printed, wanted) or _is_within(wanted, printed)), abs(len(wanted) - len(printed))


def _is_within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def _fits(needed: Decimal, like: Decimal) -> bool:
    return abs(needed) < 10**12 and isinstance(like.as_tuple().exponent, int)


def _computed_with(tokens: Expression, index: int, value: Decimal, stated: Claim) -> Decimal | None:
    changed = list(tokens.factors)
    changed[index] = Factor(value, changed[index].unit, "")
    return _computed(tokens.pieces, changed, stated)


def _adjusted(plain: str, statements: Sequence[Statement], position: int) -> Claim | None:
    """The amount asked for after a deduction that follows a result in the same sentence."""
    end = statements[position].number.end
    furthest = min(len(plain), end + MAX_LENGTH)
    stop = _SENTENCE_END.search(plain, end, furthest)
    limit = stop.start() if stop else furthest
    deduction = _DEDUCTED.search(plain, end, limit)
    if deduction is None:
        return None
    return next(
        (
            s.claim
            for s in statements[position + 1 : position + 1 + MAX_FACTORS]
            if deduction.end() <= s.number.start < limit and s.number.is_money and _ASKED.search(plain, deduction.end(), s.number.start)
        ),
        None,
    )

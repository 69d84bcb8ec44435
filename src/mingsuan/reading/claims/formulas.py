"""Cost formulas as they are really written: 16人×260元×8天×12个月=37.6万元.

A formula is read where a product stands before an equals sign (or 共需, 合计 …) and an amount. Money is a dimension: every summand must
hold it exactly once, and a formula that does not is reported without a verdict. What follows a result (减去……，需645万元) is recognised,
so that an amount that is deliberately lower is not taken for an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from itertools import groupby

from mingsuan.amounts import UNITS
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.values import dataclass

MAX_FACTORS = 40
MAX_LENGTH = 600
"""Formulas of more factors or characters are damage."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A number in a formula."""

    value: Decimal
    unit: str
    text: str


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
_STOP = regex(r"[。；;：:，,\n、！？=＝]")
_OPERATORS: Mapping[str, str] = {
    **dict.fromkeys("×✕✖*＊·xX", "*"),
    **dict.fromkeys("÷", "/"),
    **dict.fromkeys("+＋", "+"),
    **dict.fromkeys("-－−", "-"),
    **dict.fromkeys("(（[", "("),
    **dict.fromkeys(")）]", ")"),
}
_RATE = regex(r"\s*(?:/|每)\s*(?:人|天|日|月|年|次|台|辆|套|期|家|项|个|户|场|份|册|小时|学时|课时|平方米|㎡|[·•.]|/)+")
_SENTENCE_END = regex(r"[。；;]")
_DEDUCTED = regex(r"减去|扣除|减除|除去|减掉|剔除")
_ASKED = regex(r"(?:需|需要|需求|安排|申请|计|为)\s*(?:资金|经费|预算)?\s*$")


def read_formulas(statements: Sequence[Statement]) -> tuple[Formula, ...]:
    """Every cost formula among the statements of a narrative, in order."""
    return tuple(f for _, group in groupby(statements, key=lambda s: id(s.paragraph)) for f in _of_paragraph(tuple(group)))


def _of_paragraph(statements: Sequence[Statement]) -> Iterator[Formula]:
    plain = without_markup(statements[0].paragraph.text)
    chain: _Tokens | None = None
    for position, result in enumerate(statements):
        equals = _equals_before(plain, result)
        if equals is None:
            continue
        before = [s for s in statements[max(0, position - MAX_FACTORS) : position] if s.number.end <= equals]
        tokens = _expression(plain, before, equals)
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


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A formula in pieces: operators as characters, factors as their index."""

    text: str
    pieces: tuple[str | int, ...]
    factors: tuple[Factor, ...]
    start: int


def _expression(plain: str, before: Sequence[Statement], end: int) -> _Tokens | None:
    """The longest formula that ends at `end`, None if what stands there is none."""
    by_start = {s.number.start: s for s in before}
    earliest = max(0, end - MAX_LENGTH)
    start = max((m.end() for m in _STOP.finditer(plain, earliest, end) if not _is_separator(plain, m.start())), default=earliest)
    pieces: list[str | int] = []
    factors: list[Factor] = []
    begun = start
    position = start
    while position < end:
        statement = by_start.get(position)
        operator = _OPERATORS.get(plain[position])
        if statement is not None:
            if pieces and isinstance(pieces[-1], int):
                pieces, factors, begun = [], [], position
            if not pieces:
                begun = position
            pieces.append(len(factors))
            factors.append(Factor(statement.number.value, statement.number.unit, statement.number.text))
            position = statement.number.end
            rate = _RATE.match(plain, position, end)
            position = rate.end() if rate else position
        elif operator is not None and (pieces or operator == "("):
            if not pieces:
                begun = position
            pieces.append(operator)
            position += 1
        else:
            position += 1
    text = re.sub(r"\s", "", plain[begun:end])
    return _Tokens(text, tuple(_balanced(pieces)), tuple(factors), begun) if 0 < len(factors) <= MAX_FACTORS else None


def _is_separator(plain: str, position: int) -> bool:
    """Whether a comma separates thousands."""
    return plain[position] == "," and plain[position - 1 : position].isdigit() and plain[position + 1 : position + 4].isdigit()


def _balanced(pieces: Sequence[str | int]) -> list[str | int]:
    """The pieces without brackets that hold nothing (an aside in words) or have no partner."""
    kept = list(pieces)
    for position in range(len(kept) - 1, 0, -1):
        if kept[position - 1 : position + 1] == ["(", ")"]:
            del kept[position - 1 : position + 1]
    depth = kept.count("(") - kept.count(")")
    while depth > 0 and kept[0] == "(":
        kept.pop(0)
        depth -= 1
    while depth < 0 and kept and kept[-1] == ")":
        kept.pop()
        depth += 1
    return kept


@dataclass(frozen=True, slots=True)
class _Value:
    """A value and how often money is multiplied into it; None for a number without any unit, which may be either."""

    value: Decimal
    money: int | None


class _UnreadableError(Exception):
    """The pieces are no formula."""


class _Evaluator:
    """Evaluates pieces by recursive descent: sums of products of numbers and brackets."""

    def __init__(self, pieces: Sequence[str | int], factors: Sequence[Factor]) -> None:
        self.pieces = pieces
        self.factors = factors
        self.position = 0

    def result(self) -> _Value:
        value = self._sum()
        if self.position != len(self.pieces):
            raise _UnreadableError
        return value

    def _next(self) -> str | int | None:
        return self.pieces[self.position] if self.position < len(self.pieces) else None

    def _sum(self) -> _Value:
        total = self._product()
        while self._next() in ("+", "-"):
            sign = 1 if self._next() == "+" else -1
            self.position += 1
            term = self._product()
            if total.money is not None and term.money is not None and total.money != term.money:
                raise _UnreadableError
            total = _Value(total.value + sign * term.value, term.money if total.money is None else total.money)
        return total

    def _product(self) -> _Value:
        total = self._atom()
        while self._next() in ("*", "/"):
            operator = self._next()
            self.position += 1
            term = self._atom()
            if operator == "/" and not term.value:
                raise _UnreadableError
            value = total.value * term.value if operator == "*" else total.value / term.value
            total = _Value(value, _multiplied(total.money, term.money, 1 if operator == "*" else -1))
        return total

    def _atom(self) -> _Value:
        piece = self._next()
        self.position += 1
        if isinstance(piece, int):
            return _factor_value(self.factors[piece])
        if piece != "(":
            raise _UnreadableError
        inner = self._sum()
        if self._next() != ")":
            raise _UnreadableError
        self.position += 1
        return inner


def _multiplied(left: int | None, right: int | None, sign: int) -> int | None:
    if left is None and right is None:
        return None
    return (left or 0) + sign * (right or 0)


def _factor_value(factor: Factor) -> _Value:
    if factor.unit in UNITS:
        return _Value(factor.value * UNITS[factor.unit], 1)
    if factor.unit == "%":
        return _Value(factor.value / 100, 0)
    return _Value(factor.value, 0 if factor.unit else None)


def evaluate(pieces: Sequence[str | int], factors: Sequence[Factor]) -> tuple[Decimal, int | None] | None:
    """The exact value of a formula and its dimension in money; None if it is not well formed."""
    try:
        with localcontext() as context:
            context.prec = 60
            found = _Evaluator(pieces, factors).result()
    except (_UnreadableError, InvalidOperation, DivisionByZero, RecursionError):
        return None
    return found.value, found.money


def _formula(tokens: _Tokens, result: Statement, adjusted: Claim | None) -> Formula:
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


def _repairs(tokens: _Tokens, stated: Claim) -> Iterator[Repair]:
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


def _edits(tokens: _Tokens, repair: Repair) -> tuple[bool, bool, int]:
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


def _computed_with(tokens: _Tokens, index: int, value: Decimal, stated: Claim) -> Decimal | None:
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

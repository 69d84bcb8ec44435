"""Products and sums in running text, taken apart into numbers and operators and evaluated: 16人×260元×8天.

Money is a dimension: summands must hold it equally often.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from mingsuan.amounts import UNITS
from mingsuan.patterns import regex
from mingsuan.reading.claims.statements import Statement
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


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula in pieces: operators as characters, factors as their index."""

    text: str
    pieces: tuple[str | int, ...]
    factors: tuple[Factor, ...]
    start: int


def expression_before(plain: str, before: Sequence[Statement], end: int) -> Expression | None:
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
    return Expression(text, tuple(_balanced(pieces)), tuple(factors), begun) if 0 < len(factors) <= MAX_FACTORS else None


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

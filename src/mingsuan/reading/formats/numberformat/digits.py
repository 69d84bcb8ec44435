"""Numbers as a section of a format prints them: digits among literals, exponents, the format General."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from mingsuan.reading.formats.numberformat.codes import Is, Part, Plain, Section

_LONGEST = 11
"""Characters of a number in the format General, sign excluded."""
_PLAIN_DIGITS = 15
"""Digits of an integer in General before it is written with an exponent here (a narrow cell does so from 12)."""
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)


def number_in(section: Section, value: Decimal) -> str:
    """A number as a section prints it, with the sign that is left to it."""
    parts = section.parts
    if section.has(Is.GENERAL) or section.has(Is.TEXT):
        return "".join(_general(value) if p.what in (Is.GENERAL, Is.TEXT) else p.text for p in parts)
    digits = [n for n, part in enumerate(parts) if part.what is Is.DIGIT]
    if not digits:
        minus = "-" if value < 0 and parts else ""
        return minus + "".join(p.text for p in parts if p.what in (Is.LITERAL, Is.PERCENT, Is.POINT))
    if section.has(Is.SLASH):
        return _general(value)
    scaled = _scaled(parts, digits, value)
    if section.has(Is.EXPONENT):
        return _scientific(parts, scaled)
    return _fixed(parts, scaled)


def plainly(plain: Plain, value: Decimal) -> str:
    """A number in the usual way, 0.00 or #,##0.00."""
    number = value.quantize(plain.quantum, context=_EXACT)
    return f"{'-' if number < 0 else ''}{plain.before}{format(abs(number), plain.pattern)}{plain.after}".strip()


def _general(value: Decimal) -> str:
    """As the format General prints a number where the column is wide enough."""
    if value == 0:
        return "0"
    exponent = value.adjusted()
    if value == value.to_integral_value() and exponent < _PLAIN_DIGITS:
        return f"{value:f}".split(".")[0]
    if -5 < exponent < _LONGEST - 1:
        decimals = min(_LONGEST - 2 - max(exponent, 0), _LONGEST - 2)
        text = f"{_rounded(value, decimals):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa = f"{_rounded(value.scaleb(-exponent), 5):f}".rstrip("0").rstrip(".")
    return f"{mantissa}E{exponent:+03d}"


def _scaled(parts: Sequence[Part], digits: Sequence[int], value: Decimal) -> Decimal:
    """The value with percent signs (×100) and the commas behind the last digit (÷1000 each) applied."""
    percents = sum(part.what is Is.PERCENT for part in parts)
    point = next((n for n, part in enumerate(parts) if part.what is Is.POINT), len(parts))
    whole = [n for n in digits if n < point]
    commas = 0
    for last in {whole[-1] if whole else -1, digits[-1]} - {-1}:
        for part in parts[last + 1 :]:
            if part.what is not Is.COMMA:
                break
            commas += 1
    return value.scaleb(2 * percents - 3 * commas, _EXACT)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EXACT)


def _fixed(parts: Sequence[Part], value: Decimal) -> str:
    """A number in digits, 1,024.50, each digit at its place among the literals."""
    point = next((n for n, part in enumerate(parts) if part.what is Is.POINT), len(parts))
    whole = [n for n, part in enumerate(parts[:point]) if part.what is Is.DIGIT]
    broken = [n for n, part in enumerate(parts) if n > point and part.what is Is.DIGIT]
    number = _rounded(value, len(broken))
    integer, _, fraction = f"{abs(number):f}".partition(".")
    minus = "-" if number < 0 else ""
    grouped = any(part.what is Is.COMMA for part in parts[whole[0] : whole[-1]]) if whole else False
    out = _whole(parts[:point], whole, "" if integer == "0" else integer, grouped=grouped)
    if not whole and integer != "0":
        out.append(integer)
    tail = _fraction(parts[point:], fraction)
    return minus + "".join(out) + tail


def _whole(parts: Sequence[Part], places: Sequence[int], digits: str, *, grouped: bool) -> list[str]:
    """The integer part: the first place takes all digits that the others leave."""
    out: list[str] = []
    padded = digits.rjust(len(places), "\0")
    extra = len(padded) - len(places)
    position = 0
    for n, part in enumerate(parts):
        if part.what is Is.DIGIT:
            take = 1 + (extra if n == places[0] else 0)
            for digit in padded[position : position + take]:
                position += 1
                shown = {"0": "0", "?": " ", "#": ""}[part.text] if digit == "\0" else digit
                left = len(padded) - position
                out.append(shown + ("," if grouped and shown.strip() and left and left % 3 == 0 else ""))
        elif part.what in (Is.LITERAL, Is.PERCENT):
            out.append(part.text)
    return out


def _fraction(parts: Sequence[Part], digits: str) -> str:
    """Point and decimals; # and ? drop the zeros at the end."""
    places = [n for n, part in enumerate(parts) if part.what is Is.DIGIT]
    significant = len(digits.rstrip("0"))
    out = []
    for n, part in enumerate(parts):
        if part.what is Is.DIGIT:
            index = places.index(n)
            keep = part.text == "0" or index < significant or any(parts[m].text == "0" for m in places[index:])
            out.append(digits[index] if keep else " " if part.text == "?" else "")
        elif part.what in (Is.LITERAL, Is.PERCENT, Is.POINT):
            out.append(part.text)
    return "".join(out)


def _scientific(parts: Sequence[Part], value: Decimal) -> str:
    mark = next(n for n, part in enumerate(parts) if part.what is Is.EXPONENT)
    decimals = sum(part.what is Is.DIGIT for part in parts[:mark]) - 1
    width = max(1, sum(part.what is Is.DIGIT for part in parts[mark:]))
    exponent = value.adjusted() if value else 0
    mantissa = _rounded(value.scaleb(-exponent, _EXACT), max(0, decimals))
    if abs(mantissa) >= 10:
        mantissa, exponent = _rounded(mantissa.scaleb(-1), max(0, decimals)), exponent + 1
    sign = "-" if exponent < 0 else "+" if parts[mark].text.endswith("+") else ""
    return f"{mantissa:f}E{sign}{abs(exponent):0{width}d}"

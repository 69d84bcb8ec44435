"""A number as a spreadsheet's number format prints it: 12.3 in #,##0.00 is 12.30.

The stored value is binary; what a spreadsheet shows are its first fifteen digits, rounded half away from zero.
Source: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import lru_cache

from mingsuan.reading.formats.numberformat.built_in import GENERAL
from mingsuan.reading.formats.numberformat.codes import MAX_FORMAT, Code, Is, Section, taken_apart
from mingsuan.reading.formats.numberformat.digits import number_in, plainly
from mingsuan.reading.formats.numberformat.moments import moment_shown

_SHOWN = Context(prec=15, rounding=ROUND_HALF_EVEN)


@lru_cache(maxsize=50_000)
def number_shown(raw: str, code: str, *, from_1904: bool = False) -> str:
    """A stored number, "1024.5" or "1.0E-2", as the format `code` prints it; a raw value that is no number is returned as it is."""
    try:
        value = _SHOWN.create_decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not value.is_finite() or abs(value.adjusted()) > 350:
        return raw
    section, sign = _chosen(taken_apart(code[:MAX_FORMAT]), value)
    if section is None:
        return "#" * 8
    if section.plain is not None:
        return plainly(section.plain, value if sign else abs(value))
    if section.has(Is.DATE):
        return moment_shown(section.parts, value, from_1904=from_1904)
    return number_in(section, value if sign else abs(value)).strip()


def text_shown(text: str, code: str) -> str:
    """A text as the format `code` prints it: through its fourth section, or any that holds an @."""
    if code == GENERAL:
        return text
    sections = taken_apart(code[:MAX_FORMAT]).sections
    own = sections[3] if len(sections) > 3 else next((s for s in sections if s.has(Is.TEXT)), None)
    if own is None:
        return text
    return "".join(text if part.what is Is.TEXT else part.text for part in own.parts if part.what in (Is.TEXT, Is.LITERAL))


_COMPARED = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def _chosen(code: Code, value: Decimal) -> tuple[Section | None, bool]:
    """The section that prints a value, and whether it prints the sign itself."""
    numeric = code.numeric
    if code.conditional:
        return _on_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    return (numeric[2] if value == 0 and len(numeric) > 2 else numeric[0]), True


def _on_condition(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, bool]:
    """The first section whose condition holds; one without is for negative numbers if it is the second of three, else for all."""
    for number, section in enumerate(sections):
        if section.condition is not None:
            operator, limit = section.condition
            if _COMPARED[operator](value, limit):
                return section, not (value < 0 and operator in ("<", "<=") and limit <= 0)
        elif number != 1 or len(sections) < 3:
            return section, True
        elif value < 0:
            return section, False
    return None, True

"""Letters that are typed, or recognised, for digits: O for 0, l for 1."""

from __future__ import annotations

from mingsuan.patterns import regex

_ALIKE = {"0": "OoQ〇○", "1": "lI|", "2": "Zz", "5": "Ss", "8": "B"}
_DIGITS = str.maketrans({letter: digit for digit, letters in _ALIKE.items() for letter in letters})
_CODE = regex(rf"(?=.*\d)[\d{''.join(_ALIKE.values())}]+")


def digits_meant(text: str) -> str:
    """A code with the digits that its letters stand for; the same text where it is no code but for such letters."""
    return text.translate(_DIGITS) if not text.isdigit() and _CODE.fullmatch(text) else text

"""How findings quote a sentence."""

from __future__ import annotations

import re

from mingsuan.checking.subject import Sentence
from mingsuan.model import Side
from mingsuan.reading.ordinals import compact

_OF_NUMBER = frozenset("0123456789,.%％")
_LONGEST = 40
"""Characters around a match at most."""


def quoted(sentence: Sentence, match: re.Match[str], around: int = 14) -> str:
    """The words around a match; no number is cut."""
    text, begin, end = sentence.text, max(0, match.start() - around), match.end() + around
    if around:
        while begin > 0 and text[begin - 1] in _OF_NUMBER and text[begin] in _OF_NUMBER and match.start() - begin < _LONGEST:
            begin -= 1
        while 0 < end < len(text) and text[end - 1] in _OF_NUMBER and text[end] in _OF_NUMBER and end - match.end() < _LONGEST:
            end += 1
    return compact(text[begin:end])


def quoted_side(sentence: Sentence, match: re.Match[str], label: str = "叙述") -> Side:
    """Where something found in a sentence stands, with the words around it."""
    return Side(sentence.place_of(match), label, quoted(sentence, match))

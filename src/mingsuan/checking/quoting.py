"""How findings quote a sentence."""

from __future__ import annotations

import re

from mingsuan.checking.subject import Sentence
from mingsuan.model import Side
from mingsuan.reading.ordinals import compact


def quoted(sentence: Sentence, match: re.Match[str], around: int = 14) -> str:
    """The words around a match."""
    return compact(sentence.text[max(0, match.start() - around) : match.end() + around])


def quoted_side(sentence: Sentence, match: re.Match[str], label: str = "叙述") -> Side:
    """Where something found in a sentence stands, with the words around it."""
    return Side(sentence.place_of(match), label, quoted(sentence, match))

"""Codes that the name printed beside them contradicts: 30212 机关事业单位退休人员活动费 is not 因公出国（境）费用."""

from __future__ import annotations

from difflib import SequenceMatcher

from mingsuan.codes.catalogue import name_agrees, names
from mingsuan.codes.naming import normalise
from mingsuan.patterns import regex

_UNLIKE = 0.5
"""Share of common characters below which two names are not one name in other words."""
_ASIDE = regex(r"\([^)]*\)?")


def contradicts(kind: str, code: str, name: str) -> bool:
    """Whether a printed name cannot be the one of its code: all official names are known and none is anything like it.

    Numbers of its own that a unit gives to its items (30201, 30202 … one after the other) are told by this. An unknown code, an
    empty name or a code printed as its own name contradicts nothing.
    """
    official, words = names(kind, code), _words(name)
    if not official or not words or words.isdigit() or name_agrees(kind, code, name):
        return False
    return not any(_alike(words, _words(other)) for other in official)


def _words(name: str) -> str:
    return _ASIDE.sub("", normalise(name))


def _alike(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _UNLIKE

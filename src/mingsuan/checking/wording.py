"""Comparing wordings: how far two names are apart."""

from __future__ import annotations

import re
from difflib import SequenceMatcher


def common_prefix(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def left_out(one: str, other: str) -> str | None:
    """The characters that one text lacks of the other, None if either has something that the other replaces."""
    changed = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "replace":
            return None
        if kind != "equal":
            changed.append(one[a:b] + other[c:d])
    return "".join(changed)


def one_character_apart(words: str, text: str) -> str | None:
    """A stretch of `text` that is `words` but for one character inside, None if there is none.

    The first two and last two characters must be the same.
    """
    for position in range(2, len(words) - 2):
        pattern = re.escape(words[:position]) + "[\u4e00-\u9fff]" + re.escape(words[position + 1 :])
        found = re.search(pattern, text)
        if found is not None:
            return found.group()
    return None

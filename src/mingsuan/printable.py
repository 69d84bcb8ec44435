"""Characters that nobody sees and that programs obey: a terminal takes them for commands, XML cannot hold them, text runs backwards."""

from __future__ import annotations

from mingsuan.patterns import regex

_UNSEEN = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters but for tab and line ends, overrides of the direction of writing, halves of characters, no characters."""


def printable(text: str) -> str:
    """A text without the characters that nobody sees; tabs and line ends stay, half characters are marked."""
    return _UNSEEN.sub(lambda match: "\ufffd" if "\ud800" <= match[0] <= "\udfff" else "", text)


def unseen(text: str) -> int:
    """How many characters of a text nobody sees."""
    return len(_UNSEEN.findall(text))

"""Text in terminal columns: how many it takes, and how it is folded where Chinese and other words stand together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from mingsuan.printable import printable

_OPENING, _CLOSING = "（“《【(", "，。、；：！？）”》】)%"
_LONGEST_RUN = 20
"""Letters and digits that are kept together at most."""
_BLANKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " ")


def columns(text: str) -> int:
    """How many terminal columns a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A text in lines of at most `width` columns; closing punctuation never begins a line, opening never ends one.

    White space of other sorts in it counts as a blank, so that no text can make a line of its own, nor command a terminal.
    """
    line, used = first, columns(first)
    for token in _tokens(printable(text.translate(_BLANKS))):
        size = columns(token)
        if used + size > width and token[0] not in _CLOSING and line.strip():
            carried = line[-1] if line[-1] in _OPENING else ""
            yield (line[:-1] if carried else line).rstrip()
            line, used = rest + carried, columns(rest + carried)
            token = token.lstrip() if not carried else token
            size = columns(token)
        line += token
        used += size
    yield line.rstrip()


def _tokens(text: str) -> Iterator[str]:
    """Characters, with runs of digits and letters kept together as long as they are short."""
    run = ""
    for character in text:
        if character.isascii() and not character.isspace() and len(run) < _LONGEST_RUN:
            run += character
            continue
        if run:
            yield run
            run = ""
        yield character
    if run:
        yield run

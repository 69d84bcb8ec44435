"""Header words of a dump → headings: which words follow each other, wherever lines break or cells were glued together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from mingsuan.dialects.names import bare, plain
from mingsuan.reading.flattened.fragments import Fragment
from mingsuan.reading.tables.headers import with_lone_groups
from mingsuan.reading.tables.headings import Heading, Label
from mingsuan.reading.tables.lexicon import Lexicon, Node
from mingsuan.values import dataclass

MAX_HEADER = 160
"""Fragments of the longest header (the widest official forms have some 90, each heading broken in two or three)."""

_LEAST_CUT = 5
"""Characters that a heading has at least that was cut off."""

_SKIPPED, _FREE, _EDGE, _CUT = -1.0, -0.1, 0.3, -1.5
_IDLE = frozenset("():;、,.其中年0123456789-/\"' ")
"""Characters that a header may have between headings without telling anything."""


@dataclass(frozen=True, slots=True)
class Word:
    """A heading found in a header.

    Attributes:
        name: as the vocabulary has it.
        text: as printed.
        first, last: its fragments.
    """

    name: str
    text: str
    first: int
    last: int


def before_numbers(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """The fragments before the first number: the header and perhaps the first words of the body."""
    end = next((n for n, f in enumerate(fragments) if f.is_number), len(fragments))
    return fragments[: min(end, MAX_HEADER)]


def words_of(fragments: Sequence[Fragment], names: Mapping[str, str]) -> tuple[Word, ...]:
    """The headings that some fragments begin with, up to where they stop being headings; `names` are those of `names_of`."""
    text = plain("".join(f.text for f in fragments))
    ends = list(accumulate(len(plain(f.text)) for f in fragments))
    owner = [n for n, f in enumerate(fragments) for _ in plain(f.text)]
    edges = {0, *ends}
    longest = max(map(len, names), default=0)
    best: list[float] = [0.0]
    step: list[str] = [""]
    for end in range(1, len(text) + 1):
        score, name = best[end - 1] + (_FREE if text[end - 1] in _IDLE else _SKIPPED), ""
        for start in range(max(0, end - longest), end):
            candidate = text[start:end]
            whole = names.get(candidate)
            if whole is None or (whole != candidate and not (start in edges and end in edges)):
                continue
            value = best[start] + len(candidate) - 0.5 + _EDGE * ((start in edges) + (end in edges)) + _CUT * (whole != candidate)
            if value > score:
                score, name = value, candidate
        best.append(score)
        step.append(name)
    end = max(range(len(best)), key=lambda n: best[n])
    found: list[Word] = []
    printed = "".join(f.text for f in fragments)
    while end > 0:
        name = step[end]
        start = end - max(1, len(name))
        if name:
            shown = printed[start:end] if len(printed) == len(text) else name
            found.append(Word(names[name], shown, owner[start], owner[end - 1]))
        end = start
    return tuple(reversed(found))


def names_of(nodes: Iterable[Node]) -> dict[str, str]:
    """The words in which headings may be printed → their names: with 其中： and without, cut off at the end of a cell."""
    whole = {name: name for node in nodes for name in _names(node)}
    cut = {name[:n]: name for name in whole for n in range(max(_LEAST_CUT, (len(name) + 1) // 2), len(name))}
    return {**cut, **whole}


def _names(node: Node) -> Iterator[str]:
    yield plain(node.path.rpartition("/")[2])
    yield from node.names


@dataclass(frozen=True)
class Header:
    """A header read with the eyes of one form.

    Attributes:
        heading: which of the form's headings are printed.
        length: how many fragments it takes.
    """

    heading: Heading
    length: int


def header_of(fragments: Sequence[Fragment], lexicon: Lexicon) -> Header:
    """The header that the fragments of a table begin with; a word printed more often than the form has it belongs to the body."""
    words = list(words_of(before_numbers(fragments), names_of(lexicon.nodes)))
    printed = printed_nodes(words, lexicon)
    used = {id(word) for _, word in printed}
    while words and id(words[-1]) not in used:
        words.pop()
    labels = {n.path: Label(w.text, n.depth, n.first, fragments[w.first].place.of_row) for n, w in printed}
    heading = Heading(lexicon, with_lone_groups(lexicon, labels), (), len(words), float(len(words)), 1)
    return Header(heading, words[-1].last + 1 if words else 0)


def printed_nodes(words: Sequence[Word], lexicon: Lexicon) -> tuple[tuple[Node, Word], ...]:
    """Each heading with the word that prints it: 其中： first, of several of one name those whose own name it is, from left to right."""
    holders: dict[str, list[Node]] = {}
    for node in lexicon.nodes:
        for name in dict.fromkeys(_names(node)):
            holders.setdefault(name, []).append(node)
    by_name: dict[str, list[Word]] = {}
    for word in words:
        by_name.setdefault(word.name, []).append(word)
    found: dict[str, tuple[Node, Word]] = {}
    for name, printed in sorted(by_name.items(), key=lambda item: (bare(item[0]) == item[0], len(holders.get(item[0], ())))):
        nodes = [n for n in holders.get(name, ()) if n.path not in found]
        found |= {n.path: (n, w) for n, w in zip(_likeliest(name, nodes, len(printed), found), printed, strict=False)}
    return tuple(found.values())


def _likeliest(name: str, nodes: Sequence[Node], count: int, printed: Mapping[str, object]) -> Sequence[Node]:
    """Of the headings that a word may print, where it is printed less often: those whose own name it is, under printed ones."""
    if count >= len(nodes):
        return nodes
    own = [n for n in nodes if plain(n.path.rpartition("/")[2]) == name]
    nodes = own if len(own) >= count else nodes
    under = [n for n in nodes if not n.path.count("/") or n.path.rpartition("/")[0] in printed]
    return under if len(under) >= count else nodes

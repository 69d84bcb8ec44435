"""The paragraphs that a finding is about, with the words in question marked and numbered, persons left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from mingsuan.checking.personal import masked
from mingsuan.checking.reports.pictures import Spot
from mingsuan.model import Disclosure, Finding, Section
from mingsuan.patterns import regex
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass

AROUND = 70
"""Characters of a paragraph before its first mark and behind its last."""
BETWEEN = 160
"""Characters between two marks; of more, the middle is left out."""
REACH = 2_000
"""Characters around a place in which its words are looked for."""
MAX_QUOTES = 8
"""Paragraphs that are quoted for one finding."""
_IN_QUOTES = regex(r"“([^”]{2,})”")


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph; where they are marked, with the numbers of those places of the finding that begin here."""

    text: str
    marked: bool = False
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Quote:
    """A paragraph, shortened.

    Attributes:
        heading: of the section that it stands in.
        marks: numbers of the places that lie in it, also where their words were not found in it.
    """

    heading: str
    place: Place
    marks: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @property
    def found(self) -> bool:
        """Whether any words are marked."""
        return any(piece.marked for piece in self.pieces)


@dataclass(frozen=True)
class Quotes:
    """Quotes from the narrative of a disclosure."""

    disclosure: Disclosure

    @cached_property
    def _lines(self) -> Mapping[Place, tuple[Section, int]]:
        """Section and offset by the place of a source line; -1 for a heading."""
        known: dict[Place, tuple[Section, int]] = {}
        for section in self.disclosure.sections:
            for offset, place in section.origins:
                known.setdefault(place, (section, offset))
            known.setdefault(section.place, (section, -1))
        known.pop(NOWHERE, None)
        return known

    def of(self, finding: Finding, spots: Sequence[Spot]) -> tuple[Quote, ...]:
        """The paragraphs in which some places of a finding lie, each once and at most `MAX_QUOTES`."""
        found: dict[tuple[int, int], tuple[Section, int, Place, list[Spot]]] = {}
        for spot in spots:
            if spot.place in self._lines:
                section, offset = self._lines[spot.place]
                begin = max(section.text.rfind("\n", 0, offset) + 1, offset - REACH) if offset >= 0 else -1
                found.setdefault((id(section), begin), (section, begin, spot.place, []))[3].append(spot)
        return tuple(_quote(finding, *about) for about in list(found.values())[:MAX_QUOTES])


def _quote(finding: Finding, section: Section, begin: int, place: Place, spots: Sequence[Spot]) -> Quote:
    text = section.title if begin < 0 else section.text[begin : begin + 2 * REACH].partition("\n")[0]
    spans = [(first, last, spot.number) for spot in spots for first, last in _marked(text, finding, spot.place)]
    heading = section.title if begin >= 0 else ""
    return Quote(heading, place, tuple(s.number for s in spots), tuple(_pieces(masked(text), spans)))


def _marked(text: str, finding: Finding, place: Place) -> Sequence[tuple[int, int]]:
    """Where the words stand that a finding says of a place; else what it quotes of them, else what is to be edited."""
    sides = [side for side in finding.sides if side.place == place]
    edited = [repair.before for repair in finding.repairs if repair.place == place]
    quoted = [words for s in sides for words in _IN_QUOTES.findall(f"{s.text}\n{s.label}")]
    for said in ([s.text.strip("“”") for s in sides], quoted, edited):
        spans = list(_spans(text, said))
        if spans:
            return spans
    return ()


def _spans(text: str, said: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, whatever the white space and the width of the characters."""
    plain, origins = _plain(text)
    for words in dict.fromkeys(said):
        wanted = _plain(words)[0]
        at = plain.find(wanted) if len(wanted) > 1 else -1
        if at >= 0:
            yield origins[at], origins[at + len(wanted) - 1] + 1


def _plain(text: str) -> tuple[str, list[int]]:
    kept = [(c, n) for n, one in enumerate(text) for c in unicodedata.normalize("NFKC", one) if not c.isspace()]
    return "".join(c for c, _ in kept), [n for _, n in kept]


def _pieces(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    """The text cut at the borders of the marks, what is far from any of them left out."""
    cuts = sorted({0, len(text), *(cut for first, last, _ in spans for cut in (first, last))})
    said: set[int] = set()
    for first, last in pairwise(cuts):
        numbers = {n for start, end, n in spans if start <= first and last <= end}
        if numbers:
            yield Piece(text[first:last], True, tuple(sorted(numbers - said)))
            said |= numbers
        else:
            yield Piece(_shortened(text[first:last], is_first=first == 0, is_last=last == len(text)))


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    if is_first and is_last:
        return text if len(text) <= BETWEEN else text[:BETWEEN] + "……"
    if is_first:
        return text if len(text) <= AROUND else "……" + text[-AROUND:]
    if is_last:
        return text if len(text) <= AROUND else text[:AROUND] + "……"
    return text if len(text) <= BETWEEN else f"{text[:AROUND]}……{text[-AROUND:]}"

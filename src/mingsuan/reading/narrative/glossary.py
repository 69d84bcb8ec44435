"""Terms that the part 名词解释 explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.model import Section
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.ordinals import compact, without_ordinal
from mingsuan.values import dataclass

_TERM = regex(r"(?P<term>[^：:。；]{1,40}?)\s*(?:[：:]\s*(?:是?指|反映)?|是指|指)\s*(?P<definition>.+)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what the document says it means."""

    name: str
    definition: str
    place: Place


def glossary(sections: Sequence[Section]) -> tuple[Term, ...]:
    """The terms explained, in order; lines that go on with an explanation are added to it."""
    found: list[Term] = []
    for section in sections:
        if section.kind == "glossary":
            found += _terms(section)
    return tuple(found)


def _terms(section: Section) -> Iterator[Term]:
    current: Term | None = None
    offset = 0
    for line in section.text.split("\n"):
        words = without_ordinal(line)
        match = _TERM.match(words)
        if match is not None and (words != line or current is None):
            if current is not None:
                yield current
            current = Term(compact(match["term"]).strip("“”"), match["definition"].strip(), section.place_at(offset))
        elif current is not None:
            current = Term(current.name, current.definition + line, current.place)
        offset += len(line) + 1
    if current is not None:
        yield current

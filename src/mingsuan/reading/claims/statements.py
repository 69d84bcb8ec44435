"""Claims: every number that the narrative states, with unit, year, measure, and meaning where it can be known.

All numbers are read, whether or not a sentence template knows them. Templates of the dialect and its phrase table then add
regions of the ledger; directions and relations (a growth rate follows from a change) are read from the wording as well, so
that a sentence that no template knows can still be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mingsuan.dialects.sentences.sentences import SectionContext, Sentences
from mingsuan.model import Section
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.class_paths import ClassNames
from mingsuan.reading.claims.known import KnownParagraph
from mingsuan.reading.claims.links import with_decimals, with_links
from mingsuan.reading.claims.paragraphs import ParagraphReader
from mingsuan.reading.narrative.numbers import PrintedNumber, find_numbers
from mingsuan.reading.narrative.running import RunningText, paragraphs
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Statement:
    """A claim together with where it was read.

    Attributes:
        paragraph: the text that states it.
        number: the number in the paragraph's text.
    """

    claim: Claim
    paragraph: RunningText
    number: PrintedNumber


def read_claims(
    sections: Iterable[Section],
    dialect_sentences: Sentences,
    year: int | None,
    classes: ClassNames | None = None,
    discloser: str | None = None,
) -> tuple[Claim, ...]:
    """Every number that the narrative states, in its order.

    Headings, glossary and contents state nothing, nor do amounts that belong to a name (单价50万元以上).

    Args:
        sections: the narrative in order.
        dialect_sentences: templates and phrases of the dialect; `Sentences()` reads numbers without regions.
        year: fiscal year of the document, None if it is not known.
        classes: the functional classes that its tables print, by which classes named in full are told.
        discloser: name of the department or unit that discloses; it says nothing of what a number is.
    """
    return tuple(s.claim for s in read_statements(sections, dialect_sentences, year, classes, discloser))


def stated_paragraphs(sections: Iterable[Section], dialect_sentences: Sentences) -> tuple[RunningText, ...]:
    """The running text of those sections that state something."""
    return tuple(p for p in paragraphs(sections) if _states(p.section, dialect_sentences))


def read_statements(
    sections: Iterable[Section],
    dialect_sentences: Sentences,
    year: int | None,
    classes: ClassNames | None = None,
    discloser: str | None = None,
) -> tuple[Statement, ...]:
    """As `read_claims`, with the place of each number in the running text."""
    printed = classes or ClassNames(year=year)
    found: list[Statement] = []
    sentence = 0
    for paragraph in stated_paragraphs(sections, dialect_sentences):
        context = _labelled(paragraph, dialect_sentences, _context(paragraph.section, dialect_sentences))
        numbers = find_numbers(paragraph.text)
        if numbers:
            known = KnownParagraph(paragraph, numbers, dialect_sentences, context, year, printed, discloser or "")
            reader = ParagraphReader(known, len(found), sentence)
            found += [Statement(c, paragraph, n) for c, n in zip(reader.claims(), numbers, strict=True)]
        sentence += len(paragraph.sentences())
    claims = with_decimals([s.claim for s in found])
    claims = with_links(claims, [id(s.paragraph) for s in found], [_depth(s) for s in found])
    return _without_thresholds([replace(s, claim=c) for s, c in zip(found, claims, strict=True)])


def _depth(statement: Statement) -> int:
    """How many brackets are open before a number in its sentence."""
    text = statement.paragraph.text
    begin = max(0, text.rfind("。", 0, statement.number.start))
    return sum(text.count(mark, begin, statement.number.start) for mark in "（(") - sum(
        text.count(mark, begin, statement.number.start) for mark in "）)"
    )


def _without_thresholds(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """What is stated: an amount inside a name (单价50万元以上) is read for its measure and states nothing itself."""
    kept = [n for n, s in enumerate(statements) if s.claim.role is not Role.THRESHOLD]
    moved = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(statements[n], claim=replace(c, links=tuple((name, moved[i]) for name, i in c.links if i in moved)))
        for n in kept
        for c in (statements[n].claim,)
    )


def statements_of(sections: Iterable[Section], claims: Sequence[Claim], dialect_sentences: Sentences) -> tuple[Statement, ...]:
    """The claims of a disclosure with their places in its text again (a `Disclosure` keeps sections and claims, not the places).

    Raises:
        ValueError: the claims are not those that were read from the sections.
    """
    spots = [(p, n) for p in stated_paragraphs(sections, dialect_sentences) for n in find_numbers(p.text) if not n.threshold]
    if [n.text for _, n in spots] != [c.text for c in claims]:
        raise ValueError("claims were not read from these sections")
    return tuple(Statement(c, p, n) for c, (p, n) in zip(claims, spots, strict=True))


_LABEL = regex(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])\s*(?P<title>[^。：:，,；;\d]{4,28}?情况(?:说明)?)[。：:]"
)


def _labelled(paragraph: RunningText, sentences: Sentences, around: SectionContext | None) -> SectionContext | None:
    """What holds in a paragraph: of which funds its numbers are, its own label says where its section does not (三、财政拨款支出情况。)."""
    label = _LABEL.match(paragraph.text) if around is None or not around.where else None
    own = sentences.context(None, label["title"]) if label else None
    return around if own is None or not own.where or not own.stated else replace(around or own, where=own.where)


def _states(section: Section, sentences: Sentences) -> bool:
    context = _context(section, sentences)
    return context is None or context.stated


def _context(section: Section, sentences: Sentences) -> SectionContext | None:
    """What holds in a section: by its kind or title, else by the headings over it, the nearest first."""
    if section.kind is not None and sentences.knows(section.kind):
        return sentences.context(section.kind, section.title)
    titles = [section.title, *reversed(section.path.split("/")[:-1])]
    return next((found for title in titles if (found := sentences.context(None, title)) is not None), None)

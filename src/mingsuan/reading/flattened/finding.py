"""Where flattened tables stand: a title, what customarily stands over a table, and words that head its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import groupby

from mingsuan.dialects.names import bare
from mingsuan.patterns import regex
from mingsuan.places import Place, extent
from mingsuan.reading.document import Document, Grid, GridCell, Paragraph
from mingsuan.reading.flattened.fragments import Fragment, fragments_of
from mingsuan.reading.flattened.wording import Word, before_numbers, names_of, words_of
from mingsuan.reading.ordinals import Form, compact, ordinal
from mingsuan.reading.tables.content import TOTALS, Look
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.notes import is_note
from mingsuan.reading.tables.raw import Opening, RawTable
from mingsuan.reading.tables.titles import LONGEST_TITLE, is_department, is_furniture, is_unit
from mingsuan.reading.tables.vocabulary import Vocabulary
from mingsuan.values import dataclass

LEAST_HEADINGS = 3
"""Headings that must stand under a title before it is taken for that of a table; one fewer where its department or unit is printed."""
MAX_FRAGMENTS = 6_000
"""Fragments of a table that are read; the longest real one has some 2,000."""
LONGEST_LINE = 100
"""Fragments of the longest line of a dump."""
MAX_TOTAL = 20_000
"""Fragments of all flattened tables of a document."""

_TABLE = regex(r"表(?:[（(][^）)]*[）)])?\Z")
_SENTENCE = regex(r"[。；，！？]")
_RESUMES = regex(r"(?:说明|解释|职责|概况)\Z")
_ENDED = regex(r"[。！？]\Z")
_UNDER = 4
"""Lines under a title among which the department, the year and the unit stand."""


@dataclass(frozen=True)
class FlatTable(RawTable):
    """A table of a dump: its header words as one line, its body line by line, and all of its fragments.

    Attributes:
        fragments: header and body.
        cut: where reading stopped because there was too much, None where all was read.
    """

    fragments: tuple[Fragment, ...] = field(default=())
    cut: Place | None = None

    @property
    def place(self) -> Place:
        """Its extent in the file."""
        return extent(f.place.of_row for f in (self.fragments[0], self.fragments[-1]))


def with_flat_tables(document: Document, tables: tuple[RawTable, ...], vocabulary: Vocabulary) -> tuple[RawTable, ...]:
    """The tables of a document with those of them that are flattened, in order."""
    flat = flat_tables(document, vocabulary)
    return tuple(sorted((*tables, *flat), key=lambda table: table.place.order)) if flat else tables


def flat_tables(document: Document, vocabulary: Vocabulary) -> tuple[FlatTable, ...]:
    """The flattened tables of a document in order; only text without pages can be a dump."""
    names = names_of(node for lexicon in vocabulary.lexica for node in lexicon.nodes)
    stacked = frozenset(name for words in vocabulary.stacks for name in words.heads | words.levels)
    found: list[FlatTable] = []
    left = MAX_TOTAL
    for is_grid, run in groupby(document.blocks, key=lambda block: isinstance(block, Grid)):
        paragraphs = [b for b in run if isinstance(b, Paragraph) and b.place.page is None]
        for part in () if is_grid else _parts(paragraphs, vocabulary):
            table = _table(part, names, stacked, left)
            if table is not None:
                found.append(table)
                left -= len(table.fragments)
    return tuple(found)


@dataclass(frozen=True)
class _Part:
    """A title with the lines over it that belong to it and those below.

    Attributes:
        title: number of the title among them.
    """

    lines: Sequence[Paragraph]
    title: int


def _parts(lines: Sequence[Paragraph], vocabulary: Vocabulary) -> Iterator[_Part]:
    """Each title of a table with what stands below it, up to the next or to where the narrative goes on."""
    start = title = -1
    for number in range(len(lines)):
        if _is_title(lines, number, vocabulary):
            over = number
            while over > title + 1 and _is_over(lines[over - 1]):
                over -= 1
            if start >= 0:
                yield _Part(lines[start:over], title - start)
            start, title = over, number
        elif start >= 0 and _resumes(lines[number].text):
            yield _Part(lines[start:number], title - start)
            start = -1
    if start >= 0:
        yield _Part(lines[start:], title - start)


def _is_over(line: Paragraph) -> bool:
    """Whether a line over a title is its form's number (预算06表), no figure of the table before."""
    return is_furniture(line.text) and not line.text.replace(" ", "").isdigit()


def _is_title(lines: Sequence[Paragraph], number: int, vocabulary: Vocabulary) -> bool:
    text = compact(lines[number].text)
    if len(text) > LONGEST_TITLE or _SENTENCE.search(text):
        return False
    known = vocabulary.is_title(text)
    if not known and (len(text) <= 4 or _TABLE.search(text) is None):
        return False
    if is_furniture(text) or is_note(text):
        return False
    return known or any(is_unit(below.text) or is_department(below.text) for below in lines[number + 1 : number + 1 + _UNDER])


def _resumes(text: str) -> bool:
    """Whether the narrative goes on: a part begins, or a heading that only a narrative has."""
    heading = ordinal(text)
    if heading is None:
        return False
    title = compact(heading.rest)[:LONGEST_TITLE]
    return heading.form is Form.PART or (heading.form is Form.CHINESE and _RESUMES.search(title) is not None)


def _table(part: _Part, names: Mapping[str, str], stacked: frozenset[str], left: int) -> FlatTable | None:
    """The table that a part holds, None where no headings follow the title."""
    lines = part.lines
    top = part.title + 1
    while top < len(lines) and is_furniture(lines[top].text):
        top += 1
    bottom = next((n for n in range(top, len(lines)) if is_note(lines[n].text)), len(lines))
    every = fragments_of(lines[top:bottom])
    fragments = _first(every, min(MAX_FRAGMENTS, max(0, left)))
    words = _of_header(words_of(before_numbers(fragments), names), fragments)
    known = {bare(f.text) for f in fragments} & stacked
    least = LEAST_HEADINGS - any(is_unit(p.text) or is_department(p.text) for p in lines[:top])
    if len({w.name for w in words}) < least and len(known) < least:
        return None
    header = Line.of([GridCell(w.text, fragments[w.first].place.of_row) for w in words])
    body = tuple(_lines(fragments[words[-1].last + 1 if words else 0 :]))
    cut = every[len(fragments)].place if len(fragments) < len(every) else None
    opening = Opening.HEADER if words else Opening.FORM
    return FlatTable((header,) if words else (), (body,), tuple(lines[:top]), opening, tuple(_notes(lines[bottom:])), (), fragments, cut)


def _first(fragments: tuple[Fragment, ...], most: int) -> tuple[Fragment, ...]:
    """So many fragments at most, up to the end of a line where that is near: what is cut within a row is misread."""
    if len(fragments) <= most:
        return fragments
    near = range(most, max(0, most - LONGEST_LINE), -1)
    return fragments[: next((n for n in near if fragments[n].opens), most)]


def _of_header(words: Sequence[Word], fragments: Sequence[Fragment]) -> Sequence[Word]:
    """The headings without the label of a total row right before its first amount."""
    last = words[-1] if words else None
    below = fragments[last.last + 1 : last.last + 2] if last is not None else ()
    return words[:-1] if last is not None and below and below[0].look is Look.MONEY and bare(last.name) in TOTALS else words


def _notes(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines under a table as whole notes."""
    waiting: Paragraph | None = None
    for line in lines:
        if waiting is not None and not is_note(line.text) and not _ENDED.search(waiting.text):
            waiting = Paragraph(waiting.text + line.text, replace(waiting.place, end_line=line.place.line))
            continue
        if waiting is not None:
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting


def _lines(fragments: Sequence[Fragment]) -> Iterator[Line]:
    for _, own in groupby(fragments, key=lambda f: f.place.line):
        yield Line.of([GridCell(f.text, f.place) for f in own])

"""A published file → a disclosure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mingsuan.dialects.dialect import Dialect, all_dialects
from mingsuan.dialects.dialect import load as load_dialect
from mingsuan.dialects.forms import Form
from mingsuan.dialects.sentences.sentences import Sentences, load_sentences
from mingsuan.ledger import Axes
from mingsuan.model import Disclosure, Table, Unrecognised
from mingsuan.reading.choose import Said, by_words, nearest, rank
from mingsuan.reading.claims.class_paths import ClassNames
from mingsuan.reading.claims.statements import read_claims
from mingsuan.reading.digits import with_plain_digits
from mingsuan.reading.document import Document, Paragraph
from mingsuan.reading.narrative.facts import cover_of, stock, units
from mingsuan.reading.narrative.layout import contents, layout
from mingsuan.reading.narrative.sections import narrative
from mingsuan.reading.opening import Opening
from mingsuan.reading.settling import Cost, settle
from mingsuan.reading.several import several
from mingsuan.reading.tables.certainty import certain_form
from mingsuan.reading.tables.identify import identify
from mingsuan.reading.tables.joining import tables_of
from mingsuan.reading.tables.keys import Units
from mingsuan.reading.tables.keyvalue import read_stack
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.sides import Reading, named_units, own_unit, read_side
from mingsuan.reading.tables.title_alone import titles_alone
from mingsuan.reading.tables.vocabulary import Vocabulary
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from mingsuan.reading.flattened.reading import Open

LEAST_EXPLAINED = 0.3
"""Share of a document's labels that the best dialect must explain, or it has none."""


def read(source: Path | bytes | Sequence[Path] | Opening, name: str = "", *, dialect: str | None = None) -> Disclosure:
    """Read a published budget disclosure, or one that was saved as data (JSON).

    Args:
        source: the file, its bytes, the files that together make the disclosure, or any of these already under way.
        name: what places and messages call the file, by default its own name.
        dialect: name of the dialect to read it with; chosen by content, if it is not given.

    Raises:
        UnreadableFile: the file cannot be read at all.
        DialectError: there is no such dialect.
    """
    opening = source if isinstance(source, Opening) else Opening(source, name)
    dialects = (load_dialect(dialect),) if dialect else all_dialects()
    return opening.saved() or disclosure_of(opening.document(), dialects)


def disclosure_of(document: Document, dialects: Sequence[Dialect], *, cost: Cost | None = None) -> Disclosure:
    """The disclosure that a document holds, read with the dialect that explains it best.

    Args:
        document: its paragraphs and grids.
        dialects: those to choose from.
        cost: how much a set of tables disagrees with itself, by which columns are settled that a table alone leaves open;
            by default the number of equally named totals that differ.
    """
    document = with_plain_digits(document)
    sections = narrative(document)
    cover = cover_of(document, sections)
    vocabulary = Vocabulary.of_all(dialects)
    raws = _with_flat_tables(document, tables_of(document, vocabulary), vocabulary)
    said = Said(cover.region, cover.year, cover.stage.value)
    ranked = rank(raws, dialects, vocabulary, said)
    chosen = ranked[0].dialect if ranked and raws and ranked[0].explained >= LEAST_EXPLAINED else None
    near = nearest(dialects, said)
    chosen = chosen or (None if near else by_words(dialects, sections, said))
    outline = Disclosure(
        department=cover.department,
        region=cover.region,
        year=cover.year,
        stage=cover.stage,
        scope=cover.scope,
        dialect=chosen.name if chosen else None,
        sections=sections,
        stock=stock(sections, cover.year),
        units=units(sections),
        contents=contents(document),
    )
    nothing = Found((), tuple(map(_unknown_table, raws)))
    strange = chosen is not None and chosen.stands_in(cover.region, cover.year)
    found = read_tables(raws, chosen, vocabulary.part(_forms(chosen, dialects)), cost, strange=strange) if chosen else nothing
    apart = several(document, found.tables)
    if apart is not None:
        first, rest = apart
        alone = disclosure_of(first, dialects, cost=cost)
        return replace(alone, unrecognised=(rest, *alone.unrecognised))
    words = _sentences(chosen or near)
    claims = read_claims(sections, words, cover.year, ClassNames.of(found.tables, cover.year), cover.department)
    unread = tuple(Unrecognised("文件", p) for p in document.problems)
    bare = titles_alone(layout(document).annex, outline.contents, [raw.title for raw in raws])
    read = replace(outline, tables=found.tables, claims=claims, unrecognised=(*unread, *found.unrecognised, *bare))
    return _settled(read, chosen, found.open) if chosen and any(map(_is_flat, raws)) else read


# What reads flattened text takes a while to import, and most documents are none.


def _with_flat_tables(document: Document, tables: tuple[RawTable, ...], vocabulary: Vocabulary) -> tuple[RawTable, ...]:
    """The tables with those that are flattened; only text without pages can be a dump."""
    if not any(isinstance(block, Paragraph) and block.place.page is None for block in document.blocks):
        return tables
    from mingsuan.reading.flattened.finding import with_flat_tables

    return with_flat_tables(document, tables, vocabulary)


def _is_flat(raw: RawTable) -> bool:
    return type(raw) is not RawTable


def _settled(disclosure: Disclosure, dialect: Dialect, rows: Mapping[int, tuple[Open, ...]]) -> Disclosure:
    from mingsuan.reading.flattened.settling import settled

    return settled(disclosure, dialect, rows)


def _sentences(dialect: Dialect | None) -> Sentences:
    return load_sentences(dialect.folders) if dialect else Sentences()


def _forms(dialect: Dialect, dialects: Iterable[Dialect]) -> tuple[Form, ...]:
    """A dialect's forms in the order in which it requires them, then forms that only others have."""
    order = {duty.kind: n for n, duty in enumerate(dialect.tables)}
    own = sorted(dialect.forms, key=lambda f: order.get(f.kind, len(order)))
    kinds = {f.kind: f for d in dialects for f in d.forms if f.kind not in dialect.by_kind}
    return (*own, *kinds.values())


@dataclass(frozen=True)
class Found:
    """The tables of a document, what could not be read, and by table the rows of flattened ones whose columns are open."""

    tables: tuple[Table, ...]
    unrecognised: tuple[Unrecognised, ...]
    open: Mapping[int, tuple[Open, ...]] = field(default_factory=dict)


def read_tables(
    raws: Sequence[RawTable], dialect: Dialect, vocabulary: Vocabulary, cost: Cost | None = None, *, strange: bool = False
) -> Found:
    """Read all raw tables of a document with the forms of its dialect and, where none of them fits, of others in the vocabulary.

    Tables of a strange authority, whose own forms nobody knows, are read only where each label stands over its column.
    """
    identified = list(zip(raws, identify(raws, vocabulary, dialect.by_kind), strict=True))
    if strange:
        identified = [(raw, certain_form(raw, form, vocabulary.forms) if form is not None else None) for raw, form in identified]
    axes = dialect.axes
    unit = _document_unit(raws)
    known = [(raw, form) for raw, form in identified if form is not None]
    by_unit = [r for raw, form in known if form.names_units for r in _readings(raw, form, unit, Units(), axes)]
    codes = Units().extended(named_units(r.table for r in by_unit))
    readings: list[Sequence[Reading]] = []
    lost: list[Unrecognised] = []
    for raw, form in identified:
        if form is None:
            lost.append(_unknown_table(raw))
        else:
            readings.append(_readings(raw, form, unit, codes, axes))
    tables = settle([[r.table for r in options] for options in readings], cost)
    chosen = [next(r for r in options if r.table is table) for options, table in zip(readings, tables, strict=True)]
    lost.extend(what for reading in chosen for what in reading.unrecognised)
    return Found(tuple(tables), tuple(lost), _open(chosen))


def _readings(raw: RawTable, form: Form, unit: str | None, codes: Units, axes: Axes | None) -> Sequence[Reading]:
    """The ways to read a table."""
    if _is_flat(raw):
        from mingsuan.reading.flattened.finding import FlatTable
        from mingsuan.reading.flattened.reading import read_flat

        if isinstance(raw, FlatTable):
            return (read_flat(raw, form, unit, codes, axes),)
    return (read_stack(raw, form, unit),) if form.arrange == "stack" else read_side(raw, form, unit, codes)


def _open(chosen: Sequence[Reading]) -> Mapping[int, tuple[Open, ...]]:
    """The rows of flattened tables whose columns are open."""
    flat = {n: reading for n, reading in enumerate(chosen) if type(reading) is not Reading}
    if not flat:
        return {}
    from mingsuan.reading.flattened.reading import FlatReading

    return {n: reading.open for n, reading in flat.items() if isinstance(reading, FlatReading) and reading.open}


def _document_unit(raws: Iterable[RawTable]) -> str | None:
    """The unit that most tables print."""
    counts = Counter(u for u in map(own_unit, raws) if u is not None)
    return counts.most_common(1)[0][0] if counts else None


def _unknown_table(raw: RawTable) -> Unrecognised:
    first = next((t for line in [*raw.header, *raw.lines] for t in line.texts if t), "")
    return Unrecognised(f"表“{raw.title or first[:40]}”", "表头与各版式的表样都对不上，没有读取", raw.place)

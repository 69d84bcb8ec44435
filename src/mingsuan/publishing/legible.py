"""Characters that no format can print, or that make a line look like another one, are left out before anything is laid out."""

from __future__ import annotations

from dataclasses import replace

from mingsuan.model import Disclosure, Row, Table
from mingsuan.patterns import regex

_UNPRINTABLE = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""What XML 1.0 forbids, marks of direction and joiners, half surrogates."""


def legible(text: str) -> str:
    """A text without characters that cannot be printed."""
    return _UNPRINTABLE.sub("", text)


def legible_disclosure(disclosure: Disclosure) -> Disclosure:
    """A disclosure whose names, cells, notes and paragraphs hold only what can be printed; itself where that is so."""
    return replace(
        disclosure,
        department=None if disclosure.department is None else legible(disclosure.department),
        tables=tuple(map(_table, disclosure.tables)),
        sections=tuple(replace(s, title=legible(s.title), text=legible(s.text)) for s in disclosure.sections),
    )


def _table(table: Table) -> Table:
    return replace(
        table,
        title=legible(table.title),
        columns=tuple(replace(c, path=legible(c.path)) for c in table.columns),
        rows=tuple(map(_row, table.rows)),
        notes=tuple(map(legible, table.notes)),
    )


def _row(row: Row) -> Row:
    key = replace(row.key, project=legible(row.key.project)) if row.key and row.key.project else row.key
    return replace(row, key=key, cells={legible(p): replace(c, text=legible(c.text)) for p, c in row.cells.items()})

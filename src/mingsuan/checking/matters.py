"""What an obligation may be about: the tables and sections that the dialect requires or the document has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from mingsuan.checking.section_names import ONLY_IF_EMPTY, SECTION_WORDS
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.names import plain
from mingsuan.model import Disclosure, Section, Table
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass

MANY = frozenset({"project_performance_form", "project_performance_summary"})
"""Kinds of tables of which a document has one or the other."""


@dataclass(frozen=True)
class Matter:
    """A table or section.

    Attributes:
        title: how receipts call it; no two are called the same.
        place: where it begins, None where the document does not have it.
        kind: of the table or section, "" where it has none.
        empty: it is a mere heading.
    """

    title: str
    place: Place | None
    kind: str = ""
    empty: bool = False


def called(table: Table, dialect: Dialect | None) -> str:
    """What a table is called: as it is printed, or as the dialect calls its form."""
    form = dialect.by_kind.get(table.kind) if dialect else None
    return table.title or (form.title if form else "") or "未印标题的表"


@dataclass(frozen=True)
class Matters:
    """The tables and sections of a disclosure."""

    disclosure: Disclosure
    dialect: Dialect | None

    @cached_property
    def tables(self) -> tuple[Matter, ...]:
        """The tables that were read, in order, then those that the dialect requires in the year and that were not."""
        printed = [Matter(self._title(n, t), t.place, t.kind) for n, t in enumerate(self.disclosure.tables)]
        return (*printed, *self._absent_tables())

    def _title(self, number: int, table: Table) -> str:
        title = called(table, self.dialect)
        same = [n for n, t in enumerate(self.disclosure.tables) if called(t, self.dialect) == title]
        return title if len(same) == 1 else f"{title}（之{same.index(number) + 1}）"

    def _absent_tables(self) -> Iterator[Matter]:
        if self.dialect is None:
            return
        kinds = {t.kind for t in self.disclosure.tables}
        year = self.disclosure.year
        for duty in self.dialect.tables:
            in_force = year is None or (duty.since or year) <= year <= (duty.until or year)
            form = self.dialect.by_kind.get(duty.kind)
            if duty.required and in_force and form and duty.kind not in kinds and not (duty.kind in MANY and kinds & MANY):
                yield Matter(form.title, None, duty.kind)

    @cached_property
    def sections(self) -> tuple[Matter, ...]:
        """The sections that were read, parts of one together, in order, then those that the dialect requires and that were not."""
        found: dict[str, Matter] = {}
        for section in self.disclosure.sections:
            head = self._head(section)
            known = found.get(head.path or head.title)
            empty = (known is None or known.empty) and not section.text.strip()
            found[head.path or head.title] = Matter(head.title, head.place, head.kind or "", empty)
        wanted = self.dialect.sections if self.dialect else ()
        told = _told_apart(m for m in found.values() if not m.empty or m.kind in wanted)
        return (*told, *self._absent_sections())

    def _absent_sections(self) -> Iterator[Matter]:
        """Sections that the dialect requires, where no heading and no sentence is about what they tell."""
        kinds = {s.kind for s in self.disclosure.sections}
        told = plain("".join(f"{s.title}{s.text}" for s in self.disclosure.sections))
        for kind in self.dialect.sections if self.dialect else ():
            if kind not in kinds | ONLY_IF_EMPTY and kind in SECTION_WORDS and not re.search(SECTION_WORDS[kind][1], told):
                yield Matter(SECTION_WORDS[kind][0], None, kind)

    @cached_property
    def _by_path(self) -> dict[str, Section]:
        return {s.path: s for s in self.disclosure.sections}

    def _head(self, section: Section) -> Section:
        """The nearest section around one, itself included, of a kind that dialects name, with its namesakes; else the outermost."""
        parts = section.path.split("/")
        around = [s for n in range(len(parts), 0, -1) if (s := self._by_path.get("/".join(parts[:n]))) is not None]
        named = next((n for n, s in enumerate(around) if s.kind in SECTION_WORDS), None)
        if named is None:
            return around[-1] if around else section
        while named + 1 < len(around) and around[named + 1].kind == around[named].kind:
            named += 1
        return around[named]

    @cached_property
    def _titles(self) -> dict[Place, str]:
        """Titles by the places of cells and of the lines of the narrative."""
        known: dict[Place, str] = {}
        for table, matter in zip(self.disclosure.tables, self.tables, strict=False):
            known.setdefault(table.place, matter.title)
            for row in table.rows:
                for cell in row.cells.values():
                    known.setdefault(cell.place, matter.title)
        heads = [self._head(s) for s in self.disclosure.sections]
        titles = {matter.place: matter.title for matter in self.sections}
        for section, head in zip(self.disclosure.sections, heads, strict=True):
            for place in (section.place, *(place for _, place in section.origins)):
                known.setdefault(place, titles.get(head.place, head.title))
        known.pop(NOWHERE, None)
        return known

    def title_of(self, place: Place) -> str | None:
        """The table or section that a place lies in, None where that cannot be told."""
        return self._titles.get(place)


def _told_apart(matters: Iterable[Matter]) -> Iterator[Matter]:
    """The same with a number behind titles that occur more than once."""
    seen: dict[str, int] = {}
    for matter in matters:
        seen[matter.title] = seen.get(matter.title, 0) + 1
        number = seen[matter.title]
        yield matter if number == 1 else replace(matter, title=f"{matter.title}（之{number}）")

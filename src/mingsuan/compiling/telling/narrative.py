"""The narrative of a disclosure from its ledger, in the sentences that reading knows (`dialects.sentences`).

It is written as lines of text and then divided into sections by the reader's own rules, so that a disclosure has the sections that its
published text will be read to have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from mingsuan.compiling.book import Book
from mingsuan.compiling.telling.facts_told import (
    assets,
    economic,
    empty_tables,
    organisation,
    performance,
    procurement,
    transfers,
    unit_list_and_posts,
    vehicles,
)
from mingsuan.compiling.telling.money_told import appropriation, changes, explanation, fund_note, overview, revenue, running, three_public
from mingsuan.compiling.telling.ordinals import ordinal
from mingsuan.compiling.telling.sections import GLOSSARY, PROFILE, TITLES
from mingsuan.compiling.telling.stating import Statements
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.roster import Roster
from mingsuan.ledger import Ledger
from mingsuan.model import Section, Table
from mingsuan.places import NOWHERE, Place
from mingsuan.reading.document import Document, Paragraph
from mingsuan.reading.narrative.sections import narrative as divided
from mingsuan.values import dataclass


def narrative(
    dialect: Dialect, ledger: Ledger, roster: Roster, year: int, book: Book | None = None, tables: Sequence[Table] = ()
) -> tuple[Section, ...]:
    """Parts and their sections in the dialect's order; what has nothing to say is left out.

    Args:
        dialect: its sentences and the order of its sections.
        ledger: this and last year's lines.
        roster: the department.
        year: fiscal year.
        book: the officer's own words, reasons and projects; nothing of theirs, if it is not given.
        tables: the filled forms, of which the empty ones are named.
    """
    lines = list(Writer(dialect, ledger, roster, year, book or Book(), tuple(tables)).lines())
    paragraphs = tuple(Paragraph(text, Place(line=n)) for n, text in enumerate(lines, 1))
    return tuple(replace(s, place=NOWHERE, origins=()) for s in divided(Document("", paragraphs)))


_WRITERS: Mapping[str, Callable[[Statements], Iterator[str]]] = {
    "vehicles": vehicles,
    "duties": lambda of: of.own_words("duties"),
    "organisation": organisation,
    "units": unit_list_and_posts,
    "overview_note": overview,
    "revenue_note": revenue,
    "fiscal_appropriation_note": appropriation,
    "changes_note": changes,
    "three_public_note": three_public,
    "government_fund_note": lambda of: fund_note(of, "政府性基金", "政府性基金"),
    "state_capital_note": lambda of: fund_note(of, "国有资本经营", "国有资本经营"),
    "operating_cost_note": running,
    "procurement_note": procurement,
    "performance_note": performance,
    "assets_note": assets,
    "transfer_note": transfers,
    "economic_note": economic,
    "empty_tables_note": empty_tables,
    "explanation": explanation,
}
_OWN_WORDS = frozenset({"duties", "organisation", "changes_note", "procurement_note", "performance_note", "assets_note"})
"""Sections whose writer places the officer's paragraphs itself."""


@dataclass(frozen=True)
class Writer(Statements):
    """Writes the lines of a narrative, part by part."""

    def lines(self) -> Iterator[str]:
        """All lines in order, headings too."""
        kinds = [k for k in self._kinds() if k in TITLES]
        yield f"第一部分 {self.roster.name}概况"
        yield from self._part([k for k in kinds if k in PROFILE])
        yield f"第二部分 {self.year}年{self.roster.name}部门预算情况说明"
        yield from self._part([k for k in kinds if k not in PROFILE])
        yield "第三部分 名词解释"
        yield from (f"{ordinal(n)}、{term}：{meaning}" for n, (term, meaning) in enumerate(self._terms(), 1))

    def _kinds(self) -> Iterator[str]:
        listed = self.dialect.sections
        has_capital = any(t.kind == "state_capital_expenditure" for t in self.tables)
        for kind in listed:
            if kind == "glossary":
                continue
            yield kind
            if kind == "government_fund_note" and has_capital and "state_capital_note" not in listed:
                yield "state_capital_note"
        if "empty_tables_note" not in listed:
            yield "empty_tables_note"

    def _part(self, kinds: Sequence[str]) -> Iterator[str]:
        written = [(kind, lines) for kind in kinds if (lines := [t for t in self._section(kind) if t])]
        for number, (kind, lines) in enumerate(written, 1):
            yield f"{ordinal(number)}、{TITLES[kind]}"
            yield from lines

    def _terms(self) -> Iterator[tuple[str, str]]:
        theirs: dict[str, str] = {}
        for line in self.passages.get("glossary", ()):
            term, _, meaning = line.partition("：")
            theirs[term] = meaning
        yield from ((term, theirs.pop(term, meaning)) for term, meaning in GLOSSARY)
        yield from theirs.items()

    def _section(self, kind: str) -> Iterator[str]:
        own = _WRITERS.get(kind)
        yield from own(self) if own is not None else self.stated(kind)
        if kind not in _OWN_WORDS:
            yield from self.passages.get(kind, ())

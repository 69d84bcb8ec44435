"""Single sentences of a narrative: the dialect's templates with the ledger's amounts, counts and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from mingsuan.amounts import Amount
from mingsuan.compiling.book import Book
from mingsuan.compiling.telling.amounts import Told, change, told, words
from mingsuan.compiling.telling.sections import HEADINGS
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.names import bare
from mingsuan.dialects.roster import Roster
from mingsuan.dialects.sentences.sentences import Sentences, load_sentences, write
from mingsuan.dialects.sentences.wording import SentenceTemplate, Slot, SlotKind, SlotValue
from mingsuan.dialects.sentences.writing import MissingSlotError, render
from mingsuan.ledger import Ledger
from mingsuan.model import Table
from mingsuan.values import dataclass

_SORTS: Mapping[str, str] = {"政府采购货物预算": "货物", "政府采购工程预算": "工程", "政府采购服务预算": "服务"}
"""Sorts of procurement by what templates call them."""


@dataclass(frozen=True)
class Statements:
    """What can be stated of a budget.

    Attributes:
        book: the officer's own words and facts.
        tables: the filled forms.
    """

    dialect: Dialect
    ledger: Ledger
    roster: Roster
    year: int
    book: Book
    tables: tuple[Table, ...] = ()

    @cached_property
    def told(self) -> Told:
        """Amounts of the ledger."""
        last = any(line.year == "-1" and not line.project for line in self.ledger.lines)
        return Told(self.dialect, self.ledger, self.year, last)

    @cached_property
    def sentences(self) -> Sentences:
        """The dialect's sentences; without those that speak of last year, if it is not known."""
        known = load_sentences(self.dialect.folders)
        if self.told.last_known:
            return known
        return replace(known, templates=tuple(t for t in known.templates if not _needs_last_year(t)))

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Reasons for changes by item, without a closing stop."""
        return {r.item: r.text.strip().rstrip("。；，") for r in self.book.reasons if r.text.strip()}

    @cached_property
    def passages(self) -> Mapping[str, tuple[str, ...]]:
        """The officer's paragraphs by kind of section."""
        found: dict[str, tuple[str, ...]] = {}
        for passage in self.book.passages:
            kind = HEADINGS.get(passage.heading, passage.heading)
            lines = tuple(t for line in passage.text.splitlines() if (t := line.strip()))
            found[kind] = (*found.get(kind, ()), *lines)
        return found

    def sentence(self, says: str) -> str:
        """One sentence in the first wording that there are all figures for, "" if none; parts of nothing are left out."""
        values: dict[str, SlotValue] = {"year": str(self.year), "last_year": str(self.year - 1), "stock_year": str(self.year - 1)}
        for template in self.sentences.of(says):
            values |= dict(self._values(template))
        full = {"department": self.roster.name, **values}
        some = {name: value for name, value in full.items() if not (isinstance(value, Amount) and not value.yuan)}
        for given in (some, full):
            try:
                return write(self.sentences, says, _kept_pairs(given, full))
            except MissingSlotError:
                continue
        return ""

    def _values(self, template: SentenceTemplate) -> Iterator[tuple[str, SlotValue]]:
        for slot in template.slots.values():
            if slot.kind is SlotKind.COUNT:
                yield from self._count(slot)
            elif (bought := self._bought(slot)) is not None:
                yield slot.name, bought
            elif slot.region is not None and not dict(slot.region).get("project"):
                now, last = self.told.amount(dict(slot.region)), self.told.last(dict(slot.region))
                if now is not None:
                    yield slot.name, now
                    if last is not None:
                        yield f"last.{slot.name}", last

    def _bought(self, slot: Slot) -> Amount | None:
        """Procurement by sort."""
        if slot.measure not in _SORTS or not self.book.purchases:
            return None
        return told(sum((p.amount for p in self.book.purchases if p.sort == _SORTS[slot.measure]), Decimal(0)))

    def _count(self, slot: Slot) -> Iterator[tuple[str, SlotValue]]:
        counts: Mapping[str, Decimal] = {bare(h.item): h.value for h in self.roster.stock}
        counts = {**counts, "项目数": Decimal(self._projects())}
        if slot.measure in counts:
            yield slot.name, counts[slot.measure]
        elif slot.unit == "辆" and "车辆总数" in counts:
            yield slot.name, Decimal(0)

    def _projects(self) -> int:
        """How many projects the tables show: all where each has a sheet of its own, otherwise those that spend."""
        if any(f.together is not None for f in self.dialect.forms):
            return len(self.roster.projects)
        spending = {line.project for line in self.ledger.lines if line.year == "0" and line.measure == "年初预算" and line.amount}
        return sum(1 for p in self.roster.projects if p.code in spending)

    def said(self, region: Mapping[str, str]) -> str:
        """How much a region holds, in words."""
        amount = self.told.amount(region)
        return words(amount.yuan if amount is not None else Decimal(0))

    def flat(self, name: str, region: Mapping[str, str]) -> str:
        """An amount by a name, with its change."""
        return self.with_change(f"{name}{self.said(region)}", region)

    def with_change(self, line: str, region: Mapping[str, str]) -> str:
        """A line with the change of its amount against last year, where that is known."""
        now = self.told.amount(region)
        said = change(now, self.told.last(region), f"{self.year - 1}年") if now is not None else ""
        return f"{line}，{said}" if said else line

    def reasoned(self, line: str, items: Sequence[str], region: Mapping[str, str]) -> str:
        """A line with the reasons of its change, where it has changed and they are given."""
        now, last = self.told.amount(region), self.told.last(region)
        given = list(dict.fromkeys(self.reasons[i] for i in items if i in self.reasons))
        if now is None or last is None or now.yuan == last.yuan or not given:
            return f"{line}。"
        return f"{line}，主要原因是{'；'.join(given)}。"

    def stated(self, kind: str) -> Iterator[str]:
        """One line for everything that the dialect says in a section."""
        for says in dict.fromkeys(t.says for t in self.sentences.templates if kind in t.sections and "project" not in t.sections):
            if text := self.sentence(says):
                yield f"{text}。"

    def own_words(self, kind: str) -> Iterator[str]:
        """The officer's own paragraphs under a heading."""
        yield from self.passages.get(kind, ())


def _needs_last_year(template: SentenceTemplate) -> bool:
    try:
        render(template, dict.fromkeys((n for n in template.slots if n != "last_year"), "0"))
    except MissingSlotError as error:
        return "last_year" in error.names
    return False


def _kept_pairs(some: Mapping[str, SlotValue], full: Mapping[str, SlotValue]) -> Mapping[str, SlotValue]:
    """Values with those of last year that their derived slots need, be they nothing."""
    return {**some, **{n: v for n, v in full.items() if n.startswith("last.")}}

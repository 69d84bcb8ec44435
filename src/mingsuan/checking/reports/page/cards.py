"""A finding with everything that a report shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from mingsuan.checking.collection import rules
from mingsuan.checking.registry import Rule
from mingsuan.checking.reports.page.excerpts import Excerpt, Excerpts
from mingsuan.checking.reports.page.ledger import chapter_of
from mingsuan.checking.reports.page.quotes import Quote, Quotes
from mingsuan.checking.reports.page.sheets import Sheets
from mingsuan.checking.reports.page.views import View, views
from mingsuan.checking.reports.pictures import Spot, spots
from mingsuan.checking.summary import Summary
from mingsuan.checking.telling.cell_names import named
from mingsuan.model import Disclosure, Finding, Report
from mingsuan.places import Place
from mingsuan.values import dataclass

MAX_CARDS = 400
"""Findings that a page shows; the workbook has them all."""
MAX_ENTRIES = 40
"""Places of one finding that are listed."""
CHAIN = 3
"""Consequences that are shown at once; a longer chain is folded."""


@dataclass(frozen=True)
class Entry:
    """A place of a finding with its number and all that the finding says of it: label and text."""

    number: int
    place: Place
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """A finding, its number in the report, and where it can be seen.

    Attributes:
        entries: its places with the numbers that mark them.
        more: how many further places are not listed.
        quotes, excerpts, views: those places in the narrative, in the tables, on the pages.
        pages_left_out: pages that the report does not carry.
        unquoted: how many places are shown nowhere although they are somewhere.
    """

    number: int
    finding: Finding
    chapter: str
    entries: tuple[Entry, ...]
    more: int
    quotes: tuple[Quote, ...]
    excerpts: tuple[Excerpt, ...]
    views: tuple[View, ...]
    pages_left_out: tuple[int, ...]
    unquoted: int

    @cached_property
    def fingerprint(self) -> str:
        """The finding's, made once."""
        return self.finding.fingerprint

    @property
    def where(self) -> Place | None:
        """Its first place."""
        return self.entries[0].place if self.entries else None

    @property
    def quoted(self) -> frozenset[int]:
        """Numbers of its places whose words are marked in a quote: the page they stand on says no more."""
        return frozenset(n for quote in self.quotes if quote.found for n in quote.marks)

    @property
    def shows(self) -> bool:
        """Whether any of its places can be seen in the report."""
        return bool(self.quotes or self.excerpts or self.views)

    @property
    def has_manual(self) -> bool:
        """Whether the report holds the manual of its rule."""
        return self.finding.code in rules()

    @property
    def expected(self) -> str:
        """What should be printed, "" where the fix says just that."""
        finding = self.finding
        return "" if finding.expected.rstrip("。") == finding.fix.rstrip("。") else finding.expected

    @property
    def folds(self) -> bool:
        """Whether its chain of consequences is too long to be shown at once."""
        return len(self.finding.witnesses) > CHAIN


def cards(report: Report, disclosure: Disclosure, sheets: Sheets, counts: Summary) -> tuple[Card, ...]:
    """The first findings of a report in its order, which is what to put right first; `counts` say how to call their places."""
    excerpts, quotes = Excerpts(disclosure), Quotes(disclosure)
    return tuple(_card(number, finding, excerpts, quotes, sheets, counts) for number, finding in enumerate(report.findings[:MAX_CARDS], 1))


def _card(number: int, finding: Finding, excerpts: Excerpts, quotes: Quotes, sheets: Sheets, counts: Summary) -> Card:
    found = spots(finding)
    away = {s.place.page for s in found if (s.place.file, s.place.page) in sheets.left_out}
    quoted, tables, seen = quotes.of(finding, found), excerpts.of(found, finding.repairs), views(found, sheets, excerpts, counts)
    shown = {n for q in quoted for n in q.marks} | {n for e in tables for n in e.numbers} | {m.number for v in seen for m in v.marks}
    return Card(
        number,
        finding,
        chapter_of(finding.code),
        tuple(_entries(finding, found[:MAX_ENTRIES])),
        max(0, len(found) - MAX_ENTRIES),
        quoted,
        tables,
        seen,
        tuple(sorted(page for page in away if page is not None)),
        sum(spot.number not in shown and str(spot.place) != "" for spot in found) if shown else 0,
    )


def _entries(finding: Finding, found: Sequence[Spot]) -> Iterator[Entry]:
    said: dict[Place, list[tuple[str, str]]] = {}
    for side in finding.sides:
        said.setdefault(side.place, []).append((named(side.label), side.text))
    printed = set(said)
    for repair in finding.repairs:
        if repair.place not in printed:
            said.setdefault(repair.place, []).append((named(repair.label), f"{repair.before} → {repair.after}"))
    for spot in found:
        yield Entry(spot.number, spot.place, tuple(dict.fromkeys(said[spot.place])))


def rules_of(made: Sequence[Card]) -> tuple[Rule, ...]:
    """The rules that some findings come from, in the order of their codes; those of no rule known here left out."""
    return tuple(rules()[code] for code in sorted({card.finding.code for card in made}) if code in rules())

"""What the rules look at: a disclosure with its dialect and whatever is computed from the two, each once and only when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import groupby

from mingsuan.checking.matters import Matters
from mingsuan.checking.meant_codes import Misprint, as_meant, misprints
from mingsuan.checking.meant_projects import Misnamed, as_listed, misnamed_projects
from mingsuan.checking.meant_units import WrongUnit
from mingsuan.checking.own_years import stale_years
from mingsuan.checking.roots.root import Root, roots
from mingsuan.checking.stale_sentences import StaleYears
from mingsuan.checking.thresholds import Threshold, threshold
from mingsuan.checking.wrong_numbers import wrong_amounts
from mingsuan.codes import Codes
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Meaning
from mingsuan.dialects.names import plain
from mingsuan.dialects.sentences.sentences import Sentences, load_sentences
from mingsuan.identities import Cause, Derivation, derived, localise
from mingsuan.indicators.listing import Indicator, indicators
from mingsuan.model import Disclosure, Section, Table, Unrecognised
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.claims.relations import ChangeRelation, GrowthRelation, change_relations, growth_relations
from mingsuan.reading.claims.restatements import Restatement, restatements
from mingsuan.reading.claims.shares import ShareRelation, share_relations
from mingsuan.reading.claims.statements import Statement, stated_paragraphs, statements_of
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.reading.narrative.running import RunningText, paragraphs
from mingsuan.values import dataclass

_SENTENCE = regex(r"[^。！？!?]+[。！？!?]?")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the narrative, in the paragraph that holds it."""

    text: str
    paragraph: RunningText
    offset: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.paragraph.place(self.offset)

    def place_of(self, match: re.Match[str]) -> Place:
        """Where something found in its text stands."""
        return self.paragraph.place(self.offset + match.start())


@cache
def bundled_codes() -> Codes:
    """The official classifications that ship with the package, their indexes built once."""
    return Codes()


@dataclass(frozen=True)
class Beside:
    """What is known beside the disclosure itself: others that it is compared with, and the days that it does not print.

    Attributes:
        last: last year's of the same department.
        units: this year's of the department's own units.
        budget: the budget of the year whose final account is under check.
        approved: the day on which the authority approved it.
        published: the day on which it was published.
    """

    last: Subject | None = None
    units: tuple[Subject, ...] = ()
    budget: Subject | None = None
    approved: date | None = None
    published: date | None = None


@dataclass(frozen=True)
class Subject:
    """A disclosure under check.

    Attributes:
        disclosure: what was read.
        dialect: the dialect it was read with, None where none was recognised.
        codes: the official classifications, with the user's own lists before them.
        beside: other disclosures that it is compared with.
        wrong_units: the tables that print another unit than they have here: what is told of that is to cause nothing else.
    """

    disclosure: Disclosure
    dialect: Dialect | None = None
    codes: Codes = field(default_factory=lambda: bundled_codes())
    beside: Beside = field(default_factory=lambda: Beside())
    wrong_units: tuple[WrongUnit, ...] = ()

    @property
    def year(self) -> int | None:
        """The fiscal year."""
        return self.disclosure.year

    @property
    def stands_in(self) -> bool:
        """Whether forms of many authorities, or of another one or year, stand in for the document's own."""
        return self.dialect is not None and self.dialect.stands_in(self.disclosure.region, self.year)

    @cached_property
    def matters(self) -> Matters:
        """The tables and sections that receipts are about."""
        return Matters(self.disclosure, self.dialect)

    @cached_property
    def unread_tables(self) -> tuple[Unrecognised, ...]:
        """Tables that the reader met and could not name."""
        return tuple(u for u in self.disclosure.unrecognised if re.search(r"表(?!格[^，。]*列)", u.what))

    def sections(self, *kinds: str) -> tuple[Section, ...]:
        """The sections of some kinds, in order."""
        return tuple(s for s in self.disclosure.sections if s.kind in kinds)

    def threshold(self, name: str) -> Threshold | None:
        """The limit of a name in the fiscal year, the dialect's own before the general one."""
        return threshold(name, self.year, self.dialect.folders if self.dialect else ())

    def table(self, kind: str) -> Table | None:
        """The first table of a kind."""
        return next(iter(self.disclosure.of_kind(kind)), None)

    @cached_property
    def meaning(self) -> Meaning | None:
        """What every number stands for; None without a dialect."""
        return self.derivation.meaning if self.derivation else None

    @cached_property
    def misprints(self) -> tuple[Misprint, ...]:
        """The printed codes that stand for others."""
        return misprints(self.disclosure, self.dialect, self.codes)

    @cached_property
    def misnamed(self) -> tuple[Misnamed, ...]:
        """The projects that the performance tables print under a name that is not the list's."""
        return misnamed_projects(self.disclosure)

    @cached_property
    def meant(self) -> Disclosure:
        """The disclosure with the codes and projects that were meant: what is told of their printing is to cause nothing else."""
        return as_listed(as_meant(self.disclosure, self.misprints), self.misnamed)

    @cached_property
    def derivation(self) -> Derivation | None:
        """The identities of the printed amounts; None without a dialect."""
        return derived(self.meant, self.dialect) if self.dialect else None

    @property
    def printed(self) -> Derivation | None:
        """The identities of the amounts in the units that their tables say; None without a dialect."""
        return self.wrong_units[0].derivation if self.wrong_units else self.derivation

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Why hard identities fail, one root cause each."""
        return localise(self.derivation) if self.derivation else ()

    @cached_property
    def roots(self) -> tuple[Root, ...]:
        """The causes by their roots: what is told once."""
        return roots(self.derivation, self.causes) if self.derivation else ()

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every performance indicator."""
        return indicators(self.disclosure)

    @cached_property
    def paragraphs(self) -> tuple[RunningText, ...]:
        """The paragraphs of the narrative, the glossary left out."""
        return paragraphs(s for s in self.disclosure.sections if s.kind != "glossary")

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the narrative, the glossary left out; formula markup is blanked."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        for paragraph in self.paragraphs:
            for match in _SENTENCE.finditer(without_markup(paragraph.text)):
                if match.group().strip():
                    yield Sentence(match.group(), paragraph, match.start())

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The claims with their places in the running text; empty where the claims do not belong to the sections."""
        try:
            return statements_of(self.disclosure.sections, self.disclosure.claims, self.sentence_templates)
        except ValueError:
            return ()

    @cached_property
    def statement_of(self) -> Mapping[int, Statement]:
        """The statements by the `id` of their claims."""
        return {id(s.claim): s for s in self.statements}

    @cached_property
    def stated_in(self) -> Mapping[int, Sequence[Statement]]:
        """The statements of every paragraph by its `id`."""
        return {number: tuple(stated) for number, stated in groupby(self.statements, key=lambda s: id(s.paragraph))}

    @cached_property
    def stale(self) -> StaleYears:
        """The sentences that name an earlier year than they mean: what one rule tells, others need not tell again."""
        return stale_years(self)

    @cached_property
    def growths(self) -> tuple[GrowthRelation, ...]:
        """Every growth rate of the narrative with its change and base."""
        return growth_relations(self.disclosure.claims)

    @cached_property
    def shares(self) -> tuple[ShareRelation, ...]:
        """Every share of the narrative with its part and whole."""
        return share_relations(self.disclosure.claims)

    @cached_property
    def wrong_shares(self) -> Mapping[Place, Sequence[ShareRelation]]:
        """The shares that do not follow from their amounts, by where they stand."""
        found: dict[Place, list[ShareRelation]] = {}
        for relation in self.shares:
            if not relation.holds:
                found.setdefault(relation.share.place, []).append(relation)
        return found

    @cached_property
    def wrong_amounts(self) -> frozenset[Decimal]:
        """The numbers of the narrative that causes put right, as printed, in 元."""
        return wrong_amounts(self)

    @cached_property
    def changes(self) -> tuple[ChangeRelation, ...]:
        """Every change of the narrative with the two amounts that it lies between."""
        return change_relations(self.disclosure.claims)

    @cached_property
    def restatements(self) -> tuple[Restatement, ...]:
        """What the narrative states more than once."""
        return tuple(restatements(self.statements))

    @cached_property
    def stated_paragraphs(self) -> tuple[RunningText, ...]:
        """The paragraphs of those sections that state something."""
        return stated_paragraphs(self.disclosure.sections, self.sentence_templates)

    @cached_property
    def sentence_templates(self) -> Sentences:
        """The sentences and phrases of the dialect; none without one."""
        return load_sentences(self.dialect.folders) if self.dialect else Sentences()

    @cached_property
    def narrative(self) -> str:
        """The words of the narrative without the glossary, in one width and without white space."""
        return plain("\n".join(f"{s.title}\n{s.text}" for s in self.disclosure.sections if s.kind != "glossary"))

    @cached_property
    def table_texts(self) -> frozenset[str]:
        """Every text that a table cell prints, in one width."""
        return frozenset(plain(cell.text) for t in self.disclosure.tables for row in t.rows for cell in row.cells.values())

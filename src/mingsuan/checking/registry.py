"""What a rule is: one decorated generator, its docstring the manual page; what it yields, needs and leaves receipts for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum

from mingsuan.checking.fixing import remedy
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.cell_names import nested
from mingsuan.indicators.listing import family
from mingsuan.model import WHOLE_TEXT, Finding, Level, Receipt, Status
from mingsuan.places import Place
from mingsuan.values import dataclass

Check = Callable[[Subject], Iterable[Outcome]]
LooksAt = Callable[[Subject], Iterable[Place]]


class About(Enum):
    """What a rule leaves its receipts for: one for the document, or one for each table or section."""

    DOCUMENT = "document"
    TABLES = "tables"
    SECTIONS = "sections"


class Need(Enum):
    """What a rule cannot do without; where it lacks, the rule leaves a receipt instead of running."""

    DIALECT = (Status.INSUFFICIENT, "没有认出版式，不知道应有哪些表和章节")
    NARRATIVE = (Status.NOT_APPLICABLE, "文本里没有叙述部分")
    TABLES = (Status.NOT_APPLICABLE, "文本里没有表")
    INDICATORS = (Status.NOT_APPLICABLE, "文本里没有绩效指标")
    CLAIMS = (Status.NOT_APPLICABLE, "叙述里没有读到数字")
    YEAR = (Status.INSUFFICIENT, "没有认出预算年度")
    LAST = (Status.NOT_APPLICABLE, "核对时没有给出上年的公开文本")
    UNITS = (Status.NOT_APPLICABLE, "核对时没有给出所属单位的公开文本")
    BUDGET = (Status.NOT_APPLICABLE, "核对时没有给出当年的预算公开文本")

    def met(self, subject: Subject) -> bool:
        """Whether the subject has it."""
        return _MET[self](subject)


_MET: Mapping[Need, Callable[[Subject], bool]] = {
    Need.DIALECT: lambda s: s.dialect is not None,
    Need.NARRATIVE: lambda s: bool(s.disclosure.sections),
    Need.TABLES: lambda s: bool(s.disclosure.tables),
    Need.INDICATORS: lambda s: bool(s.indicators),
    Need.CLAIMS: lambda s: bool(s.disclosure.claims),
    Need.YEAR: lambda s: s.year is not None,
    Need.LAST: lambda s: s.beside.last is not None,
    Need.UNITS: lambda s: bool(s.beside.units),
    Need.BUDGET: lambda s: s.beside.budget is not None,
}


@dataclass(frozen=True)
class Rule:
    """A check with what is known about it.

    Attributes:
        code: stable code, chapter letters and a number.
        level: level of its findings unless one says otherwise.
        chapter: Chinese name of the chapter.
        basis: the article that says so, or 算术, 版式, 常识.
        title: first line of the manual page.
        manual: the manual page, Chinese, with a wrong and a right example.
        check: the generator.
        since, until: fiscal years in which it holds.
        needs: what it cannot do without.
        about: whether it leaves one receipt, or one for each table or section.
        looks_at: places of all that it looks at, where that does not hang on what it finds there; else it says so (`Examined`).
        fix: what to do about its findings, a Chinese sentence that may hold {observed} and {expected}; "" where they tell it themselves.
    """

    code: str
    level: Level
    chapter: str
    basis: str
    title: str
    manual: str
    check: Check
    since: int | None = None
    until: int | None = None
    needs: tuple[Need, ...] = ()
    about: About = About.DOCUMENT
    looks_at: LooksAt | None = None
    fix: str = ""

    @property
    def obligation(self) -> str:
        """What its receipts call it."""
        return f"{self.code} {self.title.rstrip('。')}"

    def applies(self, subject: Subject) -> Receipt | None:
        """The receipt that says why the rule does not run, None if it does."""
        year = subject.year
        if year is not None and ((self.since and year < self.since) or (self.until and year > self.until)):
            return self.receipt(Status.NOT_APPLICABLE, f"{year}年不适用这条规则")
        lacking = next((n for n in self.needs if not n.met(subject)), None)
        if lacking is Need.TABLES and subject.unread_tables:
            return self.receipt(Status.INSUFFICIENT, f"文本里的{len(subject.unread_tables)}张表没有识别")
        return None if lacking is None else self.receipt(*lacking.value)

    def concerns(self, kind: str) -> bool:
        """Whether a table of a kind can hold what the rule looks at: a rule on indicators has nothing to say of other tables."""
        return Need.INDICATORS not in self.needs or bool(family(kind))

    def receipt(self, status: Status, reason: str = "", places: tuple[Place, ...] = (), about: str = WHOLE_TEXT) -> Receipt:
        """A receipt under the rule's name."""
        return Receipt(self.obligation, status, reason, places, self.code, about)

    def run(self, subject: Subject) -> Iterator[Finding | Receipt | Examined]:
        """What the rule yields, under its own name."""
        for outcome in self.check(subject):
            if isinstance(outcome, Draft):
                yield self._finding(outcome)
            elif isinstance(outcome, Receipt):
                yield replace(outcome, obligation=outcome.obligation or self.obligation, rule=self.code)
            else:
                yield outcome

    def _finding(self, draft: Draft) -> Finding:
        finding = Finding(
            self.code,
            draft.level or self.level,
            nested(draft.message),
            draft.sides,
            draft.observed,
            draft.expected,
            draft.difference,
            draft.repairs,
            draft.witnesses,
            draft.basis or self.basis,
            draft.conversion_suspected,
        )
        told = draft.fix or self.fix.format(observed=draft.observed, expected=draft.expected)
        return replace(finding, fix=nested(told or remedy(finding)))


REGISTERED: dict[str, Rule] = {}
"""Every rule whose module was imported, by code."""


def rule(
    code: str,
    *,
    level: Level,
    chapter: str,
    basis: str,
    since: int | None = None,
    until: int | None = None,
    needs: tuple[Need, ...] = (),
    about: About = About.DOCUMENT,
    looks_at: LooksAt | None = None,
    fix: str = "",
) -> Callable[[Check], Check]:
    """Register a generator as a rule; its docstring is the manual page, the other arguments are those of `Rule`.

    Raises:
        ValueError: the docstring is missing or the code is taken (a mistake of the rule's author).
    """

    def register(check: Check) -> Check:
        manual = inspect.cleandoc(check.__doc__ or "")
        if not manual:
            raise ValueError(f"rule {code} has no manual page")
        taken = REGISTERED.get(code)
        if taken is not None and taken.check.__qualname__ != check.__qualname__:
            raise ValueError(f"rule code {code} is used twice")
        title = manual.splitlines()[0]
        REGISTERED[code] = Rule(code, level, chapter, basis, title, manual, check, since, until, needs, about, looks_at, fix)
        return check

    return register


def not_applicable(reason: str) -> Receipt:
    """The receipt of a rule that finds nothing that it is about."""
    return Receipt("", Status.NOT_APPLICABLE, reason)


def insufficient(reason: str, *places: Place) -> Receipt:
    """The receipt of a rule that lacks data to decide, of the whole text or of what stands at some places."""
    return Receipt("", Status.INSUFFICIENT, reason, places)


def narrative(subject: Subject) -> Iterator[Place]:
    """Every section with a text, but for the glossary: what a rule on the wording looks at."""
    yield from (s.place for s in subject.disclosure.sections if s.kind != "glossary" and s.text.strip())


def everything(subject: Subject) -> Iterator[Place]:
    """Every section and table: what a rule looks at that reads the whole text."""
    yield from (s.place for s in subject.disclosure.sections)
    yield from (t.place for t in subject.disclosure.tables)


def indicator_tables(subject: Subject) -> Iterator[Place]:
    """Every performance indicator: what a rule on targets looks at."""
    yield from (i.place for i in subject.indicators)

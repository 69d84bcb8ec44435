"""Rules: one decorated generator each, its docstring the manual page; collected from the modules of `checking/rules`."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib import import_module

from mingsuan.checking.subject import Subject
from mingsuan.model import Finding, Level, Receipt, Repair, Side, Status


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as a rule writes it; the rule's code, level and basis are filled in.

    Attributes are those of `Finding`; `level` and `basis` only where they differ from the rule's.
    """

    message: str
    sides: tuple[Side, ...] = ()
    observed: str = ""
    expected: str = ""
    difference: str = ""
    repairs: tuple[Repair, ...] = ()
    witnesses: tuple[str, ...] = ()
    conversion_suspected: bool = False
    level: Level | None = None
    basis: str = ""


Outcome = Draft | Finding | Receipt
Check = Callable[[Subject], Iterable[Outcome]]


class Need(Enum):
    """What a rule cannot do without; where it lacks, the rule leaves a receipt instead of running."""

    DIALECT = (Status.INSUFFICIENT, "没有认出版式，不知道应有哪些表和章节")
    NARRATIVE = (Status.NOT_APPLICABLE, "文本里没有叙述部分")
    TABLES = (Status.NOT_APPLICABLE, "文本里没有表")
    INDICATORS = (Status.NOT_APPLICABLE, "文本里没有绩效指标")
    CLAIMS = (Status.NOT_APPLICABLE, "叙述里没有读到数字")
    YEAR = (Status.INSUFFICIENT, "没有认出预算年度")

    def met(self, subject: Subject) -> bool:
        """Whether the subject has it."""
        has = {
            Need.DIALECT: lambda: subject.dialect is not None,
            Need.NARRATIVE: lambda: bool(subject.disclosure.sections),
            Need.TABLES: lambda: bool(subject.disclosure.tables),
            Need.INDICATORS: lambda: bool(subject.indicators),
            Need.CLAIMS: lambda: bool(subject.disclosure.claims),
            Need.YEAR: lambda: subject.year is not None,
        }
        return bool(has[self]())


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

    @property
    def obligation(self) -> str:
        """What its receipts call it."""
        return f"{self.code} {self.title.rstrip('。')}"

    def applies(self, subject: Subject) -> Receipt | None:
        """The receipt that says why the rule does not run, None if it does."""
        year = subject.year
        if year is not None and ((self.since and year < self.since) or (self.until and year > self.until)):
            return Receipt(self.obligation, Status.NOT_APPLICABLE, f"{year}年不适用这条规则")
        lacking = next((n for n in self.needs if not n.met(subject)), None)
        return None if lacking is None else Receipt(self.obligation, *lacking.value)

    def run(self, subject: Subject) -> Iterator[Finding | Receipt]:
        """Findings and receipts under the rule's own name."""
        for outcome in self.check(subject):
            if isinstance(outcome, Draft):
                yield self._finding(outcome)
            elif isinstance(outcome, Receipt):
                yield outcome if outcome.obligation else replace(outcome, obligation=self.obligation)
            else:
                yield outcome

    def _finding(self, draft: Draft) -> Finding:
        return Finding(
            self.code,
            draft.level or self.level,
            draft.message,
            draft.sides,
            draft.observed,
            draft.expected,
            draft.difference,
            draft.repairs,
            draft.witnesses,
            draft.basis or self.basis,
            draft.conversion_suspected,
        )


class UnknownRuleError(LookupError):
    """Asked for a rule that does not exist."""

    def __init__(self, code: str) -> None:
        """Name what was asked for."""
        super().__init__(f"没有编号为“{code}”的规则。用 mingsuan rules 列出全部规则。")


_REGISTERED: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    level: Level,
    chapter: str,
    basis: str,
    since: int | None = None,
    until: int | None = None,
    needs: tuple[Need, ...] = (),
) -> Callable[[Check], Check]:
    """Register a generator as a rule; its docstring is the manual page.

    Raises:
        ValueError: the docstring is missing or the code is taken (a mistake of the rule's author).
    """

    def register(check: Check) -> Check:
        manual = inspect.cleandoc(check.__doc__ or "")
        if not manual:
            raise ValueError(f"rule {code} has no manual page")
        taken = _REGISTERED.get(code)
        if taken is not None and taken.check.__qualname__ != check.__qualname__:
            raise ValueError(f"rule code {code} is used twice")
        _REGISTERED[code] = Rule(code, level, chapter, basis, manual.splitlines()[0], manual, check, since, until, needs)
        return check

    return register


def not_applicable(reason: str) -> Receipt:
    """The receipt of a rule that finds nothing that it is about."""
    return Receipt("", Status.NOT_APPLICABLE, reason)


def insufficient(reason: str) -> Receipt:
    """The receipt of a rule that lacks data to decide."""
    return Receipt("", Status.INSUFFICIENT, reason)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by code, in order of the codes."""
    from mingsuan.checking import rules as chapter_modules

    for module in pkgutil.iter_modules(chapter_modules.__path__):
        import_module(f"{chapter_modules.__name__}.{module.name}")
    return dict(sorted(_REGISTERED.items()))


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules whose code begins with one of `select` (all, if empty) and with none of `ignore`.

    Raises:
        UnknownRuleError: a prefix fits no rule.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    for prefix in (*wanted, *unwanted):
        if not any(code.startswith(prefix) for code in rules()):
            raise UnknownRuleError(prefix)
    return tuple(r for c, r in rules().items() if (not wanted or c.startswith(wanted)) and not (unwanted and c.startswith(unwanted)))


def explain(code: str) -> Rule:
    """The rule with this code.

    Raises:
        UnknownRuleError: there is none.
    """
    try:
        return rules()[code.upper()]
    except KeyError:
        raise UnknownRuleError(code) from None

"""FIG2: amounts that are usually equal by an authority's custom; a difference is no proof of an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, insufficient, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.figures import money, sentence, sides, signed, sum_text
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Derivation, Identity, Sort
from mingsuan.identities.identity import violation
from mingsuan.model import Level

CHAPTER = "数字"


@rule("FIG201", level=Level.WARNING, chapter=CHAPTER, basis="惯例", needs=(Need.DIALECT, Need.TABLES))
def customs_of_the_authority_hold(subject: Subject) -> Iterator[Outcome]:
    """惯常相等的数相等。

    有的数按当地惯例通常相等，例如人员经费与工资福利支出加对个人和家庭的补助。不等不一定是错，请核实口径。

    错：人员经费2894.27，工资福利支出2306.51与对个人和家庭的补助456.23之和为2762.74。
    对：人员经费2762.74，工资福利支出2306.51与对个人和家庭的补助456.23之和为2762.74。
    """
    derivation = subject.derivation
    if derivation is None:
        return
    customs = [i for i in derivation.identities if i.sort is Sort.CONVENTION]
    if not customs:
        yield insufficient("表里没有可以按惯例互相核对的数")
    meant = {c.text: c for c in derivation.meaning.dialect.conventions}
    beyond = _beyond_repair(subject, derivation)
    told = {id(v.identity) for root in subject.roots for v in root.following}
    for custom in customs:
        failed = violation(custom, derivation.meaning.figures)
        yield Examined(derivation.meaning.figures[custom.members[0]].place)
        if (
            failed is None
            or id(custom) in told
            or _follows(custom, (*subject.causes, *(root.cause for root in subject.roots)), derivation.meaning.figures)
        ):
            continue
        if beyond.isdisjoint(derivation.meaning.figures[n].table for n in custom.members):
            convention = meant.get(custom.label)
            is_part = convention is not None and convention.part and failed.difference < 0
            yield Draft(
                f"{custom.label}，这里相差{money(abs(failed.difference), derivation, custom)}，请核实两处口径。",
                sides=sides(derivation, custom),
                observed=sum_text(derivation, custom.left),
                expected=sum_text(derivation, custom.right),
                difference=signed(failed.difference, derivation, custom),
                witnesses=(sentence(derivation, failed),),
                basis=convention.basis if convention else "",
                level=Level.INFO if abs(failed.difference) <= failed.tolerance or is_part else None,
                fix="核对两处各包括哪些内容：口径不同的写明口径，数字有误的改正。",
            )


def _follows(custom: Identity, causes: Sequence[Cause], figures: Sequence[Figure]) -> bool:
    """Whether a custom holds once a wrong number that is told of elsewhere is put right."""
    for edits in (candidate.edits for cause in causes for candidate in cause.candidates):
        mended = list(figures)
        for n, amount in edits:
            mended[n] = replace(figures[n], amount=amount, unreadable=False)
        if any(n in custom.members for n, _ in edits) and violation(custom, mended) is None:
            return True
    return False


def _beyond_repair(subject: Subject, derivation: Derivation) -> set[int]:
    """The tables in which every relation of a cause fails that is more than some wrong numbers: that is told there."""
    found: set[int] = set()
    for cause in subject.causes:
        if cause.beyond and not cause.candidates:
            found |= set.intersection(*({derivation.meaning.figures[n].table for n in v.identity.members} for v in cause.violations))
    return found

"""NAR, continued: one thing stated twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, signed_in, yuan_of
from mingsuan.model import Claim, Level
from mingsuan.reading.claims.restatements import Restatement

CHAPTER = "叙述"
_NO_STATEMENTS = "叙述里的数字与原文对不上位置，没有核对"


@rule(
    "NAR109",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对原始数据，确定一个数，前后统一；口径不同的，分别写明口径。",
)
def one_thing_has_one_amount(subject: Subject) -> Iterator[Outcome]:
    """同一事项前后金额一致。

    错：7、免费提供饮水、复印等服务18.4万元。2023年资金需求33万元。
    对：7、免费提供饮水、复印等服务18.4万元。2023年资金需求18.4万元。
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
    explained = {id(r.last) for r in subject.changes if not r.holds} | _told_by_tables(subject)
    causes: dict[tuple[int, int], list[Restatement]] = {}
    for stated in subject.restatements:
        yield from (Examined(claim.place) for claim in stated.claims)
        if not stated.holds and not any(id(c) in explained for c in stated.claims) and not _two_measures(subject, stated):
            one, other = stated.claims[:2]
            causes.setdefault((one.sentence, other.sentence), []).append(stated)
    for found in causes.values():
        yield _two_amounts(found)


def _told_by_tables(subject: Subject) -> set[int]:
    """Claims of which the tables tell that they do not agree, so that it is told once (rules/figures.py)."""
    figures = subject.derivation.meaning.figures if subject.derivation else ()
    stated = (figures[n].claim for cause in subject.causes for v in cause.violations for n in v.identity.members)
    return {id(subject.disclosure.claims[n]) for n in stated if n is not None}


def _two_amounts(found: Sequence[Restatement]) -> Draft:
    """What two sentences state differently is one cause, however many amounts of theirs differ."""
    pairs = [stated.claims[:2] for stated in found]
    texts = [f"“{stated.key}”前后两个数：{as_printed(one)}与{as_printed(other)}" for stated, (one, other) in zip(found, pairs, strict=True)]
    one, other = pairs[0]
    return Draft(
        "；".join(texts),
        tuple(claim_side(c) for stated in found for c in stated.claims),
        "；".join(f"{as_printed(a)}与{as_printed(b)}" for a, b in pairs),
        "前后用同一个数",
        signed_in(yuan_of(one) - yuan_of(other), one),
        level=Level.WARNING if all(s.by_name or _rounded_alike(*s.claims[:2]) for s in found) else None,
    )


def _two_measures(subject: Subject, stated: Restatement) -> bool:
    """Whether one word stands for two regions that may differ: 人员经费 of all funds and of the general budget.

    They may not where the narrative states one amount for all spending and for that of the general budget: then there is
    no other fund, and the word has one meaning.
    """
    if any(c.region is None for c in stated.claims) or len({c.region for c in stated.claims}) < 2:
        return False
    regions = [(dict(c.region), yuan_of(c)) for c in subject.disclosure.claims if c.region is not None and c.amount is not None]
    everything = {yuan for region, yuan in regions if set(region) <= {"use"}}
    general = {yuan for region, yuan in regions if region.get("fund") == "一般公共预算" and set(region) <= {"fund", "origin", "use"}}
    return not everything & general


def _rounded_alike(one: Claim, other: Claim) -> bool:
    """Whether one amount is the other with fewer digits (584.18 and 584): careless, but no contradiction of substance."""
    decimals = min(len(c.text.partition(".")[2]) for c in (one, other))
    quantum = Decimal(1).scaleb(-decimals)
    return one.unit == other.unit and one.value.quantize(quantum, ROUND_HALF_UP) == other.value.quantize(quantum, ROUND_HALF_UP)

"""NAR, continued: rates of completion whose budget only a table prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, rounded_like
from mingsuan.checking.wrong_numbers import rests_on_a_wrong_number
from mingsuan.dialects.meaning.figures import Figure
from mingsuan.ledger import Box
from mingsuan.model import Claim, Level, Side
from mingsuan.model.claims import Role
from mingsuan.reading.claims.completion_links import COMPLETION_OF
from mingsuan.reading.claims.relations import interval
from mingsuan.reading.claims.words import completed_budget, is_planned

_PLAN = "年初预算"


@rule(
    "NAR118",
    level=Level.WARNING,
    chapter="叙述",
    basis="算术",
    needs=(Need.DIALECT, Need.TABLES, Need.CLAIMS),
    about=About.SECTIONS,
    fix="核对表中的预算数和文中的决算数；两数无误的，把完成比例改为{expected}。",
)
def completion_follows_from_the_budget_in_the_table(subject: Subject) -> Iterator[Outcome]:
    """文中没有写预算数时，完成预算的百分比与表中的预算数相符。

    错：“三公”经费表的公务接待费预算数5.50万元，文中写“公务接待费支出4.45万元，完成预算86.54%”。
    对：文中写“公务接待费支出4.45万元，完成预算80.91%”。
    """
    told = tuple(_told(subject.disclosure.claims))
    if not told or subject.derivation is None:
        yield not_applicable("没有只写完成比例、不写预算数的句子")
        return
    figures, axes = subject.derivation.meaning.figures, subject.derivation.meaning.dialect.axes
    if "measure" not in axes.trees:
        return
    plan = Box.parse(axes, {"measure": _PLAN})
    claims = subject.disclosure.claims
    stated = {claims[f.claim].region: f.box(axes) for f in figures if f.claim is not None}
    planned: Mapping[Box, Figure] = {
        box: f for f in figures if f.claim is None and f.amount is not None and (box := f.box(axes)).lookup.get("measure")
    }
    for done, rate in told:
        own = stated.get(done.region)
        budget = planned.get(own.override(plan)) if own is not None else None
        if (
            budget is None
            or budget.amount is None
            or budget.amount.yuan <= 0
            or ("年初" in (completed_budget(rate) or "")) > ("年初" in budget.column)
        ):
            continue
        yield Examined(rate.place)
        spent, whole = interval(done), budget.amount
        low, high = max(spent.low, Decimal(0)) / (whole.yuan + whole.half), spent.high / max(whole.yuan - whole.half, Decimal(1))
        printed = interval(rate)
        if not (low <= printed.high and printed.low <= high) and not rests_on_a_wrong_number(subject, (done,)):
            right = rounded_like((spent.low + spent.high) / 2 / whole.yuan, rate)
            yield Draft(
                f"{budget.label}{whole}，{as_printed(done)}是它的{right}，文中写{as_printed(rate)}",
                (claim_side(rate), claim_side(done), Side(budget.place, budget.label, str(whole))),
                as_printed(rate),
                right,
                witnesses=(f"{as_printed(done)}÷{whole}＝{right}",),
            )


def _told(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Rates of completion right behind an amount spent, whose budget the text does not state: the amount and the rate."""
    for done, rate in pairwise(claims):
        alone = done.role is Role.AMOUNT and done.amount is not None and done.region is not None and done.sentence == rate.sentence
        if alone and not is_planned(done) and rate.relation != COMPLETION_OF and completed_budget(rate) is not None:
            yield done, rate

"""Amounts inside one numbered item against the amount at its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.items import head_amount
from mingsuan.reading.claims.links import value_of
from mingsuan.reading.claims.listed import CALLED_TOTAL, Listing, listing
from mingsuan.reading.claims.lists_within import LIST_OPENS
from mingsuan.reading.claims.phrases import phrase_key
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import is_planned
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.reading.ordinals import ordinal

_REASON = regex(r"原因|由于|因为")
"""What is told after these explains a change; it is no part of the amount."""
_DETAIL = regex(r"预算$|费用?$|每年预算$|开支$|支出$|经费$")


def _is_unlisted(statement: Statement, parts: Sequence[Claim], plain: str) -> bool:
    """Whether an amount opens a list (其中：“行政运行”…；…) whose others are taken for parts, but its own name is no detail's."""
    claim = statement.claim
    opens = LIST_OPENS.search(plain[max(0, statement.number.start - len(claim.quote) - 8) : statement.number.start])
    return bool(opens) and claim.role is Role.AMOUNT and claim not in parts and any(p.sentence == claim.sentence for p in parts)


def _is_one_of_unlisted(statements: Sequence[Statement], parts: Sequence[Claim], plain: str) -> bool:
    """Whether amounts in a row (行政运行22万元、住房公积金5万元、医疗支出3万元) are parts in part only by their names."""
    listed = {id(p) for p in parts}
    in_a_row = (
        (a, b) for a, b in pairwise(statements) if plain.startswith("、", a.number.end) and a.claim.role is b.claim.role is Role.AMOUNT
    )
    return any((id(a.claim) in listed) != (id(b.claim) in listed) for a, b in in_a_row)


def details(statements: Sequence[Statement]) -> Iterator[Listing]:
    """Amounts inside a numbered item (…预算5万元；…预算3万) against the amount at its head."""
    if ordinal(statements[0].paragraph.text) is None:
        return
    head = head_amount(statements)
    if head is None:
        return
    plain = without_markup(statements[0].paragraph.text)
    parts = [
        s.claim
        for s in statements
        if s.claim is not head
        and s.claim.role is Role.AMOUNT
        and s.claim.amount is not None
        and s.claim.unit != "元"
        and s.claim.template is None
        and _DETAIL.search(phrase_key(s.claim.measure) or s.claim.measure)
        and plain.find("。", 0, s.number.start) >= 0
        and _REASON.search(plain, plain.rfind("。", 0, s.number.start) + 1, s.number.start) is None
    ]
    if any(_is_unlisted(s, parts, plain) for s in statements) or _is_one_of_unlisted(statements, parts, plain):
        return
    if is_planned(head) or any(CALLED_TOTAL.search(p.measure) or value_of(p) == value_of(head) for p in parts):
        return  # the budget beside what was spent, or the whole told again
    if len(parts) > 1 and all(p.year == head.year and value_of(p) <= value_of(head) for p in parts):
        yield listing("details", head, parts, exhaustive=True)

"""What claims have to do with each other: changes with the amounts they change, rates with their change, shares with their whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import common_decimals
from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.change_links import CHANGE_OF, link_change, what_was_done
from mingsuan.reading.claims.completion_links import ends_in_line_budget, link_completion
from mingsuan.reading.claims.phrases import NEAR, bare_phrase
from mingsuan.reading.claims.words import completed_budget, is_planned, subject, whole_name, words_before

GROWTH_OF = "change / last"
GROWTH_OF_TWO = "(amount - last) / last"
SHARE_OF = "part / whole"
REST_OF = "whole - part"
ROLE_OF_RELATION = {CHANGE_OF: Role.CHANGE, GROWTH_OF: Role.GROWTH, SHARE_OF: Role.SHARE}
_FORMULA = regex(r"(?P<left>[\w.]+)\s*(?P<operator>[-/])\s*(?P<right>[\w.]+)")


def relation_of(formula: str | None, numbers: Mapping[str, int], first: int) -> tuple[str | None, tuple[tuple[str, int], ...]]:
    """A slot's formula as one of the four relations, with links to the claims of the same sentence."""
    match = _FORMULA.match(formula) if formula else None
    if match is None:
        return None, ()
    left, right = match["left"], match["right"]
    if match["operator"] == "-":
        is_change = right in {f"last.{left}", f"last_{left}"}
        named = {"amount": left, "last": right} if is_change else {"whole": left, "part": right}
        relation = CHANGE_OF if is_change else REST_OF
    elif right.startswith("last"):
        named = {"change": left, "last": right, "amount": right.removeprefix("last.").removeprefix("last_")}
        relation = GROWTH_OF
    else:
        named = {"part": left, "whole": right}
        relation = SHARE_OF
    links = tuple((name, first + numbers[slot]) for name, slot in named.items() if slot in numbers)
    return relation, links


def with_decimals(claims: Sequence[Claim]) -> list[Claim]:
    """Amounts read at the decimals that the narrative prints for their unit, or the part of it that prints none at all."""
    printed: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.amount is not None and claim.role not in {Role.FACTOR, Role.THRESHOLD}:
            printed.setdefault((claim.unit, ""), []).append(claim)
            printed.setdefault((claim.unit, claim.section.split("/")[0]), []).append(claim)
    common = {key: common_decimals(c.amount for c in found if c.amount is not None) for key, found in printed.items()}
    rounded = {key for key, found in printed.items() if _prints_no_decimals(found)}
    return [_at(claim, common, rounded) for claim in claims]


def _at(claim: Claim, common: Mapping[tuple[str, str], int], rounded: Set[tuple[str, str]]) -> Claim:
    if (
        claim.role in {Role.FACTOR, Role.THRESHOLD}
        or (claim.unit, "") not in common
        or (claim.unit, claim.section.split("/")[0]) in rounded
    ):
        return claim
    return replace(claim, decimals=max(claim.decimals, common[claim.unit, ""]))


_ENOUGH_AMOUNTS = 4
"""Different amounts from which a part of a narrative shows the digits that it is written with."""


def _prints_no_decimals(claims: Sequence[Claim]) -> bool:
    """Whether a part rounds to whole units: several amounts, none but a nought with a decimal, and most of them no round numbers."""
    values = {c.value for c in claims if c.value}
    odd = [v for v in values if v % 5]
    return len(values) >= _ENOUGH_AMOUNTS and not any(c.decimals for c in claims if c.value) and 2 * len(odd) >= len(values)


def with_links(claims: Sequence[Claim], paragraph_of: Sequence[int], depth_of: Sequence[int] = ()) -> list[Claim]:
    """The claims with the relations that their wording shows, where no template gave one.

    Args:
        claims: those of the whole narrative, in order.
        paragraph_of: for each claim what tells its paragraph from others.
        depth_of: for each claim how many brackets are open around it.
    """
    found = list(claims)
    for index, claim in enumerate(found):
        if claim.relation is not None:
            continue
        if completed_budget(claim) is not None or ends_in_line_budget(found, index):
            found[index] = link_completion(found, index, paragraph_of)
        elif claim.role is Role.CHANGE:
            found[index] = link_change(found, index, paragraph_of)
        elif claim.role is Role.GROWTH:
            found[index] = _link_growth(found, index)
        elif claim.role is Role.SHARE:
            found[index] = _link_share(found, index, paragraph_of, depth_of)
    return found


def _link_growth(claims: Sequence[Claim], index: int) -> Claim:
    """A rate belongs to the change before it, else to this and last year's amounts right before it."""
    claim = claims[index]
    before = claims[max(0, index - 2) : index]
    if not before or before[-1].sentence != claim.sentence or (_REASON.search(claim.quote) and not _REASON.search(before[-1].quote)):
        return claim
    change = _change_of(claims, index)
    if change is not None and change != index - 1:
        return _grown(claim, claims, change) if change >= 0 else claim
    if before[-1].role is Role.CHANGE:
        return _grown(claim, claims, index - 1)
    if len(before) == 2 and _are_two_years(before[0], before[1], claim) and _COMPARED_RATE.search(claim.quote):
        return replace(claim, relation=GROWTH_OF_TWO, links=(("amount", index - 1), ("last", index - 2)))
    return claim


def _grown(claim: Claim, claims: Sequence[Claim], change: int) -> Claim:
    inherited = tuple((name, i) for name, i in claims[change].links if name in {"amount", "last"})
    return replace(claim, relation=GROWTH_OF, links=(("change", change), *inherited))


def _change_of(claims: Sequence[Claim], index: int) -> int | None:
    """The change of a rate that is one of several in a row: as many changes stand before them; -1 if they do not; None if it is alone."""
    first = last = index
    while first and claims[first - 1].role is Role.GROWTH:
        first -= 1
    while last + 1 < len(claims) and claims[last + 1].role is Role.GROWTH and claims[last + 1].sentence == claims[index].sentence:
        last += 1
    size = last - first + 1
    if size == 1 or claims[first].sentence != claims[index].sentence:
        return None
    changes = range(first - size, first)
    told = first >= size and all(claims[i].role is Role.CHANGE and claims[i].sentence == claims[index].sentence for i in changes)
    return index - size if told else None if index == first else -1


_REASON = regex(r"原因|由于|因为")
"""A rate told as the reason of a change is a rate of something else."""
_COMPARED_RATE = regex(r"(?:比|较|与|同)[^，,。；;]*?(?:年|上年|去年)[^，,。；;]*$|(?:相比|同比)[^。；;]*$")


def _are_two_years(last: Claim, amount: Claim, growth: Claim) -> bool:
    """Whether two amounts of one sentence are last year's and this year's."""
    plain = all(c.role is Role.AMOUNT and c.amount is not None and c.sentence == growth.sentence for c in (last, amount))
    return plain and last.year is not None and amount.year == growth.year and amount.year == last.year + 1


_OWN_PART = regex(r"(?!其中|约|共|合计|各|分别|均|也|仅)[\u4e00-\u9fff]{3,}占")
"""A share of something that its own clause names (货物采购授予中小企业的金额占…) is not one of the amount before it."""


def _link_share(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int], depth_of: Sequence[int]) -> Claim:
    """A share belongs to the amount before it; its whole is what it names (占支出合计的…), else the first amount of the paragraph."""
    claim = claims[index]
    near = range(max(0, index - NEAR), index)
    same = [i for i in near if paragraph_of[i] == paragraph_of[index] and claims[i].role is Role.AMOUNT and claims[i].amount]
    if not same or _OWN_PART.search(words_before(claim)):
        return claim
    outside = [i for i in same if not depth_of or depth_of[i] <= depth_of[index]]
    part = outside[-1] if depth_of and outside else _before_bracket(claims, same)
    name = whole_name(claim)
    whole: int | None = same[0]
    if name:
        whole = next((i for i in reversed(near) if _is_named(claims[i], name, claim.section)), None)
        whole = _total_named(claims, name, index) if whole is None else whole
        whole = whole if whole is None or is_planned(claims[part]) else what_was_done(claims, whole, index)
    if (
        whole is None
        or part == whole
        or claims[whole].year != claims[part].year
        or (not name and value_of(claims[whole]) < value_of(claims[part]))
    ):
        return replace(claim, relation=SHARE_OF, links=(("part", part),))
    return replace(claim, relation=SHARE_OF, links=(("part", part), ("whole", whole)))


_TOTAL_NAME = regex(r"(?:合计|总计)$|^总(?:收入|支出)$")
_OF_ALL = {"总收入": regex(r"收入(?:合计|总计|总预算|预算)$|总收入$"), "总支出": regex(r"支出(?:合计|总计|总预算|预算)$|总支出$")}


def _total_named(claims: Sequence[Claim], name: str, index: int) -> int | None:
    """The total of a name (占本年支出合计的…) that another part of the text states, where it states one amount only."""
    if _TOTAL_NAME.search(name) is None:
        return None
    own, section = bare_phrase(name), claims[index].section if name in _OF_ALL else ""
    found = [
        i
        for i, c in enumerate(claims[:index])
        if c.role is Role.AMOUNT
        and c.amount is not None
        and c.year == claims[index].year
        and (c.section == section and _OF_ALL[name].search(c.measure) if section else bare_phrase(c.measure) == own)
    ]
    return found[-1] if len({value_of(claims[i]) for i in found}) == 1 else None


def _is_named(claim: Claim, name: str, section: str) -> bool:
    fits = claim.section == section and claim.role is Role.AMOUNT and claim.amount is not None
    return fits and subject(claim.measure) == subject(name)


def _before_bracket(claims: Sequence[Claim], same: Sequence[int]) -> int:
    """The amount nearest before a share, past one that an aside in brackets states."""
    nearest = same[-1]
    inside = re.search(r"[（(]含?", claims[nearest].quote) and not re.search(r"[）)]", claims[nearest].quote.split("（")[-1])
    return same[-2] if inside and len(same) > 2 else nearest


def value_of(claim: Claim) -> Decimal:
    """A claim as an exact number: yuan for money, a fraction for a percentage, else as printed."""
    if claim.amount is not None:
        return claim.amount.yuan
    scale = {"%": Decimal("0.01"), "百分点": Decimal("0.01"), "‰": Decimal("0.001")}.get(claim.unit, Decimal(1))
    return claim.value * scale


def half_of(claim: Claim) -> Decimal:
    """Half of the last digit that a claim stands for, in the unit of `value_of`; counts are exact."""
    if claim.amount is not None:
        return claim.amount.half
    scale = {"%": Decimal("0.01"), "百分点": Decimal("0.01"), "‰": Decimal("0.001")}.get(claim.unit)
    return Decimal(0) if scale is None else Decimal(1).scaleb(-claim.decimals) * scale / 2

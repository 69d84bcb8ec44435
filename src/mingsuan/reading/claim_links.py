"""What claims have to do with each other: changes with the amounts they change, rates with their change, shares with their whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import common_decimals
from mingsuan.model.claims import Claim, Role
from mingsuan.reading.phrases import DIRECTION, NEAR

CHANGE_OF = "amount - last"
GROWTH_OF = "change / last"
GROWTH_OF_TWO = "(amount - last) / last"
SHARE_OF = "part / whole"
REST_OF = "whole - part"
ROLE_OF_RELATION = {CHANGE_OF: Role.CHANGE, GROWTH_OF: Role.GROWTH, SHARE_OF: Role.SHARE}
_FORMULA = re.compile(r"(?P<left>[\w.]+)\s*(?P<operator>[-/])\s*(?P<right>[\w.]+)")


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
    """Whether a part rounds to whole units: several amounts, none with a decimal, and most of them no round numbers."""
    values = {c.value for c in claims if c.value}
    odd = [v for v in values if v % 5]
    return len(values) >= _ENOUGH_AMOUNTS and not any(c.decimals for c in claims) and 2 * len(odd) >= len(values)


def with_links(claims: Sequence[Claim], paragraph_of: Sequence[int]) -> list[Claim]:
    """The claims with the relations that their wording shows, where no template gave one."""
    found = list(claims)
    for index, claim in enumerate(found):
        if claim.relation is not None:
            continue
        if claim.role is Role.CHANGE:
            found[index] = _link_change(found, index, paragraph_of)
        elif claim.role is Role.GROWTH:
            found[index] = _link_growth(found, index)
        elif claim.role is Role.SHARE:
            found[index] = _link_share(found, index, paragraph_of)
    return found


_SUBJECT_WORDS = re.compile(r"年初|预算数|预算|安排|总计|合计|总额|数$")


def subject(measure: str) -> str:
    """What a measure is about, so that 收入预算减少额 is found to speak of 收入总计; "" for nothing of its own."""
    words = re.sub(rf"(?:{DIRECTION})(?:额|率)?$|额$", "", measure)
    words = re.sub(r"^(?:上年|去年|故)+", "", words)
    words = _SUBJECT_WORDS.sub("", words)
    return words[:-2] if words.endswith("支出") and len(words) > 4 else words


def _link_change(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> Claim:
    claim = claims[index]
    own = subject(claim.measure)
    section = claim.section
    plain = [
        i
        for i in range(index - 1, max(-1, index - NEAR), -1)
        if claims[i].section == section
        and claims[i].scope[: len(claim.scope)] == claim.scope[: len(claims[i].scope)]
        and claims[i].role in {Role.AMOUNT, Role.COUNT}
        and _same_family(claims[i].unit, claim.unit)
    ]
    current = [i for i in plain if claims[i].year == claim.year]
    target = next((i for i in current if own and subject(claims[i].measure) == own), None)
    if target is None and not own:
        target = next((i for i in current if paragraph_of[i] == paragraph_of[index]), None)
    if target is None:
        return claim
    last = next((i for i in plain if i > target and claims[i].sentence == claim.sentence and _is_base(claims[i], claims[target])), None)
    links = (("amount", target), *((("last", last),) if last is not None else ()))
    return replace(claim, relation=CHANGE_OF, links=links)


def _is_base(last: Claim, amount: Claim) -> bool:
    """Whether an amount is last year's of the same thing: it says no more than 上年预算, or names the thing itself."""
    own = subject(last.measure)
    return last.year is not None and amount.year is not None and last.year == amount.year - 1 and own in {"", subject(amount.measure)}


def _same_family(left: str, right: str) -> bool:
    return left == right or (left.endswith("元") and right.endswith("元"))


def _link_growth(claims: Sequence[Claim], index: int) -> Claim:
    """A rate belongs to the change before it, else to this and last year's amounts right before it."""
    claim = claims[index]
    before = claims[max(0, index - 2) : index]
    if not before or before[-1].sentence != claim.sentence or (_REASON.search(claim.quote) and not _REASON.search(before[-1].quote)):
        return claim
    if before[-1].role is Role.CHANGE:
        inherited = tuple((name, i) for name, i in before[-1].links if name in {"amount", "last"})
        return replace(claim, relation=GROWTH_OF, links=(("change", index - 1), *inherited))
    if len(before) == 2 and _are_two_years(before[0], before[1], claim) and _COMPARED_RATE.search(claim.quote):
        return replace(claim, relation=GROWTH_OF_TWO, links=(("amount", index - 1), ("last", index - 2)))
    return claim


_REASON = re.compile(r"原因|由于|因为")
"""A rate told as the reason of a change is a rate of something else."""
_COMPARED_RATE = re.compile(r"(?:比|较|与|同)[^，,。；;]*?(?:年|上年|去年)[^，,。；;]*$|(?:相比|同比)[^。；;]*$")


def _are_two_years(last: Claim, amount: Claim, growth: Claim) -> bool:
    """Whether two amounts of one sentence are last year's and this year's."""
    plain = all(c.role is Role.AMOUNT and c.amount is not None and c.sentence == growth.sentence for c in (last, amount))
    return plain and last.year is not None and amount.year == growth.year and amount.year == last.year + 1


_NAMED_WHOLE = re.compile(r"占(?P<name>[^，,。；;、：:\d]*?)的?(?:比重|比例|百分比)?(?:为|是|达|约)?[：:]?\s*[\d.]+\s*[%％]$")
_NO_NAME = frozenset({"", "比", "总", "其"})


def _link_share(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> Claim:
    """A share belongs to the amount before it; its whole is what it names (占支出合计的…), else the first amount of the paragraph."""
    claim = claims[index]
    near = range(max(0, index - NEAR), index)
    same = [i for i in near if paragraph_of[i] == paragraph_of[index] and claims[i].role is Role.AMOUNT and claims[i].amount]
    if not same:
        return claim
    part = _before_bracket(claims, same, index)
    named = _NAMED_WHOLE.search(claim.quote)
    name = re.sub(r"[\s“”\"]", "", named["name"]) if named else ""
    whole: int | None = same[0]
    if name not in _NO_NAME:
        whole = next((i for i in reversed(near) if _is_named(claims[i], name, claim.section)), None)
    if whole is None or part == whole or claims[whole].year != claims[part].year or value_of(claims[whole]) < value_of(claims[part]):
        return claim
    return replace(claim, relation=SHARE_OF, links=(("part", part), ("whole", whole)))


def _is_named(claim: Claim, name: str, section: str) -> bool:
    fits = claim.section == section and claim.role is Role.AMOUNT and claim.amount is not None
    return fits and subject(claim.measure) == subject(name)


def _before_bracket(claims: Sequence[Claim], same: Sequence[int], index: int) -> int:
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

"""Lists that a sentence opens with 其中 or 包括: where they begin and end, what they are of, and which amounts are their parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.exhaustive import is_exhaustive
from mingsuan.reading.claims.listed import CALLED_TOTAL, Listing, listing
from mingsuan.reading.claims.relations import NEAR
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import is_base_of_comparison
from mingsuan.reading.narrative.numbers import without_markup

LONGEST_LIST = 2000
"""Characters of the longest list in a sentence."""
LIST_OPENS = regex(r"其中[，,：:]?|包括[：:]?|具体(?:为|是)[：:]|(?P<sorted>按(?:支出)?(?:功能|经济)(?:科目)?分类(?:科目)?[：:])")
_INNER = regex(rf"{LIST_OPENS.pattern}|主要(?:为|是|用于)")
"""What opens a list within a list: also what the last part is mainly for."""
_WITHIN_ENDS = regex(r"[。；;]")
_ONE_WIDTH = str.maketrans("()", "（）")
_FILLED = regex(r"实有|现有|实际|在岗|在职|离休|退休")
"""People who are there, told after the posts (编制…人，其中：…，实有人数…人): they are not parts of them."""
_COMPARES = regex(r"(?:比|较|与)(?:上年|去年|(?:19|20)\d\d)")


def within(statements: Sequence[Statement]) -> Iterator[Listing]:
    """其中 lists: the amounts or counts after 其中, of the unit before it, up to the end of their sentence."""
    plain = without_markup(statements[0].paragraph.text).translate(_ONE_WIDTH)
    ends = [s.number.end for s in statements]
    for match in LIST_OPENS.finditer(plain):
        behind = bisect_right(ends, match.start())
        whole = _announced_whole(plain, statements[:behind], match)
        if whole is None:
            continue
        between = plain[whole.number.end : match.start()]
        if re.search(r"\S", re.sub(r"[，,。；;：:（(）)]|主要|具体", "", _BESIDES.sub("", between))) and not _begins(plain, match):
            continue
        parts = _listed(plain, statements[behind : behind + NEAR], match.end(), whole.claim)
        counted = _COUNTED.search(between)
        every = bool(match["sorted"]) or (counted is not None and int(counted["count"]) == len(parts))
        if len(parts) > 1:
            yield listing("within", whole.claim, parts, exhaustive=every or is_exhaustive(parts))


def _announced_whole(plain: str, before: Sequence[Statement], announced: re.Match[str]) -> Statement | None:
    """What a list is of: the number right before it, or the amount before its count of items; for a list by classes, a lone amount."""
    if _begins(plain, announced):
        return _lone_amount(plain, before, announced.start())
    near = [s for s in before[-3:] if _sums(s.claim)]
    if len(near) > 1 and near[-1].claim.role is Role.COUNT and _COUNTED.search(plain, near[-2].number.end, announced.start()):
        near.pop()
    if len(near) > 1 and near[-2].claim.role is Role.COUNT and _WORTH.fullmatch(plain, near[-2].number.end, near[-1].number.end):
        near.pop()
    if announced["sorted"] and near:
        begin = plain.rfind("。", 0, near[-1].number.start) + 1
        alone = sum(s.number.start >= begin and _sums(s.claim) for s in before) == 1
        return near[-1] if alone and "。" not in plain[near[-1].number.end : announced.start()] else None
    return near[-1] if near else None


def _begins(plain: str, announced: re.Match[str]) -> bool:
    """Whether 其中 begins a sentence (…，主要是人员增加。其中：…): it goes on about what the last one is about."""
    return announced.group().startswith("其中") and plain[: announced.start()].rstrip().endswith("。")


def _lone_amount(plain: str, before: Sequence[Statement], position: int) -> Statement | None:
    """The one amount of the sentence before a position, whatever it says of its change; None where it states several.

    A sentence that only compares it (与年初预算10万元相比，完成…) goes on about the one before.
    """
    end = plain.rfind("。", 0, position)
    while end > 0:
        begin = plain.rfind("。", 0, end) + 1
        stated = [s for s in before if begin <= s.number.start < end and s.claim.role in {Role.AMOUNT, Role.COUNT}]
        if not stated or not all(is_base_of_comparison(s.claim) for s in stated):
            return stated[0] if len(stated) == 1 and _sums(stated[0].claim) else None
        end = begin - 1
    return None


_COUNTED = regex(r"共(?:计|有|安排)?(?P<count>\d+)[个项]")
_WORTH = regex(r"[，,、（(]?(?:账面)?(?:价值|原值|净值|金额)(?:合计|共计|为|约)?[\d,.]+(?:亿|万)?元?[）)]?")
"""What a count of things is said to be worth (车辆8辆，价值64.73万元，其中：…)."""
_BESIDES = regex(rf"占[^，,。；;\d]{{0,20}}[\d.]+[%％]|{_WORTH.pattern}|{_COUNTED.pattern.replace('?P<count>', '')}(?:项目)?")
"""What may be said of a whole before its list: its share of something else, what it is worth, how many items there are."""


def _listed(plain: str, statements: Sequence[Statement], start: int, whole: Claim) -> tuple[Claim, ...]:
    """The parts of one list, up to ； if several stand before it, else up to the end of the sentence (基本…，占…；项目…)."""
    furthest = min(len(plain), start + LONGEST_LIST)
    stop = plain.find("。", start, furthest)
    limit = stop if stop >= 0 else furthest
    if plain.rfind("（", 0, start) > plain.rfind("）", 0, start):
        closing = plain.find("）", start, limit)
        limit = closing if closing >= 0 else limit
    pause = re.compile(r"[；;]").search(plain, start, limit)
    if pause is not None:
        near = tuple(_parts(plain, statements, start, pause.start(), whole))
        if len(near) > 1:
            return near
    return tuple(_parts(plain, statements, start, limit, whole))


def _parts(plain: str, statements: Sequence[Statement], start: int, limit: int, whole: Claim) -> Iterator[Claim]:
    """What is listed on one level: outside brackets and inner 其中, until something is compared with another year."""
    inner_until = start
    for statement in statements:
        position = statement.number.start
        if position >= limit:
            return
        if position < max(start, inner_until):
            continue
        if plain.count("（", start, position) > plain.count("）", start, position):
            continue
        inner = _INNER.search(plain, inner_until, position)
        if inner is not None:
            inner_until = _inner_end(plain, start, inner, limit)
            if position < inner_until:
                continue
        if statement.claim.role in {Role.CHANGE, Role.GROWTH} or _COMPARES.search(plain, max(start, position - 20), position):
            return
        if CALLED_TOTAL.match(statement.claim.measure) or ("编制" in whole.measure and _FILLED.search(statement.claim.measure)):
            return
        if _sums(statement.claim) and _same_kind(statement.claim, whole):
            yield statement.claim


def _inner_end(plain: str, start: int, inner: re.Match[str], limit: int) -> int:
    """Where a list within a list ends: with its bracket, else at the next ； or 。."""
    if plain.count("（", start, inner.start()) > plain.count("）", start, inner.start()):
        closing = plain.find("）", inner.end(), limit)
        return closing if closing >= 0 else limit
    stop = _WITHIN_ENDS.search(plain, inner.end(), limit)
    return stop.start() if stop else limit


_AVERAGE = regex(r"[车人户次批]均|平均|每[辆人户次批]")


def _sums(claim: Claim) -> bool:
    if _AVERAGE.search(claim.measure):
        return False
    return claim.role in {Role.AMOUNT, Role.COUNT} and (claim.amount is not None or claim.role is Role.COUNT)


def _same_kind(part: Claim, whole: Claim) -> bool:
    return (part.amount is not None) == (whole.amount is not None) and (part.amount is not None or part.unit == whole.unit)

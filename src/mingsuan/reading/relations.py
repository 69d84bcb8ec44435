"""Relations that the narrative's own numbers must satisfy: growth and its base, shares, lists that sum, and what is stated twice.

Every relation is a frozen value with what is printed and what is expected; it holds when the interval that the printed digits leave open
meets the interval that the other printed numbers imply, so a rounding difference is never a violation. Nothing here compares with tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims import CHANGE_OF, GROWTH_OF, GROWTH_OF_TWO, REST_OF, SHARE_OF, Statement, half_of, phrase_key, value_of
from mingsuan.reading.numbers import without_markup
from mingsuan.reading.ordinals import Form, ordinal
from mingsuan.reading.running import RunningText

_NEAR = 60
"""Claims around one that are looked at for what belongs to it; no list of a real narrative is longer."""
_MAX_LIST = 2000
"""Characters of the longest list in a sentence."""
FALLS = frozenset({"减少", "下降", "降低", "压减", "压缩", "缩减", "节约", "调减", "净减", "降幅"})
"""Directions downwards; all others are upwards."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a number may stand for; a closed interval."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both: strictly within, or both are exact and equal."""
        if self.low == self.high or other.low == other.high:
            return self.low <= other.high and other.low <= self.high
        return self.low < other.high and other.low < self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def interval(claim: Claim) -> Interval:
    """What a claim may stand for: half its last digit to either side, in 元, or as a fraction for a percentage."""
    value, half = value_of(claim), half_of(claim)
    return Interval(value - half, value + half)


@dataclass(frozen=True, slots=True)
class GrowthRelation:
    """A growth rate and the change and base that it follows from.

    Attributes:
        growth: the printed rate.
        change: the printed increase or decrease, None where the rate compares two printed amounts.
        amount: this year's amount, None where the base is printed.
        last: last year's amount where it is printed.
        base: last year's amount in 元 (or pieces), printed or derived.
        expected: change over base as a fraction, None for a zero base.
        bounds: the fractions that the printed amounts allow.
        zero_base: a rate is printed although nothing was there to grow from.
        same_direction: the words of the change and of the rate go the same way, or the rate's word that of the two amounts.
        holds: the printed rate may follow.
        rounds: the rate is what the printed amounts give when rounded; False with `holds` is an inaccuracy, not an error.
        wrong_base: the rate is the change over this year's amount, the commonest mistake.
    """

    growth: Claim
    change: Claim | None
    amount: Claim | None
    last: Claim | None
    base: Decimal
    expected: Decimal | None
    bounds: Interval | None
    zero_base: bool
    same_direction: bool
    holds: bool
    rounds: bool
    wrong_base: bool


def growth_relations(claims: Sequence[Claim]) -> tuple[GrowthRelation, ...]:
    """Every growth rate with what it must be by the change and the base beside it."""
    found = (
        _growth(claim, claims) if claim.relation == GROWTH_OF else _growth_of_two(claim, claims)
        for claim in claims
        if claim.relation in {GROWTH_OF, GROWTH_OF_TWO}
    )
    return tuple(relation for relation in found if relation is not None)


def _growth_of_two(growth: Claim, claims: Sequence[Claim]) -> GrowthRelation | None:
    """A rate between two printed amounts (2023年45.41万元，2024年42.60万元，比2023年减少6.19%)."""
    amount, last = _linked(growth, "amount", claims), _linked(growth, "last", claims)
    if amount is None or last is None:
        return None
    now, then = interval(amount), interval(last)
    difference = value_of(amount) - value_of(last)
    same = difference == 0 or (growth.direction in FALLS) == (difference < 0)
    if then.low <= 0:
        no_base = value_of(last) == 0
        holds = not no_base or (difference == 0 and growth.value == 0)
        return GrowthRelation(growth, None, amount, last, value_of(last), None, None, no_base and not holds, same, holds, holds, False)
    low, high = now.low / then.high - 1, now.high / then.low - 1
    bounds = Interval(low, high) if low >= 0 else Interval(-high, -low) if high <= 0 else Interval(Decimal(0), max(-low, high))
    expected = abs(difference) / value_of(last)
    rounds = abs(expected - abs(value_of(growth))) <= half_of(growth)
    holds = bounds.meets(_magnitude(growth))
    by_amount = value_of(amount) != 0 and abs(abs(difference) / value_of(amount) - abs(value_of(growth))) <= half_of(growth)
    wrong_base = by_amount and not holds
    return GrowthRelation(growth, None, amount, last, value_of(last), expected, bounds, False, same, holds, rounds, wrong_base)


def _growth(growth: Claim, claims: Sequence[Claim]) -> GrowthRelation | None:
    change, amount, last = (_linked(growth, name, claims) for name in ("change", "amount", "last"))
    if change is None or (amount is None and last is None):
        return None
    size = abs(value_of(change))
    falls = _falls(change)
    base = _base(change, amount, last)
    same = growth.direction is None or change.direction is None or (growth.direction in FALLS) == (change.direction in FALLS)
    printed = _magnitude(growth)
    if base is None:
        return None
    if base.low <= 0:
        exact = value_of(last) if last is not None else value_of(amount) + (size if falls else -size) if amount is not None else Decimal(0)
        no_base = exact == 0
        holds = not no_base or (size == 0 and value_of(growth) == 0)
        return GrowthRelation(growth, change, amount, last, exact, None, None, no_base and not holds, same, holds, holds, False)
    moved = interval(change)
    bounds = Interval(max(moved.low, Decimal(0)) / base.high, moved.high / base.low)
    if last is None and amount is not None:
        bounds = _growth_bounds(interval(amount), moved, falls=falls)
    middle = value_of(last) if last is not None else _middle(base)
    expected = size / middle
    step = 2 * half_of(growth)
    rounds = abs(expected - abs(value_of(growth))) <= step / 2
    by_amount = amount is not None and value_of(amount) != 0 and Interval(*_around(size / value_of(amount), step)).meets(printed)
    holds = bounds.meets(printed)
    return GrowthRelation(growth, change, amount, last, middle, expected, bounds, False, same, holds, rounds, not holds and by_amount)


def _growth_bounds(amount: Interval, change: Interval, *, falls: bool) -> Interval:
    """Bounds of change / (amount ∓ change); the rate rises with the change and falls with the amount."""
    low_change, high_change = max(change.low, Decimal(0)), change.high
    if falls:
        return Interval(low_change / (amount.high + low_change), high_change / (amount.low + high_change))
    return Interval(low_change / (amount.high - low_change), high_change / (amount.low - high_change))


def _base(change: Claim, amount: Claim | None, last: Claim | None) -> Interval | None:
    if last is not None:
        return interval(last)
    if amount is None:
        return None
    now, moved = interval(amount), interval(change)
    if _falls(change):
        return Interval(now.low + moved.low, now.high + moved.high)
    return Interval(now.low - moved.high, now.high - moved.low)


def _middle(bounds: Interval) -> Decimal:
    return (bounds.low + bounds.high) / 2


def _around(value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    return value - step / 2, value + step / 2


def _magnitude(growth: Claim) -> Interval:
    """What a printed rate may stand for, without its sign."""
    size, half = abs(value_of(growth)), half_of(growth)
    return Interval(size - half, size + half)


def _falls(change: Claim) -> bool:
    return (change.direction in FALLS) != (change.value < 0)


def _linked(claim: Claim, name: str, claims: Sequence[Claim]) -> Claim | None:
    index = claim.link(name)
    return None if index is None else claims[index]


@dataclass(frozen=True, slots=True)
class ChangeRelation:
    """A change and the two amounts that it lies between.

    Attributes:
        expected: this year's less last year's amount, with its sign, in 元 (or pieces).
        right_direction: the word goes the way of the sign.
        holds: the printed change may be the difference, and the word is right.
    """

    change: Claim
    amount: Claim
    last: Claim
    expected: Decimal
    right_direction: bool
    holds: bool


def change_relations(claims: Sequence[Claim]) -> tuple[ChangeRelation, ...]:
    """Every change whose two amounts are printed, last year's beside it, a sentence on, or in another part of its project."""
    found = []
    for claim in claims:
        amount, last = _linked(claim, "amount", claims), _linked(claim, "last", claims)
        if claim.relation == CHANGE_OF and amount is not None:
            last = last or _last_of_project(claim, amount, claims)
            if last is not None:
                found.append(_change(claim, amount, last))
    return tuple(found)


def _last_of_project(change: Claim, amount: Claim, claims: Sequence[Claim]) -> Claim | None:
    """Last year's budget of a numbered project that another paragraph of it states, where only one amount is stated."""
    scope = _project(change)
    numbered = bool(scope) and re.match(r"\d{1,2}[、.．]", scope[-1]) is not None
    if change.year is None or change.unit == "人" or not numbered or amount.scope != scope:
        return None
    stated = [c for c in claims if c.measure == "上年预算" and c.year == change.year - 1 and _project(c) == scope]
    return stated[0] if len({value_of(c) for c in stated}) == 1 else None


def _change(change: Claim, amount: Claim, last: Claim) -> ChangeRelation:
    expected = value_of(amount) - value_of(last)
    slack = half_of(amount) + half_of(last) + half_of(change)
    difference = abs(abs(expected) - abs(value_of(change)))
    fits = difference == 0 or difference < slack
    right = expected == 0 or abs(expected) < half_of(amount) + half_of(last) or (expected < 0) == _falls(change)
    return ChangeRelation(change, amount, last, expected, right, fits and right)


@dataclass(frozen=True, slots=True)
class ShareRelation:
    """A share and the part and whole that it follows from.

    Attributes:
        expected: part over whole, None for a zero whole.
        bounds: the fractions that the printed amounts allow.
        holds: the printed share may follow.
        rounds: it is what the printed amounts give when rounded; False with `holds` is an inaccuracy, not an error.
    """

    share: Claim
    part: Claim
    whole: Claim
    expected: Decimal | None
    bounds: Interval | None
    holds: bool
    rounds: bool


def share_relations(claims: Sequence[Claim]) -> tuple[ShareRelation, ...]:
    """Every share with what it must be by its part and whole.

    Where no template says what the whole is, any earlier amount of the same part may be: the first that fits is taken, else the first.
    """
    found = []
    for index, claim in enumerate(claims):
        part = _linked(claim, "part", claims)
        if claim.relation != SHARE_OF or part is None:
            continue
        first: ShareRelation | None = None
        for whole in _wholes(claims, index, part):
            relation = _share(claim, part, whole)
            first = relation if first is None or relation.holds else first
            if relation.holds:
                break
        if first is not None:
            found.append(first)
    return tuple(found)


def _wholes(claims: Sequence[Claim], index: int, part: Claim) -> Iterator[Claim]:
    claim = claims[index]
    linked = _linked(claim, "whole", claims)
    if linked is not None:
        yield linked
    if claim.template is None:
        for other in claims[max(0, index - _NEAR) : index]:
            fits = other.role is Role.AMOUNT and other.amount is not None and other.year == part.year and other.scope == claim.scope
            if fits and other is not part and other is not linked and value_of(other) >= value_of(part):
                yield other


def _share(share: Claim, part: Claim, whole: Claim) -> ShareRelation:
    total, own, printed = interval(whole), interval(part), interval(share)
    if total.low <= 0:
        empty = value_of(part) == 0 and value_of(share) == 0
        return ShareRelation(share, part, whole, None, None, empty or value_of(whole) > 0, empty or value_of(whole) > 0)
    bounds = Interval(max(own.low, Decimal(0)) / total.high, own.high / total.low)
    if value_of(part) == 0:
        bounds = Interval(Decimal(0), bounds.high)
    expected = value_of(part) / value_of(whole)
    rounds = abs(expected - value_of(share)) <= half_of(share)
    return ShareRelation(share, part, whole, expected, bounds, bounds.meets(printed), rounds)


@dataclass(frozen=True, slots=True)
class Listing:
    """A stated whole and the parts listed for it.

    Attributes:
        kind: "within" for 其中 lists, "items" for numbered items, "details" for amounts inside one item, "shares" for percentages,
            "rest" for what is left of an amount, "classes" for economic classes (“三公”经费).
        total: the stated whole, None where it is 100%.
        expected: the sum of the parts, in 元, pieces or as a fraction.
        complete: whether every listed part states an amount; without it nothing can be told.
        holds: the sum may be the whole; True for lists that are not complete.
        exhaustive: whether the list claims to be all there is; one that does not is violated only by a sum above the whole.
    """

    kind: str
    total: Claim | None
    parts: tuple[Claim, ...]
    expected: Decimal
    complete: bool
    holds: bool
    exhaustive: bool = False

    @property
    def printed(self) -> Decimal:
        """The whole as printed, in the unit of `expected`."""
        return Decimal(1) if self.total is None else value_of(self.total)


def _listing(kind: str, total: Claim | None, parts: Sequence[Claim], *, complete: bool = True, exhaustive: bool = False) -> Listing:
    expected = sum((value_of(p) for p in parts), Decimal(0))
    slack = sum((half_of(p) for p in parts), Decimal(0)) + (half_of(total) if total is not None else Decimal(0))
    difference = expected - (Decimal(1) if total is None else value_of(total))
    # The halves of rounded percentages may all be used up: 50.005% and 49.985% print 50.00% and 49.99%.
    fits = abs(difference) < slack or difference == 0 or (not exhaustive and difference < 0) or (total is None and abs(difference) == slack)
    return Listing(kind, total, tuple(parts), expected, complete, fits or not complete, exhaustive)


def listings(statements: Sequence[Statement], text: Sequence[RunningText] = ()) -> tuple[Listing, ...]:
    """Lists that should sum to a stated whole.

    Lists behind 其中 contain unless a template or their shares say that they are all (基本 + 项目); numbered items and their inner amounts
    are taken as exhaustive where each states an amount.

    Args:
        statements: those of the whole narrative, in order.
        text: all paragraphs of the narrative, those without numbers too; needed to know whether every item states an amount.
    """
    claims = [s.claim for s in statements]
    found: list[Listing] = []
    for _, group in groupby(enumerate(statements), key=lambda pair: id(pair[1].paragraph)):
        numbered = list(group)
        found += _within([s for _, s in numbered])
        found += _details([s for _, s in numbered])
    found += _shares(claims)
    found += _rests(claims)
    found += _classes(statements)
    found += _items(statements, text)
    return tuple(found)


_WITHIN = re.compile(r"其中[，,：:]?|包括[：:]?")
_WITHIN_ENDS = re.compile(r"[。；;]")
_TOTAL = re.compile(r"合计|总计|共计|小计")
_COMPARES = re.compile(r"(?:比|较|与)(?:上年|去年|(?:19|20)\d\d)")


def _within(statements: Sequence[Statement]) -> Iterator[Listing]:
    """其中 lists: the amounts or counts after 其中, of the unit before it, up to the end of their sentence."""
    plain = without_markup(statements[0].paragraph.text)
    ends = [s.number.end for s in statements]
    for match in _WITHIN.finditer(plain):
        behind = bisect_right(ends, match.start())
        whole = next((s for s in reversed(statements[max(0, behind - 3) : behind]) if _sums(s.claim)), None)
        if whole is None or re.search(r"\S", re.sub(r"[，,。：:（(）)]|主要|具体", "", plain[whole.number.end : match.start()])):
            continue
        parts = _listed(plain, statements[behind : behind + _NEAR], match.end(), whole.claim)
        if len(parts) > 1:
            yield _listing("within", whole.claim, parts, exhaustive=_is_exhaustive(parts))


def _listed(plain: str, statements: Sequence[Statement], start: int, whole: Claim) -> tuple[Claim, ...]:
    """The parts of one list, up to ； if several stand before it, else up to the end of the sentence (基本…，占…；项目…)."""
    furthest = min(len(plain), start + _MAX_LIST)
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
        inner = _WITHIN.search(plain, inner_until, position)
        if inner is not None:
            stop = _WITHIN_ENDS.search(plain, inner.end(), limit)
            inner_until = stop.start() if stop else limit
            if position < inner_until:
                continue
        if statement.claim.role in {Role.CHANGE, Role.GROWTH} or _COMPARES.search(plain, max(start, position - 20), position):
            return
        if _TOTAL.match(statement.claim.measure):
            return
        if _sums(statement.claim) and _same_kind(statement.claim, whole):
            yield statement.claim


def _sums(claim: Claim) -> bool:
    return claim.role in {Role.AMOUNT, Role.COUNT} and (claim.amount is not None or claim.role is Role.COUNT)


def _same_kind(part: Claim, whole: Claim) -> bool:
    return (part.amount is not None) == (whole.amount is not None) and (part.amount is not None or part.unit == whole.unit)


_PARTITIONS: tuple[frozenset[str], ...] = (
    frozenset({"基本", "项目"}),
    frozenset({"人员经费", "公用经费"}),
)


_WHOLE_SETS: tuple[tuple[str, ...], ...] = (("货物", "工程", "服务"), ("购置", "运行"))
"""Words that together name all there is: kinds of procurement, costs of vehicles."""


def _is_exhaustive(parts: Sequence[Claim]) -> bool:
    """Whether a list says that it is all: by its kinds, by the words of a known set, by kinds of posts, or by closing with 其他.

    Amounts of the ledger are not all there is because the last is called 其他收入: it may be one source of several.
    """
    kinds = frozenset(dict(p.region or ()).get("kind", "") for p in parts)
    names = [p.measure for p in parts]
    if kinds in _PARTITIONS or all(name.endswith("编制") for name in names):
        return True
    if any(len(words) == len(names) and all(any(w in n for n in names) for w in words) for words in _WHOLE_SETS):
        return True
    return names[-1].startswith("其他") and not all(p.region is not None for p in parts)


def _shares(claims: Sequence[Claim]) -> Iterator[Listing]:
    """The shares of one whole sum to 100% where the parts are a known partition."""
    shares = [(i, c) for i, c in enumerate(claims) if c.relation == SHARE_OF and c.link("whole") is not None]
    for _, group in groupby(shares, key=lambda pair: (pair[1].link("whole"), pair[1].sentence)):
        parts = [c for _, c in group]
        owners = [_linked(c, "part", claims) for c in parts]
        kinds = frozenset(dict(o.region or ()).get("kind", "") for o in owners if o is not None)
        if kinds in _PARTITIONS and len(parts) == len(kinds):
            yield _listing("shares", None, parts, exhaustive=True)


def _rests(claims: Sequence[Claim]) -> Iterator[Listing]:
    """安排 584，支出 584，结余 0: the part and the rest make the whole."""
    for claim in claims:
        whole, part = _linked(claim, "whole", claims), _linked(claim, "part", claims)
        if claim.relation == REST_OF and whole is not None and part is not None:
            yield _listing("rest", whole, [part, claim], exhaustive=True)


_ANNOUNCES = re.compile(r"(?:包括|如下|明细|内容|分别是|分别为)[：:]?\s*$")


def _items(statements: Sequence[Statement], text: Sequence[RunningText]) -> Iterator[Listing]:
    """Numbered paragraphs 1、…5、 that each begin with an amount, against the amount of the paragraph that announces them."""
    stated: dict[RunningText, list[Statement]] = {}
    for statement in statements:
        stated.setdefault(statement.paragraph, []).append(statement)
    for position, paragraph in enumerate(text):
        if _ANNOUNCES.search(paragraph.text) is None:
            continue
        total = _announced_total(stated.get(paragraph, ()))
        heads = [head_amount(stated.get(item, ())) for item in _announced(text[position + 1 : position + 1 + _NEAR])]
        parts = [h for h in heads if h is not None]
        if total is not None and len(parts) > 1:
            yield _listing("items", total, parts, complete=len(parts) == len(heads), exhaustive=True)


def _announced_total(paragraph: Sequence[Statement]) -> Claim | None:
    """The one amount that a paragraph states, however often; None if it states several, for then it is not told which is meant."""
    amounts = [s.claim for s in paragraph if s.claim.role is Role.AMOUNT and s.claim.amount is not None and s.claim.value]
    return amounts[0] if len({value_of(a) for a in amounts}) == 1 else None


def _announced(text: Sequence[RunningText]) -> Iterator[RunningText]:
    """The items 1、2、3、… of one level that follow, with nothing of a higher level between them."""
    level: tuple[str, ...] | None = None
    expected = 1
    for paragraph in text:
        found = ordinal(paragraph.text)
        above = paragraph.scope[:-1]
        if level is not None and above[: len(level)] != level:
            return
        if found is None or found.form is not Form.ARABIC or (level is not None and above != level):
            if level is None:
                return
            continue
        if found.number != expected:
            return
        level, expected = above, expected + 1
        yield paragraph


@dataclass(frozen=True, slots=True)
class CountedItems:
    """A stated count (召开会议三次) and the numbered items (1、…；2、…) listed for it in brackets or behind a colon.

    Attributes:
        items: how many are listed.
        holds: the count is that.
    """

    count: Claim
    items: int
    holds: bool


_INLINE_LIST = re.compile(r"\s*[。，；：:]?\s*(?:[（(：:]|分别(?:是|为)[：:]?|具体(?:是|为)?[：:]?)\s*1\s*[、.．]")
_INLINE_ITEM = re.compile(r"(?<=[（(；;。：:，])\s*(\d{1,2})\s*[、.．](?!\d)")


def counted_items(statements: Sequence[Statement]) -> tuple[CountedItems, ...]:
    """Counts that a numbered list in the same paragraph follows."""
    found: list[CountedItems] = []
    for _, group in groupby(statements, key=lambda s: id(s.paragraph)):
        counts = [s for s in group if s.claim.role is Role.COUNT]
        plain = without_markup(counts[0].paragraph.text) if counts else ""
        found += [_counted(plain, s) for s in counts if _INLINE_LIST.match(plain, s.number.end)]
    return tuple(found)


def _counted(plain: str, statement: Statement) -> CountedItems:
    end = statement.number.end
    numbers = [int(m[1]) for m in _INLINE_ITEM.finditer(plain, end, end + _MAX_LIST)]
    listed = next((n for n, number in enumerate(numbers) if number != n + 1), len(numbers))
    return CountedItems(statement.claim, listed, statement.claim.value == listed)


@dataclass(frozen=True, slots=True)
class StrayYear:
    """A need for a year that lies outside the years that the heading announces (2021-2023年资金需求 over 2020年资金需求50万元)."""

    claim: Claim
    first: int
    last: int


_YEARS = re.compile(r"((?:19|20)\d\d)年?[-—–~～至到]((?:19|20)\d\d)年")


def stray_years(claims: Sequence[Claim]) -> tuple[StrayYear, ...]:
    """Needs whose year is not one of those that a heading over them announces."""
    found = []
    for claim in claims:
        span = next((m for mark in reversed(claim.scope) if "资金需求" in mark and (m := _YEARS.search(mark))), None)
        if claim.measure == "资金需求" and claim.year is not None and span and not int(span[1]) <= claim.year <= int(span[2]):
            found.append(StrayYear(claim, int(span[1]), int(span[2])))
    return tuple(found)


def _classes(statements: Sequence[Statement]) -> Iterator[Listing]:
    """An amount of several economic classes (“三公”经费) against the amounts of those classes in the same section."""
    claims = [s.claim for s in statements if s.claim.role is Role.AMOUNT and s.claim.amount is not None and _department(s.claim)]
    seen: set[object] = set()
    for whole in claims:
        wanted = _department(whole)
        key = (whole.section, whole.year, _measure(whole), wanted)
        if len(wanted) < 2 or key in seen:
            continue
        seen.add(key)
        near = [
            c for c in claims if c.section == whole.section and c.year == whole.year and _measure(c) == _measure(whole) and c is not whole
        ]
        parts: list[Claim] = []
        covered: frozenset[str] = frozenset()
        for claim in sorted(near, key=lambda c: -len(_department(c))):
            own = _department(claim)
            if own and own < wanted and not own & covered:
                parts.append(claim)
                covered |= own
        if covered == wanted:
            yield _listing("classes", whole, sorted(parts, key=claims.index), exhaustive=True)


def _measure(claim: Claim) -> str:
    """The measure that a region names (年初预算 beside 决算), "" for the document's own."""
    return dict(claim.region or ()).get("measure", "")


def _department(claim: Claim) -> frozenset[str]:
    """The economic classes of a region that names several by +."""
    expression = dict(claim.region or ()).get("department", "")
    return frozenset() if " - " in expression else frozenset(filter(None, re.split(r"\s*\+\s*", expression)))


def head_amount(paragraph: Sequence[Statement]) -> Claim | None:
    """The amount that the first sentence of a numbered paragraph states (会议费8万元。), None if it states none."""
    if not paragraph:
        return None
    plain = without_markup(paragraph[0].paragraph.text)
    end = re.search(r"[。；;]", plain)
    limit = end.start() if end else len(plain)
    first = next((s for s in paragraph if s.claim.role is Role.AMOUNT and s.claim.amount is not None), None)
    return first.claim if first is not None and first.number.end <= limit and first.claim.unit != "元" else None


_REASON = re.compile(r"原因|由于|因为")
"""What is told after these explains a change; it is no part of the amount."""
_DETAIL = re.compile(r"预算$|费用?$|每年预算$|开支$|支出$|经费$")


def _details(statements: Sequence[Statement]) -> Iterator[Listing]:
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
    if len(parts) > 1 and all(p.year == head.year and value_of(p) <= value_of(head) for p in parts):
        yield _listing("details", head, parts, exhaustive=True)


@dataclass(frozen=True, slots=True)
class Restatement:
    """One thing stated more than once.

    Attributes:
        key: what it is, in words.
        claims: its statements in order; the first two that differ stand first where it does not hold.
        holds: all may be the same amount.
    """

    key: str
    claims: tuple[Claim, ...]
    holds: bool


def restatements(statements: Sequence[Statement]) -> tuple[Restatement, ...]:
    """What the narrative states twice: a region, a need and the head of its item, last year's budget of one project."""
    claims = [s.claim for s in statements]
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        for key in _keys(claim):
            groups.setdefault(key, []).append(claim)
    for head, need in _needs(statements):
        groups[("need", id(need))] = [head, need]
    return tuple(_restatement(found[0].measure, found) for found in groups.values() if len(found) > 1)


def _keys(claim: Claim) -> Iterator[tuple[object, ...]]:
    if claim.role is not Role.AMOUNT or claim.amount is None:
        return
    if claim.region:
        yield ("region", claim.region, claim.year)
        word = phrase_key(claim.measure)
        if word in {"人员经费", "公用经费", "人员经费支出", "公用经费支出"}:
            yield ("word", claim.year, word.removesuffix("支出"))
    if claim.measure == "上年预算":
        yield ("project", _project(claim), claim.year, claim.measure)


def _project(claim: Claim) -> tuple[str, ...]:
    """The scope of a claim down to the numbered project that it belongs to."""
    arabic = [i for i, mark in enumerate(claim.scope) if re.match(r"\d{1,2}[、.．]", mark)]
    return claim.scope[: arabic[0] + 1] if arabic else claim.scope


def _needs(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Claim]]:
    """A numbered item's head and the need for the year that its text states."""
    for _, group in groupby(statements, key=lambda s: id(s.paragraph)):
        found = list(group)
        head = head_amount(found) if ordinal(found[0].paragraph.text) is not None else None
        if head is None:
            continue
        need = next((s.claim for s in found if s.claim.measure == "资金需求" and s.claim is not head and s.claim.year == head.year), None)
        if need is not None and head.measure != "资金需求":
            yield head, need


def _restatement(key: str, claims: Sequence[Claim]) -> Restatement:
    first = claims[0]
    other = next((c for c in claims[1:] if not _same(first, c)), None)
    ordered = claims if other is None else [first, other, *(c for c in claims if c is not first and c is not other)]
    return Restatement(key, tuple(ordered), other is None)


def _same(left: Claim, right: Claim) -> bool:
    difference = abs(value_of(left) - value_of(right))
    return difference == 0 or difference < half_of(left) + half_of(right)


def by_region(claims: Sequence[Claim]) -> Mapping[tuple[tuple[str, str], ...], tuple[Claim, ...]]:
    """The amounts of a narrative by the region that they stand for."""
    found: dict[tuple[tuple[str, str], ...], tuple[Claim, ...]] = {}
    for claim in claims:
        if claim.region is not None:
            found[claim.region] = (*found.get(claim.region, ()), claim)
    return found

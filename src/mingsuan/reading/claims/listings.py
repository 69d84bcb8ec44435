"""Lists of the narrative that should sum to a stated whole, and items that should be as many as it says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.known_sets import wholes_and_parts
from mingsuan.reading.claims.links import REST_OF, SHARE_OF, half_of, value_of
from mingsuan.reading.claims.phrases import phrase_key
from mingsuan.reading.claims.relations import NEAR, linked
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import is_done, is_planned
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.reading.narrative.running import RunningText
from mingsuan.reading.ordinals import Form, ordinal
from mingsuan.values import dataclass

_MAX_LIST = 2000


"""Characters of the longest list in a sentence."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A stated whole and the parts listed for it.

    Attributes:
        kind: "within" for 其中 lists, "items" for numbered items, "details" for amounts inside one item, "shares" for percentages,
            "rest" for what is left of an amount, "classes" for economic classes (“三公”经费), "known" for parts that everyone knows.
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
    told = {(id(one.total), *map(id, one.parts)) for one in found}
    for known in wholes_and_parts(statements):
        if (id(known.whole), *map(id, known.parts)) not in told:
            found.append(Listing("known", known.whole, known.parts, sum(map(value_of, known.parts), Decimal(0)), True, known.holds, True))
    return tuple(found)


_WITHIN = regex(r"其中[，,：:]?|包括[：:]?|具体(?:为|是)[：:]|(?P<sorted>按(?:支出)?(?:功能|经济)(?:科目)?分类(?:科目)?[：:])")


_INNER = regex(rf"{_WITHIN.pattern}|主要(?:为|是|用于)")
"""What opens a list within a list: also what the last part is mainly for."""
_WITHIN_ENDS = regex(r"[。；;]")
_ONE_WIDTH = str.maketrans("()", "（）")


_TOTAL = regex(r"合计|总计|共计|小计|(?:\w{0,8}(?<!汇))总(?:收入|支出|预算)")


_FILLED = regex(r"实有|现有|实际|在岗|在职|离休|退休")
"""People who are there, told after the posts (编制…人，其中：…，实有人数…人): they are not parts of them."""


_COMPARES = regex(r"(?:比|较|与)(?:上年|去年|(?:19|20)\d\d)")


def _within(statements: Sequence[Statement]) -> Iterator[Listing]:
    """其中 lists: the amounts or counts after 其中, of the unit before it, up to the end of their sentence."""
    plain = without_markup(statements[0].paragraph.text).translate(_ONE_WIDTH)
    ends = [s.number.end for s in statements]
    for match in _WITHIN.finditer(plain):
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
            yield _listing("within", whole.claim, parts, exhaustive=every or _is_exhaustive(parts))


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
    """The one amount of the sentence before a position, whatever it says of its change; None where it states several."""
    begin = plain.rfind("。", 0, plain.rfind("。", 0, position)) + 1
    stated = [s for s in before if s.number.start >= begin and s.claim.role in {Role.AMOUNT, Role.COUNT}]
    return stated[0] if len(stated) == 1 and _sums(stated[0].claim) else None


_COUNTED = regex(r"共(?:计|有|安排)?(?P<count>\d+)[个项]")
_WORTH = regex(r"[，,、（(]?(?:账面)?(?:价值|原值|净值|金额)(?:合计|共计|为|约)?[\d,.]+(?:亿|万)?元?[）)]?")
"""What a count of things is said to be worth (车辆8辆，价值64.73万元，其中：…)."""
_BESIDES = regex(rf"占[^，,。；;\d]{{0,20}}[\d.]+[%％]|{_WORTH.pattern}|{_COUNTED.pattern.replace('?P<count>', '')}(?:项目)?")
"""What may be said of a whole before its list: its share of something else, what it is worth, how many items there are."""


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
        inner = _INNER.search(plain, inner_until, position)
        if inner is not None:
            inner_until = _inner_end(plain, start, inner, limit)
            if position < inner_until:
                continue
        if statement.claim.role in {Role.CHANGE, Role.GROWTH} or _COMPARES.search(plain, max(start, position - 20), position):
            return
        if _TOTAL.match(statement.claim.measure) or ("编制" in whole.measure and _FILLED.search(statement.claim.measure)):
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


_PARTITIONS: tuple[frozenset[str], ...] = (
    frozenset({"基本", "项目"}),
    frozenset({"人员经费", "公用经费"}),
)


_WHOLE_SETS: tuple[tuple[str, ...], ...] = (("货物", "工程", "服务"), ("购置", "运行"), ("轿车", "越野车", "载客汽车"))


"""Words that together name all there is: kinds of procurement, costs of vehicles."""


def _is_exhaustive(parts: Sequence[Claim]) -> bool:
    """Whether a list says that it is all: by its kinds, by the words of a known set, by kinds of posts, or by closing with 其他.

    Amounts of the ledger are not all there is because the last is called 其他收入: it may be one source of several.
    """
    kinds = frozenset(dict(p.region or ()).get("kind", "") for p in parts)
    names = [p.measure for p in parts]
    if kinds in _PARTITIONS or all(name.endswith("编制") for name in names):
        return True
    if any(len(words) == len(names) and all(sum(w in n for w in words) == 1 for n in names) for words in _WHOLE_SETS):
        return True
    if all("采购" in n and sum(w in n for w in _WHOLE_SETS[0]) == 1 for n in names) or _all_vehicles(names):
        return True
    return names[-1].startswith("其他") and not all(p.region is not None for p in parts)


def _all_vehicles(names: Sequence[str]) -> bool:
    """Whether a list goes through the uses of vehicles that every disclosure lists."""
    return len(names) >= _USES and all(name.endswith("用车") for name in names)


_USES = 3
"""Uses of vehicles from which a list of them goes through all."""


def _shares(claims: Sequence[Claim]) -> Iterator[Listing]:
    """The shares of one whole sum to 100% where the parts are a known partition."""
    shares = [(i, c) for i, c in enumerate(claims) if c.relation == SHARE_OF and c.link("whole") is not None]
    for _, group in groupby(shares, key=lambda pair: (pair[1].link("whole"), pair[1].sentence)):
        parts = [c for _, c in group]
        owners = [linked(c, "part", claims) for c in parts]
        kinds = frozenset(dict(o.region or ()).get("kind", "") for o in owners if o is not None)
        if kinds in _PARTITIONS and len(parts) == len(kinds):
            yield _listing("shares", None, parts, exhaustive=True)


def _rests(claims: Sequence[Claim]) -> Iterator[Listing]:
    """安排 584，支出 584，结余 0: the part and the rest make the whole."""
    for claim in claims:
        whole, part = linked(claim, "whole", claims), linked(claim, "part", claims)
        if claim.relation == REST_OF and whole is not None and part is not None:
            yield _listing("rest", whole, [part, claim], exhaustive=True)


_ANNOUNCES = regex(r"(?:包括|如下|明细|内容|分别是|分别为)[：:]?\s*$")


def _items(statements: Sequence[Statement], text: Sequence[RunningText]) -> Iterator[Listing]:
    """Numbered paragraphs 1、…5、 that each begin with an amount, against the amount of the paragraph that announces them."""
    stated: dict[RunningText, list[Statement]] = {}
    for statement in statements:
        stated.setdefault(statement.paragraph, []).append(statement)
    for position, paragraph in enumerate(text):
        if _ANNOUNCES.search(paragraph.text) is None:
            continue
        total = _announced_total(stated.get(paragraph, ()))
        heads = [head_amount(stated.get(item, ())) for item in _announced(text[position + 1 : position + 1 + NEAR])]
        parts = [h for h in heads if h is not None]
        if total is not None and len(parts) > 1 and not (is_done(total) and any(map(is_planned, parts))):
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


_INLINE_LIST = regex(r"\s*[。，；：:]?\s*(?:[（(：:]|分别(?:是|为)[：:]?|具体(?:是|为)?[：:]?)\s*1\s*[、.．]")


_INLINE_ITEM = regex(r"(?<=[（(）)；;。：:，、\s])\s*(\d{1,2})\s*[、.．](?!\d)")


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


_REASON = regex(r"原因|由于|因为")


"""What is told after these explains a change; it is no part of the amount."""


_DETAIL = regex(r"预算$|费用?$|每年预算$|开支$|支出$|经费$")


def _is_unlisted(statement: Statement, parts: Sequence[Claim], plain: str) -> bool:
    """Whether an amount opens a list (其中：“行政运行”…；…) whose others are taken for parts, but its own name is no detail's."""
    claim = statement.claim
    opens = _WITHIN.search(plain[max(0, statement.number.start - len(claim.quote) - 8) : statement.number.start])
    return bool(opens) and claim.role is Role.AMOUNT and claim not in parts and any(p.sentence == claim.sentence for p in parts)


def _is_one_of_unlisted(statements: Sequence[Statement], parts: Sequence[Claim], plain: str) -> bool:
    """Whether amounts in a row (行政运行22万元、住房公积金5万元、医疗支出3万元) are parts in part only by their names."""
    listed = {id(p) for p in parts}
    in_a_row = (
        (a, b) for a, b in pairwise(statements) if plain.startswith("、", a.number.end) and a.claim.role is b.claim.role is Role.AMOUNT
    )
    return any((id(a.claim) in listed) != (id(b.claim) in listed) for a, b in in_a_row)


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
    if any(_is_unlisted(s, parts, plain) for s in statements) or _is_one_of_unlisted(statements, parts, plain):
        return
    if is_planned(head) or any(_TOTAL.search(p.measure) or value_of(p) == value_of(head) for p in parts):
        return  # the budget beside what was spent, or the whole told again
    if len(parts) > 1 and all(p.year == head.year and value_of(p) <= value_of(head) for p in parts):
        yield _listing("details", head, parts, exhaustive=True)

"""Numbered items that follow what announces them: their amounts against its amount, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.links import value_of
from mingsuan.reading.claims.listed import Listing, listing
from mingsuan.reading.claims.lists_within import LONGEST_LIST
from mingsuan.reading.claims.relations import NEAR
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import is_done, is_planned
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.reading.narrative.running import RunningText
from mingsuan.reading.ordinals import Form, ordinal
from mingsuan.values import dataclass

_ANNOUNCES = regex(r"(?:包括|如下|明细|内容|分别是|分别为)[：:]?\s*$")


def items(statements: Sequence[Statement], text: Sequence[RunningText]) -> Iterator[Listing]:
    """Numbered paragraphs 1、…5、 that each begin with an amount, against the amount of the paragraph that announces them."""
    stated: dict[tuple[object, ...], list[Statement]] = {}
    for statement in statements:
        stated.setdefault(_spot(statement.paragraph), []).append(statement)
    for position, paragraph in enumerate(text):
        if _ANNOUNCES.search(paragraph.text) is None:
            continue
        total = _announced_total(stated.get(_spot(paragraph), ()))
        heads = [head_amount(stated.get(_spot(item), ())) for item in _announced(text[position + 1 : position + 1 + NEAR])]
        parts = [h for h in heads if h is not None]
        if total is not None and len(parts) > 1 and not (is_done(total) and any(map(is_planned, parts))):
            yield listing("items", total, parts, complete=len(parts) == len(heads), exhaustive=True)


def _spot(paragraph: RunningText) -> tuple[object, ...]:
    """What tells a paragraph from all others; its section would have all its lines compared."""
    return (paragraph.section.place, paragraph.section.path, paragraph.offset, paragraph.text)


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
    numbers = [int(m[1]) for m in _INLINE_ITEM.finditer(plain, end, end + LONGEST_LIST)]
    listed = next((n for n, number in enumerate(numbers) if number != n + 1), len(numbers))
    return CountedItems(statement.claim, listed, statement.claim.value == listed)


def head_amount(paragraph: Sequence[Statement]) -> Claim | None:
    """The amount that the first sentence of a numbered paragraph states (会议费8万元。), None if it states none."""
    if not paragraph:
        return None
    plain = without_markup(paragraph[0].paragraph.text)
    end = re.search(r"[。；;]", plain)
    limit = end.start() if end else len(plain)
    first = next((s for s in paragraph if s.claim.role is Role.AMOUNT and s.claim.amount is not None), None)
    return first.claim if first is not None and first.number.end <= limit and first.claim.unit != "元" else None

"""Amounts of several disclosures side by side: what each prints of one region, and what one says of the year before.

Regions are compared by the names of their nodes, so that disclosures of neighbouring dialects can be compared as far as these agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mingsuan.checking.comparing import Printed
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.figures import money_in
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.dialects.names import bare
from mingsuan.ledger import Box
from mingsuan.ledger.trees import Selection
from mingsuan.model import Claim, Side
from mingsuan.patterns import regex
from mingsuan.reading.claims.change_links import CHANGE_OF
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.reading.claims.relations import FALLS
from mingsuan.reading.ordinals import compact

Key = tuple[tuple[str, Selection], ...]
"""A region without its year: the sides of its box."""
_NOT_THE_BUDGET = regex(r"执行|决算|调整|完成数")


def amounts_of(meaning: Meaning, year: str = "0", *, claims: bool = True) -> Mapping[Key, Printed]:
    """What is printed of each region in a year ("0" the disclosure's own, "-1" the one before).

    Tables come before the narrative; a region that tables print differently is left out: that is their own disagreement.
    """
    groups: dict[tuple[int, str, str], list[Figure]] = {}
    for number, figure in enumerate(meaning.figures):
        if figure.unreadable or (figure.claim is not None and not claims):
            continue
        of_claim = figure.claim is not None
        item = figure.item or str(figure.row)
        groups.setdefault((-1 - number if of_claim else figure.table, item, figure.form_column), []).append(figure)
    found: dict[Key, list[tuple[bool, Printed]]] = {}
    for members in groups.values():
        key = key_of(members[0].box(meaning.dialect.axes), year)
        printed = _summed(members)
        if key is not None and printed is not None:
            found.setdefault(key, []).append((members[0].claim is None, printed))
    return {key: agreed for key, all_printed in found.items() if (agreed := _agreed(all_printed)) is not None}


def key_of(box: Box, year: str) -> Key | None:
    """The region of a box without its year, None where it is of another year."""
    if box.lookup.get("year") != Selection(((year, True),)):
        return None
    return tuple((axis, selection) for axis, selection in box.sides if axis != "year")


def without(key: Key, axis: str) -> Key:
    """A region on all axes but one."""
    return tuple(side for side in key if side[0] != axis)


def _summed(members: Sequence[Figure]) -> Printed | None:
    amounts = [f.amount for f in members if f.amount is not None]
    if not amounts:
        return None
    yuan, half = sum((a.yuan for a in amounts), Decimal(0)), sum((a.half for a in amounts), Decimal(0))
    first = next(f for f in members if f.amount is not None)
    return Printed(yuan, half, Side(first.place, first.label, money_in(yuan, amounts[0].unit)), amounts[0].unit)


def _agreed(found: Sequence[tuple[bool, Printed]]) -> Printed | None:
    tables = [p for of_table, p in found if of_table] or [p for _, p in found]
    best = min(tables, key=lambda p: p.half)
    return best if all(best.agrees(p.yuan, p.half) for p in tables) else None


def said_of_last_year(subject: Subject) -> Iterator[tuple[Key, Printed]]:
    """What the narrative says of last year's budget (or final account): the amount less its change, or the same where it is 持平.

    What it compares with last year's execution is no claim on what was published.
    """
    meaning = subject.meaning
    if meaning is None:
        return
    claims = subject.disclosure.claims
    keys: dict[int | None, Key | None] = {f.claim: key_of(f.box(meaning.dialect.axes), "0") for f in meaning.figures if f.claim is not None}
    texts = {id(s.claim): (s.paragraph.text, s.number.start, s.number.end) for s in subject.statements}
    for claim in claims:
        number = claim.link("amount") if claim.relation == CHANGE_OF and claim.link("last") is None else None
        key = keys.get(number)
        if number is None or key is None or _speaks_of_execution(claims[number], claim, texts):
            continue
        amount = claims[number]
        falls = (claim.direction in FALLS) != (claim.value < 0)
        last = value_of(amount) + abs(value_of(claim)) * (1 if falls else -1)
        half = half_of(amount) + half_of(claim)
        told = f"{amount.text}{amount.unit}，{claim.direction or ''}{claim.text}{claim.unit}"
        yield (
            key,
            Printed(last, half, Side(claim.place, f"{amount.measure}上年数（由“{told}”推得）", money_in(last, amount.unit)), amount.unit),
        )
    yield from _unchanged(claims, keys, texts)


def _speaks_of_execution(amount: Claim, change: Claim, texts: Mapping[int, tuple[str, int, int]]) -> bool:
    """Whether the words between an amount and its change compare with something else than last year's published number."""
    one, other = texts.get(id(amount)), texts.get(id(change))
    if one is None or other is None or one[0] != other[0]:
        return True
    return bool(_NOT_THE_BUDGET.search(one[0][one[2] : other[1]])) and "决算" not in amount.measure


_SAME = regex(r"[，,。]?\s*(?:与|比|较|同)\s*(?:20\d\d\s*年|上年)(?:度)?(?:年初)?(?:预算)?(?:数)?(?:相比)?\s*(?:持平|一致|相同|无变化)")


def _unchanged(
    claims: Sequence[Claim], keys: Mapping[int | None, Key | None], texts: Mapping[int, tuple[str, int, int]]
) -> Iterator[tuple[Key, Printed]]:
    for number, claim in enumerate(claims):
        key, text = keys.get(number), texts.get(id(claim))
        if key is None or text is None or claim.amount is None:
            continue
        match = _SAME.match(re.sub(r"^\s*万?元", "", text[0][text[2] : text[2] + 40]))
        if match is not None:
            side = Side(
                claim.place, f"{claim.measure}上年数（由“{compact(match.group()).lstrip('，,。')}”推得）", f"{claim.text}{claim.unit}"
            )
            yield key, Printed(claim.amount.yuan, claim.amount.half, side, claim.unit)


def units_named(subject: Subject) -> Mapping[str, str]:
    """Code → bare name of the units that the tables list."""
    found: dict[str, str] = {}
    for table in subject.disclosure.tables:
        names = [c.path for c in table.columns if re.search(r"单位.*名称|单位（科目名称）|预算单位|^单位$", c.path)]
        for row in table.rows:
            if row.key and row.key.unit and not row.key.function and not row.key.project:
                name = next((t for p in names if re.search(r"[\u4e00-\u9fff]{3}", t := row.text(p))), "")
                if name:
                    found.setdefault(row.key.unit, bare(name))
    return found

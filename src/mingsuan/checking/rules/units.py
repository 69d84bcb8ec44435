"""ACR, continued: a department against its units' own disclosures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.checking.across import (
    Printed,
    amounts_of,
    apart,
    in_unit,
    same_body,
    units_named,
    unlike,
    without,
)
from mingsuan.checking.registry import Draft, Examined, Need, Outcome, insufficient, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import bare
from mingsuan.ledger.trees import Selection
from mingsuan.model import Level

CHAPTER = "跨文本"
_UNREAD = "没有认出版式，不知道各数的口径，不能比较"


def _not_a_unit(subject: Subject, unit: Subject) -> str:
    if subject.meaning is None or unit.meaning is None:
        return _UNREAD
    if unit.year != subject.year or unit.disclosure.stage is not subject.disclosure.stage:
        return f"“{unit.disclosure.department}”的文本是{unit.year}年的，不是{subject.year}年同类的公开文本"
    return ""


@rule(
    "ACR111",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="《中华人民共和国预算法实施条例》第5条",
    needs=(Need.UNITS,),
    fix="逐个单位核对汇总表，改正汇总数或单位数；单位之间往来抵销的，在说明里写明。",
)
def a_department_is_the_sum_of_its_units(subject: Subject) -> Iterator[Outcome]:
    """部门的数等于本级和各所属单位之和。

    给出的单位文本与部门所列的单位齐全时才相加。

    错：部门支出合计1000.00万元，本级公开600.00万元、下属中心公开350.00万元。
    对：部门支出合计1000.00万元，本级公开600.00万元、下属中心公开400.00万元。
    """
    reasons = [r for u in subject.beside.units if (r := _not_a_unit(subject, u))]
    absent = _absent_units(subject)
    if reasons or absent:
        yield insufficient("；".join(reasons) or f"没有给出{'、'.join(absent[:4])}{'等' if len(absent) > 4 else ''}的公开文本，不能相加")
        return
    assert subject.meaning is not None
    whole = amounts_of(subject.meaning, claims=False)
    parts = [amounts_of(u.meaning, claims=False) for u in subject.beside.units if u.meaning is not None]
    apart: dict[Decimal, list[tuple[Printed, Decimal, list[Printed]]]] = {}
    compared = False
    for key, total in whole.items():
        if "unit" in dict(key) or not all(key in part for part in parts):
            continue
        compared = True
        yield Examined(total.side.place)
        own = [part[key] for part in parts]
        yuan, half = sum((p.yuan for p in own), Decimal(0)), sum((p.half for p in own), Decimal(0))
        if not total.agrees(yuan, half):
            apart.setdefault(total.yuan - yuan, []).append((total, yuan, own))
    yield from (_not_the_sum(found) for found in apart.values())
    if not compared:
        yield insufficient("部门和各单位没有同一口径的数")


def _not_the_sum(found: Sequence[tuple[Printed, Decimal, Sequence[Printed]]]) -> Draft:
    """Totals of a department that are off by the same amount: one finding, told by the first."""
    total, yuan, own = found[0]
    shown, gap = in_unit(yuan, total.unit), in_unit(total.yuan - yuan, total.unit)
    more = f"；另有{len(found) - 1}处相差同样的数" if len(found) > 1 else ""
    return Draft(
        f"{total.side.label}是{total.side.text}，各单位公开的合计是{shown}，相差{gap}{more}",
        tuple(dict.fromkeys(p.side for one, _, parts in found for p in (one, *parts))),
        total.side.text,
        shown,
        gap,
        witnesses=("＋".join(p.side.text for p in own) + f"＝{shown}",),
    )


def _absent_units(subject: Subject) -> list[str]:
    """Units with books of their own that the department lists and whose disclosure is not given; all, where it lists none."""
    given = [u.disclosure.department for u in subject.beside.units]
    listed = [u.name for u in subject.disclosure.units if u.own_books] or list(units_named(subject).values())
    if not listed:
        return ["所属单位名单"]
    return [name for name in listed if not any(_is_unit(name, g) for g in given)]


def _is_unit(listed: str, given: str | None) -> bool:
    return given is not None and (bare(listed) == bare(given) or same_body(listed, given))


@rule(
    "ACR112",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.UNITS,),
    fix="核对部门汇总表中该单位的数和该单位自己公开的数，改正有误的一处。",
)
def a_unit_is_printed_as_it_discloses(subject: Subject) -> Iterator[Outcome]:
    """部门表中各单位的数，与单位自己公开的数一致。

    错：部门收入表中下属中心合计400.00万元，该中心公开的收入合计380.00万元。
    对：部门收入表中下属中心合计400.00万元，该中心公开的收入合计400.00万元。
    """
    if subject.meaning is None:
        yield insufficient(_UNREAD)
        return
    whole = amounts_of(subject.meaning, claims=False)
    names = units_named(subject)
    compared = False
    for unit in subject.beside.units:
        reason = _not_a_unit(subject, unit)
        code = next((c for c, name in names.items() if _is_unit(name, unit.disclosure.department)), None)
        if reason or code is None or unit.meaning is None:
            yield insufficient(reason or f"部门的表里没有“{unit.disclosure.department}”")
            continue
        own = amounts_of(unit.meaning, claims=False)
        here = Selection(((code, True),))
        pairs = [
            (printed, own[rest])
            for key, printed in whole.items()
            if dict(key).get("unit") == here and (rest := without(key, "unit")) in own
        ]
        compared = compared or bool(pairs)
        yield from (Examined(printed.side.place) for printed, _ in pairs)
        for found in apart(pairs):
            one, other = max(found, key=lambda pair: pair[0].yuan)
            told = f"{one.side.label}是{one.side.text}，“{unit.disclosure.department}”自己公开的是{other.side.text}"
            yield unlike([(one, other), *(p for p in found if p != (one, other))], told)
    if not compared:
        yield insufficient("部门的表不按单位分列，或口径不同，没有可比的数")

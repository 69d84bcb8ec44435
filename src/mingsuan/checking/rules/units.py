"""ACR, continued: a department against its units' own disclosures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.checking.across import amounts_of, without
from mingsuan.checking.comparing import Comparison, Printed, compared, estranged, gap, unlike
from mingsuan.checking.given_units import Given, GivenUnits, given_units
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, insufficient, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.figures import money_in, signed_in
from mingsuan.ledger.trees import Selection
from mingsuan.model import Level, Side
from mingsuan.places import NOWHERE
from mingsuan.values import dataclass

CHAPTER = "跨文本"
_UNREAD = "本文没有认出版式，不知道各数的口径，不能比较"
_NAMED = 4
"""Units that a sentence names one by one."""


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

    给出的单位文本与部门所列的单位齐全时才相加；部门没有列出单位的，多数相符才算给全。
    差额就是某个单位自己公开的数与部门所列之差的，只由 ACR112 报告。

    错：部门支出合计1000.00万元，本级公开600.00万元、下属中心公开350.00万元。
    对：部门支出合计1000.00万元，本级公开600.00万元、下属中心公开400.00万元。
    """
    if subject.meaning is None:
        yield insufficient(_UNREAD)
        return
    given = given_units(subject)
    yield from map(insufficient, given.refused)
    if given.absent or not given.usable:
        names = "、".join(given.absent[:_NAMED]) + ("等" if len(given.absent) > _NAMED else "")
        yield insufficient(f"没有给出{names or '所属单位'}的公开文本，不能相加")
        return
    sums = [_Sum(total, own) for total, own in _totals(subject, given.usable)]
    comparison = compared([(s.total, s.whole) for s in sums])
    if not sums:
        yield insufficient("部门和各单位没有同一口径的数")
    elif not given.listed and not comparison.of_one_body:
        count = f"可比的{len(sums)}处里有{comparison.differing}处不等于部门的数"
        yield insufficient(f"部门没有列出所属单位；给出的{len(given.usable)}个单位之和，{count}，不能确认单位已经给全")
    else:
        yield from _against_the_sum(subject, given, comparison, {id(s.total): s for s in sums})


@dataclass(frozen=True)
class _Sum:
    """What a department prints of a region, and what its units print of it."""

    total: Printed
    own: Sequence[Printed]

    @property
    def whole(self) -> Printed:
        """The units together."""
        yuan, half = sum((p.yuan for p in self.own), Decimal(0)), sum((p.half for p in self.own), Decimal(0))
        return Printed(yuan, half, Side(NOWHERE, "各单位公开的合计", money_in(yuan, self.total.unit)), self.total.unit)


def _totals(subject: Subject, given: Sequence[Given]) -> Iterator[tuple[Printed, list[Printed]]]:
    """What the department and every one of its units print."""
    assert subject.meaning is not None
    parts = [amounts_of(g.unit.meaning, claims=False) for g in given if g.unit.meaning is not None]
    for key, total in amounts_of(subject.meaning, claims=False).items():
        if "unit" not in dict(key) and all(key in part for part in parts):
            yield total, [part[key] for part in parts]


def _against_the_sum(subject: Subject, given: GivenUnits, comparison: Comparison, sums: dict[int, _Sum]) -> Iterator[Outcome]:
    own = list(_unit_comparisons(subject, given.usable))
    stranger = next((g for g, c in own if c.unrelated), None)
    if stranger is not None:
        yield insufficient(f"给出的{stranger.name}的文本与部门所列多数对不上（见 ACR112），核实之后再相加")
        return
    yield from (Examined(total.side.place) for total, _ in comparison.agreed)
    if comparison.unrelated:
        yield estranged(comparison, f"给出的{len(given.usable)}个单位之和", "这个部门的全部单位自己公开的文本")
        return
    told = [(g, cause) for g, c in own for cause in c.causes]
    for cause in comparison.causes:
        owner = next((g for g, theirs in told if _alike(cause[0], theirs[0])), None)
        if owner is None:
            yield _not_the_sum([sums[id(total)] for total, _ in cause])
        else:
            differs = f"部门与各单位之和相差{gap(*cause[0])}，就是{owner.name}自己公开的数与部门所列之差（见 ACR112）"
            yield insufficient(f"{differs}，改正后再相加", *(total.side.place for total, _ in cause))


def _alike(one: tuple[Printed, Printed], other: tuple[Printed, Printed]) -> bool:
    """Whether two differences are one, within what is printed."""
    return len(compared([one, other]).causes) == 1


def _not_the_sum(found: Sequence[_Sum]) -> Draft:
    """Totals of a department that are off by the same amount: one finding, told by the first."""
    total, whole, own = found[0].total, found[0].whole, found[0].own
    more = f"；另有{len(found) - 1}处相差同样的数" if len(found) > 1 else ""
    return Draft(
        f"{total.side.label}是{total.side.text}，各单位公开的合计是{whole.side.text}，相差{gap(total, whole)}{more}",
        tuple(dict.fromkeys(p.side for one in found for p in (one.total, *one.own))),
        total.side.text,
        whole.side.text,
        signed_in(total.yuan - whole.yuan, total.unit),
        witnesses=("＋".join(p.side.text for p in own) + f"＝{whole.side.text}",),
    )


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
    given = given_units(subject)
    yield from map(insufficient, given.refused)
    for one, comparison in _unit_comparisons(subject, given.usable):
        if not comparison.agreed and not comparison.causes:
            yield insufficient(f"部门的表没有分列{one.name}，或口径不同，没有可比的数")
        yield from (Examined(printed.side.place) for printed, _ in comparison.agreed)
        if comparison.unrelated:
            yield estranged(comparison, f"给出的{one.name}的文本", f"{one.name}自己公开的文本")
            continue
        for cause in comparison.causes:
            first, other = max(cause, key=lambda pair: pair[0].yuan)
            told = f"{first.side.label}是{first.side.text}，{one.name}自己公开的是{other.side.text}"
            yield unlike([(first, other), *(p for p in cause if p != (first, other))], told)


def _unit_comparisons(subject: Subject, given: Sequence[Given]) -> Iterator[tuple[Given, Comparison]]:
    """What the department prints of each unit beside what the unit prints itself."""
    assert subject.meaning is not None
    whole = amounts_of(subject.meaning, claims=False)
    for one in given:
        own = amounts_of(one.unit.meaning, claims=False) if one.unit.meaning is not None else {}
        here = Selection(((one.code, True),))
        shares = ((printed, without(key, "unit")) for key, printed in whole.items() if one.code and dict(key).get("unit") == here)
        yield one, compared([(printed, own[rest]) for printed, rest in shares if rest in own])

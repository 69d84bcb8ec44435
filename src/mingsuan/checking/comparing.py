"""Two disclosures side by side: whether they are of one body, what agrees, and the causes of what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.checking.outcomes import Draft
from mingsuan.checking.summary import STAGES
from mingsuan.checking.telling.figures import money_in, signed_in
from mingsuan.dialects.names import bare
from mingsuan.model import Disclosure, Level, Side
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Printed:
    """What a disclosure prints of a region.

    Attributes:
        yuan: the amount in 元.
        half: how much rounding may hide, in 元.
        side: where it stands.
        unit: unit that it is printed in.
    """

    yuan: Decimal
    half: Decimal
    side: Side
    unit: str

    def agrees(self, yuan: Decimal, half: Decimal) -> bool:
        """Whether another amount may be the same: equal, or less apart than the printed digits of both may hide."""
        return self.yuan == yuan or abs(self.yuan - yuan) < self.half + half


_ITSELF = regex(r"(?:[（(]?(?:本级|机关|本部|部门|单位)[）)]?)+$")
_AN_OWNER = frozenset("省市州县区旗盟镇乡街道局委办厅院会府部署处站所馆校共团社")
"""What a name may end in that stands before that of a body of its own: 示例市 + 财政局, 教育局 + 信息中心."""
_A_PLACE = frozenset("省市州县区旗")
"""What a name may begin with that leaves out the name of its place: 市财政局."""


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two names mean one department or unit, with or without 本级 and the like, or the place that it belongs to."""
    if not one or not other:
        return False
    longer, shorter = sorted((_ITSELF.sub("", bare(name)) for name in (one, other)), key=len, reverse=True)
    before = longer.removesuffix(shorter)
    if before == longer or not shorter:
        return False
    return not before or before[-1] in _AN_OWNER or shorter[0] in _A_PLACE


Pair = tuple[Printed, Printed]
"""What a disclosure prints of a region and what another one does."""
_SOME, _A_FEW = 4, 3
"""As many differences of their own size and more have no common cause; so few amounts that agree may do so by chance."""


@dataclass(frozen=True)
class Comparison:
    """Amounts of two disclosures side by side.

    Attributes:
        agreed: pairs that agree.
        causes: pairs that do not; those that differ by the same amount, within what is printed, have one cause.
    """

    agreed: Sequence[Pair]
    causes: Sequence[Sequence[Pair]]

    @property
    def differing(self) -> int:
        """How many pairs do not agree."""
        return sum(map(len, self.causes))

    @property
    def telling(self) -> int:
        """How many pairs agree on something; that two print a zero tells nothing."""
        return sum(one.yuan != 0 for one, _ in self.agreed)

    @property
    def unrelated(self) -> bool:
        """Whether these look like disclosures of different bodies: more differs than agrees, and by as many different amounts."""
        return len(self.causes) >= _SOME and self.differing > self.telling

    @property
    def of_one_body(self) -> bool:
        """Whether so much agrees that these are of one body, whatever they call it."""
        return self.telling > max(_A_FEW, self.differing)


def compared(pairs: Sequence[Pair]) -> Comparison:
    """Pairs that agree, and those that do not by their causes."""
    agreed = [(one, other) for one, other in pairs if one.agrees(other.yuan, other.half)]
    apart = [(one, other) for one, other in pairs if not one.agrees(other.yuan, other.half)]
    causes: list[list[Pair]] = []
    for pair in sorted(apart, key=_slack):
        cause = next((c for c in causes if abs(_apart(c[0]) - _apart(pair)) <= _slack(c[0]) + _slack(pair)), None)
        if cause is None:
            causes.append([pair])
        else:
            cause.append(pair)
    order = {id(pair): number for number, pair in enumerate(apart)}
    causes = [sorted(cause, key=lambda pair: order[id(pair)]) for cause in causes]
    return Comparison(agreed, sorted(causes, key=lambda cause: order[id(cause[0])]))


def _apart(pair: Pair) -> Decimal:
    return pair[0].yuan - pair[1].yuan


def _slack(pair: Pair) -> Decimal:
    return pair[0].half + pair[1].half


def unlike(pairs: Sequence[Pair], told: str) -> Draft:
    """What amounts of two disclosures that differ by the same amount amount to: one finding with all places."""
    one, other = pairs[0]
    more = f"；另有{len(pairs) - 1}处相差同样的数" if len(pairs) > 1 else ""
    return Draft(
        f"{told}，相差{gap(one, other)}{more}",
        tuple(dict.fromkeys(printed.side for pair in pairs for printed in pair)),
        one.side.text,
        money_in(other.yuan, one.unit),
        signed_in(one.yuan - other.yuan, one.unit),
        witnesses=witness(one, other),
    )


def estranged(comparison: Comparison, given: str, wanted: str) -> Draft:
    """One remark in place of many findings where a disclosure given beside another does not fit it at all."""
    one, other = max((pair for cause in comparison.causes for pair in cause), key=lambda pair: abs(_apart(pair)))
    count = comparison.differing + len(comparison.agreed)
    return Draft(
        f"{given}与本文可比的{count}处里有{comparison.differing}处对不上，不像是{wanted}，没有逐项列出；请先核实给出的文件",
        (one.side, other.side),
        f"{comparison.differing}处对不上",
        "",
        level=Level.INFO,
        basis="常识",
        fix=f"确认给出的文件是{wanted}；确实是的，逐表对照两份文本的数，口径调整的写明原因。",
    )


def named(disclosure: Disclosure) -> str:
    """Whose a disclosure is, in quotation marks; its file where it does not say."""
    if disclosure.department:
        return f"“{disclosure.department}”"
    file = next((place.file for place in _places(disclosure) if place.file), "")
    return f"没有印明部门名称的文本{f'（{file}）' if file else ''}"


def _places(disclosure: Disclosure) -> Iterator[Place]:
    yield from (table.place for table in disclosure.tables)
    yield from (section.place for section in disclosure.sections)


def described(disclosure: Disclosure) -> str:
    """What a disclosure is: whose, of which year and stage."""
    year = f"{disclosure.year}年" if disclosure.year else "年度不明的"
    return f"{named(disclosure)}{year}{STAGES[disclosure.stage]}"


def gap(one: Printed, other: Printed) -> str:
    """How far apart two are."""
    return money_in(abs(one.yuan - other.yuan), one.unit)


def witness(one: Printed, other: Printed) -> tuple[str, ...]:
    """How much of a difference rounding could explain, in words."""
    return (f"舍入造成的差应小于{money_in(one.half + other.half, one.unit)}",)

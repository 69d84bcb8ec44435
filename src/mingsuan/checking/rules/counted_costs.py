"""NAR, continued: what the “三公” expenses paid for is counted beside them: journeys, cars, guests, and what each cost on average."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingsuan.amounts import parse_number
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Sentence, Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, rounded_like, yuan_of
from mingsuan.model import Claim, Level, Side
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

CHAPTER = "叙述"
_NUMBER = r"(?P<count>\d{1,6})"
_ABROAD, _BOUGHT, _RUN, _GUESTS = "30212", "31013", "30231", "30217"

GROUPS_ABROAD = regex(rf"团组(?:数|共|为|共计|数量)*{_NUMBER}[个次批]")
CARS_BOUGHT = regex(rf"(?:购置|更新)(?:（更新）|（含更新）)?(?:公务用车|车辆)?(?:数量?|共|为)*{_NUMBER}[辆台]")
CARS_KEPT = regex(rf"保有量(?:共|为)?{_NUMBER}[辆台]")
GUESTS_MET = regex(rf"(?:国内(?:公务)?接待(?:批次)?|接待(?:国内)?(?:公务)?(?:来访)?团组){_NUMBER}[个批次]")
PEOPLE_MET = regex(rf"(?:国内(?:公务)?接待|接待国内(?:公务)?来访团组)[^。；;]{{0,24}}?{_NUMBER}人(?!以|民)")


@dataclass(frozen=True, slots=True)
class _Counted:
    """An economic class with the words that count what it pays for.

    Attributes:
        spent_on_none: whether money without a count contradicts itself too.
    """

    department: str
    name: str
    pattern: re.Pattern[str]
    measure: str
    spent_on_none: bool


_COUNTED = (
    _Counted(_ABROAD, "因公出国（境）费", GROUPS_ABROAD, "个团组", False),
    _Counted(_BOUGHT, "公务用车购置费", CARS_BOUGHT, "辆", True),
    _Counted(_RUN, "公务用车运行维护费", CARS_KEPT, "辆", True),
    _Counted(_GUESTS, "公务接待费", GUESTS_MET, "批次", True),
)
_ASIDE = regex(r"[（(](?:其中|含|不含|包括)[^（）()]*[）)]")
_OTHERS = regex(r"参加|随团|参团|拼团|其他单位|尾款|租赁|租用|借用|以前年度|(?:上年|去年)(?:度)?(?:购置|采购|接待)")
"""What explains a cost without a count, or a count without a cost."""


@rule(
    "NAR126",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对金额和数量，改正有误的一处；由其他资金承担或支付以前年度款项的，在文中说明。",
)
def what_is_paid_for_is_counted(subject: Subject) -> Iterator[Outcome]:
    """“三公”经费的金额与团组、车辆、批次的数目说得通：没有费用的不应有数目，有费用的不应是零。

    错：公务用车购置费0.00万元，购置公务用车1辆。
    对：公务用车购置费0.00万元，购置公务用车0辆。
    """
    told = False
    for counted in _COUNTED:
        spent = _spent(subject, counted.department)
        found = list(counts_told(subject, counted.pattern))
        if spent is None or not found or len({m["count"] for _, m in found}) > 1:
            continue
        sentence, match = found[0]
        told = True
        yield Examined(sentence.place)
        count, money = int(match["count"]), yuan_of(spent)
        odd = count if not money else counted.spent_on_none and money > 0 and not count
        if odd and not _OTHERS.search(sentence.text):
            yield Draft(
                f"{counted.name}{as_printed(spent)}，文中却写“{match.group()}”",
                (Side(sentence.place, "叙述", match.group()), claim_side(spent)),
                match.group(),
                f"0{counted.measure}，或补写金额" if count else f"实际的数目，不是0{counted.measure}",
            )
    if not told:
        yield not_applicable("没有同时写明“三公”经费的金额和数目")


def _spent(subject: Subject, department: str) -> Claim | None:
    """What the narrative says was spent on an economic class this year, None where it says nothing or several things."""
    found = [
        c
        for c in subject.disclosure.claims
        if c.role is Role.AMOUNT and c.amount is not None and c.year == subject.year and _is_of(c, department)
    ]
    return found[0] if found and len({yuan_of(c) for c in found}) == 1 else None


def _is_of(claim: Claim, department: str) -> bool:
    axes = dict(claim.region or ())
    return axes.get("department") == department and "measure" not in axes


def counts_told(subject: Subject, pattern: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Every sentence in which a count stands; what brackets tell of it (其中：外事接待0批次) is left out."""
    for sentence in subject.sentences:
        match = pattern.search(_ASIDE.sub("", compact(sentence.text)))
        if match is not None:
            yield sentence, match


_AVERAGES = (
    (regex(r"人均(?:因公)?出国[^，,。；;\d]{0,10}?(?P<each>[\d,.]+)(?P<unit>万?元)"), _ABROAD, regex(rf"{_NUMBER}人次?")),
    (regex(r"车均购置[^，,。；;\d]{0,6}?(?P<each>[\d,.]+)(?P<unit>万?元)"), _BOUGHT, CARS_BOUGHT),
    (regex(r"车均运[行维][^，,。；;\d]{0,8}?(?P<each>[\d,.]+)(?P<unit>万?元)"), _RUN, CARS_KEPT),
)


@rule(
    "NAR127",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对费用和数量；两数无误的，改为{expected}。",
)
def averages_follow_from_cost_and_count(subject: Subject) -> Iterator[Outcome]:
    """人均出国（境）费、车均购置费、车均运行维护费等于费用除以数量。

    错：公务用车运行维护费8.00万元，公务用车保有量4辆，车均运行维护费2.50万元。
    对：公务用车运行维护费8.00万元，公务用车保有量4辆，车均运行维护费2.00万元。
    """
    told = False
    for sentence in subject.sentences:
        text = compact(sentence.text)
        for average, department, counting in _AVERAGES:
            match = average.search(text)
            count = counting.search(text) if match is not None else None
            if match is None or count is None or not int(count["count"]):
                continue
            spent, each = _spent(subject, department), parse_number(match["each"])
            if spent is None or each is None:
                continue
            told = True
            yield Examined(sentence.place)
            yield from _wrong_average(sentence, match, spent, int(count["count"]), each)
    if not told:
        yield not_applicable("没有写人均、车均的费用")


def _wrong_average(sentence: Sentence, match: re.Match[str], spent: Claim, count: int, each: Decimal) -> Iterator[Draft]:
    """An average further from cost over count than its own last digit and the rounding of the cost allow."""
    scale = Decimal(10000) if match["unit"] == "万元" else Decimal(1)
    right = yuan_of(spent) / count
    half = spent.amount.half if spent.amount is not None else Decimal(0)
    if abs(each * scale - right) <= Decimal(1).scaleb(int(each.as_tuple().exponent)) * scale + half / count:
        return
    shown = rounded_like(right, spent)
    yield Draft(
        f"{as_printed(spent)}除以{count}是{shown}，文中写“{match.group()}”",
        (Side(sentence.place, "叙述", match.group()), claim_side(spent)),
        f"{match['each']}{match['unit']}",
        shown,
        witnesses=(f"{as_printed(spent)}÷{count}＝{shown}",),
    )

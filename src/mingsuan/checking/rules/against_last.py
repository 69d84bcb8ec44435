"""NAR and TEXT, continued: changes against the year before that the tables print, and what is told of that year alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.checking.across import amounts_of, said_of_last_year
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side
from mingsuan.ledger.trees import Selection
from mingsuan.model import Claim, Level
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.change_links import CHANGE_OF
from mingsuan.reading.claims.links import value_of
from mingsuan.reading.claims.relations import FALLS
from mingsuan.reading.claims.words import is_against_budget

_BEFORE = Selection((("-1", True),))
_EXECUTED = regex(r"执行|决算|完成|预计|调整")


@rule(
    "NAR124",
    level=Level.ERROR,
    chapter="叙述",
    basis="算术",
    needs=(Need.DIALECT, Need.TABLES, Need.CLAIMS),
    about=About.SECTIONS,
    fix="核对表中两年的数和文中的增减，改正有误的一处。",
)
def changes_are_those_of_the_table(subject: Subject) -> Iterator[Outcome]:
    """文中说的增减，与表中两年的数相符。

    表中上年一列是执行数、决算数的不比。

    错：（表中公务接待费2022年预算2.23万元，2023年预算1.94万元）公务接待费1.94万元，比2022年增加0.29万元。
    对：（表中公务接待费2022年预算2.23万元，2023年预算1.94万元）公务接待费1.94万元，比2022年减少0.29万元。
    """
    meaning = subject.meaning
    if meaning is None or not any(box.lookup.get("year") == _BEFORE for f in meaning.figures if f.claim is None for box in f.boxes):
        yield not_applicable("表中没有列上年的数")
        return
    former = amounts_of(meaning, "-1", claims=False)
    for key, told in said_of_last_year(subject):
        printed = former.get(key)
        if printed is None or _EXECUTED.search(printed.side.label):
            continue
        yield Examined(told.side.place)
        if not printed.agrees(told.yuan, told.half):
            yield Draft(
                f"{told.side.label}是{told.side.text}，{printed.side.label}却是{printed.side.text}",
                (told.side, printed.side),
                told.side.text,
                printed.side.text,
            )


_DIGITS = 3
"""Digits from which two equal changes of two equal amounts are one change told twice."""


@rule(
    "NAR125",
    level=Level.ERROR,
    chapter="叙述",
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对上年数，前后写同一个方向。",
)
def one_change_goes_one_way(subject: Subject) -> Iterator[Outcome]:
    """相同的数额、相同的增减额，前后方向一致。

    错：收入预算3306.17万元，与2022年预算相比减少136.48万元。支出预算3306.17万元，与2022年预算相比增加136.48万元。
    对：收入预算3306.17万元，与2022年预算相比增加136.48万元。支出预算3306.17万元，与2022年预算相比增加136.48万元。
    """
    for changes in _told_again(subject.disclosure.claims).values():
        if len(changes) > 1:
            yield from (Examined(c.place) for c in changes)
    for wrong, right in both_ways(subject.disclosure.claims):
        said = f"{wrong[0].direction}{as_printed(wrong[0])}"
        yield Draft(
            f"同一数额的同一增减，一处写“{said}”，一处写“{right[0].direction}{as_printed(right[0])}”，方向相反",
            tuple(claim_side(c) for c in (*wrong, *right)),
            said,
            f"{right[0].direction}{as_printed(right[0])}" if len(right) > len(wrong) else "前后同一个方向",
        )


def both_ways(claims: Sequence[Claim]) -> Iterator[tuple[Sequence[Claim], Sequence[Claim]]]:
    """The changes that one text tells of in both directions: those told so less often, and the others."""
    for changes in _told_again(claims).values():
        falling = [c for c in changes if c.direction in FALLS]
        rising = [c for c in changes if c.direction not in FALLS]
        if falling and rising:
            less, more = sorted((falling, rising), key=len)
            yield less, more


def _told_again(claims: Sequence[Claim]) -> Mapping[tuple[object, ...], list[Claim]]:
    """The changes by what they change, by how much, and against what."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        number = claim.link("amount") if claim.relation == CHANGE_OF else None
        if number is None or claim.direction is None or claims[number].amount is None:
            continue
        if len(claim.text.replace(".", "").replace(",", "").strip("0")) >= _DIGITS:
            key = (value_of(claims[number]), abs(value_of(claim)), claim.value < 0, claim.year, is_against_budget(claim))
            found.setdefault(key, []).append(claim)
    return found


_MATTERS = {
    "政府采购": regex(r"政府采购(?!.*(?:中小|小微))"),
    "机关运行经费": regex(r"运行经费"),
    "“三公”经费": regex(r"三公"),
}


@rule(
    "TEXT127",
    level=Level.WARNING,
    chapter="文字",
    basis="常识",
    needs=(Need.CLAIMS, Need.YEAR),
    about=About.SECTIONS,
    fix="核对年度：写的是本年的，把年度改为{expected}；写的是上年的，换成本年的数。",
)
def matters_are_told_of_the_year(subject: Subject) -> Iterator[Outcome]:
    """政府采购、机关运行经费、“三公”经费写本年的数，不只写上年的。

    错：2023年部门预算里，政府采购只写“2022年安排政府采购预算53.66万元”
    对：2023年部门预算里，政府采购写“2023年安排政府采购预算53.66万元”
    """
    year = subject.year
    assert year is not None
    for matter, words in _MATTERS.items():
        told = [c for c in subject.disclosure.claims if c.role is Role.AMOUNT and c.amount is not None and words.search(c.measure)]
        yield from (Examined(c.place) for c in told[:1])
        if told and all(c.year == year - 1 for c in told) and not subject.stale.states(told[0]):
            said = f"{year - 1}年{told[0].measure}{as_printed(told[0])}"
            yield Draft(
                f"{matter}只写了{year - 1}年的数：“{said}”，年度可能没有更新",
                (claim_side(told[0]),),
                f"{year - 1}年",
                f"{year}年",
            )

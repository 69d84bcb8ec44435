"""NAR, continued: lists that sum, formulas and counts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, exact_in, in_unit_of, signed_in, yuan_of
from mingsuan.checking.wrong_numbers import explained_by_a_share, rests_on_a_wrong_number
from mingsuan.model import Level, Repair, Side, Table
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.claims.expressions import Factor
from mingsuan.reading.claims.formulas import Formula, read_formulas
from mingsuan.reading.claims.formulas import Repair as FactorRepair
from mingsuan.reading.claims.items import counted_items
from mingsuan.reading.claims.listed import Listing
from mingsuan.reading.claims.listings import listings
from mingsuan.reading.ordinals import compact

CHAPTER = "叙述"
_BESIDE = 3
"""Sentences further away, parts that are only known by their names may be parts of another amount."""
_NO_STATEMENTS = "叙述里的数字与原文对不上位置，没有核对"


@rule(
    "NAR106",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="逐项核对各分项和总数，使总数等于各分项之和；有漏列的分项补列。",
)
def listed_parts_make_the_whole(subject: Subject) -> Iterator[Outcome]:
    """列出的各项之和等于总数。

    错：共有车辆19辆，其中：一般公务用车15辆、机要通信用车1辆、其他用车2辆。
    对：共有车辆19辆，其中：一般公务用车15辆、机要通信用车1辆、其他用车3辆。
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
    gaps = _gaps(subject)
    for listing in listings(subject.statements, subject.stated_paragraphs):
        if not listing.complete:
            yield insufficient(f"有的分项没有写明数字，没有核对合计（{listing.parts[0].place}）", listing.parts[0].place)
            continue
        yield Examined(listing.parts[0].place)
        if listing.holds or any(c.place in gaps for c in listing.parts):
            continue
        if listing.total is None and explained_by_a_share(subject, listing.parts, listing.expected - listing.printed):
            continue
        if not rests_on_a_wrong_number(subject, (*listing.parts, *((listing.total,) if listing.total else ()))):
            yield _wrong_sum(listing)


_GAP = regex(r"[\u4e00-\u9fff][。.]\s*(?:辆|台|人)(?=[、，,；;。])")


def _gaps(subject: Subject) -> frozenset[Place]:
    """Where a figure is left out (用车。辆), so that nothing can be said of the sum of what is listed there."""
    return frozenset(p.place(m.start()) for p in subject.paragraphs for m in _GAP.finditer(p.text))


def _wrong_sum(listing: Listing) -> Draft:
    first = listing.parts[0] if listing.total is None else listing.total
    total = "100%" if listing.total is None else as_printed(listing.total)
    expected = f"{(listing.expected * 100).normalize():f}%" if listing.total is None else in_unit_of(listing.expected, listing.total)
    difference = listing.expected - listing.printed
    shown = f"{(difference * 100).normalize():+f}%" if listing.total is None else signed_in(difference, first)
    beyond = "大于" if difference > 0 and not listing.exhaustive else "不等于"
    return Draft(
        f"各项之和{expected}{beyond}{'总数' if listing.total is None else f'“{first.measure}”'}{total}",
        tuple(claim_side(c) for c in (*((listing.total,) if listing.total else ()), *listing.parts)),
        f"各项之和{expected}" if listing.total is None else total,
        "各项之和为100%" if listing.total is None else f"{expected}，或更正分项",
        shown,
        witnesses=("＋".join(as_printed(p) for p in listing.parts) + f"＝{expected}",),
        level=Level.WARNING if listing.kind == "known" and listing.parts[-1].sentence - first.sentence > _BESIDE else None,
    )


@rule(
    "NAR107",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对测算式的各个因数和结果，按算得的数改正（{expected}）。",
)
def formulas_multiply_out(subject: Subject) -> Iterator[Outcome]:
    """测算式算得的数等于写出的结果。

    错：16人×260元×8天×12个月=37.6万元
    对：16人×260元×8天×12个月=39.94万元
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
        return
    formulas = read_formulas(subject.statements)
    if not formulas:
        yield not_applicable("叙述没有测算式")
    for formula in formulas:
        if formula.holds is None:
            yield insufficient(f"测算式“{formula.expression}”的单位不成金额，没有核对（{formula.place}）", formula.place)
            continue
        yield Examined(formula.place)
        if not formula.holds and formula.computed_yuan is not None:
            yield _wrong_formula(formula, formula.computed_yuan)


def _wrong_formula(formula: Formula, computed: Decimal) -> Draft:
    stated = formula.stated
    right = exact_in(computed, stated.unit)
    lost = [
        (formula.factors[r.factor], r.value)
        for r in formula.repairs
        if _lost_digit(formula.factors[r.factor], r.value) and _plausible(formula, r)
    ]
    instead = [f"“{factor.text}{factor.unit}”是“{value:f}{factor.unit}”" for factor, value in lost]
    hint = f"；若{'，或'.join(instead)}，结果相符" if lost else ""
    repairs = tuple(Repair(formula.place, formula.expression, f"{f.text}{f.unit}", f"{v:f}{f.unit}", "补上缺少的数字") for f, v in lost)
    return Draft(
        f"“{formula.expression}={as_printed(stated)}”不成立：算得{right}{hint}",
        (Side(formula.place, "测算式", formula.expression), claim_side(stated)),
        f"{formula.expression}={as_printed(stated)}",
        "，或".join((*(r.after for r in repairs), f"结果{right}")) if lost else f"{right}，或更正算式里的数",
        signed_in(yuan_of(stated) - computed, stated),
        repairs or (Repair(stated.place, stated.measure, as_printed(stated), right, "按测算式重算"),),
        (f"{formula.expression}＝{exact_in(computed, '元')}",),
        bool(lost),
        Level.WARNING if lost else None,
    )


def _lost_digit(factor: Factor, wanted: Decimal) -> bool:
    """Whether the factor lacks just digits of what would make the formula hold (2 for 12)."""
    text = f"{wanted:f}"
    return factor.text != text and len(factor.text) < len(text) and (text.endswith(factor.text) or text.startswith(factor.text))


def _plausible(formula: Formula, repair: FactorRepair) -> bool:
    """Whether a year may have so many months, and a month so many days."""
    unit = formula.factors[repair.factor].unit
    by_month = any(f.unit.endswith("月") for f in formula.factors)
    most = 12 if unit.endswith("月") else 31 if unit in {"天", "日"} and by_month else 366 if unit in {"天", "日"} else None
    return most is None or repair.value <= most


@rule(
    "NAR108",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对次数和所列各项：写错的改为实际次数，漏列的补列。",
)
def counts_are_what_is_listed(subject: Subject) -> Iterator[Outcome]:
    """写明的次数与列出的项数一致。

    错：召开会议三次。（1、业务培训会，预算5万元；2、集中业务会议，预算3万元）。
    对：召开会议两次。（1、业务培训会，预算5万元；2、集中业务会议，预算3万元）。
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
    for found in counted_items(subject.statements):
        yield Examined(found.count.place)
        if not found.holds:
            yield Draft(
                f"文中写“{compact(found.count.quote)}”，只列出{found.items}项"
                if found.items < found.count.value
                else f"文中写“{compact(found.count.quote)}”，列出了{found.items}项",
                (claim_side(found.count),),
                as_printed(found.count),
                f"{found.items}{found.count.unit}，或补列其余各项",
            )


_PROJECT_COUNT = regex(r"(?:预算|支出)项目共(?:有|计)?\s*(?P<a>\d+)\s*[个项]|共(?:有|计)?\s*(?P<b>\d+)\s*[个项](?:预算|支出)?项目")
_OTHER_PROJECTS = regex(r"转移支付|评价|采购|债券|部门重点")


@rule(
    "NAR110",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.NARRATIVE, Need.TABLES),
    fix="核对项目库，使叙述的项目个数与项目表一致（{expected}）；口径不同的写明口径。",
)
def stated_projects_are_listed(subject: Subject) -> Iterator[Outcome]:
    """叙述写明的项目个数与项目表一致。

    错：共31个项目（项目支出表列16个）。
    对：共31个项目（项目支出表列31个）。
    """
    counts = {
        t.title: n
        for t in subject.disclosure.tables
        if t.kind in {"project_expenditure", "project_performance_summary"} and (n := _projects(t))
    }
    forms = subject.disclosure.of_kind("project_performance_form")
    if forms:
        counts[forms[0].title] = len(forms)
    stated = [
        (s, m)
        for s in subject.sentences
        for m in _PROJECT_COUNT.finditer(s.text)
        if not _OTHER_PROJECTS.search(s.text[max(0, m.start() - 16) : m.start()])
    ]
    if not counts or not stated:
        yield not_applicable("没有写明项目个数，或没有项目表")
        return
    for sentence, match in stated:
        yield Examined(sentence.place_of(match))
        number = int(match["a"] or match["b"])
        if number not in counts.values():
            listed = "、".join(f"“{title}”{n}个" for title, n in counts.items())
            yield Draft(
                f"叙述写{number}个项目，表中是{listed}",
                (Side(sentence.place_of(match), "叙述", compact(match.group())),),
                f"{number}个项目",
                listed,
            )


def _projects(table: Table) -> int:
    """How many projects a table lists by name."""
    names = [c.path for c in table.columns if "项目名称" in c.path]
    return sum(1 for row in table.rows if row.key and row.key.project and any(row.text(path) for path in names))

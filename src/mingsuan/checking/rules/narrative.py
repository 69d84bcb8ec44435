"""NAR: numbers of the narrative against each other. Against tables they are checked as identities (rules/figures.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.amounts import UNITS
from mingsuan.checking.registry import Draft, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Claim, Level, Repair, Side, Table
from mingsuan.model.claims import Role
from mingsuan.reading.formulas import Factor, Formula, read_formulas
from mingsuan.reading.formulas import Repair as FactorRepair
from mingsuan.reading.listings import Listing, counted_items, listings
from mingsuan.reading.ordinals import compact
from mingsuan.reading.relations import ChangeRelation, GrowthRelation, ShareRelation, change_relations, growth_relations, share_relations
from mingsuan.reading.restatements import Restatement, restatements

CHAPTER = "叙述"
_NO_STATEMENTS = "叙述里的数字与原文对不上位置，没有核对"


def _printed(claim: Claim) -> str:
    """A claim as it is printed: digits and unit."""
    return f"{claim.text or claim.value}{claim.unit}"


def _side(claim: Claim) -> Side:
    return Side(claim.place, claim.measure or "叙述", f"“{compact(claim.quote)}”")


def _number(value: Decimal, like: Claim) -> str:
    """A value in 元 (or as a fraction, or in pieces) as the claim would print it, with its unit; one more digit where needed."""
    scale = UNITS.get(like.unit, Decimal(1)) if like.unit != "%" else Decimal("0.01")
    exact = value / scale
    shown = exact.quantize(Decimal(1).scaleb(-like.decimals), rounding=ROUND_HALF_UP)
    if shown == like.value and shown != exact:
        shown = exact.quantize(Decimal(1).scaleb(-like.decimals - 3), rounding=ROUND_HALF_UP).normalize()
    return f"{shown:f}{like.unit}"


def _exact(value: Decimal, unit: str) -> str:
    """A value in 元 in a unit, all its digits."""
    shown = (value / UNITS.get(unit, Decimal(1))).normalize()
    return f"{shown:f}{unit}"


def _text(value: Decimal, like: Claim) -> str:
    return _exact(value, like.unit) if like.unit in UNITS else f"{value.normalize():f}{like.unit}"


@rule("NAR101", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def growth_follows_from_its_base(subject: Subject) -> Iterator[Outcome]:
    """增减百分比以上年数为基数。

    错：2021年收入2430.88万元，比2020年减少620.38万元，下降25.52%。
    对：2021年收入2430.88万元，比2020年减少620.38万元，下降20.33%。
    """
    relations = growth_relations(subject.disclosure.claims)
    if not relations:
        yield not_applicable("叙述没有写明可以核算的增减百分比")
    for relation in relations:
        if relation.zero_base or relation.expected is None or (relation.holds and relation.rounds):
            continue
        if _explained_by_another(relation, subject.disclosure.claims):
            yield insufficient(f"一句里有几个数，不能断定{_printed(relation.growth)}以哪个数为基数（{relation.growth.place}）")
        else:
            yield _wrong_growth(relation, relation.expected)


def _explained_by_another(relation: GrowthRelation, claims: Sequence[Claim]) -> bool:
    """Whether another amount of the sentence gives the printed rate, where no template says which amount is meant."""
    growth, size = relation.growth, _size(relation)
    if growth.template is not None or relation.amount is None:
        return False
    falls = _yuan(relation.amount) < relation.base
    others = [_yuan(c) for c in claims if c.sentence == growth.sentence and c.role is Role.AMOUNT and c.amount is not None]
    bases = (amount + (size if falls else -size) for amount in (*others, sum(others, Decimal(0))) if amount != _yuan(relation.amount))
    half = Decimal(1).scaleb(-growth.decimals) / 2
    return any(base > 0 and abs(size / base * 100 - abs(growth.value)) <= half for base in bases)


def _size(relation: GrowthRelation) -> Decimal:
    """How much was added or taken, in 元: as printed, or between the two printed amounts."""
    if relation.change is not None:
        return abs(_yuan(relation.change))
    return abs(_yuan(relation.amount) - relation.base) if relation.amount is not None else Decimal(0)


def _said(relation: GrowthRelation) -> str:
    """The change and the rate as printed, with their words of direction."""
    rate = f"{relation.growth.direction or ''}{_printed(relation.growth)}"
    if relation.change is None:
        return rate
    return f"{relation.change.direction or ''}{_printed(relation.change)}，{rate}"


def _told(relation: GrowthRelation) -> tuple[Side, ...]:
    return tuple(_side(c) for c in (relation.growth, relation.change, relation.amount, relation.last) if c is not None)


def _wrong_growth(relation: GrowthRelation, expected: Decimal) -> Draft:
    growth = relation.growth
    unit_of = relation.change or relation.amount or growth
    word = growth.direction or "增减"
    right = _number(expected, growth)
    base = _text(relation.base, unit_of)
    derived = ""
    if relation.amount is not None and relation.last is None and relation.change is not None:
        sign = "+" if _yuan(relation.amount) < relation.base else "−"
        derived = f"上年数＝{_printed(relation.amount)}{sign}{_printed(relation.change)}＝{base}；"
    reason = f"，错在以当年数{_printed(relation.amount)}为分母" if relation.wrong_base and relation.amount else ""
    return Draft(
        f"“{_said(relation)}”应为{word}{right}{reason}",
        _told(relation),
        _said(relation),
        f"{word}{right}",
        witnesses=(f"{derived}{_text(_size(relation), unit_of)}÷{base}＝{right}",),
        repairs=(Repair(growth.place, growth.measure, _printed(growth), right, "按上年数重算"),),
        level=Level.INFO if relation.holds else None if growth.template is not None or relation.wrong_base else Level.WARNING,
    )


def _yuan(claim: Claim) -> Decimal:
    return claim.amount.yuan if claim.amount is not None else claim.value


@rule("NAR102", level=Level.ERROR, chapter=CHAPTER, basis="常识", needs=(Need.CLAIMS,))
def directions_agree(subject: Subject) -> Iterator[Outcome]:
    """增减的词与数字的正负一致。

    错：收入减少620.38万元，增长20.33%。
    对：收入减少620.38万元，下降20.33%。
    """
    for growth in growth_relations(subject.disclosure.claims):
        if not growth.same_direction and growth.growth.value and _size(growth):
            yield Draft(f"“{_said(growth)}”前后方向相反", _told(growth), _said(growth), "前后用同一方向的词")
    for change in change_relations(subject.disclosure.claims):
        if not change.right_direction:
            word = "增加" if change.expected > 0 else "减少"
            yield Draft(
                f"{_printed(change.last)}变为{_printed(change.amount)}是{word}，文中却写“{change.change.direction}{_printed(change.change)}”",
                (_side(change.change), _side(change.amount), _side(change.last)),
                f"{change.change.direction}{_printed(change.change)}",
                f"{word}{_text(abs(change.expected), change.change)}",
            )


@rule("NAR103", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def nothing_grows_from_zero(subject: Subject) -> Iterator[Outcome]:
    """上年数为0时没有增减百分比。

    错：上年0万元，今年45万元，增加45万元，增长100%。
    对：上年0万元，今年45万元，增加45万元。
    """
    for relation in growth_relations(subject.disclosure.claims):
        if relation.zero_base:
            yield Draft(
                f"上年数为0，不能计算百分比，文中却写“{relation.growth.direction or ''}{_printed(relation.growth)}”",
                _told(relation),
                f"{relation.growth.direction or ''}{_printed(relation.growth)}",
                "删去百分比，只写增加的金额",
            )


@rule("NAR104", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def changes_are_differences(subject: Subject) -> Iterator[Outcome]:
    """增减额等于两年之差。

    错：今年584.18万元，较上年增加0.18万元，上年预算为584.18万元。
    对：今年584.18万元，较上年增加0.18万元，上年预算为584万元。
    """
    relations = change_relations(subject.disclosure.claims)
    if not relations:
        yield not_applicable("叙述没有同时写明两年的数和增减额")
    elsewhere = [r for r in restatements(subject.statements) if not r.holds]
    for relation in relations:
        if not relation.holds and relation.right_direction:
            yield _wrong_change(relation, [r for r in elsewhere if relation.last in r.claims])


def _wrong_change(relation: ChangeRelation, also: list[Restatement]) -> Draft:
    others = tuple(c for r in also for c in r.claims if c is not relation.last)
    difference = _text(relation.expected, relation.change)
    stated = tuple(
        f"同一项又写作{_printed(c)}（{c.place}）；以它为上年数，差额为{_text(_yuan(relation.amount) - _yuan(c), relation.change)}"
        for c in others
    )
    said = f"{relation.change.direction or ''}{_printed(relation.change)}"
    return Draft(
        f"当年{_printed(relation.amount)}与上年{_printed(relation.last)}相差{difference}，文中却写“{said}”",
        tuple(_side(c) for c in (relation.change, relation.amount, relation.last, *others)),
        said,
        f"相差{difference}，或统一上年数的口径",
        witnesses=(f"{_printed(relation.amount)}−{_printed(relation.last)}＝{difference}", *stated),
    )


@rule("NAR105", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def shares_follow_from_their_parts(subject: Subject) -> Iterator[Outcome]:
    """占比等于部分除以总数。

    错：支出2430.88万元，其中基本支出395万元，占26.25%。
    对：支出2430.88万元，其中基本支出395万元，占16.25%。
    """
    relations = share_relations(subject.disclosure.claims)
    if not relations:
        yield not_applicable("叙述没有写明可以核算的占比")
    for relation in relations:
        if relation.expected is None and not relation.holds:
            yield Draft(
                f"总数为0，不能计算占比，文中却写“占{_printed(relation.share)}”",
                (_side(relation.share), _side(relation.whole)),
                f"占{_printed(relation.share)}",
                "删去占比",
            )
        if relation.expected is None or (relation.holds and relation.rounds):
            continue
        if not _part_of(subject, relation):
            yield insufficient(f"没有写明{_printed(relation.share)}是占哪个总数，没有核对（{relation.share.place}）")
            continue
        off = abs(relation.expected * 100 - relation.share.value).scaleb(relation.share.decimals)
        right = _number(relation.expected, relation.share)
        yield Draft(
            f"{_printed(relation.part)}占{_printed(relation.whole)}的{right}，文中写{_printed(relation.share)}",
            (_side(relation.share), _side(relation.part), _side(relation.whole)),
            f"占{_printed(relation.share)}",
            f"占{right}",
            witnesses=(f"{_printed(relation.part)}÷{_printed(relation.whole)}＝{_number(relation.expected, relation.share)}",),
            level=Level.INFO if off < 1 else Level.WARNING if off < 2 else None,
        )


_INTRODUCES_PARTS = re.compile(r"其中|包括|用于|分为|构成")


def _part_of(subject: Subject, relation: ShareRelation) -> bool:
    """Whether the text says that the part belongs to the whole: a template knows it, or 其中 and the like stand between them."""
    if relation.share.template is not None:
        return True
    where = {id(s.claim): s for s in subject.statements}
    whole, part = where.get(id(relation.whole)), where.get(id(relation.part))
    if whole is None or part is None or whole.paragraph != part.paragraph:
        return False
    between = whole.paragraph.text[whole.number.end : part.number.start]
    return _INTRODUCES_PARTS.search(between) is not None


@rule("NAR106", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def listed_parts_make_the_whole(subject: Subject) -> Iterator[Outcome]:
    """列出的各项之和等于总数。

    错：共有车辆19辆，其中：一般公务用车15辆、机要通信用车1辆、其他用车2辆。
    对：共有车辆19辆，其中：一般公务用车15辆、机要通信用车1辆、其他用车3辆。
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
    for listing in listings(subject.statements, subject.stated_paragraphs):
        if not listing.complete:
            yield insufficient(f"有的分项没有写明数字，没有核对合计（{listing.parts[0].place}）")
        elif not listing.holds and not _gap_between(subject, listing):
            yield _wrong_sum(listing)


def _gap_between(subject: Subject, listing: Listing) -> bool:
    """Whether a figure is left out among the listed parts, so that nothing can be said of their sum (用车。辆)."""
    lines = {c.place for c in listing.parts}
    return any(
        p.place(m.start()) in lines
        for p in subject.paragraphs
        for m in re.finditer(r"[\u4e00-\u9fff][。.]\s*(?:辆|台|人)(?=[、，,；;。])", p.text)
    )


def _wrong_sum(listing: Listing) -> Draft:
    first = listing.parts[0] if listing.total is None else listing.total
    total = "100%" if listing.total is None else _printed(listing.total)
    expected = f"{(listing.expected * 100).normalize():f}%" if listing.total is None else _text(listing.expected, listing.total)
    difference = listing.expected - listing.printed
    shown = f"{(difference * 100).normalize():+f}%" if listing.total is None else _signed(difference, first)
    beyond = "大于" if difference > 0 and not listing.exhaustive else "不等于"
    return Draft(
        f"各项之和{expected}{beyond}{'总数' if listing.total is None else f'“{first.measure}”'}{total}",
        tuple(_side(c) for c in (*((listing.total,) if listing.total else ()), *listing.parts)),
        total,
        expected,
        shown,
        witnesses=("＋".join(_printed(p) for p in listing.parts) + f"＝{expected}",),
    )


def _signed(difference: Decimal, like: Claim) -> str:
    return ("+" if difference > 0 else "−") + _text(abs(difference), like)


@rule("NAR107", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
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
            yield insufficient(f"测算式“{formula.expression}”的单位不成金额，没有核对（{formula.place}）")
        elif not formula.holds and formula.computed_yuan is not None:
            yield _wrong_formula(formula, formula.computed_yuan)


def _wrong_formula(formula: Formula, computed: Decimal) -> Draft:
    stated = formula.stated
    right = _exact(computed, stated.unit)
    lost = [
        (formula.factors[r.factor], r.value)
        for r in formula.repairs
        if _lost_digit(formula.factors[r.factor], r.value) and _plausible(formula, r)
    ]
    instead = [f"“{factor.text}{factor.unit}”是“{value:f}{factor.unit}”" for factor, value in lost]
    hint = f"；若{'，或'.join(instead)}，结果相符" if lost else ""
    repairs = tuple(Repair(formula.place, formula.expression, f"{f.text}{f.unit}", f"{v:f}{f.unit}", "补上缺少的数字") for f, v in lost)
    return Draft(
        f"“{formula.expression}={_printed(stated)}”不成立：算得{right}{hint}",
        (Side(formula.place, "测算式", formula.expression), _side(stated)),
        f"{formula.expression}={_printed(stated)}",
        "，或".join((*(r.after for r in repairs), f"结果{right}")) if lost else f"{right}，或更正算式里的数",
        _signed(_yuan(stated) - computed, stated),
        repairs or (Repair(stated.place, stated.measure, _printed(stated), right, "按测算式重算"),),
        (f"{formula.expression}＝{_exact(computed, '元')}",),
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


@rule("NAR108", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def counts_are_what_is_listed(subject: Subject) -> Iterator[Outcome]:
    """写明的次数与列出的项数一致。

    错：召开会议三次（1、业务培训会；2、集中业务会议）。
    对：召开会议两次（1、业务培训会；2、集中业务会议）。
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
    for found in counted_items(subject.statements):
        if not found.holds:
            yield Draft(
                f"文中写“{compact(found.count.quote)}”，只列出{found.items}项"
                if found.items < found.count.value
                else f"文中写“{compact(found.count.quote)}”，列出了{found.items}项",
                (_side(found.count),),
                _printed(found.count),
                f"{found.items}{found.count.unit}，或补列其余各项",
            )


@rule("NAR109", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,))
def one_thing_has_one_amount(subject: Subject) -> Iterator[Outcome]:
    """同一事项前后金额一致。

    错：免费提供饮水、复印等服务18.4万元。2021年资金需求33万元。
    对：免费提供饮水、复印等服务18.4万元。2021年资金需求18.4万元。
    """
    if not subject.statements:
        yield insufficient(_NO_STATEMENTS)
    explained = {id(r.last) for r in change_relations(subject.disclosure.claims) if not r.holds} | _told_by_tables(subject)
    causes: dict[tuple[int, int], list[Restatement]] = {}
    for stated in restatements(subject.statements):
        if not stated.holds and not any(id(c) in explained for c in stated.claims) and not _two_measures(subject, stated):
            one, other = stated.claims[:2]
            causes.setdefault((one.sentence, other.sentence), []).append(stated)
    for found in causes.values():
        yield _two_amounts(found)


def _told_by_tables(subject: Subject) -> set[int]:
    """Claims of which the tables tell that they are wrong, and what is right (rules/figures.py)."""
    figures = subject.derivation.meaning.figures if subject.derivation else ()
    wrong = (figures[c.figure].claim for cause in subject.causes for c in cause.candidates)
    return {id(subject.disclosure.claims[n]) for n in wrong if n is not None}


def _two_amounts(found: Sequence[Restatement]) -> Draft:
    """What two sentences state differently is one cause, however many amounts of theirs differ."""
    pairs = [stated.claims[:2] for stated in found]
    texts = [f"“{stated.key}”前后两个数：{_printed(one)}与{_printed(other)}" for stated, (one, other) in zip(found, pairs, strict=True)]
    one, other = pairs[0]
    return Draft(
        "；".join(texts),
        tuple(_side(c) for stated in found for c in stated.claims),
        "；".join(f"{_printed(a)}与{_printed(b)}" for a, b in pairs),
        "前后用同一个数",
        _signed(_yuan(one) - _yuan(other), one),
        level=Level.WARNING if all(_rounded_alike(a, b) for a, b in pairs) else None,
    )


def _two_measures(subject: Subject, stated: Restatement) -> bool:
    """Whether one word stands for two regions that may differ: 人员经费 of all funds and of the general budget.

    They may not where the narrative states one amount for all spending and for that of the general budget: then there is
    no other fund, and the word has one meaning.
    """
    if any(c.region is None for c in stated.claims) or len({c.region for c in stated.claims}) < 2:
        return False
    regions = [(dict(c.region), _yuan(c)) for c in subject.disclosure.claims if c.region is not None and c.amount is not None]
    everything = {yuan for region, yuan in regions if set(region) <= {"use"}}
    general = {yuan for region, yuan in regions if region.get("fund") == "一般公共预算" and set(region) <= {"fund", "origin", "use"}}
    return not everything & general


def _rounded_alike(one: Claim, other: Claim) -> bool:
    """Whether one amount is the other with fewer digits (584.18 and 584): careless, but no contradiction of substance."""
    decimals = min(len(c.text.partition(".")[2]) for c in (one, other))
    quantum = Decimal(1).scaleb(-decimals)
    return one.unit == other.unit and one.value.quantize(quantum, ROUND_HALF_UP) == other.value.quantize(quantum, ROUND_HALF_UP)


_PROJECT_COUNT = re.compile(r"(?:预算|支出)项目共(?:有|计)?\s*(?P<a>\d+)\s*[个项]|共(?:有|计)?\s*(?P<b>\d+)\s*[个项](?:预算|支出)?项目")
_OTHER_PROJECTS = re.compile(r"转移支付|评价|采购|债券|部门重点")


@rule("NAR110", level=Level.WARNING, chapter=CHAPTER, basis="算术", needs=(Need.NARRATIVE, Need.TABLES))
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

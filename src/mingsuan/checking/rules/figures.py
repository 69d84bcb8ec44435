"""FIG: printed amounts against each other: identities derived from the forms, and which amount is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.amounts import UNITS, Amount
from mingsuan.checking.registry import About, Draft, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.meaning import Figure
from mingsuan.identities import Candidate, Cause, Derivation, Extent, Identity, Sort, Violation
from mingsuan.identities.edits import LOST, MOVED, POINT
from mingsuan.identities.identity import total, violation
from mingsuan.model import Level, Receipt, Repair, Side, Status

CHAPTER = "数字"
WITNESSED = 20
"""Failing relations that a finding tells one by one."""
SHOWN = 6
"""Addends and candidates that a message names; the rest is counted."""


# ---- rules -----------------------------------------------------------------------------------------------------------


@rule("FIG101", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def totals_are_the_sum_of_their_parts(subject: Subject) -> Iterator[Outcome]:
    """合计等于各部分之和。

    表内的合计、小计与其各列、各行，以及表样规定的其他分解，应当相符；允许的差异只是各数末位四舍五入所能解释的部分。

    错：基本支出小计100.00，其中工资福利支出80.00、商品和服务支出10.00，此外没有别的部分。
    对：基本支出小计90.00，其中工资福利支出80.00、商品和服务支出10.00，此外没有别的部分。
    """
    yield from _causes(subject, "FIG101")
    yield from _ledger(subject, (Sort.PARTITION,), "FIG101 合计等于各部分之和")


@rule("FIG102", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def one_quantity_is_printed_the_same_everywhere(subject: Subject) -> Iterator[Outcome]:
    """同一口径的数字处处一致。

    同一笔钱在不同的表里，或一张表的各行之和与另一张表的一个数之间，应当相符。

    错：收支总体情况表的卫生健康支出21.89，支出总体情况表210类各项之和为21.98。
    对：收支总体情况表的卫生健康支出21.89，支出总体情况表210类各项之和为21.89。
    """
    yield from _causes(subject, "FIG102")
    yield from _ledger(subject, (Sort.EQUAL, Sort.CONDITIONAL, Sort.LISTING), "FIG102 同一口径的数字处处一致")


@rule("FIG103", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def parts_do_not_exceed_their_whole(subject: Subject) -> Iterator[Outcome]:
    """部分不大于总体。

    “其中”数不大于它所属的数。四舍五入不改变大小次序，同样位数的部分印得比总体大，再小也是错。

    错：专项资金合计3300.8，其中财政资金3300.9。
    对：专项资金合计3300.9，其中财政资金3300.9。
    """
    yield from _causes(subject, "FIG103")
    yield from _ledger(subject, (Sort.CONTAINED,), "FIG103 部分不大于总体")


@rule("FIG104", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.DIALECT, Need.TABLES))
def lists_are_complete(subject: Subject) -> Iterator[Outcome]:
    """逐项列示的表没有漏行。

    表的合计与所列各行之和不符，而差额正是另一张表列有、此表没有的各项时，是此表漏列，不是数字有误。

    错：项目支出表列31个项目、合计1458.9；绩效目标汇总表合计也是1458.9，却只列16个项目、合计477.2。
    对：两张表都列31个项目，合计都是1458.9。
    """
    yield from _causes(subject, "FIG104")


@rule("FIG105", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.DIALECT, Need.CLAIMS))
def narrative_agrees_with_tables(subject: Subject) -> Iterator[Outcome]:
    """叙述中的金额与表一致。

    叙述所说的金额，折算成同一单位后，应与表中同一口径的数相符。

    错：说明称公务接待费8万元，“三公”经费表的公务接待费为0.80万元。
    对：说明称公务接待费0.8万元，“三公”经费表的公务接待费为0.80万元。
    """
    yield from _causes(subject, "FIG105")
    derivation = subject.derivation
    if derivation is not None and not any(f.claim is not None for f in derivation.meaning.figures):
        yield insufficient("叙述里的金额没有认出口径，不能与表核对")


@rule("FIG201", level=Level.WARNING, chapter=CHAPTER, basis="惯例", needs=(Need.DIALECT, Need.TABLES))
def customs_of_the_authority_hold(subject: Subject) -> Iterator[Outcome]:
    """惯常相等的数相等。

    有的数按当地惯例通常相等，例如人员经费与工资福利支出加对个人和家庭的补助。不等不一定是错，请核实口径。

    错：人员经费2894.27，工资福利支出2306.51与对个人和家庭的补助456.23之和为2762.74。
    对：人员经费2762.74，工资福利支出2306.51与对个人和家庭的补助456.23之和为2762.74。
    """
    derivation = subject.derivation
    if derivation is None:
        return
    customs = [i for i in derivation.identities if i.sort is Sort.CONVENTION]
    if not customs:
        yield insufficient("表里没有可以按惯例互相核对的数")
    basis = {c.text: c.basis for c in derivation.meaning.dialect.conventions}
    for custom in customs:
        failed = violation(custom, derivation.meaning.figures)
        if failed is not None:
            yield Draft(
                f"{custom.label}，这里相差{_money(failed.difference, derivation, custom)}，请核实两处口径。",
                sides=_sides(derivation, custom),
                observed=_sum_text(derivation, custom.left),
                expected=_sum_text(derivation, custom.right),
                difference=_money(failed.difference, derivation, custom),
                witnesses=(_sentence(derivation, failed),),
                basis=basis.get(custom.label, ""),
            )


@rule("FIG301", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.DIALECT, Need.TABLES))
def amounts_can_be_read(subject: Subject) -> Iterator[Outcome]:
    """金额单元格里是数字。

    金额栏里印的不是数字、也不是空白或横线，无法核对。

    错：合计栏印“1O5.3”（字母O）。
    对：合计栏印“105.3”。
    """
    derivation = subject.derivation
    if derivation is None:
        return
    for figure in derivation.meaning.figures:
        if figure.unreadable:
            text = subject.disclosure.tables[figure.table].rows[figure.row].text(figure.column)
            yield Draft(
                f"{figure.label}印作“{text}”，不是金额，没有参加核对。", sides=(Side(figure.place, figure.label, text),), observed=text
            )


@rule("FIG302", level=Level.INFO, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES))
def declared_relations_can_be_checked(subject: Subject) -> Iterator[Outcome]:
    """表样规定的勾稽关系都能核对。

    找到的表缺了表样里的行或列，有的勾稽关系就无从核对；这样的关系逐条记为“未执行”，不算通过。

    错：“三公”经费表只有“公务用车购置费”一列，没有“公务用车运行费”列。
    对：“三公”经费表“公务用车购置费”“公务用车运行费”两列俱全。
    """
    derivation = subject.derivation
    if derivation is None:
        return
    for relation in derivation.not_executed:
        table = subject.disclosure.tables[relation.table]
        yield Receipt(f"FIG302 《{table.title}》{relation.label}", Status.NOT_EXECUTED, relation.reason, (table.place,))
    for number, row, what in derivation.meaning.unknown:
        table = subject.disclosure.tables[number]
        place = next((c.place for c in table.rows[row].cells.values()), table.place)
        yield Receipt(f"FIG302 《{table.title}》“{what}”行", Status.NOT_EXECUTED, "表样里没有这一行，不知道它的口径", (place,))
    if not derivation.not_executed and not derivation.meaning.unknown and not derivation.identities:
        yield not_applicable("没有可以核对的金额")


# ---- causes → findings -----------------------------------------------------------------------------------------------


def _code(cause: Cause, figures: Sequence[Figure]) -> str:
    """The rule that a cause belongs to: what kind of relation fails first."""
    if cause.missing:
        return "FIG104"
    members = {n for v in cause.violations for n in v.identity.members}
    if any(figures[n].claim is not None for n in members) and not _tables_alone(cause, figures):
        return "FIG105"
    sorts = {v.identity.sort for v in cause.violations}
    if Sort.PARTITION in sorts:
        return "FIG101"
    return "FIG103" if sorts == {Sort.CONTAINED} else "FIG102"


def _tables_alone(cause: Cause, figures: Sequence[Figure]) -> bool:
    """Whether some violated identity involves no claim: then the tables contradict each other and the narrative follows."""
    return any(all(figures[n].claim is None for n in v.identity.members) for v in cause.violations)


def _causes(subject: Subject, code: str) -> Iterator[Draft]:
    derivation = subject.derivation
    if derivation is None:
        return
    for cause in subject.causes:
        if _code(cause, derivation.meaning.figures) == code:
            yield _told(derivation, cause)


def _told(derivation: Derivation, cause: Cause) -> Draft:
    """One cause as one finding."""
    if cause.missing:
        return _incomplete(derivation, cause)
    if _is_last_digit(cause, derivation.meaning.figures):
        return _rounded_apart(derivation, cause)
    if cause.candidates and cause.candidates[0].extent not in (Extent.CELL, Extent.CELLS):
        return _of_many_cells(derivation, cause)
    if len({frozenset(n for n, _ in c.edits) for c in cause.candidates}) == 1:
        return _wrong(derivation, cause)
    return _undecided(derivation, cause)


def _chain(derivation: Derivation, cause: Cause) -> tuple[str, ...]:
    """What does not hold because of a cause, what it violates together with other causes at the end."""
    own = [_sentence(derivation, v) for v in sorted(cause.violations, key=lambda v: len(v.identity.members))]
    shared = [f"{_sentence(derivation, v)}，与另外的错误共同造成" for v in sorted(cause.shared, key=lambda v: len(v.identity.members))]
    said = (*own, *shared)
    return said if len(said) <= WITNESSED else (*said[:WITNESSED], f"……共{len(said)}项关系不成立，其余从略")


def _wrong(derivation: Derivation, cause: Cause) -> Draft:
    """The cells that are wrong are known."""
    figures = derivation.meaning.figures
    best = cause.candidates[0]
    first = min(cause.violations, key=lambda v: (len(v.identity.members), v.tolerance))
    wrong, wanted = figures[best.figure], best.edits[0][1]
    one = len(best.edits) == 1
    printed = _printed(wrong.amount)
    expected = "或".join(dict.fromkeys(_printed(c.edits[0][1]) for c in cause.candidates)) if one else _all_wanted(best)
    count = len(cause.violations) + len(cause.shared)
    also = "，连同其他错误一并改正后全部成立" if cause.shared else "，改正后全部成立"
    return Draft(
        f"{_edit_text(figures, best, expected)}（{best.operation}）：现有{count}项勾稽关系因此不成立{also}。",
        sides=(
            Side(wrong.place, wrong.label, printed),
            *(Side(figures[n].place, figures[n].label, _printed(figures[n].amount)) for n, _ in best.edits[1:] if best.operation != MOVED),
            *_counterparts(derivation, first, best.figure),
        ),
        observed=printed,
        expected=expected,
        difference=_difference(wrong.amount, wanted) if one else "",
        repairs=tuple(r for c in cause.candidates for r in _repairs(figures, c)),
        witnesses=_chain(derivation, cause),
        fix=_fix(figures, cause.candidates),
    )


def _all_wanted(candidate: Candidate) -> str:
    """What several cells should be; of an amount in the wrong column, that its cell is blank."""
    return "空白" if candidate.operation == MOVED else "、".join(_printed(amount) for _, amount in candidate.edits)


def _edit_text(figures: Sequence[Figure], candidate: Candidate, expected: str) -> str:
    """What is printed and what it should be."""
    wrong = figures[candidate.figure]
    if candidate.operation == MOVED:
        return f"{wrong.label}印作{_printed(wrong.amount)}，应为空白，这个数应在“{figures[candidate.edits[1][0]].column}”列"
    if len(candidate.edits) == 1:
        return f"{wrong.label}印作{_printed(wrong.amount)}，应为{expected}"
    told = (f"{figures[n].label}印作{_printed(figures[n].amount)}，应为{_printed(amount)}" for n, amount in candidate.edits)
    return "；".join(told)


def _fix(figures: Sequence[Figure], candidates: Sequence[Candidate]) -> str:
    """What a finance officer is to do."""
    best = candidates[0]
    if len(candidates) > 1:
        return ""
    told = "，".join(f"{'再' if place else ''}把{figures[n].label}改为{_printed(a)}" for place, (n, a) in enumerate(best.edits))
    return f"核对原始数据，确认后{told}；其余各数不必改动。"


def _undecided(derivation: Derivation, cause: Cause) -> Draft:
    """Several repairs are equally likely, or none is known."""
    figures = derivation.meaning.figures
    first = min(cause.violations, key=lambda v: (len(v.identity.members), v.tolerance))
    right = _sum_text(derivation, first.identity.right)
    return Draft(
        f"{_sentence(derivation, first)}。{_tail(cause, figures)}",
        sides=_sides(derivation, first.identity),
        observed=_sum_text(derivation, first.identity.left),
        expected=right if first.identity.sort is not Sort.CONTAINED else f"不大于{right}",
        difference=_money(first.difference, derivation, first.identity),
        repairs=tuple(r for c in cause.candidates for r in _repairs(figures, c)),
        witnesses=_chain(derivation, cause),
    )


def _tail(cause: Cause, figures: Sequence[Figure]) -> str:
    """What is known of a cause that is not decided."""
    if cause.candidates and all(len(c.edits) == 1 for c in cause.candidates):
        named = list(dict.fromkeys(figures[c.figure].label for c in cause.candidates))
        more = f"等{len(named)}处" if len(named) > SHOWN else f"这{len(named)}处"
        told = [named[0], *(_after(named[0], n) for n in named[1:SHOWN])]
        return f"{'、'.join(told)}{more}中有一处有误，可能性相同，请对照原始数据。"
    if cause.candidates:
        ways = [_edit_text(figures, c, _all_wanted(c) if len(c.edits) > 1 else _printed(c.edits[0][1])) for c in cause.candidates[:SHOWN]]
        listed = "".join(f"（{n}）{way}；" for n, way in enumerate(ways, 1))
        return f"以下{len(cause.candidates)}种改法都能使各项关系成立，可能性相同，请对照原始数据：{listed.rstrip('；')}。"
    if cause.beyond or len(cause.violations) > WITNESSED:
        return f"有{len(cause.violations)}项关系同时不成立，不像是个别数字有误，请对照原件核实这张表是否完整、列是否对齐。"
    return "改动任何一个数都不能使各项关系全部成立，请逐项对照原始数据。"


def _of_many_cells(derivation: Derivation, cause: Cause) -> Draft:
    """A slip of a whole column, of rows or of a table."""
    figures = derivation.meaning.figures
    best = cause.candidates[0]
    first = min(cause.violations, key=lambda v: (len(v.identity.members), v.tolerance))
    readings = "，或".join(_many_text(derivation, c) for c in cause.candidates)
    equal = "这几种可能同样说得通，请对照原件。" if len(cause.candidates) > 1 else ""
    defect = "也可能是文件转换时丢失或错位，请先对照原件。" if cause.conversion else ""
    wrong = figures[best.figure]
    return Draft(
        f"{readings}：现有{len(cause.violations)}项勾稽关系因此不成立，改正后全部成立。{equal}{defect}",
        sides=(Side(wrong.place, wrong.label, _printed(wrong.amount)), *_counterparts(derivation, first, best.figure)),
        observed=_printed(wrong.amount),
        expected=_printed(best.edits[0][1]),
        repairs=tuple(_repair_of_many(derivation, c) for c in cause.candidates),
        witnesses=_chain(derivation, cause),
        conversion_suspected=cause.conversion,
        fix=f"对照原件核实后，{'，或'.join(_order(derivation, c) for c in cause.candidates)}；不必逐个改数。",
    )


def _many(derivation: Derivation, candidate: Candidate) -> str:
    """The cells of a slip of many, as a whole."""
    figures = derivation.meaning.figures
    wrong = figures[candidate.figure]
    table = f"《{next(t.table.title for t in derivation.meaning.tables if t.index == wrong.table)}》"
    columns = "、".join(f"“{c}”" for c in dict.fromkeys(figures[n].column for n, _ in candidate.edits))
    match candidate.extent:
        case Extent.TABLE:
            return f"{table}全部{len(candidate.edits)}个金额"
        case Extent.ROWS:
            rows = dict.fromkeys(figures[n].label.partition("·")[2].partition("·")[0] for n, _ in candidate.edits)
            return f"{table}{'、'.join(f'“{r}”' for r in rows)}两行"
        case _:
            return f"{table}{columns}列"


def _many_text(derivation: Derivation, candidate: Candidate) -> str:
    wrong = derivation.meaning.figures[candidate.figure]
    wanted = candidate.edits[0][1]
    example = f"例如{wrong.label}印作{_printed(wrong.amount)}，应为{_printed(wanted)}"
    return f"{_many(derivation, candidate)}有误（{candidate.operation}），{example}"


def _order(derivation: Derivation, candidate: Candidate) -> str:
    """What to do about a slip of many cells."""
    many, wanted = _many(derivation, candidate), candidate.edits[0][1]
    printed = derivation.meaning.figures[candidate.figure].amount
    if printed is not None and wanted is not None and printed.unit != wanted.unit:
        return f"把{many}的单位改为{wanted.unit}，或把各数折算成{printed.unit}"
    if candidate.operation == LOST:
        return f"补上{many}的各数"
    return f"把{many}的各数{'互换' if wanted is None or candidate.operation != POINT else '改正小数点'}"


def _repair_of_many(derivation: Derivation, candidate: Candidate) -> Repair:
    wrong = derivation.meaning.figures[candidate.figure]
    example = candidate.edits[0][1]
    return Repair(wrong.place, _many(derivation, candidate), _printed(wrong.amount), f"{_printed(example)}（首个）", candidate.operation)


def _is_last_digit(cause: Cause, figures: Sequence[Figure]) -> bool:
    """Whether a cause is one last digit between prints of one quantity in 千元 or more: rounded items added up, or their sum rounded."""
    if not any(v.identity.sort in {Sort.EQUAL, Sort.CONDITIONAL} for v in cause.violations):
        return False
    for v in cause.violations:
        amounts = [figures[n].amount for n in v.identity.members]
        if len(amounts) != 2 or abs(v.difference) > v.tolerance or any(a is None or a.unit == "元" or not a.decimals for a in amounts):
            return False
    return True


def _rounded_apart(derivation: Derivation, cause: Cause) -> Draft:
    first = min(cause.violations, key=lambda v: v.identity.sort is Sort.CONTAINED)
    return Draft(
        f"{_sentence(derivation, first)}。只差末位一个数字，多是先舍入再相加与先相加再舍入的不同，宜统一。",
        sides=tuple(dict.fromkeys(s for v in cause.violations for s in _sides(derivation, v.identity))),
        observed=_sum_text(derivation, first.identity.left),
        expected=_sum_text(derivation, first.identity.right),
        difference=_money(first.difference, derivation, first.identity),
        level=Level.INFO,
    )


def _incomplete(derivation: Derivation, cause: Cause) -> Draft:
    figures = derivation.meaning.figures
    sums = [v for v in cause.violations if v.identity.sort is Sort.PARTITION]
    number = figures[sums[0].identity.left[0]].table
    table = next(t.table.title for t in derivation.meaning.tables if t.index == number)
    missing = [figures[n] for n in cause.missing]
    names = "；".join(f"{f.label.partition('·')[2] or f.label} {_printed(f.amount)}" for f in missing[:SHOWN])
    more = f"等{len(missing)}项" if len(missing) > SHOWN else ""
    yuan = sum((f.amount.yuan for f in missing if f.amount), Decimal(0))
    unit = missing[0].amount.unit if missing[0].amount else "元"
    whole = max(total(figures, v.identity.left)[0] for v in sums)
    return Draft(
        f"《{table}》没有列全：另一张表列有而此表没有的有{len(missing)}项，合计{_in(yuan, unit)}"
        f"（{names}{more}），所列各行之和因此与合计不符。",
        sides=(
            *(
                Side(figures[v.identity.left[0]].place, figures[v.identity.left[0]].label, _sum_text(derivation, v.identity.left))
                for v in sums
            ),
            *(Side(f.place, f.label, _printed(f.amount)) for f in missing),
        ),
        observed=f"所列各项合计{_in(whole - yuan, unit)}",
        expected=f"列全各项，合计{_in(whole, unit)}",
        difference=_in(-yuan, unit),
        witnesses=tuple(_sentence(derivation, v) for v in sums),
        conversion_suspected=True,
    )


def _repairs(figures: Sequence[Figure], candidate: Candidate) -> Iterator[Repair]:
    for number, amount in candidate.edits:
        figure = figures[number]
        yield Repair(figure.place, figure.label, _printed(figure.amount), _printed(amount), candidate.operation)


def _counterparts(derivation: Derivation, v: Violation, wrong: int) -> tuple[Side, ...]:
    """The side of an identity that the wrong figure does not stand on; its own side where it is one of several addends."""
    identity = v.identity
    others = identity.right if wrong in identity.left else identity.left
    return _side(derivation, others or identity.left)


def _sides(derivation: Derivation, identity: Identity) -> tuple[Side, ...]:
    return (*_side(derivation, identity.left), *_side(derivation, identity.right))


def _side(derivation: Derivation, numbers: Sequence[int]) -> tuple[Side, ...]:
    figures = [derivation.meaning.figures[n] for n in numbers if derivation.meaning.figures[n].amount is not None]
    return tuple(Side(f.place, f.label, _printed(f.amount)) for f in figures)


# ---- receipts --------------------------------------------------------------------------------------------------------


def _ledger(subject: Subject, sorts: Sequence[Sort], obligation: str) -> Iterator[Receipt]:
    """One receipt per table for one sort of identity: how many were evaluated and whether all hold."""
    derivation = subject.derivation
    if derivation is None:
        return
    figures = derivation.meaning.figures
    failing = {id(v.identity) for v in derivation.violations()}
    held: dict[int, list[bool]] = {}
    for identity in derivation.identities:
        if identity.sort in sorts:
            for number in {figures[n].table for n in identity.members if figures[n].table >= 0}:
                held.setdefault(number, []).append(id(identity) not in failing)
    for table_meaning in derivation.meaning.tables:
        table = table_meaning.table
        verdicts = held.get(table_meaning.index, [])
        name = f"{obligation}：《{table.title}》"
        if not verdicts:
            why = "表内没有金额" if not any(True for _ in table.amounts()) else "表内金额没有可以这样核对的关系"
            yield Receipt(name, Status.NOT_APPLICABLE, why, (table.place,))
        elif all(verdicts):
            yield Receipt(name, Status.PASSED, f"{len(verdicts)}项关系全部成立", (table.place,))
        else:
            yield Receipt(name, Status.FAILED, f"{len(verdicts)}项关系中{verdicts.count(False)}项不成立", (table.place,))


# ---- words -----------------------------------------------------------------------------------------------------------


def _printed(amount: Amount | None) -> str:
    return "空白" if amount is None else str(amount)


def _in(yuan: Decimal, unit: str) -> str:
    value = (yuan / UNITS[unit]).normalize()
    return f"{value:,f}{unit}"


def _difference(printed: Amount | None, wanted: Amount | None) -> str:
    if printed is None or wanted is None:
        return ""
    return _in(printed.yuan - wanted.yuan, printed.unit)


def _unit(derivation: Derivation, numbers: Sequence[int]) -> str:
    return next((a.unit for n in numbers if (a := derivation.meaning.figures[n].amount) is not None), "元")


def _money(yuan: Decimal, derivation: Derivation, identity: Identity) -> str:
    return _in(yuan, _unit(derivation, identity.members))


def _sum_text(derivation: Derivation, numbers: Sequence[int]) -> str:
    figures = derivation.meaning.figures
    amounts = [a for n in numbers if (a := figures[n].amount) is not None]
    if len(amounts) == 1:
        return _printed(amounts[0])
    return _in(total(figures, numbers)[0], _unit(derivation, numbers))


def _sentence(derivation: Derivation, v: Violation) -> str:
    """A violated identity with both sides in words and figures."""
    identity = v.identity
    left = _words(derivation, identity.left)
    right = _after(left, _words(derivation, identity.right)) if identity.right else "没有列示，即0"
    relation = "大于" if identity.sort is Sort.CONTAINED else "与"
    tail = "" if identity.sort is Sort.CONTAINED else "不符"
    gap = _in(abs(v.difference), _unit(derivation, identity.members))
    allowed = _in(v.tolerance, _unit(derivation, identity.members))
    return f"{left}{relation}{right}{tail}，相差{gap}（舍入至多可解释{allowed}）"


def _after(said: str, name: str) -> str:
    """A cell's name after another of its table: the table is not told twice."""
    table, point, cell = name.partition("·")
    return f"同表的{cell}" if point and said.startswith(f"{table}·") else name


def _words(derivation: Derivation, numbers: Sequence[int]) -> str:
    figures = derivation.meaning.figures
    loud = [figures[n] for n in numbers if figures[n].amount is not None]
    if not loud:
        return f"{figures[numbers[0]].label}（空白）" if numbers else "0"
    if len(loud) == 1:
        return f"{loud[0].label} {_printed(loud[0].amount)}"
    shown = "＋".join(_printed(f.amount) for f in loud[:SHOWN])
    more = f"＋…共{len(loud)}项" if len(loud) > SHOWN else ""
    return f"{loud[0].label}等{len(loud)}项之和 {_sum_text(derivation, numbers)}（{shown}{more}）"

"""FIG: printed amounts against each other: identities derived from the forms, and which amount is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.checking.causes import told
from mingsuan.checking.cell_names import named
from mingsuan.checking.figure_words import money, sentence, sides, signed, sum_text
from mingsuan.checking.matters import called
from mingsuan.checking.registry import About, Draft, Examined, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.meaning import Figure
from mingsuan.dialects.names import bare
from mingsuan.identities import Cause, Derivation, Identity, Sort
from mingsuan.identities.edits import TYPED
from mingsuan.identities.identity import violation
from mingsuan.model import Level, Receipt, Side, Status

CHAPTER = "数字"


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
    derivation = subject.derivation
    if derivation is not None:
        summed = {derivation.meaning.figures[i.left[0]].table for i in derivation.identities if i.sort is Sort.PARTITION and i.left}
        yield from (Examined(t.table.place) for t in derivation.meaning.tables if t.index in summed)


@rule("FIG105", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.DIALECT, Need.CLAIMS))
def narrative_agrees_with_tables(subject: Subject) -> Iterator[Outcome]:
    """叙述中的金额与表一致。

    叙述所说的金额，折算成同一单位后，应与表中同一口径的数相符。

    错：说明称公务接待费8万元，“三公”经费表的公务接待费为0.80万元。
    对：说明称公务接待费0.8万元，“三公”经费表的公务接待费为0.80万元。
    """
    derivation = subject.derivation
    for draft, cause in _told(subject, "FIG105"):
        doubted = derivation is not None and subject.stands_in and _may_mean_another(derivation, cause)
        level = Level.INFO if doubted and derivation is not None and _same_class(derivation, cause) else Level.WARNING
        yield replace(draft, level=level) if doubted and draft.level is None else draft
    if derivation is not None:
        yield from _claims_beside_tables(derivation)


def _claims_beside_tables(derivation: Derivation) -> Iterator[Outcome]:
    """The amounts of the narrative that a relation ties to the tables, and what is to be said of the others."""
    figures = derivation.meaning.figures
    claimed = [n for n, f in enumerate(figures) if f.claim is not None]
    hard = (i.members for i in derivation.identities if i.sort is not Sort.CONVENTION)
    tied = {n for members in hard for n in members if any(figures[m].claim is None for m in members)}
    yield from (Examined(figures[n].place) for n in claimed if n in tied)
    loose = [n for n in claimed if n not in tied]
    if not claimed:
        yield insufficient("叙述里的金额没有认出口径，不能与表核对")
    elif loose:
        yield insufficient(f"叙述里有{len(loose)}个金额，表里没有同一口径的数可以核对", *(figures[n].place for n in loose))


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
    beyond = _beyond_repair(subject, derivation)
    for custom in customs:
        failed = violation(custom, derivation.meaning.figures)
        yield Examined(derivation.meaning.figures[custom.members[0]].place)
        if failed is None or _follows(custom, subject.causes, derivation.meaning.figures):
            continue
        if beyond.isdisjoint(derivation.meaning.figures[n].table for n in custom.members):
            yield Draft(
                f"{custom.label}，这里相差{money(abs(failed.difference), derivation, custom)}，请核实两处口径。",
                sides=sides(derivation, custom),
                observed=sum_text(derivation, custom.left),
                expected=sum_text(derivation, custom.right),
                difference=signed(failed.difference, derivation, custom),
                witnesses=(sentence(derivation, failed),),
                basis=basis.get(custom.label, ""),
                level=Level.INFO if abs(failed.difference) <= failed.tolerance else None,
                fix="核对两处各包括哪些内容：口径不同的写明口径，数字有误的改正。",
            )


def _follows(custom: Identity, causes: Sequence[Cause], figures: Sequence[Figure]) -> bool:
    """Whether a custom holds once a wrong number that is told of elsewhere is put right."""
    for edits in (candidate.edits for cause in causes for candidate in cause.candidates):
        mended = list(figures)
        for n, amount in edits:
            mended[n] = replace(figures[n], amount=amount, unreadable=False)
        if any(n in custom.members for n, _ in edits) and violation(custom, mended) is None:
            return True
    return False


def _beyond_repair(subject: Subject, derivation: Derivation) -> set[int]:
    """The tables in which every relation of a cause fails that is more than some wrong numbers: that is told there."""
    found: set[int] = set()
    for cause in subject.causes:
        if cause.beyond and not cause.candidates:
            found |= set.intersection(*({derivation.meaning.figures[n].table for n in v.identity.members} for v in cause.violations))
    return found


_SLIPS = 5
"""More cells of one table than this that cannot be read have one cause, the way in which it writes amounts."""


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
    found: dict[int, list[Side]] = {}
    for figure in derivation.meaning.figures:
        if figure.claim is None:
            yield Examined(figure.place)
        if figure.unreadable:
            text = subject.disclosure.tables[figure.table].rows[figure.row].text(figure.column)
            if bare(text) in {bare(label) for label in figure.column.split("/")}:
                continue  # a header that shares its line with the total
            if subject.stands_in and not any(map(str.isdigit, text)):
                continue  # rather a heading of the table's own than an amount
            found.setdefault(figure.table, []).append(Side(figure.place, figure.label, text))
    for number, unread in found.items():
        if len(unread) <= _SLIPS:
            yield from (Draft(f"{named(s.label)}印作“{s.text}”，不是金额，没有参加核对。", sides=(s,), observed=s.text) for s in unread)
        else:
            title = called(subject.disclosure.tables[number], subject.dialect)
            told = f"《{title}》有{len(unread)}处印的不是金额（例如“{unread[0].text}”），没有参加核对。"
            yield Draft(told, sides=tuple(unread), observed=f"{len(unread)}处不是金额")


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
    yield from (Examined(t.table.place) for t in derivation.meaning.tables if derivation.identities)
    for relation in derivation.not_executed:
        table = subject.disclosure.tables[relation.table]
        yield Receipt(f"FIG302 《{called(table, subject.dialect)}》{relation.label}", Status.NOT_EXECUTED, relation.reason, (table.place,))
    for number, row, what in derivation.meaning.unknown:
        table = subject.disclosure.tables[number]
        place = next((c.place for c in table.rows[row].cells.values()), table.place)
        name = f"FIG302 《{called(table, subject.dialect)}》“{what}”行"
        yield Receipt(name, Status.NOT_EXECUTED, "表样里没有这一行，不知道它的口径", (place,))
    if not derivation.not_executed and not derivation.meaning.unknown and not derivation.identities:
        yield not_applicable("没有可以核对的金额")


# ---- which rule a cause belongs to --------------------------------------------------------------------------------------


def _code(cause: Cause, figures: Sequence[Figure]) -> str:
    """The rule that a cause belongs to: what kind of relation fails first."""
    if cause.missing:
        return "FIG104"
    members = {n for v in cause.chain for n in v.identity.members}
    if any(figures[n].claim is not None for n in members) and not _tables_alone(cause, figures):
        return "FIG105"
    sorts = {v.identity.sort for v in cause.chain}
    if Sort.PARTITION in sorts:
        return "FIG101"
    return "FIG103" if sorts == {Sort.CONTAINED} else "FIG102"


def _tables_alone(cause: Cause, figures: Sequence[Figure]) -> bool:
    """Whether some violated identity involves no claim: then the tables contradict each other and the narrative follows."""
    return any(all(figures[n].claim is None for n in v.identity.members) for v in cause.chain)


def _causes(subject: Subject, code: str) -> Iterator[Draft]:
    for draft, cause in _told(subject, code):
        yield replace(draft, level=Level.WARNING) if draft.level is None and subject.stands_in and _is_weak(cause) else draft


def _is_weak(cause: Cause) -> bool:
    """Whether a table that was read with another authority's form may rather have been misread.

    No repair is known, rows are missing, or a single relation asks for a number that no known slip explains.
    """
    if cause.missing or not cause.candidates:
        return True
    return len(cause.chain) == 1 and not set(cause.candidates[0].operation.split("、")) <= TYPED


def _told(subject: Subject, code: str) -> Iterator[tuple[Draft, Cause]]:
    derivation = subject.derivation
    if derivation is None:
        return
    for cause in subject.causes:
        if _code(cause, derivation.meaning.figures) == code:
            yield told(derivation, cause), cause


def _may_mean_another(derivation: Derivation, cause: Cause) -> bool:
    """Whether the words of no known authority may mean another figure.

    The tables print the very amount elsewhere, or no table says anything of it and only sentences differ.
    """
    figures = derivation.meaning.figures
    members = {n for v in cause.violations for n in v.identity.members}
    stated = {a.yuan for n in members if figures[n].claim is not None and (a := figures[n].amount) is not None and a.yuan}
    if all(figures[n].claim is not None for n in members):
        return True
    return any(f.claim is None and f.amount is not None and f.amount.yuan in stated for f in figures)


def _same_class(derivation: Derivation, cause: Cause) -> bool:
    """Whether a table prints every stated amount for the functional class that it is stated for, of another fund or year of origin."""
    figures, axes = derivation.meaning.figures, derivation.meaning.dialect.axes
    members = {n for v in cause.violations for n in v.identity.members}
    stated = [figures[n] for n in members if figures[n].claim is not None and figures[n].amount is not None]

    def of(figure: Figure) -> object:
        return figure.box(axes).lookup.get("function")

    return all(
        of(s) is not None
        and any(
            f.claim is None and f.amount is not None and s.amount is not None and f.amount.yuan == s.amount.yuan and of(f) == of(s)
            for f in figures
        )
        for s in stated
    )


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
        name = f"{obligation}：《{called(table, derivation.meaning.dialect)}》"
        if not verdicts:
            why = "表内没有金额" if not any(True for _ in table.amounts()) else "表内金额没有可以这样核对的关系"
            yield Receipt(name, Status.NOT_APPLICABLE, why, (table.place,))
        elif all(verdicts):
            yield Receipt(name, Status.PASSED, f"{len(verdicts)}项关系全部成立", (table.place,))
        else:
            yield Receipt(name, Status.FAILED, f"{len(verdicts)}项关系中{verdicts.count(False)}项不成立", (table.place,))

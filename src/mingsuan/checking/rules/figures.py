"""FIG1: printed amounts against each other: identities derived from the forms, and which amount is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.checking.doubts import is_weak, may_mean_another, same_class
from mingsuan.checking.matters import called
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, rule
from mingsuan.checking.roots.root import Root
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.causes import told
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import LOCALISED_AT_MOST, Cause, Derivation, Sort, is_beyond
from mingsuan.model import Level, Receipt, Status

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
    yield from _unsearched(subject)


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
        doubted = derivation is not None and subject.stands_in and may_mean_another(derivation, cause)
        level = Level.INFO if doubted and derivation is not None and same_class(derivation, cause) else Level.WARNING
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
        yield replace(draft, level=Level.WARNING) if draft.level is None and subject.stands_in and is_weak(cause) else draft


def _told(subject: Subject, code: str) -> Iterator[tuple[Draft, Cause]]:
    derivation = subject.derivation
    if derivation is None:
        return
    for unit in subject.wrong_units:
        if _code(unit.cause, unit.derivation.meaning.figures) == code:
            yield told(unit.derivation, Root(unit.cause)), unit.cause
    for root in subject.roots:
        if _code(root.cause, derivation.meaning.figures) == code:
            yield told(derivation, root), root.cause


# ---- receipts --------------------------------------------------------------------------------------------------------


def _unsearched(subject: Subject) -> Iterator[Receipt]:
    """That nothing tells which numbers are wrong, where too much fails for any search."""
    if subject.derivation is None or not is_beyond(subject.derivation):
        return
    failing = sum(v.identity.sort is not Sort.CONVENTION for v in subject.derivation.violations())
    why = f"全文有{failing}项勾稽关系不成立，超过逐个查找的上限{LOCALISED_AT_MOST}项，不像是个别数字有误"
    done = "只列出不成立的关系，没有查找是哪个数有误。请先核对表格是否完整、列是否对齐"
    yield Receipt("FIG101 查找有误的数字", Status.NOT_EXECUTED, f"{why}；{done}")


def _ledger(subject: Subject, sorts: Sequence[Sort], obligation: str) -> Iterator[Receipt]:
    """One receipt per table for one sort of identity: how many were evaluated and whether all hold."""
    derivation = subject.printed
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

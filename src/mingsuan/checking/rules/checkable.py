"""FIG3: whether the printed amounts can be checked at all: they are numbers, and the rows and columns that relate them are there."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.matters import called
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.cell_names import named
from mingsuan.dialects.names import bare
from mingsuan.model import Level, Receipt, Side, Status

CHAPTER = "数字"

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

"""PRIV: personal data in published forms. No message repeats a name or a number."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Outcome
from mingsuan.checking.personal import IDENTITY, NAMED_CONTACT, identities, names_and_numbers
from mingsuan.checking.registry import everything, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Row, Side, Table

CHAPTER = "隐私"


@rule("PRIV101", level=Level.WARNING, chapter=CHAPTER, basis="《中华人民共和国政府信息公开条例》第15条", looks_at=everything)
def no_names_with_numbers(subject: Subject) -> Iterator[Outcome]:
    """公开文本不刊载个人姓名和电话、身份证号。

    错：项目绩效目标表印有项目负责人、联系人姓名和联系电话。
    对：公开前隐去个人姓名和联系电话。
    """
    sides = [*_in_tables(subject), *_in_text(subject)]
    if sides:
        yield Draft(
            f"公开文本有{len(sides)}处载有个人姓名和联系电话，或者证件号码",
            tuple(sides),
            "个人姓名和号码",
            "公开前隐去姓名和号码，或征得本人同意、改用单位公开电话",
            witnesses=("报告不重复所涉姓名和号码，请按位置查看原文",),
        )


def _in_tables(subject: Subject) -> Iterator[Side]:
    for table in subject.disclosure.tables:
        for row in table.rows:
            side = _of_row(table, row)
            if side is not None:
                yield side
                continue
            for path, cell in row.cells.items():
                yield from (Side(cell.place, f"{table.title}：{path}", "（18位证件号码）") for _ in identities(cell.text))


def _of_row(table: Table, row: Row) -> Side | None:
    people, numbers = names_and_numbers(row)
    if not people or not numbers:
        return None
    digits = sum(ch.isdigit() for ch in row.text(numbers[0]))
    shown = "、".join(p.rpartition("/")[2] for p in (*people, *numbers))
    return Side(row.cells[numbers[0]].place, f"{table.title}：{shown}", f"（姓名）、（{digits}位号码）")


def _in_text(subject: Subject) -> Iterator[Side]:
    for paragraph in subject.paragraphs:
        for match in NAMED_CONTACT.finditer(paragraph.text):
            yield Side(paragraph.place(match.start()), "叙述", f"（姓名）、（{sum(c.isdigit() for c in match['number'])}位号码）")
        for match in IDENTITY.finditer(paragraph.text):
            yield Side(paragraph.place(match.start()), "叙述", "（18位证件号码）")

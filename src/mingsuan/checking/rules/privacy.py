"""PRIV: personal data in published forms. No message repeats a name or a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.registry import Draft, Outcome, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Row, Side, Table

CHAPTER = "隐私"
_PERSON = re.compile(r"(?:负责人|联系人|经办人|填表人|填报人|姓名|项目主管)$")
_CONTACT = re.compile(r"电话|手机|联系方式|身份证|证件号")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_NUMBER = re.compile(r"(?<!\d)(?:\d{3,4}[-—]?)?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?!\d)")
_NAMED_CONTACT = re.compile(
    r"(?:联系人|负责人|经办人|填表人)[：:\s]*[\u4e00-\u9fff]{2,4}[^。\n]{0,20}?(?:电话|手机|联系方式)[：:\s]*(?P<number>[\d\-—]{7,})"
)


@rule("PRIV101", level=Level.WARNING, chapter=CHAPTER, basis="《中华人民共和国政府信息公开条例》第15条")
def no_names_with_numbers(subject: Subject) -> Iterator[Outcome]:
    """公开文本不刊载个人姓名和电话、身份证号。

    错：项目绩效目标表印有项目负责人、联系人姓名和联系电话。
    对：公开前隐去个人姓名和联系电话。
    """
    sides = [*_in_tables(subject), *_in_text(subject)]
    if sides:
        yield Draft(
            f"公开文本有{len(sides)}处同时载有个人姓名和联系电话或证件号码",
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


def _of_row(table: Table, row: Row) -> Side | None:
    people = [p for p, c in row.cells.items() if _PERSON.search(p) and _NAME.fullmatch(c.text)]
    numbers = [p for p, c in row.cells.items() if _CONTACT.search(p) and _NUMBER.search(c.text)]
    if not people or not numbers:
        return None
    digits = sum(ch.isdigit() for ch in row.text(numbers[0]))
    shown = "、".join(p.rpartition("/")[2] for p in (*people, *numbers))
    return Side(row.cells[numbers[0]].place, f"{table.title}：{shown}", f"（姓名）、（{digits}位号码）")


def _in_text(subject: Subject) -> Iterator[Side]:
    for paragraph in subject.paragraphs:
        for match in _NAMED_CONTACT.finditer(paragraph.text):
            yield Side(paragraph.place(match.start()), "叙述", f"（姓名）、（{sum(c.isdigit() for c in match['number'])}位号码）")
        for match in _IDENTITY.finditer(paragraph.text):
            yield Side(paragraph.place(match.start()), "叙述", "（18位证件号码）")

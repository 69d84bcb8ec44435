"""Names with telephone or identity numbers in a published text: what finds them, and what keeps reports from repeating them."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.model import Disclosure, Row
from mingsuan.patterns import regex
from mingsuan.places import Place

HIDDEN = "（隐去）"
"""Stands where a report does not repeat a cell."""
_MASK = "＊"
_PERSON = regex(r"(?:负责人|联系人|经办人|填表人|填报人|姓名|项目主管)$")
_CONTACT = regex(r"电话|手机|联系方式|身份证|证件号")
_NAME = regex(r"[\u4e00-\u9fff·]{2,5}")
_NUMBER = regex(r"(?<!\d)(?:\d{3,4}[-—]?)?\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
IDENTITY = regex(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?!\d)")
"""A citizen's identity number."""
NAMED_CONTACT = regex(
    r"(?:联系人|负责人|经办人|填表人)[：:\s]*(?P<name>[\u4e00-\u9fff]{2,4})[^。\n]{0,20}?(?:电话|手机|联系方式)[：:\s]*(?P<number>[\d\-—]{7,})"
)
"""Somebody's name and number in running text."""


def names_and_numbers(row: Row) -> tuple[list[str], list[str]]:
    """Paths of the columns in which a row prints a person's name, and of those with a number of telephone or identity."""
    people = [p for p, c in row.cells.items() if _PERSON.search(p) and _NAME.fullmatch(c.text)]
    numbers = [p for p, c in row.cells.items() if _CONTACT.search(p) and _NUMBER.search(c.text)]
    return people, numbers


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def identities(text: str) -> Iterator[tuple[int, int]]:
    """Where a text prints citizens' identity numbers: those whose last character is the check of the others (GB 11643)."""
    for match in IDENTITY.finditer(text) if len(text) >= len(_WEIGHTS) + 1 else ():
        digits = match.group()
        if _CHECKS[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % len(_CHECKS)] == digits[-1].upper():
            yield match.span()


def is_personal(path: str, text: str) -> bool:
    """Whether a cell of a column holds a name or a number that a report does not repeat."""
    named = _PERSON.search(path) is not None and _NAME.fullmatch(text) is not None
    return named or (_CONTACT.search(path) is not None and any(c.isdigit() for c in text)) or IDENTITY.search(text) is not None


def masked(text: str) -> str:
    """A text of the same length without the names and numbers of persons."""
    hidden = [m.span(group) for m in NAMED_CONTACT.finditer(text) for group in ("name", "number")]
    for first, last in (*hidden, *(m.span() for m in IDENTITY.finditer(text))):
        text = text[:first] + _MASK * (last - first) + text[last:]
    return text


def personal_places(disclosure: Disclosure) -> Iterator[Place]:
    """Where a disclosure prints names together with numbers."""
    for table in disclosure.tables:
        for row in table.rows:
            if all(names_and_numbers(row)) or any(True for c in row.cells.values() for _ in identities(c.text)):
                yield from (cell.place for cell in row.cells.values())
    for section in disclosure.sections:
        for pattern in (NAMED_CONTACT, IDENTITY):
            yield from (section.place_at(m.start()) for m in pattern.finditer(section.text))

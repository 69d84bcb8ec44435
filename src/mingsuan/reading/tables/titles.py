"""What stands over and under a table: title, unit, department, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingsuan.dialects.names import bare, ordinal
from mingsuan.model import Cell
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Paragraph
from mingsuan.reading.narrative.passages import is_body_name
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.notes import is_note

LONGEST_TITLE = 60

_UNIT = regex(r"(?:金额|计量|货币)?单位[:：为]?\s*(?:人民币)?(?P<unit>[千万亿]?元)")
_IN_HEADING = regex(r"[（(](?:单位[:：])?(?P<unit>[千万亿]?元)[)）]")
_DEPARTMENT = regex(r"(?:预算|编制|填报|公开)?(?:部门|单位)(?:[（(](?:单位|部门)[）)])?(?:名称)?(?:[（(](?:公章|盖章)[）)])?[:：]")
_NAMED = regex(r"(?P<label>(?:部门|单位)(?:[（(](?:单位|部门)[）)])?名称)[:：](?P<name>.+)")
_BESIDE_NAME = regex(r"(?:金额|计量|货币)?单位[:：]|(?:预算)?年度[:：]|第?\d+页|(?:19|20)\d\d年")
"""What may stand in one line with the name of a body over a table."""
_YEAR = regex(r"[（(]?(?:19|20)\d\d年?度?[)）]?(?:年?度)?\Z")
_ATTACHMENT = regex(r"附(?:件|表|录)?\d{0,2}(?:-\d+)?[:：]?\Z")
_NUMBER = regex(r"(?:部门|单位|预算|决算|公开|附)*\d{0,2}表\d{0,2}\Z|(?:部门|单位|预算|决算|公开|附)*表[一二三四五六七八九十\d.-]+\Z")
_PAGE = regex(r"[-—–第]?\d{1,4}[-—–页]?\Z|第\d+页.{0,3}共\d+页\Z")
_CLOSING_BRACKET = regex(r"[（(][^（）()]*[）)]?\Z|[）)]\Z")
_ENDS_SENTENCE = regex(r"[。；;，,！？]\Z")


def is_unit(text: str) -> bool:
    """Whether a line says the unit of account."""
    return _UNIT.search(compact(text)) is not None and len(compact(text)) <= LONGEST_TITLE


def is_department(text: str) -> bool:
    """Whether a line says the department over a table."""
    words = compact(text)
    return _DEPARTMENT.match(words) is not None and len(words) <= LONGEST_TITLE


def is_stamp(text: str) -> bool:
    """Whether a line over a table is only its year or its number among the forms: （2024年度）, 公开01表."""
    words = compact(text)
    return bool(_YEAR.match(words) or _NUMBER.match(words))


def is_furniture(text: str) -> bool:
    """Whether a line over a table is neither its title nor a note: unit, department, year, attachment, page number."""
    words = compact(text)
    return is_unit(words) or is_department(words) or any(p.match(words) for p in (_YEAR, _ATTACHMENT, _NUMBER, _PAGE))


def title_of(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The title among the lines over a table, None if there is none."""
    candidates = [
        p
        for n, p in enumerate(paragraphs)
        if not is_furniture(p.text) and not is_note(p.text) and _may_be_title(p.text) and not _is_listed(paragraphs, n)
    ]
    named = [p for p in candidates if _CLOSING_BRACKET.sub("", compact(p.text)).endswith("表") or "表" in compact(p.text)[-8:]]
    if named:
        return named[-1]
    return candidates[-1] if candidates and candidates[-1].heading is not None else None


def _may_be_title(text: str) -> bool:
    words = compact(text)
    return 2 < len(words) <= LONGEST_TITLE and not _ENDS_SENTENCE.search(words)


def _is_listed(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a line is an entry of a list of contents: it is numbered and so is the line before."""
    return number > 0 and bool(ordinal(paragraphs[number].text)) and bool(ordinal(paragraphs[number - 1].text))


def unit_of(texts: Iterable[str]) -> str | None:
    """The unit of account that some lines or cells print, None if none does."""
    for text in texts:
        words = compact(text)
        match = _UNIT.search(words) or _IN_HEADING.search(words)
        if match is not None:
            return match["unit"]
    return None


def department_of(paragraphs: Iterable[Paragraph]) -> tuple[str, str, Place] | None:
    """Name, label and place of a line 部门名称：… over a table."""
    for paragraph in paragraphs:
        match = _NAMED.match(compact(paragraph.text))
        if match is not None:
            return match["name"], match["label"], paragraph.place
    return None


def body_over(paragraphs: Sequence[Paragraph]) -> Cell | None:
    """The body that the last line over a table with such a label names, behind the label or in the line after it: 编制单位：某市某局."""
    lines = [compact(p.text[: 2 * LONGEST_TITLE]) for p in paragraphs]
    for number in range(len(lines) - 1, -1, -1):
        label = _DEPARTMENT.match(lines[number])
        if label is None or _UNIT.match(lines[number]):
            continue
        behind = _BESIDE_NAME.split(lines[number][label.end() :], maxsplit=1)[0]
        at = number if behind else number + 1
        name = behind or (lines[at] if at < len(lines) else "")
        if is_body_name(name):
            return Cell(name, paragraphs[at].place)
    return None


def notes_of(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The notes under a table: lines that say 注 or 备注 or why it is empty, and the numbered lines that go on."""
    notes: list[str] = []
    for paragraph in paragraphs:
        if is_note(paragraph.text):
            notes.append(compact(paragraph.text))
        elif notes and ordinal(paragraph.text) and _ENDS_SENTENCE.search(compact(paragraph.text)):
            notes[-1] += compact(paragraph.text)
        elif notes or paragraph.heading is not None:
            break
    return tuple(notes)


def title_agreement(title: str, names: Sequence[str]) -> float:
    """How well a printed title agrees with the titles of a form: length of the longest that it ends with, 0 … 1."""
    words = bare(title).removesuffix("(续)").removesuffix("续表")
    best = 0.0
    for name in names:
        if words.endswith(name):
            best = max(best, 0.8 + min(0.2, len(name) / 100))
        elif name in words or (len(name) > 6 and words and words.endswith(name.removeprefix("部门"))):
            best = max(best, 0.7)
    return best

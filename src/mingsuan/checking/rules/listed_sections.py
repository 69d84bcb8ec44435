"""FORM, continued: the sections that the list of contents names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import names_a_table, own_words
from mingsuan.dialects.names import plain
from mingsuan.model import Level, Section, Side
from mingsuan.patterns import regex
from mingsuan.places import NOWHERE

_ASIDE = regex(r"[\"'()<>]|(?:情况)?(?:的?说明)?$|[.…·]{2,}\d*$")
_TABLES = regex(r"表[格式样]?$")
"""A part that only holds tables, which need no heading of their own over them."""
_LEAST_WORDS, _LEAST_LISTED = 4, 4
_LABEL = 14
"""Characters of ordinals and names that may stand before the words of a heading at the beginning of a paragraph."""
_KNOWN = 0.7
"""Share of the listed sections that must be found before one may be missing: else the list words them its own way."""


@rule(
    "FORM116",
    level=Level.WARNING,
    chapter="表式",
    basis="版式",
    needs=(Need.NARRATIVE,),
    fix="补上目录所列的这一部分；已经不用的，从目录里删去。",
)
def listed_sections_are_written(subject: Subject) -> Iterator[Outcome]:
    """目录列出的章节，正文都有。

    前后两个章节都在，中间没有别的标题，正文也没有以它开头的段落，才算缺。

    错：目录列有“五、国有资产占用情况”，正文“四、政府采购情况”之后就是“六、预算绩效情况”。
    对：正文在“四、政府采购情况”之后印有“五、国有资产占用情况”。
    """
    listed = [t for t in subject.disclosure.contents if not names_a_table(t) and not _TABLES.search(t)]
    sections = subject.disclosure.sections
    words = [_words(t, subject) for t in listed]
    found = _positions(words, [_words(s.title, subject) for s in sections])
    known = [position for position in found if position is not None]
    if len(listed) < _LEAST_LISTED or len(known) < _KNOWN * len(listed):
        yield not_applicable("文本没有列出各章节的目录")
        return
    yield from (Examined(sections[position].place) for position in known)
    for number, (before, after) in _gaps(found):
        if len(words[number]) >= _LEAST_WORDS and not _is_told(words[number], before, after, sections):
            yield Draft(
                f"目录列有“{listed[number]}”，正文“{sections[before].title}”之后就是“{sections[after].title}”",
                (Side(NOWHERE, "目录", listed[number]), Side(sections[after].place, "正文", sections[after].title)),
                "正文没有",
                f"正文有“{listed[number]}”",
            )


def _words(title: str, subject: Subject) -> str:
    return _ASIDE.sub("", own_words(title, subject.disclosure))


def _positions(listed: Sequence[str], heads: Sequence[str]) -> list[int | None]:
    """Which heading each listed section is, from the first on; None where none of those that follow is."""
    found: list[int | None] = []
    start = 0
    for words in listed:
        position = next((n for n in range(start, len(heads)) if words and _is_same(words, heads[n])), None)
        found.append(position)
        start = start if position is None else position + 1
    return found


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _LEAST_WORDS and short in long)


def _gaps(found: Sequence[int | None]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The listed sections that are not found and stand between two that are, with the positions of those."""
    for number in range(1, len(found) - 1):
        before, after = found[number - 1], found[number + 1]
        if found[number] is None and before is not None and after is not None:
            yield number, (before, after)


def _is_told(words: str, before: int, after: int, sections: Sequence[Section]) -> bool:
    """Whether another heading between two may be the one meant, or a paragraph begins with the words."""
    deepest = max(sections[before].level, sections[after].level)
    if any(s.level <= deepest for s in sections[before + 1 : after]):
        return True
    lines = (plain(line) for s in sections for line in s.text.split("\\n"))
    return any(words in line[: len(words) + _LABEL] for line in lines)

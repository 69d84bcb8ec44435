"""NAR, continued: how many units, offices or matters a sentence says there are, beside those that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.narrative.numbers import chinese_integer
from mingsuan.reading.narrative.running import RunningText
from mingsuan.reading.ordinals import Form, compact, ordinal
from mingsuan.values import dataclass

_COUNT = regex(r"(?<![\d.,])(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>[个家项])")
_NAMED = regex(
    r"(?<![\d.,])(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>[个家])(?P<what>[^，,。；;：:\d、（）()]{0,16})"
    r"[，,]?(?:(?:分别|具体|主要|包括|即|名单|如下|有|是|为)*[：:]|(?:分别|具体)[是为])(?P<names>[^。]*)"
)
_POINTS = regex(
    r"(?<![\d.,])(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<unit>[个项])(?P<what>[^，,。；;：:\d、（）()]{1,10})"
    r"[，,]?(?:分别|具体|主要|包括|即|如下|有|是|为)*[：:，,](?=一是)"
)
_POINT = regex(r"(?:^|[：:，,。；;])(?P<ordinal>[一二三四五六七八九十]{1,2})是")
_ASIDE = regex(r"[（(][^（）()]*[）)]")
_OPEN = regex(r"等|[，,\d]|其中|现有|编制|负责|主要")
"""What tells that a list is not whole, or goes on to something else."""
_AND = regex(r"以及|[和及与]")
_NOT_COUNTED = regex(r"本级|本部|机关|不")
"""The head office, and units that keep no books of their own: some count them, some do not."""
_LONGEST_NAME = 30


@dataclass(frozen=True)
class _Listed:
    """A count with what is named for it.

    Attributes:
        least, most: how many may be meant by those named.
    """

    said: str
    number: int
    unit: str
    least: int
    most: int
    place: Place


@rule(
    "NAR131",
    level=Level.WARNING,
    chapter="叙述",
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="核对数目和名单：数目写错的改正，漏列的补列，多列的删去。",
)
def counts_are_those_of_the_names(subject: Subject) -> Iterator[Outcome]:
    """写明几个单位、几个科室、几项工作的，列出的也是几个。

    本级和财务不独立的单位可以计入，也可以不计入；名单以“等”结尾的不看。

    错：所属预算单位共4个，包括：示例市某局本级、示例市某中心、示例市某队。
    对：所属预算单位共3个，包括：示例市某局本级、示例市某中心、示例市某队。
    """
    found = False
    for listed in (*_in_sentences(subject), *_in_paragraphs(subject.paragraphs)):
        found = True
        yield Examined(listed.place)
        if not listed.least <= listed.number <= listed.most:
            shown = f"{listed.most}{listed.unit}"
            yield Draft(
                f"文中写“{listed.said}”，列出的是{shown}",
                (Side(listed.place, "叙述", listed.said),),
                listed.said,
                f"{shown}，或补全名单",
            )
    if not found:
        yield not_applicable("没有既写数目又列名称的")


def _in_sentences(subject: Subject) -> Iterator[_Listed]:
    for sentence in subject.sentences:
        words = compact(sentence.text)
        for match in _NAMED.finditer(words):
            names = [n for n in _ASIDE.sub("", match["names"]).replace("；", "、").replace(";", "、").split("、") if n]
            if len(names) > 1 and _is_alone(words[: match.start()]) and all(_is_name(n) for n in names):
                joined = sum(len(_AND.findall(n)) for n in names)
                apart = sum(_NOT_COUNTED.search(n) is not None for n in match["names"].split("、"))
                yield _listed(match, len(names) - apart, len(names) + joined, sentence.place)
        points = _POINTS.search(words)
        if points is not None:
            told = [chinese_integer(m["ordinal"]) for m in _POINT.finditer(words, points.end() - 1)]
            if len(told) > 1 and told == list(range(1, len(told) + 1)):
                yield _listed(points, len(told), len(told), sentence.place)


def _is_alone(before: str) -> bool:
    """Whether no other count stands before one in its sentence, so that what is named is named for it alone."""
    return _COUNT.search(before) is None


def _is_name(words: str) -> bool:
    return len(words) <= _LONGEST_NAME and _OPEN.search(words) is None


def _listed(match: re.Match[str], least: int, most: int, place: Place) -> _Listed:
    digits = match["number"]
    number = int(digits) if digits.isdecimal() else chinese_integer(digits.replace("两", "二"))
    return _Listed(f"{digits}{match['unit']}{match['what']}", number, match["unit"], least, most, place)


def _in_paragraphs(paragraphs: Sequence[RunningText]) -> Iterator[_Listed]:
    """Counts at the end of a paragraph that numbered paragraphs follow, one for each."""
    for number, paragraph in enumerate(paragraphs):
        words = compact(paragraph.text)
        match = _NAMED.search(words) if words.endswith(("：", ":")) else None
        if match is None or match["names"] or not _is_alone(words[: match.start()].rpartition("。")[2]):
            continue
        names = _numbered(paragraphs, number)
        if len(names) > 1 and all(len(n) <= _LONGEST_NAME for n in names):
            apart = sum(_NOT_COUNTED.search(n) is not None for n in names)
            yield _listed(match, len(names) - apart, len(names), paragraph.place(0))


def _numbered(paragraphs: Sequence[RunningText], start: int) -> list[str]:
    """The paragraphs 1. 2. 3. right behind one, without their numbers."""
    names: list[str] = []
    for paragraph in paragraphs[start + 1 : start + 1 + _MOST]:
        found = ordinal(compact(paragraph.text))
        if found is None or found.form not in {Form.ARABIC, Form.ARABIC_BRACKETS} or found.number != len(names) + 1:
            break
        names.append(found.rest)
    return names


_MOST = 200
"""Paragraphs of the longest list."""

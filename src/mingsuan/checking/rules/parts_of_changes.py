"""NAR, continued: a change told with the changes of its parts, some up and some down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from mingsuan.amounts import UNITS, parse_number
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Sentence, Subject
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

_CHANGE = r"(?P<way>增加|增长|减少|下降)(?:了|额)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)"
_WHOLE = regex(rf"{_CHANGE}(?:[，,](?:增长|上升|下降|降低|增幅|降幅)[^，。；;]{{0,3}}[\d.]+[%％])?[，,。]?其中[：:，,]?")
_PART = regex(rf"{_CHANGE}|(?P<same>持平|无变[动化]|没有变[动化]|不变|(?:没有|无)增减)")
_AGAINST = regex(r"[与比较同对](?:(?P<last>上一?年|去年|20\d\d年)|(?:本年|当年|年初|全年|调整)?预算)")


@dataclass(frozen=True)
class _Partition:
    """Names that together are all there is of something, in whatever order they are told, and what that is called."""

    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]

    def is_of(self, head: str) -> bool:
        """Whether a change is the whole's: the words before it name that and no part."""
        return self.whole.search(head) is not None and not any(part.search(head) for part in self.parts)


_ABROAD, _GUESTS, _RUN = regex(r"出国"), regex(r"公务接待|接待费"), regex(r"(?<![购置及和与])(?:公务用车)?运行")
_PARTITIONS = (
    _Partition(regex(r"支出|预算|收支"), (regex(r"基本支出"), regex(r"项目支出"))),
    _Partition(regex(r"基本支出"), (regex(r"人员(?:经费|支出)"), regex(r"公用(?:经费|支出)"))),
    _Partition(regex(r"三公"), (_ABROAD, regex(r"(?:公务用车|车辆)购置(?:及|和|与)?运[行维]"), _GUESTS)),
    _Partition(regex(r"三公"), (_ABROAD, regex(r"购置(?!及|和|与|运)"), _RUN, _GUESTS)),
)
_NOTHING = r"[^，,。；;：:\d]{0,12}(?<![\d.,])0(?:\.0+)?万?元"


@dataclass(frozen=True)
class _Change:
    """A change as printed, upwards positive, in 元; half of its last digit."""

    text: str
    yuan: Decimal
    half: Decimal


@dataclass(frozen=True)
class _Told:
    """A change with those of its parts.

    Attributes:
        absent: a part is not told of, and comes to nothing this year: it can only have fallen.
    """

    whole: _Change
    parts: Sequence[_Change]
    absent: bool

    @property
    def sum(self) -> Decimal:
        """What the parts come to, in 元."""
        return sum((part.yuan for part in self.parts), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the parts may make the whole within what is printed."""
        off = self.whole.yuan - self.sum
        slack = sum((part.half for part in self.parts), self.whole.half)
        return off == 0 or (off < slack if self.absent else abs(off) < slack)


@rule(
    "NAR130",
    level=Level.WARNING,
    chapter="叙述",
    basis="算术",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="核对总的增减和各项的增减，改正有误的一处。",
)
def changes_of_parts_make_the_change(subject: Subject) -> Iterator[Outcome]:
    """各项增减之和等于总的增减。

    只看各项已经说全的：基本支出和项目支出，人员经费和公用经费，“三公”经费的各项。

    错：支出比上年增加10.00万元，其中：基本支出增加12.00万元，项目支出减少1.00万元。
    对：支出比上年增加11.00万元，其中：基本支出增加12.00万元，项目支出减少1.00万元。
    """
    found = False
    for sentence, words in _with_their_lists(subject.sentences):
        for match in _WHOLE.finditer(words):
            told = _told(words, match, sentence)
            if told is None:
                continue
            found = True
            yield Examined(sentence.place)
            if not told.holds:
                yield _wrong(told, sentence)
    if not found:
        yield not_applicable("没有同时写明总的增减和各项的增减")


def _with_their_lists(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, str]]:
    """The sentences, each with the next one if that lists its parts (…，比上年减少1.85万元。其中：…)."""
    for sentence, after in zip_longest(sentences, sentences[1:]):
        words, more = compact(sentence.text), "" if after is None or after.paragraph is not sentence.paragraph else compact(after.text)
        yield sentence, words + more if more.startswith("其中") else words


def _told(words: str, match: re.Match[str], sentence: Sentence) -> _Told | None:
    """The parts behind a change; None where they are not all there is, or are compared with something else."""
    whole, behind = _change(match), words[match.end() :]
    head = _CLAUSES.split(words[: match.start()])[-1]
    of_budget = _is_of_budget(head)
    for partition in _PARTITIONS if whole is not None else ():
        spans = [list(name.finditer(behind)) for name in partition.parts]
        absent = [name for name, found in zip(partition.parts, spans, strict=True) if not found]
        if not partition.is_of(head) or any(len(found) > 1 for found in spans) or len(absent) > 1 or len(spans) - len(absent) < _LEAST:
            continue
        if absent and not re.search(absent[0].pattern + _NOTHING, compact(sentence.paragraph.text)):
            continue
        parts = _parts(behind, sorted(found[0].start() for found in spans if found), of_budget=of_budget is True)
        if parts is not None and whole is not None:
            return _Told(whole, parts, bool(absent))
    return None


_CLAUSES = regex(r"[。；;]|其中")
_LEAST = 2
"""Parts that make a list."""


def _parts(behind: str, starts: Sequence[int], *, of_budget: bool) -> Sequence[_Change] | None:
    """The first change behind each name that is told against the same as the whole's; None where one is told of none."""
    parts = []
    for begin, end in zip(starts, (*starts[1:], len(behind)), strict=True):
        words = behind[begin:end]
        match = next((m for m in _PART.finditer(words) if _is_of_budget(words[: m.start()]) in {None, of_budget}), None)
        change = _change(match) if match is not None else None
        if change is None:
            return None
        parts.append(change)
    return parts


def _is_of_budget(before: str) -> bool | None:
    """Whether a change is told against the budget, by the last words before it that say against what; None where none do."""
    against = [found["last"] is None for found in _AGAINST.finditer(before)]
    return against[-1] if against else None


def _change(match: re.Match[str]) -> _Change | None:
    groups = match.groupdict()
    if groups.get("same"):
        return _Change(match.group(), Decimal(0), Decimal(0))
    number, scale = parse_number(groups["number"]), UNITS[groups["unit"]]
    if number is None:
        return None
    sign = -1 if groups["way"] in {"减少", "下降"} else 1
    text = f"{groups['way']}{groups['number']}{groups['unit']}"
    return _Change(text, sign * number * scale, scale * Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2)


def _wrong(told: _Told, sentence: Sentence) -> Draft:
    unit = "万元" if told.whole.text.endswith("万元") else "元"
    way = "增加" if told.sum > 0 else "减少"
    right = f"{way}{abs(told.sum) / UNITS[unit]:f}{unit}" if told.sum else "没有增减"
    parts = "、".join(part.text for part in told.parts)
    rest = "，没有写的一项本年是0，只会减少" if told.absent else ""
    return Draft(
        f"文中写{told.whole.text}，各项（{parts}）合起来却是{right}{rest}",
        (Side(sentence.place, "叙述", f"{told.whole.text}，其中：{parts}"),),
        told.whole.text,
        f"{'至多' if told.absent else ''}{right}，或更正分项",
        witnesses=(f"{parts}，合计{right}",),
    )

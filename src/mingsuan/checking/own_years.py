"""Sentences on the discloser's own accounts that name an earlier year than the document's: left from last year's text.

A text of 2023 may well tell last year's figures beside its own. What it cannot do is print this year's number under last year's name,
compare last year with its own future, or explain by 2022 why a table of 2023 is empty; and of the year before last it tells nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from mingsuan.checking.stale_sentences import Stale, StaleYears
from mingsuan.checking.telling.claims import as_printed, claim_side, yuan_of
from mingsuan.model import Claim, Section, Side, Stage
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.links import half_of
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.notes import is_empty_note
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from mingsuan.checking.subject import Sentence, Subject

_ORDINAL = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])"
_HEAD = regex(
    rf"^{_ORDINAL}*(?:(?:备注|注|说明)\d?[:：])?(?P<who>[^\d；;。]{{0,40}}?)(?P<year>20\d\d)年度?"
    r"(?!\s*\d{1,2}月|起|以来|以前|以后|[-—–~～至到、和]|结[转余]|期?[末初]|年?底|[^，。；\d]{0,8}(?:文件|通知|规定|办法|决定|批复))"
)
_NO_SUBJECT = regex(r"(?:^|[，,：:])(?:[与比较同自从至按]|截)|[与比较同自从至截]$|根据|关于|原因|由于|批复|下达")
_FUND = r"(?:一般公共预算|政府性基金|国有资本经营|财政拨款)"
_OWN = regex(
    r"[，,]?[\u4e00-\u9fff（）()]{0,18}?"
    rf"(?:{_FUND}|财务总?收入|(?:部门|单位|总|年初|综合)预算|收入|支出|收[、支]|[“‘\"]三公|运行经费|政府采购|因公出国|公务用车|共?接待|公务接待|"
    r"会议费|培训费|预算(?:数|安排)|决算|安排|[无未]|没有)"
)
_NOT_OWN = regex(r"结[转余]|绩效|批复|审计|检查|专项债|累计")
"""Words between a year and what it is the year of that make it another matter."""
_AIMED = regex(r"[，,]?[^。；;，,\d]{0,16}(?:填报|编报|设[定置]|编制|申报|实行|开展|组织)[^。；;，,]{0,14}绩效(?:目标|自评)")
_AT_THE_END = regex(
    rf"^{_ORDINAL}*(?:截[至止]|至)?[^\d；;。，,与比较同]{{0,20}}?(?P<year>20\d\d)年度?(?:期末|年?末|年?底|12月31日)[^。；;]{{0,30}}?\d+辆"
)
_NONE = regex(r"(?:[无未]|没有)(?:使用|安排|发生|涉及)?[^，。；\d]{0,20}(?:预算|基金|资本|支出|收入|拨款|经费)")
_NOW = regex(r"(?:本年度?|当年|今年)(?!收入|支出|预算|一般|财政|政府|国有|结|收支|部门)")
_AGAINST = regex(r"[与比较同](?P<base>20\d\d年|上年|去年|上一年)(?!结[转余])")
_PLANNED_AGAINST = regex(
    r"(?P<year>20\d\d)年度?[^，。；\d]{0,12}预算(?:安排|数)?[^，。；\d]{0,6}\d[\d.,]*万?元?[，,][^，。；\d]{0,6}[与比较同](?P<base>20\d\d)年"
)
_BASE_NAMED_TWICE = regex(
    r"(?P<first>20\d\d)年(?:当年)?(?P<what>[\u4e00-\u9fff]{2,10}数)为?\d[\d.,]*万?元[^。；]{0,120}?[与比较同](?P<then>20\d\d)年(?:当年)?(?P=what)"
)
_YEARS = regex(r"(?<!\d)20\d\d(?=年)")
_THEN = regex(r"[与比较同](?P<year>20\d\d)年")
_NEXT = 20
"""Characters of the next sentence that say what it compares with."""
_VEHICLES = regex(r"\d辆$")
_SAME = regex(r"持平|不变|一致|相同")
_FORMER = regex(r"上年(?!结转|结余)|去年")
_DIGITS, _SMALL = 4, 3
"""Digits from which two equal amounts of two years are no coincidence; those of amounts of which it takes two."""
_OF_OTHER_THINGS = frozenset({"duties", "organisation", "profile", "performance_note", "project_note", "assets_note", "vehicles", "staff"})
"""Kinds of sections that tell of the past, of projects or of what is owned."""
_PROJECTS = regex(r"项目|绩效|债|转移支付")


@dataclass(frozen=True)
class _Told:
    """A sentence that begins with an earlier year.

    Attributes:
        words: the sentence without white space.
        head: its beginning up to the year.
        years: all years that it names, in order.
        claims: its numbers.
        elsewhere: its section tells of other things than accounts.
        alone: its section names no later year.
        then: the year with which the next sentence compares it, if any (。与2022年度相比).
    """

    words: str
    head: re.Match[str]
    years: tuple[int, ...]
    claims: Sequence[Claim]
    elsewhere: bool
    alone: bool
    then: int | None

    @property
    def year(self) -> int:
        """The earlier year."""
        return int(self.head["year"])

    @property
    def said(self) -> str:
        """The words that name the year."""
        return self.head.group()

    @property
    def is_own(self) -> bool:
        """Whether it goes on to tell the discloser's own accounts."""
        found = _OWN.match(self.words, self.head.end())
        return found is not None and not _NOT_OWN.search(found.group())

    @property
    def amounts(self) -> tuple[Claim, ...]:
        """The money that it states, changes left out."""
        return tuple(c for c in self.claims if c.role is Role.AMOUNT and c.amount is not None)


def stale_years(subject: Subject) -> StaleYears:
    """The sentences and notes of a disclosure that name an earlier year than they mean; none where its own year is not known."""
    return StaleYears(() if subject.year is None else (*_in_text(subject, subject.year), *_in_notes(subject, subject.year)))


def _in_text(subject: Subject, year: int) -> Iterator[Stale]:
    reader = _Reader(subject, year)
    for sentence in subject.sentences:
        words = compact(sentence.text)
        contrary = _contrary(words, year, subject.disclosure.stage)
        told = reader.told(sentence, words) if contrary is None else None
        if contrary is None and told is None:
            continue
        begin = sentence.paragraph.offset + sentence.offset
        span = (id(sentence.paragraph.section), begin, begin + len(sentence.text))
        claims = frozenset(c.sentence for c in reader.claims(sentence))
        side = Side(sentence.place, "叙述", _short(words))
        if contrary is not None:
            said, right, why = contrary
            yield Stale(said, right, f"{why}：“{_short(words)}”", side, span, claims)
        elif told is not None and (printed := reader.known_again(told)) is not None:
            amount = as_printed(printed)
            message = f"文中写“{told.said}……{amount}”，表上{year}年的数正是{amount}，年度可能没有更新"
            yield Stale(told.said, f"{year}年", message, claim_side(printed), span, claims)
        elif told is not None and (reason := _against(told) or _by_words(told, year)):
            yield Stale(told.said, f"{year}年", f"本文是{year}年的，这里却写“{told.said}”，{reason}，年度可能没有更新", side, span, claims)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _contrary(words: str, year: int, stage: Stage) -> tuple[str, str, str] | None:
    """Years of one sentence that contradict each other: what is said, what is meant, and why."""
    twice = _BASE_NAMED_TWICE.search(words)
    if twice is not None and len({twice["first"], twice["then"], str(year)}) > 2 and f"{year}年" in twice.group():
        wrong = twice["first"] if twice["then"] == str(year - 1) else twice["then"]
        return f"{wrong}年", f"{year - 1}年", f"同一个{twice['what']}，前面写{twice['first']}年，比较时写{twice['then']}年"
    planned = _PLANNED_AGAINST.search(words) if stage is Stage.BUDGET else None
    if planned is not None and int(planned["year"]) < min(year, int(planned["base"]) + 1):
        base = "自己" if planned["base"] == planned["year"] else f"在它以后的{planned['base']}年"
        return f"{planned['year']}年", f"{year}年", f"{planned['year']}年的预算与{base}相比"
    return None


def _against(told: _Told) -> str:
    """That a sentence compares its year with that year itself or with a later one, "" if it does not."""
    base = _AGAINST.search(told.words, told.head.end())
    if base is not None and base["base"][:4].isdecimal() and told.is_own:
        between = _YEARS.search(told.words, told.head.end(), base.start("base"))
        if between is None and int(base["base"][:4]) > told.year:
            return f"与在它以后的{base['base']}相比"
    if told.then is not None and told.then >= told.year and told.years == (told.year,) and told.is_own:
        return f"比较的是{told.then}年"
    return ""


def _by_words(told: _Told, year: int) -> str:
    """Why a sentence that names no later year must mean this year though no number tells, "" if it need not."""
    if any(y >= year for y in told.years) or _NOW.search(told.words):
        return ""
    base = _AGAINST.search(told.words, told.head.end())
    if _VEHICLES.search(told.said):
        return "" if base is not None else f"决算说的是{year}年末"
    if told.alone and _AIMED.match(told.words, told.head.end()):
        return f"这一节没有写{year}年的"
    if told.elsewhere or not told.is_own:
        return ""
    if told.year < year - 1:
        return f"本文的收支不写{told.year}年的"
    if base is not None and told.amounts:
        return f"比较的是{base['base']}" if base["base"][:4].isdecimal() else f"比较的“{base['base']}”就成了{told.year - 1}年"
    nothing = _NONE.search(told.words) or (told.amounts and not any(c.value for c in told.amounts))
    return f"这一节没有写{year}年的" if told.alone and nothing else ""


def _in_notes(subject: Subject, year: int) -> Iterator[Stale]:
    """Notes that explain by an earlier year why a table is empty."""
    for table in subject.disclosure.tables:
        for words in map(compact, table.notes):
            head = _HEAD.match(words)
            explains = is_empty_note(words) or _NONE.search(words)
            if head is not None and int(head["year"]) < year and explains and f"{year}年" not in words:
                message = f"本文是{year}年的，“{table.title}”下的说明却写“{head.group()}”：“{_short(words)}”"
                yield Stale(head.group(), f"{year}年", message, Side(table.place, table.title, _short(words)))


@dataclass(frozen=True)
class _Reader:
    """Reads sentences with what the sections and tables around them say, each looked at once and only when asked for."""

    subject: Subject
    year: int
    _alone: dict[int, bool] = field(default_factory=dict)

    def told(self, sentence: Sentence, words: str) -> _Told | None:
        """A sentence that begins with an earlier year."""
        head = self._head(words)
        if head is None or int(head["year"]) >= self.year:
            return None
        section = sentence.paragraph.section
        title = compact(section.title)
        if f"{head['year']}年" in title and title not in head.group():
            return None
        elsewhere = section.kind in _OF_OTHER_THINGS or (section.kind is None and _PROJECTS.search(section.path) is not None)
        end = sentence.offset + len(sentence.text)
        then = _THEN.match(compact(sentence.paragraph.text[end : end + _NEXT]))
        years = tuple(map(int, _YEARS.findall(words)))
        claims = self.claims(sentence)
        return _Told(words, head, years, claims, elsewhere, self._is_alone(section), int(then["year"]) if then else None)

    def _head(self, words: str) -> re.Match[str] | None:
        """How a sentence begins that tells of one year, or of its end where a final account is explained."""
        head = _HEAD.match(words)
        if head is None:
            return _AT_THE_END.match(words) if self.subject.disclosure.stage is Stage.FINAL_ACCOUNT else None
        return None if _NO_SUBJECT.search(head["who"]) else head

    def _is_alone(self, section: Section) -> bool:
        if id(section) not in self._alone:
            later = any(int(y) >= self.year for y in _YEARS.findall(compact(section.text)))
            self._alone[id(section)] = not later and not _NOW.search(section.text)
        return self._alone[id(section)]

    @cached_property
    def _claims(self) -> defaultdict[tuple[int, int], list[tuple[int, Claim]]]:
        """The claims by section and paragraph, each with its offset there."""
        found: defaultdict[tuple[int, int], list[tuple[int, Claim]]] = defaultdict(list)
        for s in self.subject.statements:
            found[id(s.paragraph.section), s.paragraph.offset].append((s.number.start, s.claim))
        return found

    def claims(self, sentence: Sentence) -> tuple[Claim, ...]:
        """The claims that a sentence states."""
        end = sentence.offset + len(sentence.text)
        stated = self._claims.get((id(sentence.paragraph.section), sentence.paragraph.offset), ())
        return tuple(claim for at, claim in stated if sentence.offset <= at < end)

    def known_again(self, told: _Told) -> Claim | None:
        """The amount of a sentence that is this year's and not last year's, None where none has enough digits to tell."""
        if len(told.years) > 1 or _SAME.search(told.words):
            return None
        amounts = [c for c in told.amounts if c.year in (told.year, self.year)]
        found = [c for c in amounts if _digits(c) >= _SMALL and self._is_current(c)]
        known = next((c for c in found if _digits(c) >= _DIGITS), None)
        several = len({yuan_of(c) for c in found}) > 1 and len(found) == sum(c.value != 0 for c in amounts)
        return known or (found[0] if several else None)

    def _is_current(self, claim: Claim) -> bool:
        current, former = self._printed
        return _among(claim, current) and not _among(claim, former)

    @cached_property
    def _printed(self) -> tuple[set[Decimal], set[Decimal]]:
        """The amounts that the tables print for the year, and those under a heading of last year, in 元."""
        current: set[Decimal] = set()
        former: set[Decimal] = set()
        for table in self.subject.disclosure.tables:
            for _, column, cell in table.amounts():
                if cell.amount is not None:
                    is_former = _FORMER.search(column.path) or str(self.year - 1) in column.path
                    (former if is_former else current).add(cell.amount.yuan)
        return current, former


def _digits(claim: Claim) -> int:
    return len(claim.text.replace(",", "").replace(".", "").strip("0"))


def _among(claim: Claim, printed: Iterable[Decimal]) -> bool:
    """Whether an amount is one of those printed, rounded as it is."""
    value, half = yuan_of(claim), half_of(claim)
    return any(abs(value - amount) <= half for amount in printed)

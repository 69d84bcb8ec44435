"""TEXT, continued: words that are doubled, missing or do not fit their figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Outcome
from mingsuan.checking.quoting import Mention, mentions
from mingsuan.checking.registry import About, Need, everything, narrative, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.ordinals import compact

CHAPTER = "文字"
_DOUBLED = regex(
    r"。。|，，|、、|；；|：：|，。|。，|、。|；。|"
    r"增加增加(?!值)|减少减少|增长增长(?![极点])|下降下降|持平持平|万元万元|其中其中|主要是(?:主要)?是|主要是主要|原因原因|原因是原因|"
    r"资金金(?![额融库属])|支出出(?![国境差租让口])|收入入(?!库)|预算算|项目目(?![标的录])|经费费(?!用)|单位位|工作作(?![为用风业])|管理理(?![论念赔财])"
)


@rule("TEXT105", level=Level.INFO, chapter=CHAPTER, basis="常识", looks_at=everything)
def nothing_is_doubled(subject: Subject) -> Iterator[Outcome]:
    """标点和字不重复。

    错：专项资金金做到专项专用。。
    对：专项资金做到专项专用。
    """
    for paragraph in subject.paragraphs:
        for match in _DOUBLED.finditer(paragraph.text):
            yield _doubled(paragraph.text, match, paragraph.place(match.start()), "叙述")
    for table in subject.disclosure.tables:
        for row in table.rows:
            for path, cell in row.cells.items():
                for match in _DOUBLED.finditer(cell.text):
                    yield _doubled(cell.text, match, cell.place, f"{table.title} {path}")


def _doubled(text: str, match: re.Match[str], place: Place, label: str) -> Draft:
    quote = compact(text[max(0, match.start() - 8) : match.end() + 8])
    return Draft(f"“{match.group()}”重复：“{quote}”", (Side(place, label, quote),), quote, "删去多余的字或标点", conversion_suspected=True)


_NONE_THEN_TEMPLATE = regex(r"(?:共有?|数量为|为)\s*0\s*[项个][，,]\s*我?(?:部门|单位|局|委|厅|办)?将")


@rule("TEXT111", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,), about=About.SECTIONS, looks_at=narrative)
def nothing_needs_no_promise(subject: Subject) -> Iterator[Outcome]:
    """没有的事项只说明没有，不留套话。

    错：负责管理的专项转移支付项目共有0项，我部门将积极做好项目分配前期准备工作。
    对：我部门没有负责管理的专项转移支付项目。
    """
    for found in mentions(subject, _NONE_THEN_TEMPLATE):
        yield found.draft("数量为0，却保留了有项目时的套话", "只说明没有，删去后半句", around=20)


_UNCHANGED = regex(r"持平|无变[动化]|没有变化|无增减")
_BARE_HEAD = 6
"""A sentence that begins with 主要原因 speaks of the one before it."""
_REASON = regex(r"(?:主要)?原因\s*(?:是|为|：|:)(?P<reason>[^。]*)")
_CHANGED = regex(r"(?<![无未不没控])(?<!没有)(?<!严格)(?:压缩|压减|缩减|大幅减少|有所减少|有所增加|费用增加|费用减少)")


@rule(
    "TEXT112",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="核对两年的数：确实持平的，原因改写为持平的原因；有增减的，改正数字。",
)
def reasons_fit_the_figures(subject: Subject) -> Iterator[Outcome]:
    """持平的数字，原因不说增加或压缩。

    错：与上年持平，主要原因：对出国经费进行压缩。
    对：与上年持平，主要原因：本年仍无出国任务。
    """
    for sentence, before in zip(subject.sentences, (None, *subject.sentences), strict=False):
        reason = _REASON.search(sentence.text)
        if reason is None or not _CHANGED.search(reason["reason"]):
            continue
        head = sentence.text[: reason.start()]
        if before is not None and len(compact(head)) <= _BARE_HEAD and before.paragraph == sentence.paragraph:
            head = before.text
        if _UNCHANGED.search(head) and not re.search(r"(?:增加|减少|下降|增长)\s*\d*[1-9]", head):
            quote = f"{compact(head)[-20:]}{compact(reason.group())}"
            yield Draft(f"数字没有变化，原因却说有增减：“{quote}”", (Mention(sentence, reason).side,), quote, "按持平说明原因")


_BARE_SHARE = regex(r"(?:支出|收入|经费|预算)\s*\d[\d,.]*\s*万元[，,]\s*\d[\d.]*\s*[%％]")


@rule(
    "TEXT114",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="在百分比前补“占”字。",
)
def shares_say_that_they_are_shares(subject: Subject) -> Iterator[Outcome]:
    """百分比写明是占比。

    错：公用经费支出196.36万元，7.1%。
    对：公用经费支出196.36万元，占7.1%。
    """
    for found in mentions(subject, _BARE_SHARE):
        yield found.draft("百分比前缺“占”字", "写作“占……%”")


_UNITLESS = regex(
    r"(?:增长|下降|减少|增加|上升|降低|提高|(?<=[，,])占(?:比|总[额数])?(?:为)?)\s*(?P<number>\d+\.\d+)\s*(?=[。，；、,;])(?![，、,]\s*\d[\d.]*\s*(?:[万亿]?元|[%％]))"
)

_UNITLESS_AMOUNT = regex(r"(?:决算|预算)数?\s*为\s*(?P<number>\d[\d,]*\.\d+)\s*(?=[。；，,])")
_WITH_UNIT = regex(r"\d\s*(?P<unit>亿元|万元|千元|元)")
_MANNER = 3
"""Amounts without a unit from which a text leaves it out everywhere, having told it at its head."""


@rule(
    "TEXT117",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="补写单位：百分比加“%”，金额加全文所用的单位。",
)
def changes_have_their_unit(subject: Subject) -> Iterator[Outcome]:
    """增减和占比的数字写明单位。

    错：比上年增加1193.20万元，增长13.95。
    对：比上年增加1193.20万元，增长13.95%。
    """
    unit = _money_unit(subject)
    fix = f"补写单位：百分比加“%”，金额加“{unit}”。"
    for change in mentions(subject, _UNITLESS):
        yield change.draft("数字没有单位", f"{change.match['number']}%，或写明{unit}", fix=fix)
    amounts = [found for found in mentions(subject, _UNITLESS_AMOUNT) if found.match["number"].strip("0,.")]
    for amount in amounts if len(amounts) < _MANNER else ():
        yield amount.draft("金额没有单位", f"{amount.match['number']}{unit}", fix=fix)


def _money_unit(subject: Subject) -> str:
    """The unit that most amounts of the narrative are told in; 万元 where none has one."""
    counts = Counter(found.match["unit"] for found in mentions(subject, _WITH_UNIT))
    return counts.most_common(1)[0][0] if counts else "万元"

"""TEXT: what is left of a template, and gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Outcome
from mingsuan.checking.quoting import Mention, mentions
from mingsuan.checking.registry import About, Need, narrative, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

CHAPTER = "文字"
_BLANK = r"(?:[XxＸ×✕*＊]{2,}|[_＿]{2,}|[○〇]{2,}|…{2,}|X(?=年|月|日|万元|个|项|辆))"
_PLACEHOLDER = regex(
    rf"{_BLANK}\s*(?=部门|单位|局|委|厅|办|处|中心|年|月|日|万元|元|[%％]|项|个|人|辆|台|工作|项目|事业|经费)|(?<=[为共是计加少长降占出入算排：:]){_BLANK}(?!\s*\d)"
)


@rule(
    "TEXT101",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="在空位填写实际内容。",
)
def no_placeholders(subject: Subject) -> Iterator[Outcome]:
    """模板里的空位都已填写。

    错：XX部门2023年收入总计××万元。
    对：市教育局2023年收入总计1200万元。
    """
    for found in mentions(subject, _PLACEHOLDER):
        yield found.draft("模板的空位没有填写", "填写实际内容")


_UP, _DOWN = "增加|增长|上升|提高", "减少|下降|降低"
_CHOICE = regex(
    rf"(?:{_UP})\s*[（(/／]\s*(?:{_DOWN})|(?:{_DOWN})\s*[（(/／]\s*(?:{_UP})|大于\s*[（(/／]\s*小于|小于\s*[（(/／]\s*大于|大小于|大于小于|小于大于|"
    r"(?<![加增])减(?:增加|增长)|(?<![减])增(?:减少|下降)(?!量)|(?:增加|增长)(?:减少|下降)(?=\s*\d)|(?:减少|下降)(?:增加|增长)(?=\s*\d)|"
    r"(?:增加|增长|减少|下降)持平"
)


@rule("TEXT102", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,), about=About.SECTIONS, looks_at=narrative)
def choices_are_made(subject: Subject) -> Iterator[Outcome]:
    """模板里二选一的词只留一个。

    两个词都留下、没有括号的也算（“减增加12万元”“与上年增加持平”）。

    错：比上年增加（减少）12万元。
    对：比上年增加12万元。
    """
    found: dict[str, list[Mention]] = {}
    for mention in mentions(subject, _CHOICE):
        words = compact(mention.match.group())
        found.setdefault(f"{words}）" if re.search(r"[（(]", words) else words, []).append(mention)
    for words, places in found.items():
        quote = places[0].words()
        yield Draft(
            f"模板的选择没有做：“{quote}”" + (f"等{len(places)}处“{words}”" if len(places) > 1 else ""),
            tuple(place.side for place in places),
            quote if len(places) == 1 else f"“{words}”{len(places)}处",
            "按实际情况只留一个词",
        )


_UNFINISHED = regex(
    r"原因(?:说明|分析|如下)?\s*(?:(?:主要)?(?:是|为|在于|系)(?:由于|因为|因)?\s*[：:]?|[：:])\s*[。；;]|主要是(?:由于|因为|因)?\s*[：:]?\s*[。；;]|"
    r"(?:主要用于|主要包括|包括|分别为)\s*[：:]?\s*。"
)


@rule(
    "TEXT103",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="补全这句话；没有原因可写的，删去“主要原因”。",
)
def sentences_are_finished(subject: Subject) -> Iterator[Outcome]:
    """说明原因的句子写出原因。

    错：比上年减少5万元，主要原因是。
    对：比上年减少5万元，主要原因是压减会议费。
    """
    for found in mentions(subject, _UNFINISHED):
        yield found.draft("句子没有写完", "补全内容")


_GAP = regex(
    r"(?<=[费用出算额入排计共为加少数”）)])\s*万元(?=[。，,；;、])|(?<=经费|支出|收入|预算)\s*元(?=[。，,；;、])|"
    r"(?<=[\u4e00-\u9fff])[。.．]\s*(?:辆|台（套）|台\(套\)|台|人|个|万元)(?=[、，,；;。])|"
    r"(?:增长|下降|增加|减少|占比?|占[^，,。；;\d%％]{2,16})\s*[%％](?=[。，,；;、])"
)


@rule(
    "TEXT104",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="补上数字；没有的写0或“无”。",
)
def figures_are_filled_in(subject: Subject) -> Iterator[Outcome]:
    """单位前面有数字。

    错：物业管理服务费及其他费用 万元。
    对：物业管理服务费及其他费用62.4万元。
    """
    for paragraph in subject.paragraphs:
        for match in _GAP.finditer(paragraph.text):
            quote = compact(paragraph.text[max(0, match.start() - 14) : match.end() + 6])
            yield Draft(
                f"数字空缺：“{quote}”", (Side(paragraph.place(match.start()), "叙述", quote),), quote, "补上数字", conversion_suspected=True
            )


_INSTRUCTION = regex(
    r"[（(]\s*(?:请?按|请|依据|根据)[^（）()。]{2,60}填[写列][。]?[）)]|[（(]此处[^（）()]{0,20}填[写列][^（）()]{0,12}[）)]|"
    r"[（(][^（）()。]{0,24}(?:本|此)(?:部分|段|节|项)内容?(?:为|填|写|应|可)[^（）()]{1,24}[）)]|"
    r"[（(](?:如|若)(?:本)?(?:部门|单位)?(?:无|没有|未)[^（）()]{0,30}(?:请|删除|填写|注明)[^（）()]{0,24}[）)]"
)
_ASIDE = regex(r"(?:(?<=。)|^)\s*[（(](?P<said>[^（）()\d。]{8,80})[）)]\s*$")
_TOPIC = regex(r"(?:情况|数量|金额|原因|内容|依据|目标|措施|机制)(?=[、，,；]|以及|及|和|等)")
_TOPICS = 3
"""Topics that an aside at the end of a paragraph lists without a word on any: it tells what to write."""


@rule("TEXT115", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,), about=About.SECTIONS, looks_at=narrative)
def instructions_are_taken_out(subject: Subject) -> Iterator[Outcome]:
    """模板的填写说明已经删去。

    错：人员经费120万元。（按“部门预算公开06表”中实际发生的支出事项填写）
    对：人员经费120万元。
    """
    found = [(m.words(around=0), m.side) for m in mentions(subject, _INSTRUCTION)]
    found += [(m.group(), Side(s.place, s.title, m.group())) for s in subject.disclosure.sections for m in _INSTRUCTION.finditer(s.title)]
    found += [(q, Side(p.place(m.start()), "叙述", q)) for p in subject.paragraphs for m, q in _asides(p.text)]
    if found:
        quote = found[0][0]
        yield Draft(
            f"模板的填写说明没有删去：“{quote}”" + (f"等{len(found)}处" if len(found) > 1 else ""),
            tuple(side for _, side in found),
            quote,
            "删去填写说明",
        )


def _asides(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What stands in brackets at the end of a paragraph and only lists what there is to write of."""
    match = _ASIDE.search(text)
    if match is not None and "等" in match["said"] and len(_TOPIC.findall(match["said"])) >= _TOPICS:
        yield match, compact(match.group())

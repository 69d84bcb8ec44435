"""TEXT, continued: marks and years that are written with one stroke too few or too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingsuan.checking.outcomes import Draft, Outcome
from mingsuan.checking.registry import About, Need, everything, narrative, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import titles_of
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

CHAPTER = "文字"
_OTHER_MARKS = regex(r"[\"＂〝〞『』「」]")
_MARK = regex(r"[“”]")


@rule(
    "TEXT125",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《标点符号用法》（GB/T 15834—2011）",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    looks_at=narrative,
    fix="补上缺的引号，或删去多余的。",
)
def quotation_marks_are_paired(subject: Subject) -> Iterator[Outcome]:
    """引号成对。

    只看弯引号；一段里还用了别的引号的不看。

    错：“教育支出（类）小学教育（项）260.00万元
    对：“教育支出（类）小学教育（项）”260.00万元
    """
    for paragraph in subject.paragraphs:
        at = None if _OTHER_MARKS.search(paragraph.text) else _unpaired(paragraph.text)
        if at is not None:
            quote = compact(paragraph.text[max(0, at - 12) : at + 16])
            mark = paragraph.text[at]
            yield Draft(
                f"“{mark}”没有配对：“{quote}”",
                (Side(paragraph.place(at), "叙述", quote),),
                quote,
                f"补上“{'”' if mark == '“' else '“'}”，或删去",
                conversion_suspected=True,
            )


def _unpaired(text: str) -> int | None:
    """Where the first mark stands that opens in an open quotation, closes none, or is never closed."""
    opened: int | None = None
    for match in _MARK.finditer(text):
        if (match.group() == "“") is (opened is not None):
            return match.start() if opened is None else opened
        opened = match.start() if opened is None else None
    return opened


_YEAR = regex(r"(?<![\d.,，])(?P<year>20\d|20\d{3})\s*年(?=度|(?:部门|单位)?(?:收支|收入|支出|预算|决算))")


@rule(
    "TEXT126", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.YEAR,), looks_at=everything, fix="补全年度，写成{expected}。"
)
def years_have_four_digits(subject: Subject) -> Iterator[Outcome]:
    """年度是四位数。

    错：目录写“第三部分 202年度部门决算情况说明”。
    对：目录写“第三部分 2025年度部门决算情况说明”。
    """
    found: dict[str, list[Side]] = {}
    for written in (*titles_of(subject.disclosure, contents=True), *(Side(p.place(0), "叙述", p.text) for p in subject.paragraphs)):
        for match in _YEAR.finditer(written.text):
            quote = compact(written.text[max(0, match.start() - 12) : match.end() + 12])
            found.setdefault(compact(match.group()), []).append(replace(written, text=quote))
    for said, sides in found.items():
        more = f"等{len(sides)}处" if len(sides) > 1 else ""
        yield Draft(f"年度少了或多了数字：“{sides[0].text}”{more}", tuple(sides), said, "四位数的年度")

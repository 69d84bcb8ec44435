"""NAR, continued: numbers of groups, guests, projects and problems that one sentence tells beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact

CHAPTER = "叙述"
_ASIDE = regex(r"[（(](?:其中|含|不含|包括)[^（）()]*[）)]")
_VISITS = regex(
    r"(?:(?<!\d)(?P<first>\d{1,9})个?批次?|批次(?:数|共|为|共计)*(?P<then>\d{1,9})[个次批]?)[^。；;\d]{0,14}?(?P<people>\d{1,9})(?:余|多)?人(?!以|民)"
)
_GROUPS = regex(r"团组(?:数|共|为|共计|数量)*(?P<groups>\d{1,9})[个次批][，,、]?[^。；;，,、\d]{0,14}?(?P<people>\d{1,9})人(?!以|民)")
_JOINED = regex(r"参加|随|参团|拼团|其他单位|上级")
_FOUND = regex(
    r"发现[^。；;，,\d]{0,8}问题(?P<found>\d{1,9})[个项条][，,][^。；;，,\d]{0,12}整改的?(?:问题)?(?P<mended>\d{1,9})[个项条]"
    r"(?:[，,][^。；;，,\d]{0,6}(?:正在|未|尚未)[^。；;，,\d]{0,6}整改的?(?:问题)?(?P<open>\d{1,9})[个项条])?"
)
_RATED = regex(r"绩效自评[^。；;，,\d]{0,8}(?:(?:19|20)\d\d年度?)?[^。；;，,\d]{0,8}项目(?P<all>\d{1,9})个")
_GRADE = regex(r"评[级价定]+为“?(?P<grade>优秀?|良好?|中|差|合格|不合格|基本合格)”?的?项目(?P<count>\d{1,9})个")
_KEPT = regex(r"公务用车(?:年末|期末)?(?:实际)?保有量为?(?P<count>\d{1,9})辆")
_ALL_GRADES = 4
"""Grades from which a list of them is whole (优、良、合格、不合格)."""


@rule(
    "NAR121",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="核对各个数目，改正有误的一处。",
)
def counts_told_together_are_possible(subject: Subject) -> Iterator[Outcome]:
    """同一句的批次与人次、团组与人次、项目数与各等级、问题数与整改数说得通。

    公务用车保有量不多于国有资产里的车辆数；一批至少一人；没有团组就没有人次（参加其他单位团组的不看）；各等级的项目不多于自评的项目；已整改和未整改的合计等于发现的问题。

    错：国内公务接待30批次、6人次。
    对：国内公务接待6批次、30人次。
    """
    examined = False
    for sentence in subject.sentences:
        text = compact(sentence.text)
        for message, quote, right in (*_visits(_ASIDE.sub("", text)), *_groups(text), *_mended(text), *_rated(text)):
            examined = True
            yield Examined(sentence.place)
            if message:
                yield Draft(message, (Side(sentence.place, "叙述", quote),), quote, right)
    for draft in _kept(subject):
        examined = True
        yield draft
    if not examined:
        yield not_applicable("没有写在一起的批次、人次、团组、项目或问题的数目")


def _kept(subject: Subject) -> Iterator[Outcome]:
    """Cars that are kept with public money, beside all vehicles that the discloser has."""
    owned = [f for f in subject.disclosure.stock if f.item == "车辆" and f.total is None and f.value is not None and f.year == subject.year]
    for sentence in subject.sentences if len(owned) == 1 else ():
        match = _KEPT.search(compact(sentence.text))
        if match is None:
            continue
        yield Examined(sentence.place)
        whole = owned[0].value
        if whole is not None and int(match["count"]) > whole:
            sides = (Side(sentence.place, "“三公”经费", match.group()), Side(owned[0].place, "国有资产", f"车辆{whole:f}辆"))
            yield Draft(f"公务用车保有量{match['count']}辆，共有车辆却只有{whole:f}辆", sides, match.group(), f"不多于{whole:f}辆")


_Found = Iterator[tuple[str, str, str]]
"""What is wrong ("" where nothing is), the words as printed, and what would be right."""


def _visits(text: str) -> _Found:
    for match in _VISITS.finditer(text):
        times, people = int(match["first"] or match["then"]), int(match["people"])
        wrong = f"{times}批次只有{people}人" if times > people else f"没有批次，却有{people}人" if people and not times else ""
        yield wrong, match.group(), "人次不小于批次，没有接待的都写0"


def _groups(text: str) -> _Found:
    for match in _GROUPS.finditer(text):
        groups, people = int(match["groups"]), int(match["people"])
        joined = _JOINED.search(text) is not None
        none = people and not groups and not joined
        wrong = f"{groups}个团组只有{people}人" if groups > people else f"没有团组，却有{people}人" if none else ""
        yield wrong, match.group(), "人次不小于团组数，没有出国（境）的都写0"


def _mended(text: str) -> _Found:
    for match in _FOUND.finditer(text):
        found, mended = int(match["found"]), int(match["mended"])
        left = int(match["open"]) if match["open"] else None
        told = mended + (left or 0)
        wrong = told > found or (left is not None and told != found)
        shown = f"已整改{mended}个" + ("" if left is None else f"、未整改{left}个")
        yield (f"发现问题{found}个，{shown}" if wrong else ""), match.group(), f"合计{found}个"


def _rated(text: str) -> _Found:
    whole = _RATED.search(text)
    grades = list(_GRADE.finditer(text))
    if whole is None or not grades or any(g.start() < whole.end() for g in grades):
        return
    counted, of_all = sum(int(g["count"]) for g in grades), int(whole["all"])
    wrong = counted > of_all or (counted != of_all and len({g["grade"] for g in grades}) >= _ALL_GRADES)
    yield (f"自评项目{of_all}个，各等级合计{counted}个" if wrong else ""), whole.group(), f"各等级合计{of_all}个"

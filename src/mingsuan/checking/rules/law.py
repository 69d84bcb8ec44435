"""LAW: what disclosure law itself asks for: in time, with the explanations that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, insufficient, not_applicable, rule
from mingsuan.checking.section_names import SECTION_WORDS
from mingsuan.checking.subject import Subject
from mingsuan.codes import law_fact
from mingsuan.dialects.names import plain
from mingsuan.model import Level, Scope, Side, Stage
from mingsuan.patterns import regex
from mingsuan.places import NOWHERE, Place
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

CHAPTER = "法规"
_DATE = r"(?P<year>20\d\d)\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?"
_EARLIER = _DATE.replace("?P<", "?P<b_")
_APPROVED = regex(rf"批复(?:时间|日期|之日)\s*(?:为|是|：|:)?\s*{_DATE}|(?:于|在)\s*{_EARLIER}[^。；，,]{{0,20}}批复")
_PUBLIC = "(?:公开|公布|发布)"
_PUBLISHED = regex(rf"{_PUBLIC}(?:时间|日期)\s*(?:为|是|：|:)?\s*{_DATE}|(?:于|在)\s*{_EARLIER}[^。；，,]{{0,24}}{_PUBLIC}")


@dataclass(frozen=True)
class _Dated:
    """A date that the text states of something."""

    day: date
    place: Place
    quote: str


def _stated_date(subject: Subject, pattern: re.Pattern[str]) -> _Dated | None:
    """The only date that the text states so; None where there is none, or several differ."""
    found: dict[date, _Dated] = {}
    for paragraph in subject.paragraphs:
        for match in pattern.finditer(paragraph.text):
            day = _day(match)
            if day is not None:
                found.setdefault(day, _Dated(day, paragraph.place(match.start()), compact(match.group())))
    return next(iter(found.values())) if len(found) == 1 else None


def _given(day: date | None) -> _Dated | None:
    """A date that whoever checks knows of: it stands nowhere in the text."""
    return _Dated(day, NOWHERE, f"{_written(day)}（核对时给出）") if day else None


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _day(match: re.Match[str]) -> date | None:
    parts = [match[name] or match[f"b_{name}"] for name in ("year", "month", "day")]
    try:
        return date(*(int(p) for p in parts))
    except ValueError:
        return None


@rule("LAW101", level=Level.WARNING, chapter=CHAPTER, basis=law_fact("R02").basis, needs=(Need.NARRATIVE,), since=2015)
def published_in_time(subject: Subject) -> Iterator[Outcome]:
    """预算、决算在批复后二十日内公开。

    批复日期和公开日期都知道时才核对：文中写明的，或者核对时另外给出的。

    错：批复日期：2023年2月1日，公开日期：2023年3月15日。
    对：批复日期：2023年2月1日，公开日期：2023年2月18日。
    """
    approved = _stated_date(subject, _APPROVED) or _given(subject.beside.approved)
    published = _stated_date(subject, _PUBLISHED) or _given(subject.beside.published)
    limit = subject.threshold("unit_publication_days" if subject.disclosure.scope is Scope.UNIT else "publication_days")
    if approved is None or published is None or limit is None:
        yield insufficient("文中没有写明批复日期和公开日期；核对时另外给出这两个日期，即可核对")
        return
    yield Examined(published.place if published.place != NOWHERE else subject.disclosure.sections[0].place)
    days = (published.day - approved.day).days
    if days > limit.value:
        yield Draft(
            f"{_written(approved.day)}批复，{_written(published.day)}公开，相隔{days}天，超过{limit}",
            (Side(approved.place, "批复日期", approved.quote), Side(published.place, "公开日期", published.quote)),
            f"批复后{days}天公开",
            f"批复后{limit}内公开",
            f"{days - int(limit.value)}天",
            basis=limit.basis,
            fix="核对两个日期；确已超期的，按要求向财政部门说明，今后在期限内公开。",
        )


_COST = regex(r"(?:机关|机构|单位|部门|行政)?(?:运行|运转)(?:维护)?经费")
_TOLD = regex(r"\d|无|没有|不涉及|未安排|不适用|为零")
_INSTITUTION = regex(r"(?:学校|小学|中学|大学|学院|幼儿园|医院|卫生院|中心|馆|站|所|院|社|队|园|场|基地)$")
_ORGAN = regex(r"(?:法院|检察院|派出所|司法所|监狱|戒毒所|看守所|联络处|办事处)$")
_LEAST_SECTIONS = 3
"""So many known sections make a text an explanation of a budget, of which something may be missing."""
_OF_NO_BUDGET = {"glossary", "explanation", "empty_tables_note", "duties", "units", "organisation"}
"""Sections that explain no figures."""


def _explains(subject: Subject) -> bool:
    known = {s.kind for s in subject.disclosure.sections if s.kind in SECTION_WORDS} - _OF_NO_BUDGET
    return subject.disclosure.stage is not Stage.PERFORMANCE_DECLARATION and len(known) >= _LEAST_SECTIONS


def _is_institution(subject: Subject) -> bool:
    """Whether one discloses that is no administrative body, as far as its name tells; 部门 is what some call a unit's text too."""
    name = re.sub(r"[（(][^（）()]*[）)]$", "", subject.disclosure.department or "")
    return bool(_INSTITUTION.search(name)) and not _ORGAN.search(name)


@rule("LAW102", level=Level.WARNING, chapter=CHAPTER, basis=law_fact("R02").basis, needs=(Need.NARRATIVE,), since=2015)
def operating_cost_is_explained(subject: Subject) -> Iterator[Outcome]:
    """行政单位说明机关运行经费的安排。

    机关运行经费是行政单位和参公事业单位的日常公用经费；其他事业单位不必有，写“无”也可以。

    错：全文没有提到机关运行经费。
    对：2023年机关运行经费支出预算24万元，主要用于办公费、差旅费。
    """
    if not _explains(subject):
        yield insufficient("没有读到预算说明，不能断定没有说明机关运行经费")
        return
    if _is_institution(subject):
        yield not_applicable("事业单位没有机关运行经费")
        return
    told = [s for s in subject.disclosure.sections if s.kind != "glossary" and _COST.search(plain(s.title + s.text))]
    if not told:
        yield Draft(
            "说明里没有机关运行经费",
            (Side(Place(), "叙述", "没有机关运行经费"),),
            "没有机关运行经费",
            "说明机关运行经费的预算安排及增减原因",
            fix="增加“机关运行经费安排情况”一节，写明金额和增减原因；没有的也写明没有。",
        )
    sections = subject.sections("operating_cost_note")
    yield from (Examined(s.place) for s in sections)
    if sections and not any(_TOLD.search(s.text) for s in sections):
        yield Draft(
            "机关运行经费一节没有写明金额，也没有说明没有",
            tuple(Side(s.place, s.title, compact(s.text)[:40]) for s in sections),
            "没有金额",
            "写明机关运行经费的金额",
        )


@rule("LAW103", level=Level.WARNING, chapter=CHAPTER, basis=law_fact("R18").basis, needs=(Need.NARRATIVE,), since=2016)
def terms_are_explained(subject: Subject) -> Iterator[Outcome]:
    """公开文本解释专业性较强的名词。

    错：全文没有“名词解释”。
    对：第三部分 名词解释：一、财政拨款收入：是指……
    """
    if not _explains(subject):
        yield insufficient("没有读到预算说明，不能断定没有名词解释")
        return
    told = subject.sections("glossary")
    yield from (Examined(s.place) for s in told)
    if not told and "名词解释" not in plain("".join(s.title + s.text for s in subject.disclosure.sections)):
        yield Draft(
            "没有名词解释",
            (Side(Place(), "叙述", "没有名词解释"),),
            "没有名词解释",
            "解释所用的专业名词",
            fix="增加“名词解释”一节，解释财政拨款、基本支出、项目支出、机关运行经费等名词。",
        )


_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?:亿|万)?元"
_PURCHASE = regex(rf"政府采购(?:支出)?(?:预算|总额|金额|支出)*[^。；\d]{{0,12}}?{_AMOUNT}")
_SMALL = regex(r"中小(?:微)?企业|小微企业|小型?企业")


@rule("LAW104", level=Level.INFO, chapter=CHAPTER, basis=law_fact("R28").basis, needs=(Need.NARRATIVE,), since=2021)
def purchases_tell_the_share_of_small_enterprises(subject: Subject) -> Iterator[Outcome]:
    """有政府采购的，说明面向中小企业的份额。

    预算单独列示面向中小企业预留的金额；决算写明授予中小企业合同的金额和占比。

    错：2023年政府采购预算300万元，其中：货物预算300万元。
    对：2023年政府采购预算300万元，其中：货物预算300万元。面向中小企业预留的政府采购预算120万元。
    """
    bought = [
        (p, m)
        for p in subject.paragraphs
        for m in _PURCHASE.finditer(p.text)
        if p.section.kind == "procurement_note" and m["amount"].strip("0,.")
    ]
    if not bought:
        yield not_applicable("没有政府采购金额")
        return
    paragraph, match = bought[0]
    yield Examined(paragraph.place(match.start()))
    if not _SMALL.search(subject.narrative):
        final = subject.disclosure.stage is Stage.FINAL_ACCOUNT
        wanted = "授予中小企业合同的金额和占比" if final else "面向中小企业预留的份额"
        yield Draft(
            f"政府采购有金额，没有说明{wanted}",
            (Side(paragraph.place(match.start()), "政府采购", compact(match.group())),),
            f"没有{wanted}",
            f"写明{wanted}",
            basis=law_fact("R21").basis if final else "",
            fix=f"在政府采购情况里写明{wanted}；没有的写明没有并说明原因。",
        )


_ITEMS = (
    ("公务接待", regex(r"批次|[批次]\d|来访团组\d"), regex(r"人次|人数|\d+人"), "接待的批次和人次"),
    ("公务用车运行", regex(r"保有量|保有"), None, "公务用车保有量"),
    ("因公出国", regex(r"团组|个团|批次"), regex(r"人次|人数|\d+人"), "出国团组数和人数"),
)


@rule("LAW105", level=Level.INFO, chapter=CHAPTER, basis=law_fact("R17").basis, needs=(Need.NARRATIVE,), since=2016)
def final_accounts_count_what_was_paid_for(subject: Subject) -> Iterator[Outcome]:
    """决算的“三公”经费说明团组、车辆、接待的数量。

    错：公务接待费支出决算1.20万元，主要用于业务交流。
    对：公务接待费支出决算1.20万元，主要用于业务交流，国内公务接待12批次、96人次。
    """
    if subject.disclosure.stage is not Stage.FINAL_ACCOUNT:
        yield not_applicable("只用于决算")
        return
    for item, first, second, wanted in _ITEMS:
        spent = re.compile(rf"{item}(?:[（(]境[）)])?[^。；，,\d]{{0,14}}(?:支出|决算)(?![^。；，,\d]*预算)[^。；，,\d]{{0,12}}{_AMOUNT}")
        paid = [(p, m) for p in subject.paragraphs for m in spent.finditer(p.text) if m["amount"].strip("0,.")]
        if not paid:
            continue
        paragraph, match = paid[0]
        yield Examined(paragraph.place(match.start()))
        if not first.search(subject.narrative) or (second and not second.search(subject.narrative)):
            yield Draft(
                f"{compact(match.group())}，没有说明{wanted}",
                (Side(paragraph.place(match.start()), "“三公”经费", compact(match.group())),),
                f"没有{wanted}",
                f"写明{wanted}",
                fix=f"在“三公”经费说明里补写{wanted}。",
            )


_VEHICLES = regex(
    rf"公务用车购置(?:及|和|与)?运行(?:维护)?费[^。；，,\d]{{0,14}}(?:支出|决算)(?![^。；，,\d]*预算)[^。；，,\d]{{0,12}}{_AMOUNT}"
)
_BOUGHT_CARS = regex(
    r"公务用车购置(?!及|和|与|、|运行)|(?:新增|新购|购置|更新|购买)(?:公务)?(?:用车|车辆|汽车|轿车)|[未没无]\w{0,4}(?:新增|新购|购置|更新)\w{0,4}车"
)
_FOREIGN_GUESTS = regex(r"外[宾事](?:接待)?[^。；]{0,24}?\d+\s*个?批")
_DOMESTIC_GUESTS = regex(
    r"(?<!外宾)(?<!外事)(?<!外宾接待)(?<!外事接待)(?:国内[^。；，]{0,12}?|公务接待[^。；外]{0,24}?)(?:\d+(?:个)?批|批次[\d为共])"
)


@rule("LAW106", level=Level.INFO, chapter=CHAPTER, basis=law_fact("R17").basis, needs=(Need.NARRATIVE,), since=2016)
def final_accounts_tell_the_three_expenses_apart(subject: Subject) -> Iterator[Outcome]:
    """决算的“三公”经费分列公务用车购置和运行，国内接待和外宾接待各写批次。

    错：公务用车购置及运行维护费支出12.00万元，其中：公务用车运行维护支出12.00万元。
    对：公务用车购置及运行维护费支出12.00万元，其中：公务用车购置支出0万元，公务用车运行维护支出12.00万元。
    """
    if subject.disclosure.stage is not Stage.FINAL_ACCOUNT:
        yield not_applicable("只用于决算")
        return
    paid = [(p, m) for p in subject.paragraphs for m in _VEHICLES.finditer(p.text) if m["amount"].strip("0,.")]
    yield from (Examined(p.place(m.start())) for p, m in paid)
    if paid and not _BOUGHT_CARS.search(subject.narrative):
        paragraph, match = paid[0]
        yield Draft(
            f"{compact(match.group())}，没有单独说明公务用车购置费",
            (Side(paragraph.place(match.start()), "“三公”经费", compact(match.group())),),
            "没有公务用车购置费",
            "写明公务用车购置费，没有购置的写明没有",
            fix="在“三公”经费说明里分别写明公务用车购置费、购置数和运行维护费。",
        )
    foreign = [(p, m) for p in subject.paragraphs for m in _FOREIGN_GUESTS.finditer(p.text)]
    yield from (Examined(p.place(m.start())) for p, m in foreign)
    if foreign and not _DOMESTIC_GUESTS.search(subject.narrative):
        paragraph, match = foreign[0]
        yield Draft(
            "写明了外宾接待的批次，没有写国内公务接待的批次和人次",
            (Side(paragraph.place(match.start()), "“三公”经费", compact(match.group())),),
            "没有国内公务接待的批次和人次",
            "写明国内公务接待的批次和人次",
            fix="在公务接待费说明里补写国内公务接待的批次、人次，没有的写0。",
        )

"""NAR, continued: years to come and purchases, read from the sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingsuan.amounts import UNITS, parse_number
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.quoting import mentions
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Level, Side
from mingsuan.patterns import regex
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

CHAPTER = "叙述"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MONEY = r"(?:亿元|万元|元)"


@dataclass(frozen=True)
class _Printed:
    """A number as printed, in 元 where it is money."""

    value: Decimal
    half: Decimal
    text: str


def _printed(digits: str, unit: str) -> _Printed | None:
    number = parse_number(digits)
    if number is None:
        return None
    scale = UNITS.get(unit, Decimal(1))
    decimals = len(digits.partition(".")[2])
    return _Printed(number * scale, scale.scaleb(-decimals) / 2, f"{digits}{unit}")


_SPAN = regex(r"(?P<first>20\d\d)\s*年?\s*[-—–~至]\s*(?P<last>20\d\d)\s*年\s*资金需求")
_NEED = regex(rf"(?P<year>20\d\d)\s*年\s*(?:度)?资金需求(?:为|约)?\s*(?P<amount>{_NUMBER})\s*(?P<unit>{_MONEY})")
_NEEDED = regex(rf"(?:三年|[二两三四五]年|资金需求)(?:合计|共计|总计|共需|总需求)(?:为|约)?\s*(?P<amount>{_NUMBER})\s*(?P<unit>{_MONEY})")


@rule(
    "NAR115",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="逐年核对资金需求，补齐缺的年度，使合计等于各年之和。",
)
def needs_of_the_years_add_up(subject: Subject) -> Iterator[Outcome]:
    """分年度的资金需求逐年写明，合计等于各年之和。

    错：2023-2025年资金需求合计150万元。2023年资金需求50万元，2024年资金需求50万元，2025年资金需求40万元。
    对：2023-2025年资金需求合计150万元。2023年资金需求50万元，2024年资金需求50万元，2025年资金需求50万元。
    """
    spans = [(p, m) for p in subject.paragraphs for m in _SPAN.finditer(p.text)]
    if not spans:
        yield not_applicable("没有分年度的资金需求")
    for paragraph, span in spans:
        needs = {
            int(m["year"]): m for m in _NEED.finditer(paragraph.text) if m.start() >= span.end() or int(m["year"]) != int(span["last"])
        }
        years = range(int(span["first"]), int(span["last"]) + 1)
        if len(needs) < 2:
            continue
        place = paragraph.place(span.start())
        yield Examined(place)
        lacking = [y for y in years if y not in needs]
        side = Side(place, "资金需求", compact(paragraph.text[span.start() : span.start() + 60]))
        if lacking:
            told = "、".join(f"{y}年" for y in lacking)
            yield Draft(f"{compact(span.group())}没有写明{told}的数", (side,), f"没有{told}", f"补写{told}的资金需求")
            continue
        whole = _NEEDED.search(paragraph.text)
        parts = [_printed(needs[y]["amount"], needs[y]["unit"]) for y in years]
        total = _printed(whole["amount"], whole["unit"]) if whole else None
        if total is None or not all(parts):
            continue
        found = sum((p.value for p in parts if p), Decimal(0))
        slack = total.half + sum((p.half for p in parts if p), Decimal(0))
        if found != total.value and abs(found - total.value) >= slack:
            shown = f"{(found / UNITS[whole['unit']]).normalize():f}{whole['unit']}" if whole else ""
            yield Draft(
                f"各年资金需求之和{shown}，与合计{total.text}不符",
                (side,),
                total.text,
                shown,
                witnesses=("＋".join(p.text for p in parts if p) + f"＝{shown}",),
            )


_SMALL = regex(r"中小|小型|小微|微型|预留|授予")
_BOUGHT = regex(
    rf"政府采购(?:支出)?(?:预算|总额|金额|项目)*(?P<contract>[（(][^（）()\d]{{0,12}}合同[^（）()\d]{{0,12}}[）)])?(?:为|共|安排)?\s*(?P<amount>{_NUMBER})\s*(?P<unit>{_MONEY})"
)
_RESERVED = regex(
    rf"(?:面向|授予|预留给)中小(?:微)?企业[^。；，,\d]{{0,20}}(?P<amount>{_NUMBER})\s*(?P<unit>{_MONEY})"
    rf"(?:[，,][^。；\d]{{0,4}}(?:预留|授予|面向)给?小(?:型|微)[^。；，,\d]{{0,24}}(?P<small>{_NUMBER})\s*(?P<small_unit>{_MONEY}))?"
)


@rule(
    "NAR116",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="核对政府采购总额、面向中小企业和其中小微企业的金额，改正有误的一处。",
)
def reserved_purchases_are_part_of_all(subject: Subject) -> Iterator[Outcome]:
    """面向中小企业的采购不大于采购总额，其中小微企业的不大于中小企业的。

    采购总额写的是合同金额、预留写的是预算金额的，超出只是警告：节约的部分不在合同里。

    错：2023年政府采购预算100.00万元。2023年面向中小企业预留政府采购项目预算金额120.00万元。
    对：2023年政府采购预算100.00万元。2023年面向中小企业预留政府采购项目预算金额40.00万元。
    """
    paragraphs = [p for p in subject.paragraphs if "中小" in p.text or "政府采购" in p.text]
    wholes = [(p, m) for p in paragraphs for m in _BOUGHT.finditer(p.text) if not _SMALL.search(p.text[max(0, m.start() - 16) : m.start()])]
    parts = [(p, m) for p in paragraphs for m in _RESERVED.finditer(p.text)]
    if not wholes or not parts:
        yield not_applicable("没有同时写明采购总额和面向中小企业的金额")
        return
    paragraph, match = wholes[0]
    total = _printed(match["amount"], match["unit"])
    largest = max((v.value for _, m in wholes if (v := _printed(m["amount"], m["unit"]))), default=Decimal(0))
    for place_of, part in parts:
        amount = _printed(part["amount"], part["unit"])
        small = _printed(part["small"], part["small_unit"]) if part["small"] else None
        here = Side(place_of.place(part.start()), "面向中小企业", compact(part.group()))
        yield Examined(here.place)
        if amount and total and amount.value > largest:
            yield Draft(
                f"面向中小企业的{amount.text}大于政府采购总额{total.text}",
                (here, Side(paragraph.place(match.start()), "政府采购", compact(match.group()))),
                amount.text,
                f"不大于{total.text}",
                level=Level.WARNING if match["contract"] and "预算" in part.group() else None,
            )
        if amount and small and small.value > amount.value:
            yield Draft(f"小微企业的{small.text}大于中小企业的{amount.text}", (here,), small.text, f"不大于{amount.text}")


_MOVED = regex(
    rf"(?P<word>增加|减少|增长|下降)(?P<to>为|至|到)?\s*(?P<amount>{_NUMBER})\s*{_MONEY}\s*[，,]\s*[与比较同][^，。；、]{{0,16}}持平"
    rf"|持平\s*[，,]\s*(?P<then>增加|减少|增长|下降)\s*(?P<by>{_NUMBER})\s*{_MONEY}"
)
_BASE_BEFORE = regex(r"[比较与同][^，；：。]{0,30}$")
_CLAUSE = regex(r"[，；：。,;:]")


@rule(
    "NAR119",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.NARRATIVE,),
    about=About.SECTIONS,
    fix="核对两年的数：确实持平的，删去增减的话；有增减的，写明比上年增减多少。",
)
def what_is_level_neither_rises_nor_falls(subject: Subject) -> Iterator[Outcome]:
    """持平的数字，不说增加或减少。

    与两个基数各比各的不算（“比年初预算减少5万元，与上年决算持平”）。

    错：公务接待费支出决算减少为0.00万元，与上年持平。
    对：公务接待费支出决算0.00万元，与上年持平。
    """
    for found in mentions(subject, _MOVED):
        yield Examined(found.place)
        match = found.match
        clause = _CLAUSE.split(match.string[: match.start()])[-1]
        by = match["by"] or (None if match["to"] else match["amount"])
        if (by is None or by.strip("0,.")) and not (match["word"] and _BASE_BEFORE.search(clause)):
            yield found.draft(f"既说{match['word'] or match['then']}，又说持平", "只留一种说法")


_YEARLY = regex(r"^[^\u4e00-\u9fff]*[一二三四五六七八九十]{0,3}[、.．）)]?\s*(?:本?年度?(?:项目)?(?:预算|资金|经费)安排(?:情况)?)$")
_OF_ANOTHER_SPAN = regex(r"总投资|批复|概算|估算|匡算|累计|(?<!\d)20\d\d\s*年")
_SUM = regex(rf"{_NUMBER}\s*{_MONEY}")
_SETTLED = regex(r"本年|当年|今年|本年度|年度预算|不再安排|未安排|不安排|无需安排")


@rule(
    "NAR120",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）",
    needs=(Need.NARRATIVE, Need.YEAR),
    about=About.SECTIONS,
    fix="写明本年度安排的金额；本年不安排的，写明不安排。",
)
def the_arrangement_of_the_year_is_told(subject: Subject) -> Iterator[Outcome]:
    """“年度预算安排”写明本年度的金额。

    错：（2026年预算）六、年度预算安排 工程概算3000万元，2025年安排1200万元。
    对：六、年度预算安排 工程概算3000万元，2025年安排1200万元，2026年安排900万元。
    """
    for section in subject.disclosure.sections:
        if not _YEARLY.match(section.title) or not _SUM.search(section.text):
            continue
        yield Examined(section.place)
        if not _OF_ANOTHER_SPAN.search(section.text) or _SETTLED.search(section.text) or f"{subject.year}年" in compact(section.text):
            continue
        quote = compact(section.text)[:60]
        yield Draft(
            f"“{section.title}”没有写{subject.year}年的金额：“{quote}”",
            (Side(section.place, section.title, quote),),
            f"没有{subject.year}年的金额",
            f"{subject.year}年安排的金额",
        )

"""TEXT, continued: whose tables these are, by the line over them and by their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.wording import common_prefix
from mingsuan.dialects.names import plain
from mingsuan.indicators.listing import family
from mingsuan.model import Level, Side, Table
from mingsuan.patterns import regex
from mingsuan.reading.narrative.passages import is_body_name
from mingsuan.reading.ordinals import compact, without_ordinal
from mingsuan.values import dataclass

_TITLED = regex(
    r"^(?:(?:公开|附)[表件]?[一二三四五六七八九十\d.-]{1,4}表?[:：、]?|表[一二三四五六七八九十\d.-]{1,4}[:：、]?)?(?:20\d\d年度?)?(?P<name>[\u4e00-\u9fff（）()]{4,30}?"
    r"(?:局|厅|委员会|办公室|人民政府|街道办事处|联合会|法院|检察院|学校|中学|小学|医院|中心))"
    r"(?:20\d\d年度?|部门|单位|本级|机关)*[\u4e00-\u9fff“”（）()、]{4,30}表(?:[（(][^（）()]*[）)])?$"
)
_USUAL = 3
"""Tables under one name from which another name, on at most a third as many, is not how this authority writes."""
_SAME_PLACE = 3
"""Characters of the place that two bodies of one place share at the least (某某市)."""
_ALIKE = 0.8
"""Share of characters in common from which a name in a title is a misspelt one, which the rule on the discloser's name tells."""


@dataclass(frozen=True)
class _Named:
    """A name that a table bears, over it or in its title, as it is compared and as it is printed."""

    name: str
    printed: str
    table: Table
    side: Side


@rule(
    "TEXT128",
    level=Level.WARNING,
    chapter="文字",
    basis="常识",
    fix="核对这张表是不是本单位的：数字是本单位的，把名称改为“{expected}”；不是的，换成本单位的表。",
)
def tables_are_the_discloser_s(subject: Subject) -> Iterator[Outcome]:
    """表上印的单位是公开单位或其所属单位。

    简称、全称都算同一单位；正文和表里提到过的单位不报。

    错：示例市教育局的预算里，一张表上印“编制单位：示例市审计局”，其余各表都是示例市教育局。
    对：各表都印“编制单位：示例市教育局”。
    """
    named, titled = tuple(_over_tables(subject)), tuple(_in_titles(subject))
    if not named and not titled:
        yield not_applicable("表上没有印单位名称")
        return
    yield from (Examined(one.side.place) for one in (*named, *titled))
    own = plain(subject.disclosure.department or "")
    told: set[str] = set()
    for found in _strangers(subject, named, own):
        told.add(found[0].name)
        yield _stranger(found, own or Counter(one.name for one in named).most_common(1)[0][0])
    for one in titled:
        alike = SequenceMatcher(None, one.name, own, autojunk=False).ratio() >= _ALIKE
        if _of_one_place(one.name, own) and not alike and one.name not in told and not _is_known(subject, one.name):
            yield _stranger([one], own)


def _strangers(subject: Subject, named: Sequence[_Named], own: str) -> Iterator[Sequence[_Named]]:
    """The tables by a name over them that is nobody's: one among many, or of another body of the discloser's place."""
    by_name: dict[str, list[_Named]] = {}
    for one in named:
        by_name.setdefault(one.name, []).append(one)
    usual = max(by_name, key=lambda name: len(by_name[name]), default="")
    for name, found in by_name.items():
        few = len(by_name[usual]) >= _USUAL and 3 * len(found) <= len(by_name[usual]) and not _is_one(name, usual)
        if (few or _of_one_place(name, own)) and not _is_known(subject, name):
            yield found


def _over_tables(subject: Subject) -> Iterator[_Named]:
    for table in subject.disclosure.tables:
        over = table.printed_for
        if over is not None and not family(table.kind):
            yield _Named(plain(over.text), over.text, table, Side(over.place, f"《{table.title}》表头", over.text))


def _in_titles(subject: Subject) -> Iterator[_Named]:
    for table in subject.disclosure.tables:
        found = _TITLED.match(without_ordinal(compact(table.title)))
        if found is not None and not family(table.kind):
            yield _Named(plain(found["name"]), found["name"], table, Side(table.place, "标题", table.title))


def _of_one_place(one: str, other: str) -> bool:
    return common_prefix(one, other) >= _SAME_PLACE


def _is_known(subject: Subject, name: str) -> bool:
    """Whether a name is the discloser's or a unit's, in full or short, or is written elsewhere in the text or within a table."""
    known = [plain(n) for n in (subject.disclosure.department, *(u.name for u in subject.disclosure.units)) if n]
    if any(_is_one(name, other) for other in known) or name in subject.narrative:
        return True
    return any(name in text or (is_body_name(text) and _is_one(name, text)) for text in subject.table_texts)


def _is_one(one: str, other: str) -> bool:
    """Whether two names may be one body's: the characters of the shorter stand in the longer in the same order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _stranger(found: Sequence[_Named], own: str) -> Draft:
    where = f"《{found[0].table.title}》" + (f"等{len(found)}张表" if len(found) > 1 else "")
    sides = tuple(one.side for one in found)
    return Draft(f"{where}上印的单位是“{found[0].printed}”，公开单位是“{own}”", sides, found[0].printed, own)

"""TEXT, continued: one thing under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mingsuan.checking.meant_projects import TELLS_APART
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import titles_of
from mingsuan.checking.wording import common_prefix, left_out, one_character_apart
from mingsuan.dialects.names import bare, plain
from mingsuan.indicators.listing import OVERALL
from mingsuan.model import CellKind, Level, Side
from mingsuan.patterns import regex
from mingsuan.places import NOWHERE, Place
from mingsuan.reading.narrative.glossary import glossary
from mingsuan.reading.ordinals import compact, without_ordinal

CHAPTER = "文字"


@rule("TEXT106", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,), fix="正文和名词解释用同一个名词。")
def terms_are_used_as_defined(subject: Subject) -> Iterator[Outcome]:
    """名词解释的名词与正文用的是同一个。

    错：正文“机构运行经费”，名词解释“机构运转经费”
    对：正文和名词解释都用“机构运行经费”
    """
    terms = {re.sub(r"^.*[）)](?:单位)?|情况$", "", plain(t.name)): t for t in glossary(subject.disclosure.sections)}
    if not terms:
        yield not_applicable("没有名词解释")
    for words, term in terms.items():
        yield Examined(term.place)
        if not 5 <= len(words) <= 12 or words in subject.narrative or not re.fullmatch(r"[\u4e00-\u9fff]+", words):
            continue
        used = one_character_apart(words, subject.narrative)
        if used is not None and used not in terms:
            sentence = next((s for s in subject.sentences if used in plain(s.text)), None)
            yield Draft(
                f"正文用“{used}”，名词解释的是“{words}”",
                (Side(sentence.place if sentence else Place(), "正文", used), Side(term.place, "名词解释", term.name)),
                f"“{used}”与“{words}”",
                "正文和名词解释用同一个名词",
            )


@rule("TEXT109", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,))
def one_unit_has_one_name(subject: Subject) -> Iterator[Outcome]:
    """同一单位在叙述和表里名称相同。

    错：机构设置写“驻北京联络中心”，收入表写“驻北京联络处”
    对：两处都写“驻北京联络处”
    """
    units = {bare(u.name): u for u in subject.disclosure.units}
    if not units:
        yield not_applicable("叙述没有列出所属单位")
    printed: dict[str, Side] = {}
    for table in subject.disclosure.tables:
        for row in table.rows:
            if row.key is not None and row.key.unit and not row.key.function:
                for path, cell in row.cells.items():
                    if re.search(r"名称|单位", path) and re.search(r"[\u4e00-\u9fff]{4}", cell.text):
                        printed.setdefault(bare(cell.text), Side(cell.place, table.title, cell.text))
    yield from (Examined(unit.place) for unit in units.values() if printed)
    for name, unit in units.items():
        if name in printed:
            continue
        alike = [p for p in printed if p not in units and _one_unit(name, p)]
        rivals = [n for n in units if alike and n != name and _one_unit(n, alike[0])]
        if len(alike) == 1 and not rivals:
            other = printed[alike[0]]
            yield Draft(
                f"同一单位两个名称：叙述写“{unit.name}”，表里写“{other.text}”",
                (Side(unit.place, "叙述", unit.name), other),
                f"“{unit.name}”与“{other.text}”",
                "全文用同一名称",
            )


def _one_unit(one: str, other: str) -> bool:
    """Whether two names differ in a short ending of both."""
    same = common_prefix(one, other)
    return same >= 6 and 0 < len(one) - same <= 3 and 0 < len(other) - same <= 3


_PROJECT_LINE = regex(r"^\s*\d{1,2}\s*[、.．]\s*(?P<name>[^，。；,;：:]{6,40}?)(?:项目)?\s*\d[\d,.]*\s*万元")


@rule("TEXT110", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,))
def one_project_has_one_name(subject: Subject) -> Iterator[Outcome]:
    """同一项目在叙述和各表里名称相同。

    错：项目支出表“热线中心搬迁升级-软硬件”，绩效目标表“热线中心搬迁升级—软硬件”
    对：两表都写“热线中心搬迁升级—软硬件”
    """
    names: dict[str, Side] = {}
    for side in (*_projects_in_tables(subject), *_projects_in_text(subject)):
        names.setdefault(compact(side.text), side)
    if not names:
        yield not_applicable("没有项目名称")
    yield from (_two_names(one.listed, one.printed) for one in subject.misnamed)
    told = {compact(one.printed.text) for one in subject.misnamed}
    known: list[str] = []
    for name, side in names.items():
        yield Examined(side.place)
        if name in told:
            continue
        twin = next((k for k in known if names[k].label != side.label and _one_project(name, k)), None)
        if twin is None:
            known.append(name)
        else:
            yield _two_names(names[twin], side)


def _two_names(one: Side, other: Side) -> Draft:
    where = [side.label if side.label == "叙述" else f"《{side.label}》" for side in (one, other)]
    return Draft(
        f"同一项目两个名称：{where[0]}写“{one.text}”，{where[1]}写“{other.text}”",
        (one, other),
        f"“{one.text}”与“{other.text}”",
        "各处用同一名称",
        fix="对照项目库确定名称，各处写成一样的；数字不必改动。",
    )


def _projects_in_tables(subject: Subject) -> Iterator[Side]:
    for table in subject.disclosure.tables:
        for column in table.columns:
            if column.kind is CellKind.AMOUNT or not re.search(r"项目名称", column.path) or table.kind == OVERALL:
                continue
            for row in table.rows:
                cell = row.cells.get(column.path)
                if (
                    cell is not None
                    and re.search(r"[\u4e00-\u9fff]{4}", cell.text)
                    and not (row.key and row.key.unit and not row.key.project)
                ):
                    yield Side(cell.place, table.title, cell.text)


def _projects_in_text(subject: Subject) -> Iterator[Side]:
    for paragraph in subject.paragraphs:
        match = _PROJECT_LINE.match(paragraph.text)
        if match is not None and re.search(r"项目|经费|费$|资金|奖励", match.group()):
            yield Side(paragraph.place(match.start("name")), "叙述", compact(match["name"]))


def _one_project(one: str, other: str) -> bool:
    """Whether two different names are one: the same but for punctuation, or for at most two characters left out."""
    if len(one) < 8 or len(other) < 8:
        return False
    words = [re.sub(r"[^\w\u4e00-\u9fff]", "", plain(n)) for n in (one, other)]
    if words[0] == words[1]:
        return True
    changed = left_out(words[0], words[1])
    return changed is not None and len(changed) <= 2 and not TELLS_APART.search(changed)


@rule("TEXT113", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def head_office_is_no_subordinate(subject: Subject) -> Iterator[Outcome]:
    """本级不列在所属单位名下。

    错：部门预算包括机关本级预算和所属单位预算；所属单位预算包括：1.某局本级 2.……
    对：部门预算包括机关本级预算和所属单位预算；所属单位预算包括：1.某中心 2.……
    """
    for section in subject.sections("units", "organisation"):
        text = compact(section.text)
        if not re.search(r"本级预算[和及与]所属", text):
            continue
        yield Examined(section.place)
        opened = re.search(r"所属(?:事业|预算|二级)?单位(?:预算)?(?:包括|有)[：:]", text)
        first = re.search(r"所属(?:事业|预算|二级)?单位(?:预算)?(?:包括|有)[：:]?\s*\n\s*(?P<line>[^\n]+)", section.text)
        if opened and first and re.search(r"本级$", without_ordinal(first["line"].strip())):
            name = without_ordinal(first["line"].strip())
            yield Draft(
                f"上文把本级与所属单位并列，所属单位名单却又列入“{name}”",
                (Side(section.place_at(first.start("line")), "所属单位名单", name),),
                name,
                "所属单位名单不含本级",
            )


_NAMED_TITLE = regex(
    r"^(?:第[一二三四五六七八九十]+部分)?(?P<name>[\u4e00-\u9fff（）()]{6,40}?)(?:19|20)\d\d年?度?(?:部门|单位)?(?:预算|决算)"
)
_AND = "和与及暨"
_ALIKE = 0.8
"""Share of characters that a name in a title has in common with the discloser's where it is meant to be the same."""


def _with_another_and(name: str) -> Iterator[str]:
    """A name with one of the words for “and” in place of another; other differences of one character may be another body."""
    for position, character in enumerate(name):
        if character in _AND:
            yield from (name[:position] + other + name[position + 1 :] for other in _AND if other != character)


@rule("TEXT118", level=Level.WARNING, chapter=CHAPTER, basis="常识")
def the_discloser_has_one_name(subject: Subject) -> Iterator[Outcome]:
    """公开单位的名称前后一致。

    错：上海市普陀区规划和自然资源局的决算里，表册标题写“上海市规划和自然资源局2024年度部门决算表”
    对：“上海市普陀区规划和自然资源局2024年度部门决算表”
    """
    own = plain(subject.disclosure.department or "")
    if len(own) < 6:
        yield not_applicable("没有读到公开单位的名称")
        return
    for title in titles_of(subject.disclosure):
        named = _NAMED_TITLE.match(compact(title.text))
        yield Examined(title.place)
        name = plain(named["name"]) if named else own
        if name != own and own not in name and name[-1] == own[-1] and SequenceMatcher(None, name, own, autojunk=False).ratio() >= _ALIKE:
            yield Draft(f"标题写作“{name}”，公开单位是“{own}”", (title,), name, own)
    yield from _mistyped(subject, own)
    for other in _with_another_and(own):
        if other not in subject.narrative:
            continue
        found = [s for s in subject.sentences if other in plain(s.text)]
        yield Draft(
            f"公开单位的名称写作“{other}”，应为“{own}”",
            tuple(Side(s.place, "叙述", other) for s in found) or (Side(Place(), "叙述", other),),
            other,
            own,
        )
    yield from _told_of_another(subject, own)


_OWN_AGAIN = 3
"""Times that a name is written right from which one that differs in a character is a slip."""


def _mistyped(subject: Subject, own: str) -> Iterator[Draft]:
    """The discloser's name with a character that is another, once, where its accounts are told."""
    other = one_character_apart(own, subject.narrative) if subject.narrative.count(own) >= _OWN_AGAIN else None
    if other is None or subject.narrative.count(other) > 1 or any(other == plain(u.name) for u in subject.disclosure.units):
        return
    if (
        not re.search(re.escape(other) + r"(?:20\d\d年|部门|本级|机关|共有|所属|主要职责)", subject.narrative)
        or other in subject.table_texts
    ):
        return
    found = tuple(Side(s.place, "叙述", other) for s in subject.sentences if other in plain(s.text))
    yield Draft(f"公开单位的名称写作“{other}”，应为“{own}”", found or (Side(Place(), "叙述", other),), other, own)


_TOLD_OF = regex(
    r"(?:^|[。\n：:，,])(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])*(?:纳入|现将|关于)?(?:20\d\d年)?"
    r"(?P<name>[\u4e00-\u9fff]{4,26}?(?:局|厅|委员会|办公室|人民政府|街道办事处|联合会|法院|检察院|中心|学校|中学|小学|医院|站|所|队|馆))"
    r"(?:20\d\d年度?)?(?:部门|单位)?(?:本年度?)?"
    r"(?=(?:没有|无|未安排|未发生)(?:使用)?(?:一般公共预算|政府性基金|国有资本经营)|(?:收入|支出|收支|收入支出)(?:总计|合计|总表|预算|决算)|机关运行经费|政府采购"
    r"|总收入|一般公共预算|政府性基金|国有资本|财政拨款|[“\"]三公|(?:部门|单位)?(?:预算|决算)(?:编制|公开|包括|表|情况)|概况|内设(?:机构|\d|办公室)"
    r"|共有(?:车辆|公务用车)|组织对)"
)
_REVIEWER = "财政局"
"""Whose office it is to review others' projects."""
_SAME_PLACE = 3
"""Characters of the place that two bodies of one place share at the least (某某市)."""


def _told_of_another(subject: Subject, own: str) -> Iterator[Draft]:
    """Sentences on the accounts of another body of the place that the text names nowhere else: left from its text."""
    if subject.narrative.count(own) < 2:
        return
    known = {plain(unit.name) for unit in subject.disclosure.units}
    for place, label, text in _told(subject):
        named = _TOLD_OF.search(text)
        if named is None or common_prefix(named["name"], own) < _SAME_PLACE or named["name"].endswith(_REVIEWER):
            continue
        name = named["name"]
        if not (own in name or own[-4:] in name or name in own or name in known or _is_known(subject, name)):
            quote = text[named.start("name") : named.end() + 12]
            yield Draft(f"公开单位是“{own}”，这里却写“{name}”", (Side(place, label, quote),), name, own)


def _told(subject: Subject) -> Iterator[tuple[Place, str, str]]:
    """Where accounts are told: the sentences, the headings of parts, listed ones too, and the notes under tables, without white space."""
    yield from ((s.place, "叙述", compact(s.text)) for s in subject.sentences)
    titles = ((s.place, "标题", s.title) for s in subject.disclosure.sections)
    listed = ((NOWHERE, "目录", line) for line in subject.disclosure.contents)
    yield from ((place, label, re.sub("^第.{1,3}部分", "", compact(title))) for place, label, title in (*titles, *listed))
    yield from ((t.place, t.title, compact(note)) for t in subject.disclosure.tables for note in t.notes)


def _is_known(subject: Subject, name: str) -> bool:
    """Whether a body is written more than once in the text, or in a table."""
    if subject.narrative.count(name) > 1:
        return True
    return any(name in compact(cell.text) for t in subject.disclosure.tables for row in t.rows for cell in row.cells.values())

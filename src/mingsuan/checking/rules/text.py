"""TEXT: what is left of a template, gaps, and one thing under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mingsuan.checking.registry import Draft, Need, Outcome, not_applicable, rule
from mingsuan.checking.subject import Sentence, Subject
from mingsuan.checking.wording import common_prefix, left_out, one_character_apart
from mingsuan.dialects.names import bare, plain
from mingsuan.indicators.listing import OVERALL
from mingsuan.model import CellKind, Level, Side
from mingsuan.places import Place
from mingsuan.reading.glossary import glossary
from mingsuan.reading.ordinals import compact, without_ordinal

CHAPTER = "文字"


def _quote(sentence: Sentence, match: re.Match[str], around: int = 14) -> str:
    """The words around a match."""
    return compact(sentence.text[max(0, match.start() - around) : match.end() + around])


def _side(sentence: Sentence, match: re.Match[str], label: str = "叙述") -> Side:
    return Side(sentence.place_of(match), label, _quote(sentence, match))


_BLANK = r"(?:[XxＸ×✕*＊]{2,}|[_＿]{2,}|[○〇]{2,}|…{2,}|X(?=年|月|日|万元|个|项|辆))"
_PLACEHOLDER = re.compile(
    rf"{_BLANK}\s*(?=部门|单位|局|委|厅|办|处|中心|年|月|日|万元|元|[%％]|项|个|人|辆|台|工作|项目|事业|经费)|(?<=[为共是计加少长降占出入算排]){_BLANK}(?!\s*\d)"
)


@rule("TEXT101", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def no_placeholders(subject: Subject) -> Iterator[Outcome]:
    """模板里的空位都已填写。

    错：XX部门2023年收入总计××万元。
    对：市教育局2023年收入总计1200万元。
    """
    for sentence in subject.sentences:
        for match in _PLACEHOLDER.finditer(sentence.text):
            yield Draft(
                f"模板的空位没有填写：“{_quote(sentence, match)}”", (_side(sentence, match),), _quote(sentence, match), "填写实际内容"
            )


_UP, _DOWN = "增加|增长|上升|提高", "减少|下降|降低"
_CHOICE = re.compile(rf"(?:{_UP})\s*[（(/／]\s*(?:{_DOWN})|(?:{_DOWN})\s*[（(/／]\s*(?:{_UP})")


@rule("TEXT102", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def choices_are_made(subject: Subject) -> Iterator[Outcome]:
    """模板里二选一的词只留一个。

    错：比上年增加（减少）12万元。
    对：比上年增加12万元。
    """
    found: dict[str, list[tuple[Sentence, re.Match[str]]]] = {}
    for sentence in subject.sentences:
        for match in _CHOICE.finditer(sentence.text):
            found.setdefault(f"{compact(match.group())}）", []).append((sentence, match))
    for words, places in found.items():
        quote = _quote(*places[0])
        yield Draft(
            f"模板的选择没有做：“{quote}”" + (f"等{len(places)}处“{words}”" if len(places) > 1 else ""),
            tuple(_side(sentence, match) for sentence, match in places),
            quote if len(places) == 1 else f"“{words}”{len(places)}处",
            "按实际情况只留一个词",
        )


_UNFINISHED = re.compile(r"原因\s*(?:是|为|在于)\s*[：:]?\s*[。；;]|原因\s*[：:]\s*[。；;]|(?:主要用于|主要包括|包括|分别为)\s*[：:]?\s*。")


@rule("TEXT103", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def sentences_are_finished(subject: Subject) -> Iterator[Outcome]:
    """说明原因的句子写出原因。

    错：比上年减少5万元，主要原因是。
    对：比上年减少5万元，主要原因是压减会议费。
    """
    for sentence in subject.sentences:
        for match in _UNFINISHED.finditer(sentence.text):
            yield Draft(f"句子没有写完：“{_quote(sentence, match)}”", (_side(sentence, match),), _quote(sentence, match), "补全内容")


_GAP = re.compile(
    r"(?<=[费用出算额入排计共为])\s*万元(?=[。，,；;、])|"
    r"(?<=[\u4e00-\u9fff])[。.．]\s*(?:辆|台（套）|台\(套\)|台|人|个|万元)(?=[、，,；;。])|"
    r"(?:增长|下降|增加|减少|占比?)\s*[%％](?=[。，,；;、])"
)


@rule("TEXT104", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
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


_DOUBLED = re.compile(
    r"。。|，，|、、|；；|：：|，。|。，|、。|；。|"
    r"资金金(?![额融库属])|支出出(?![国境差租让口])|收入入(?!库)|预算算|项目目(?![标的录])|经费费(?!用)|单位位|工作作(?![为用风业])|管理理(?![论念赔财])"
)


@rule("TEXT105", level=Level.INFO, chapter=CHAPTER, basis="常识")
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


@rule("TEXT106", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def terms_are_used_as_defined(subject: Subject) -> Iterator[Outcome]:
    """名词解释的名词与正文用的是同一个。

    错：正文“机构运行经费”，名词解释“机构运转经费”
    对：正文和名词解释都用“机构运行经费”
    """
    terms = {re.sub(r"^.*[）)](?:单位)?|情况$", "", plain(t.name)): t for t in glossary(subject.disclosure.sections)}
    if not terms:
        yield not_applicable("没有名词解释")
    for words, term in terms.items():
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


_RANGE_NEED = re.compile(r"(?P<first>20\d\d)\s*年?\s*[-—–~至]\s*(?P<last>20\d\d)\s*年\s*(?P<what>资金需求|资金安排|实施计划)")
_YEAR_NEED = re.compile(r"(?P<year>20\d\d)\s*年\s*(?P<what>资金需求|资金安排|实施计划)")


@rule("TEXT107", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def years_fit_their_section(subject: Subject) -> Iterator[Outcome]:
    """句子里的年度与所在段落的年度相符。

    错：“2021—2023年资金需求”一段里写“2020年资金需求50万元”
    对：“2021—2023年资金需求”一段里写“2021年资金需求50万元”
    """
    span: tuple[int, int, str] | None = None
    for paragraph in subject.paragraphs:
        heading = _RANGE_NEED.search(f"{paragraph.section.title}\n{paragraph.text[:40]}")
        if heading is not None:
            span = (int(heading["first"]), int(heading["last"]), heading["what"])
        elif re.search(r"执行情况|绩效目标设置", paragraph.section.title):
            span = None
        for match in _YEAR_NEED.finditer(paragraph.text):
            before = paragraph.text[max(0, match.start() - 2) : match.start()].strip()
            if span is None or match["what"] != span[2] or re.search(r"[-—–~至年]$", before) or span[0] <= int(match["year"]) <= span[1]:
                continue
            quote = compact(paragraph.text[max(0, match.start() - 14) : match.end() + 10])
            yield Draft(
                f"本段是{span[0]}—{span[1]}年{span[2]}，句中却写“{compact(match.group())}”，可能是以前年度的文字没有更新",
                (Side(paragraph.place(match.start()), "叙述", quote),),
                compact(match.group()),
                f"{span[0]}年{span[2]}",
            )


_TITLE_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)\s*年(?!\s*[-—–~至]\s*20)")
_OWN_TITLE = re.compile(r"(?:部门|单位)?预算(?:公开)?(?:情况)?(?:说明|表)$|(?:收支|收入|支出|经费)(?:预算)?(?:总体)?(?:情况)?表$")


@rule("TEXT108", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.YEAR,))
def titles_bear_the_year(subject: Subject) -> Iterator[Outcome]:
    """标题的年度是本预算的年度。

    错：2023年部门预算里的“2022年部门收支总体情况表”
    对：2023年部门预算里的“2023年部门收支总体情况表”
    """
    titles = [(t.title, t.place) for t in subject.disclosure.tables] + [(s.title, s.place) for s in subject.disclosure.sections]
    for title, place in titles:
        found = _TITLE_YEAR.search(title)
        if (
            found is not None
            and int(found["year"]) != subject.year
            and _OWN_TITLE.search(bare(title))
            and "决算" not in title
            and "上年" not in title
        ):
            yield Draft(
                f"本文是{subject.year}年预算，标题却写“{title}”",
                (Side(place, "标题", title),),
                title,
                title.replace(found["year"], str(subject.year)),
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


_PROJECT_LINE = re.compile(r"^\s*\d{1,2}\s*[、.．]\s*(?P<name>[^，。；,;：:]{6,40}?)(?:项目)?\s*\d[\d,.]*\s*万元")


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
    known: list[str] = []
    for name, side in names.items():
        twin = next((k for k in known if names[k].label != side.label and _one_project(name, k)), None)
        if twin is None:
            known.append(name)
        else:
            other = names[twin]
            yield Draft(
                f"同一项目两个名称：“{other.text}”与“{side.text}”", (other, side), f"“{other.text}”与“{side.text}”", "各处用同一名称"
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


_TELLS_APART = re.compile(r"[\d一二三四五六七八九十东西南北中上下新老县市区省A-Za-z非不]")


def _one_project(one: str, other: str) -> bool:
    """Whether two different names are one: the same but for punctuation, or for at most two characters left out."""
    if len(one) < 8 or len(other) < 8:
        return False
    words = [re.sub(r"[^\w\u4e00-\u9fff]", "", plain(n)) for n in (one, other)]
    if words[0] == words[1]:
        return True
    changed = left_out(words[0], words[1])
    return changed is not None and len(changed) <= 2 and not _TELLS_APART.search(changed)


_NONE_THEN_TEMPLATE = re.compile(r"(?:共有?|数量为|为)\s*0\s*[项个][，,]\s*我?(?:部门|单位|局|委|厅|办)?将")


@rule("TEXT111", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def nothing_needs_no_promise(subject: Subject) -> Iterator[Outcome]:
    """没有的事项只说明没有，不留套话。

    错：负责管理的专项转移支付项目共有0项，我部门将积极做好项目分配前期准备工作。
    对：我部门没有负责管理的专项转移支付项目。
    """
    for sentence in subject.sentences:
        for match in _NONE_THEN_TEMPLATE.finditer(sentence.text):
            yield Draft(
                f"数量为0，却保留了有项目时的套话：“{_quote(sentence, match, 20)}”",
                (_side(sentence, match),),
                _quote(sentence, match, 20),
                "只说明没有，删去后半句",
            )


_UNCHANGED = re.compile(r"持平|无变[动化]|没有变化|无增减")
_BARE_HEAD = 6
"""A sentence that begins with 主要原因 speaks of the one before it."""
_REASON = re.compile(r"(?:主要)?原因\s*(?:是|为|：|:)(?P<reason>[^。]*)")
_CHANGED = re.compile(r"(?<![无未不没控])(?<!没有)(?<!严格)(?:压缩|压减|缩减|大幅减少|有所减少|有所增加|费用增加|费用减少)")


@rule("TEXT112", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
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
            yield Draft(f"数字没有变化，原因却说有增减：“{quote}”", (_side(sentence, reason),), quote, "按持平说明原因")


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


_BARE_SHARE = re.compile(r"(?:支出|收入|经费|预算)\s*\d[\d,.]*\s*万元[，,]\s*\d[\d.]*\s*[%％]")


@rule("TEXT114", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def shares_say_that_they_are_shares(subject: Subject) -> Iterator[Outcome]:
    """百分比写明是占比。

    错：公用经费支出196.36万元，7.1%。
    对：公用经费支出196.36万元，占7.1%。
    """
    for sentence in subject.sentences:
        for match in _BARE_SHARE.finditer(sentence.text):
            yield Draft(f"百分比前缺“占”字：“{_quote(sentence, match)}”", (_side(sentence, match),), _quote(sentence, match), "写作“占……%”")


_INSTRUCTION = re.compile(
    r"[（(]\s*(?:请?按|请|依据|根据)[^（）()。]{2,60}填[写列][。]?[）)]|[（(]此处[^（）()]{0,20}填[写列][^（）()]{0,12}[）)]"
)


@rule("TEXT115", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def instructions_are_taken_out(subject: Subject) -> Iterator[Outcome]:
    """模板的填写说明已经删去。

    错：人员经费120万元。（按“部门预算公开06表”中实际发生的支出事项填写）
    对：人员经费120万元。
    """
    found = [(s, m) for s in subject.sentences for m in _INSTRUCTION.finditer(s.text)]
    if found:
        quote = _quote(*found[0], around=0)
        yield Draft(
            f"模板的填写说明没有删去：“{quote}”" + (f"等{len(found)}处" if len(found) > 1 else ""),
            tuple(_side(s, m) for s, m in found),
            quote,
            "删去填写说明",
        )


_SCOPE_YEAR = re.compile(r"纳入[^。；]{0,40}?(?P<year>20\d\d)\s*年度?[^。；，,\d]{0,14}(?:预算|决算)[^。；，,\d]{0,6}范围")


@rule("TEXT116", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE, Need.YEAR))
def scope_is_of_the_year(subject: Subject) -> Iterator[Outcome]:
    """编制范围的年度是本文的年度。

    错：2019年部门预算里写“纳入本部门2018年部门汇总预算编制范围的预算单位共计一家”
    对：“纳入本部门2019年部门汇总预算编制范围的预算单位共计一家”
    """
    for sentence in subject.sentences:
        for match in _SCOPE_YEAR.finditer(sentence.text):
            if int(match["year"]) != subject.year:
                quote = compact(match.group())
                yield Draft(
                    f"本文是{subject.year}年的，编制范围却写{match['year']}年：“{quote}”",
                    (_side(sentence, match),),
                    quote,
                    quote.replace(match["year"], str(subject.year)),
                )


_UNITLESS = re.compile(r"(?:增长|下降|减少|增加|上升|降低|提高)\s*(?P<number>\d+\.\d+)\s*(?=[。，；、,;])")


@rule("TEXT117", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def changes_have_their_unit(subject: Subject) -> Iterator[Outcome]:
    """增减的数字写明单位。

    错：比上年增加1193.20万元，增长13.95。
    对：比上年增加1193.20万元，增长13.95%。
    """
    for sentence in subject.sentences:
        for match in _UNITLESS.finditer(sentence.text):
            quote = _quote(sentence, match)
            yield Draft(f"数字没有单位：“{quote}”", (_side(sentence, match),), quote, f"{match['number']}%，或写明万元")


_NAMED_TITLE = re.compile(
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
    titles = [(s.title, s.place) for s in subject.disclosure.sections] + [(t.title, t.place) for t in subject.disclosure.tables]
    for title, place in titles:
        named = _NAMED_TITLE.match(compact(title))
        name = plain(named["name"]) if named else own
        if name != own and own not in name and name[-1] == own[-1] and SequenceMatcher(None, name, own, autojunk=False).ratio() >= _ALIKE:
            yield Draft(f"标题写作“{name}”，公开单位是“{own}”", (Side(place, "标题", title),), name, own)
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

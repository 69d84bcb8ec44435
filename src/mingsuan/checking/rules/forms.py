"""FORM: which tables, columns, notes and sections there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingsuan.checking.registry import Draft, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import core, kinds_of, names_a_table, own_words
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Form, Listed
from mingsuan.dialects.names import bare, plain
from mingsuan.model import CellKind, Level, Section, Side, Table
from mingsuan.places import Place
from mingsuan.reading.notes import is_empty_note
from mingsuan.reading.ordinals import compact, ordinal, without_ordinal

CHAPTER = "表式"
_OPEN_BOOK = "《地方预决算公开操作规程》（财预〔2016〕143号）"
_FUND_WORDS: Mapping[str, str] = {
    "government_fund_expenditure": "政府性基金",
    "state_capital_expenditure": "国有资本经营",
    "government_procurement": "政府采购",
    "three_public_expenses": "“三公”",
}
_MANY = {"project_performance_form", "project_performance_summary"}


@dataclass(frozen=True)
class _Listed:
    """An entry of the list of contents that names a table."""

    title: str
    words: str
    kinds: frozenset[str]


def _contents(subject: Subject, dialect: Dialect) -> tuple[_Listed, ...]:
    """The tables that the document's own list of contents names, each once."""
    found: dict[str, _Listed] = {}
    for title in subject.disclosure.contents:
        if names_a_table(title):
            words = own_words(title, subject.disclosure)
            found.setdefault(words, _Listed(without_ordinal(compact(title)), words, kinds_of(words, dialect)))
    return tuple(found.values())


def _unread_tables(subject: Subject) -> int:
    """How many tables the reader met and could not name."""
    return sum(1 for u in subject.disclosure.unrecognised if re.search(r"表(?!格[^，。]*列)", u.what))


@rule("FORM101", level=Level.ERROR, chapter=CHAPTER, basis=_OPEN_BOOK, needs=(Need.DIALECT,))
def listed_tables_are_printed(subject: Subject) -> Iterator[Outcome]:
    """目录列出的表，正文都有。

    错：目录列有“三、部门支出总体情况表”，正文没有。
    对：目录列有“三、部门支出总体情况表”，正文印有该表。
    """
    assert subject.dialect is not None
    listed = _contents(subject, subject.dialect)
    if not listed:
        yield not_applicable("文本没有列出各表的目录")
    printed = {t.kind for t in subject.disclosure.tables}
    titles = {own_words(t.title, subject.disclosure) for t in subject.disclosure.tables}
    unread = _unread_tables(subject)
    absent = [e for e in listed if e.words not in titles and not e.kinds & printed]
    known = [e for e in absent if e.kinds]
    for entry in absent:
        if not entry.kinds:
            yield insufficient(f"目录所列“{entry.title}”不是已知的表，没有核对正文是否印有")
        elif unread:
            yield insufficient(f"正文有{unread}张表未能识别，不能断定“{entry.title}”缺失")
    if not known or unread:
        return
    if len(known) >= _CUT_OFF and tuple(known) == listed[-len(known) :]:
        yield _missing(known, f"目录从“{known[0].title}”起的{len(known)}张表，正文都没有，文件可能不完整", subject)
        return
    for entry in known:
        yield _missing([entry], f"目录列有“{entry.title}”，正文没有", subject)


_CUT_OFF = 3
"""So many tables missing at the end of the list have one cause: the file stops there."""


def _missing(entries: Sequence[_Listed], message: str, subject: Subject) -> Draft:
    names = "、".join(f"“{e.title}”" for e in entries)
    return Draft(
        message,
        (*(Side(Place(), "目录", e.title) for e in entries), Side(Place(), "正文", "没有")),
        f"正文没有{names}",
        f"公开{names}；没有数据也应列出空表并说明",
        witnesses=(f"正文读到的{len(subject.disclosure.tables)}张表，标题和列都不是目录所列的这{len(entries)}张",),
        conversion_suspected=True,
    )


@rule("FORM102", level=Level.WARNING, chapter=CHAPTER, basis=_OPEN_BOOK, needs=(Need.DIALECT, Need.TABLES))
def required_tables_are_printed(subject: Subject) -> Iterator[Outcome]:
    """当年版式要求的表，目录或正文都有。

    错：2023年部门预算既没有列出、也没有公开“国有资本经营预算支出情况表”。
    对：没有国有资本经营预算的部门列出空表，并注明“故本表无数据”。
    """
    assert subject.dialect is not None
    printed = {t.kind for t in subject.disclosure.tables}
    listed = frozenset(k for entry in _contents(subject, subject.dialect) for k in entry.kinds)
    unread = _unread_tables(subject)
    year = subject.year
    for duty in subject.dialect.tables:
        in_force = year is None or ((duty.since or year) <= year <= (duty.until or year))
        if not duty.required or not in_force or duty.kind in printed | listed or (duty.kind in _MANY and printed & _MANY):
            continue
        form = subject.dialect.by_kind.get(duty.kind)
        if form is None:
            continue
        if unread:
            yield insufficient(f"正文有{unread}张表未能识别，不能断定“{form.title}”缺失")
        else:
            yield Draft(
                f"没有“{form.title}”，目录也没有列出",
                (Side(Place(), "正文", "没有这张表"),),
                f"没有“{form.title}”",
                "按当年版式公开这张表；没有数据也应列出空表并说明",
            )


def _form_titles(kind: str, subject: Subject, dialect: Dialect) -> tuple[str, ...]:
    """What a table of a kind should be called: first by the list of contents, then by the dialect."""
    listed = tuple(e.words for e in _contents(subject, dialect) if kind in e.kinds)
    form = dialect.by_kind.get(kind)
    return (*listed, *(form.titles if form else ()))


def _mistitled(subject: Subject, dialect: Dialect) -> Iterator[tuple[Table, str]]:
    """Tables that bear the title of another form, with the title that they should bear."""
    for table in subject.disclosure.tables:
        words = own_words(table.title, subject.disclosure)
        kinds = kinds_of(words, dialect)
        own = _form_titles(table.kind, subject, dialect)
        if words and own and kinds and table.kind not in kinds and core(words) not in {core(t) for t in own}:
            yield table, own[0]


@rule("FORM103", level=Level.WARNING, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES))
def titles_belong_to_their_tables(subject: Subject) -> Iterator[Outcome]:
    """一张表一个标题，标题与表的内容相符。

    错：按部门收入列示的表印着“部门收支总体情况表”。
    对：按部门收入列示的表印着“部门收入总体情况表”。
    """
    assert subject.dialect is not None
    for table, expected in _mistitled(subject, subject.dialect):
        others = [
            t
            for t in subject.disclosure.tables
            if t is not table and own_words(t.title, subject.disclosure) == own_words(table.title, subject.disclosure)
        ]
        twice = "，同一标题出现两次" if others else ""
        yield Draft(
            f"按列名和内容，这张表是“{expected}”，标题却印为“{table.title}”{twice}",
            (Side(table.place, "标题", table.title), *(Side(t.place, "同题的另一张表", t.title) for t in others)),
            table.title,
            expected,
        )


@rule("FORM104", level=Level.INFO, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES))
def titles_agree_with_the_contents(subject: Subject) -> Iterator[Outcome]:
    """表的标题与目录一致。

    错：目录写“部门预算项目绩效目标表”，正文写“部门预算项目绩效目标汇总表”。
    对：目录与正文都写“部门预算项目绩效目标汇总表”。
    """
    assert subject.dialect is not None
    listed = _contents(subject, subject.dialect)
    if not listed:
        yield not_applicable("文本没有列出各表的目录")
    words_listed = {e.words for e in listed}
    wrong = [t for t, _ in _mistitled(subject, subject.dialect)]
    for table in subject.disclosure.tables:
        words = own_words(table.title, subject.disclosure)
        entries = [e for e in listed if table.kind in e.kinds]
        if words and len(entries) == 1 and words not in words_listed and table not in wrong:
            yield Draft(
                f"目录写“{entries[0].title}”，正文标题是“{table.title}”",
                (Side(table.place, "正文标题", table.title), Side(Place(), "目录", entries[0].title)),
                table.title,
                entries[0].title,
            )


@rule("FORM105", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,))
def tables_print_their_unit(subject: Subject) -> Iterator[Outcome]:
    """有金额的表印明计量单位。

    错：预算资金3600.4，全表没有“单位：万元”。
    对：单位：万元；预算资金3600.4。
    """
    found: dict[str, list[Table]] = {}
    for table in subject.disclosure.tables:
        headed = any(re.search(r"万元|元[)）]", c.path) for c in table.columns)
        if (table.unit is None or table.unit_inherited) and not headed and _has_amounts(table):
            found.setdefault(table.kind, []).append(table)
    for tables in found.values():
        count = f"{len(tables)}张" if len(tables) > 1 else ""
        yield Draft(
            f"{count}“{tables[0].title}”有金额，没有印计量单位",
            tuple(Side(t.place, t.title, "没有单位") for t in tables),
            "没有单位",
            "在表头注明单位（元或万元）",
            conversion_suspected=True,
        )


def _has_amounts(table: Table) -> bool:
    money = {c.path for c in table.columns if c.kind is CellKind.AMOUNT}
    return any(re.search(r"\d", row.text(p)) for row in table.rows for p in money)


def _is_empty(table: Table) -> bool:
    return not any(cell.amount is not None and cell.amount.yuan for _, _, cell in table.amounts()) and not _has_amounts_in_words(table)


def _has_amounts_in_words(table: Table) -> bool:
    return any(re.search(r"[1-9]", row.text(c.path)) for row in table.rows for c in table.columns if c.kind is CellKind.AMOUNT)


@rule("FORM106", level=Level.INFO, chapter=CHAPTER, basis=f"{_OPEN_BOOK}空表", needs=(Need.DIALECT, Need.TABLES))
def empty_tables_are_explained(subject: Subject) -> Iterator[Outcome]:
    """空表注明为什么空，说的是本表的资金。

    错：国有资本经营预算支出情况表下注“本单位无政府性基金预算支出，故本表无数据”。
    对：国有资本经营预算支出情况表下注“本单位无国有资本经营预算支出，故本表无数据”。
    """
    assert subject.dialect is not None
    for table in subject.disclosure.tables:
        wrong = [n for n in table.notes if is_empty_note(n)]
        if wrong and not _is_empty(table):
            yield Draft(
                f"“{table.title}”有数，表下却注明是空表",
                (Side(table.place, table.title, "；".join(wrong)),),
                "；".join(wrong),
                "删去这条说明",
                level=Level.ERROR,
            )
    empty = [t for t in subject.disclosure.tables if t.kind in _FUND_WORDS and _is_empty(t)]
    if not empty:
        yield not_applicable("没有空表")
    for table in empty:
        own = plain(_FUND_WORDS[table.kind])
        notes = [plain(n) for n in table.notes if re.search(r"无|没有|空|未", n)]
        foreign = next((w for k, w in _FUND_WORDS.items() if k != table.kind and any(_explains(n, plain(w)) for n in notes)), None)
        if any(own in n for n in notes):
            continue
        if foreign is not None:
            yield Draft(
                f"“{table.title}”是空表，表下的说明讲的却是{foreign}",
                (Side(table.place, table.title, "；".join(table.notes)),),
                f"说明讲的是{foreign}",
                f"说明为什么没有{_FUND_WORDS[table.kind]}数据",
                level=Level.ERROR,
            )
        elif not notes and not _explained_in_text(subject, own):
            yield Draft(
                f"“{table.title}”是空表，没有说明原因",
                (Side(table.place, table.title, "空表，无说明"),),
                "空表，无说明",
                f"注明本单位没有{_FUND_WORDS[table.kind]}预算，故本表无数据",
            )


def _explains(note: str, fund: str) -> bool:
    return fund in note and bool(re.search(r"(?:无|没有|未)[^,。;]*" + re.escape(fund), note))


def _explained_in_text(subject: Subject, fund: str) -> bool:
    near = re.compile(
        rf"(?:无|没有|未)[^。;]{{0,20}}{re.escape(fund)}|{re.escape(fund)}[^。;]{{0,20}}(?:无|没有|未|为?0(?:\.0+)?(?:万?元|(?=[,;。]))|空表)"
    )
    return near.search(subject.narrative) is not None


def _families(dialect: Dialect) -> Mapping[str, frozenset[str]]:
    """Kinds of forms with the same amount columns, by kind."""
    shapes: dict[tuple[str, ...], set[str]] = {}
    for form in dialect.forms:
        money = tuple(c.path for c in form.columns if c.kind is CellKind.AMOUNT)
        if len(money) > 3:
            shapes.setdefault(money, set()).add(form.kind)
    return {kind: frozenset(kinds) for kinds in shapes.values() for kind in kinds}


@rule("FORM107", level=Level.INFO, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES))
def sister_tables_have_the_same_columns(subject: Subject) -> Iterator[Outcome]:
    """同一表样的各表，列相同。

    错：政府性基金支出表的“项目支出”下只有小计、其他运转类，其他支出表另有特定目标类。
    对：各支出表的“项目支出”下都有小计、其他运转类、特定目标类。
    """
    assert subject.dialect is not None
    families = _families(subject.dialect)
    lacking: dict[tuple[str, ...], list[Table]] = {}
    for table in subject.disclosure.tables:
        sisters = [t for t in subject.disclosure.tables if t is not table and t.kind in families.get(table.kind, frozenset())]
        columns = {c.form for c in table.columns}
        missing = tuple(
            dict.fromkeys(c.form for s in sisters for c in s.columns if c.form and c.kind is CellKind.AMOUNT and c.form not in columns)
        )
        if sisters and missing:
            lacking.setdefault(missing, []).append(table)
    for missing, tables in lacking.items():
        names = "、".join(f"“{m.rpartition('/')[2]}”" for m in missing)
        yield Draft(
            f"{'、'.join(f'“{t.title}”' for t in tables)}缺少{names}列，同一表样的其他表有",
            tuple(Side(t.place, t.title, f"没有{names}列") for t in tables),
            f"没有{names}列",
            "补上缺少的列，没有数据留空",
            conversion_suspected=True,
        )


@rule("FORM108", level=Level.WARNING, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES))
def sums_have_their_columns(subject: Subject) -> Iterator[Outcome]:
    """小计的金额在分项列里找得到。

    错：公务用车购置及运行费小计37.00，其下只有购置费一列（空），没有运行费列。
    对：公务用车购置及运行费小计37.00，购置费空，运行费37.00。
    """
    assert subject.dialect is not None
    for table in subject.disclosure.tables:
        form = subject.dialect.by_kind.get(table.kind)
        if form is not None:
            yield from _lost_parts(table, form)


def _lost_parts(table: Table, form: Form) -> Iterator[Draft]:
    for block in form.blocks:
        for total in block.sums:
            whole = table.column(total.total)
            present = [c for c in (table.column(p) for p in total.parts) if c is not None]
            absent = (
                [p for p in total.parts if table.column(p) is None and not form.by_path[p].optional]
                if all(p in form.by_path for p in total.parts)
                else []
            )
            if whole is None or not absent or not present:
                continue
            for row in table.rows:
                cell = row.cells.get(whole.path)
                if cell is None or cell.amount is None or not cell.amount.yuan:
                    continue
                found = sum(a.yuan for a in (row.cells[c.path].amount for c in present if c.path in row.cells) if a is not None)
                if found != cell.amount.yuan and len(absent) == 1:
                    name = absent[0].rpartition("/")[2]
                    rest = cell.amount.yuan - found
                    printed = f"{rest / (cell.amount.yuan / cell.amount.in_unit):f}{cell.amount.unit}"
                    yield Draft(
                        f"“{table.title}”的{whole.path}为{cell.amount}，分项列只列出{len(present)}项，缺“{name}”列，有{printed}没有着落",
                        (
                            Side(cell.place, whole.path, cell.text),
                            *(Side(row.cells[c.path].place, c.path, row.text(c.path)) for c in present if c.path in row.cells),
                        ),
                        f"没有“{name}”列",
                        f"增列“{name}”{printed}",
                        printed,
                        conversion_suspected=True,
                    )
                    return


@rule("FORM109", level=Level.INFO, chapter=CHAPTER, basis="《中华人民共和国预算法实施条例》第6条第4款", needs=(Need.TABLES,))
def listed_units_are_in_the_tables(subject: Subject) -> Iterator[Outcome]:
    """叙述列出的所属单位，在表里分列，或说明并入本级。

    错：说明列出4个所属单位，收入表只有部门本级一个单位。
    对：收入表逐个列出所属单位，或说明“财务不独立，并入本级核算”。
    """
    units = [u for u in subject.disclosure.units if u.own_books]
    if not any("unit" in (b.rows.axes if isinstance(b.rows, Listed) else ()) for f in _printed_forms(subject) for b in f.blocks):
        yield not_applicable("这个版式的表不按单位分列")
        return
    names_in_tables = {
        bare(r.text(c.path))
        for t in subject.disclosure.tables
        for c in t.columns
        if c.kind is not CellKind.AMOUNT
        for r in t.rows
        if r.text(c.path)
    }
    if len(units) < 2 and not any(bare(u.name) not in names_in_tables for u in units):
        yield not_applicable("叙述没有列出所属单位")
        return
    department = bare(subject.disclosure.department or "")
    absent = [u for u in units if bare(u.name) != department and not _appears(bare(u.name), department, names_in_tables)]
    if absent and not re.search(
        r"(?:并入|纳入)[^。]{0,12}(?:本级|机关)[^。]{0,12}(?:核算|编报|编制)|财务不独立|非独立核算", subject.narrative
    ):
        shown = "、".join(u.name for u in absent[:4]) + (f"等{len(absent)}个单位" if len(absent) > 4 else "")
        yield Draft(
            f"叙述列出的所属单位{shown}，在表里没有出现",
            tuple(Side(u.place, "所属单位", u.name) for u in absent),
            f"表里没有{shown}",
            "在收入、支出表分列各单位，或说明并入本级编报",
        )


def _printed_forms(subject: Subject) -> Iterator[Form]:
    """The forms of the tables that were read."""
    kinds = {t.kind for t in subject.disclosure.tables}
    yield from (f for f in (subject.dialect.forms if subject.dialect else ()) if f.kind in kinds)


def _appears(name: str, department: str, printed: set[str]) -> bool:
    """Whether a unit's name is printed in a table, also with another ending or without the department's name."""
    if name in printed or re.sub(r"(?:机关|本级|本部)$", "", name) in printed:
        return True
    short = name.removeprefix(department)
    return any(_alike(name, p) or (len(short) >= 4 and short != name and p.endswith(short)) for p in printed)


def _alike(one: str, other: str) -> bool:
    """Whether two names differ in their endings only, so that they may be one unit."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same >= 6 and len(one) - same <= 3 and len(other) - same <= 3


_SECTION_WORDS: Mapping[str, tuple[str, str]] = {
    "duties": ("主要职责", r"职责|职能"),
    "units": ("机构设置及预算单位构成", r"单位(?:构成|组成)|机构设置|所属单位|内设机构"),
    "staff": ("人员构成情况", r"编制\d*人|在职|人员(?:构成|编制)"),
    "vehicles": ("车辆构成情况", r"车辆"),
    "explanation": ("预算编制说明", r"(?:收入|支出)预算|收支总"),
    "organisation": ("机构设置", r"机构设置|内设机构|预算单位"),
    "overview_note": ("收支总体情况说明", r"收入总计|收支总|总收入|收入预算"),
    "revenue_note": ("收入预算情况说明", r"收入(?:预算|合计|总计)"),
    "expenditure_note": ("支出预算情况说明", r"支出(?:预算|合计|总计)"),
    "fiscal_appropriation_note": ("财政拨款收支情况说明", r"财政拨款"),
    "general_budget_note": ("一般公共预算支出情况说明", r"一般公共预算"),
    "basic_note": ("一般公共预算基本支出情况说明", r"基本支出"),
    "three_public_note": ("“三公”经费预算情况说明", r"三公"),
    "government_fund_note": ("政府性基金预算支出情况说明", r"政府性基金"),
    "operating_cost_note": ("机关运行经费说明", r"(?:运行|运转)经费"),
    "procurement_note": ("政府采购情况说明", r"政府采购"),
    "performance_note": ("绩效目标情况说明", r"绩效"),
    "assets_note": ("国有资产占用情况说明", r"车辆|资产"),
    "transfer_note": ("专项转移支付项目情况说明", r"转移支付"),
    "economic_note": ("支出经济分类情况说明", r"经济分类"),
    "changes_note": ("预算收支增减变化情况", r"增加|减少|持平"),
    "empty_tables_note": ("空表情况说明", r"空表|无数据"),
    "glossary": ("名词解释", r"名词解释"),
}
_ONLY_IF_EMPTY = {"empty_tables_note"}


@rule("FORM110", level=Level.WARNING, chapter=CHAPTER, basis=f"{_OPEN_BOOK}说明事项", needs=(Need.DIALECT, Need.NARRATIVE))
def required_sections_are_written(subject: Subject) -> Iterator[Outcome]:
    """版式要求说明的事项，叙述里都有。

    错：全文没有机关运行经费的说明。
    对：2023年机关运行经费支出预算24万元，主要用于……
    """
    assert subject.dialect is not None
    if not subject.dialect.sections:
        yield not_applicable("版式没有规定叙述的章节")
    present = {s.kind for s in subject.disclosure.sections}
    everything = subject.narrative + "".join(plain(s.title) for s in subject.disclosure.sections)
    for kind in subject.dialect.sections:
        if kind in present or kind not in _SECTION_WORDS or kind in _ONLY_IF_EMPTY:
            continue
        title, words = _SECTION_WORDS[kind]
        if re.search(words, everything) is None:
            yield Draft(
                f"叙述里没有“{title}”",
                (Side(Place(), "叙述", f"没有“{title}”"),),
                f"没有“{title}”",
                f"按版式写明{title}；没有的事项也应说明没有",
            )


@rule("FORM111", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,))
def numbering_goes_on(subject: Subject) -> Iterator[Outcome]:
    """同一层的序号不重复。

    错：（一）因公出国（境）费；（二）公务接待费；（二）公务用车购置及运行费
    对：（一）因公出国（境）费；（二）公务接待费；（三）公务用车购置及运行费
    """
    for section in subject.disclosure.sections:
        if section.kind != "glossary":
            yield from _repeated(_numbered_lines(section))
    by_parent: dict[str, list[tuple[str, Place]]] = {}
    for section in subject.disclosure.sections:
        by_parent.setdefault(section.path.rpartition("/")[0], []).append((section.title, section.place))
    for lines in by_parent.values():
        yield from _repeated(lines)


def _numbered_lines(section: Section) -> list[tuple[str, Place]]:
    lines, offset = [], 0
    for text in section.text.split("\n"):
        lines.append((text, section.place_at(offset)))
        offset += len(text) + 1
    return lines


def _repeated(lines: list[tuple[str, Place]]) -> Iterator[Draft]:
    trail: list[tuple[int, int, str, Place]] = []
    for text, place in lines:
        found = ordinal(text)
        if found is None:
            continue
        depth = next((i for i in reversed(range(len(trail))) if trail[i][0] == found.form and trail[i][1] == found.number - 1), None)
        same = next((t for t in reversed(trail) if t[0] == found.form), None)
        if depth is None and same is not None and found.number > 1 and same[1] == found.number and plain(same[2]) != plain(found.rest):
            yield Draft(
                f"序号“{found.text}”重复：“{_short(same[2])}”与“{_short(found.rest)}”",
                (Side(same[3], _short(same[2]), found.text), Side(place, _short(found.rest), found.text)),
                f"“{found.text}”出现两次",
                "后一项的序号顺延",
            )
        if depth is not None:
            del trail[depth:]
        elif found.number > 1:
            trail = [t for t in trail if t[0] != found.form]
        trail.append((found.form, found.number, found.rest, place))


def _short(text: str) -> str:
    return re.split(r"[\d。，,；;：:]", text.strip())[0][:16]

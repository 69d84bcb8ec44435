"""FORM: the tables there are and what they are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mingsuan.checking.matters import MANY
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import core, kinds_of, names_a_table, namesakes, own_words
from mingsuan.dialects.dialect import Dialect
from mingsuan.indicators.listing import KINDS
from mingsuan.model import Level, Receipt, Side, Status, Table
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.ordinals import compact, without_ordinal
from mingsuan.values import dataclass

CHAPTER = "表式"
_OPEN_BOOK = "《地方预决算公开操作规程》（财预〔2016〕143号）"


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
    titles |= {own_words(found[1], subject.disclosure) for u in subject.unread_tables if (found := _TITLE_OF.search(u.what))}
    absent = [e for e in listed if e.words not in titles and not e.kinds & printed and not _is_glued(e, titles)]
    yield from (Examined(t.place) for t in subject.disclosure.tables if any(t.kind in e.kinds for e in listed))
    unread = _may_be(absent, listed, subject)
    known = [e for e in absent if e.kinds]
    others_by_title = sum(e.words in titles for e in listed)
    for entry in absent:
        if not entry.kinds and not subject.unread_tables and others_by_title >= max(_BY_TITLE, len(listed) - len(absent)):
            yield replace(_missing([entry], f"目录列有“{entry.title}”，正文没有，其他各表都有", subject), level=Level.WARNING)
        elif not entry.kinds:
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


_BY_TITLE = 4
"""Tables of the list that stand in the text under their titles, from which one of no known form can be missed by its title alone."""


def _is_glued(entry: _Listed, titles: Collection[str]) -> bool:
    """Whether an entry is two in one line, the second of which is printed."""
    return any(entry.words.endswith(t) and "表" in entry.words[: -len(t)] for t in titles if "表" in t)


_TITLE_OF = regex(r"表“(.+)”")
"""The title of a table that is printed but could not be read."""


def _may_be(absent: Sequence[_Listed], listed: Sequence[_Listed], subject: Subject) -> int:
    """How many tables that could not be read may be one of those that seem absent: all but those with another entry's title."""
    others = {e.words for e in listed if e.kinds == frozenset() or e not in absent}
    drawn = any(t.place.table is not None for t in subject.disclosure.tables)
    return sum(
        1
        for u in subject.unread_tables
        if not any(f"“{title}" in compact(u.what) for title in others if title)
        and not (drawn and u.place.table is None and u.place.page is None and u.place.sheet is None)
    )


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
    unread = len(subject.unread_tables)
    year = subject.year
    required = [d.kind for d in subject.dialect.tables if d.required]
    if subject.stands_in and 2 * len(printed.intersection(required)) < len(required):
        yield insufficient("这份文本不像是本版式的部门预决算，不知道应公开哪些表")
        return
    for duty in subject.dialect.tables:
        in_force = year is None or ((duty.since or year) <= year <= (duty.until or year))
        form = subject.dialect.by_kind.get(duty.kind)
        if not duty.required or not in_force or form is None:
            continue
        if duty.kind in printed or (duty.kind in MANY and printed & MANY):
            yield Receipt("", Status.PASSED, "正文有这张表", about=form.title)
        elif duty.kind in listed:
            yield Receipt("", Status.NOT_APPLICABLE, "目录列有、正文没有的表由FORM101核对", about=form.title)
        elif unread:
            yield Receipt("", Status.INSUFFICIENT, f"正文有{unread}张表未能识别，不能断定这张表缺失", about=form.title)
        else:
            yield Receipt("", Status.FAILED, "正文没有，目录也没有列出", about=form.title)
            yield Draft(
                f"没有“{form.title}”，目录也没有列出",
                (Side(Place(), "正文", "没有这张表"),),
                f"没有“{form.title}”",
                "按当年版式公开这张表；没有数据也应列出空表并说明",
                level=Level.INFO if subject.stands_in else None,
            )


def _form_titles(kind: str, listed: Sequence[_Listed], dialect: Dialect) -> tuple[str, ...]:
    """What a table of a kind should be called: first by the list of contents, then by the dialect."""
    form = dialect.by_kind.get(kind)
    return (*(e.words for e in listed if kind in e.kinds), *(form.titles if form else ()))


def _mistitled(subject: Subject, dialect: Dialect) -> Iterator[tuple[Table, str]]:
    """Tables that bear the title of another form, with the title that they should bear."""
    listed = _contents(subject, dialect)
    for table in subject.disclosure.tables:
        words = own_words(table.title, subject.disclosure)
        kinds = kinds_of(words, dialect)
        own = _form_titles(table.kind, listed, dialect)
        if table.kind in KINDS and subject.stands_in and kinds <= set(KINDS):
            continue  # a list of targets is one, whatever it is of
        if words and own and kinds and table.kind not in kinds and core(words) not in {core(t) for t in own}:
            yield table, own[0]


@rule("FORM103", level=Level.WARNING, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def titles_belong_to_their_tables(subject: Subject) -> Iterator[Outcome]:
    """一张表一个标题，标题与表的内容相符。

    错：按部门收入列示的表印着“部门收支总体情况表”。
    对：按部门收入列示的表印着“部门收入总体情况表”。
    """
    assert subject.dialect is not None
    yield from (Examined(t.place) for t in subject.disclosure.tables if t.title and t.kind in subject.dialect.by_kind)
    for table, expected in _mistitled(subject, subject.dialect):
        others = namesakes(table, subject.disclosure)
        if core(own_words(expected, subject.disclosure)) == core(own_words(table.title, subject.disclosure)):
            continue  # the other table under the title is the wrong one
        twice = "，同一标题出现两次" if others else ""
        yield Draft(
            f"按列名和内容，这张表是“{expected}”，标题却印为“{table.title}”{twice}",
            (Side(table.place, "标题", table.title), *(Side(t.place, "同题的另一张表", t.title) for t in others)),
            table.title,
            expected,
        )


@rule("FORM104", level=Level.INFO, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
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
        if words and len(entries) == 1:
            yield Examined(table.place)
        if words and len(entries) == 1 and not {words, _unbracketed(words)} & words_listed and table not in wrong:
            yield Draft(
                f"目录写“{entries[0].title}”，正文标题是“{table.title}”",
                (Side(table.place, "正文标题", table.title), Side(Place(), "目录", entries[0].title)),
                table.title,
                entries[0].title,
            )


def _unbracketed(words: str) -> str:
    """A title without what it says in brackets at its end: 财政拨款支出预算表（功能科目）."""
    return re.sub(r"[（(][^（）()]*[）)]$", "", words)

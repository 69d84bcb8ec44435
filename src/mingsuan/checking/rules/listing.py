"""FORM, continued: what the document lists against what it prints, and what it prints twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.titles import core, kinds_of, names_a_table, own_words
from mingsuan.checking.wording import left_out
from mingsuan.dialects.names import plain
from mingsuan.model import CellKind, Level, Side, Table

CHAPTER = "表式"
_A_LIST = 4
"""A list of contents that names so many tables is meant to name all."""


@rule(
    "FORM112",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="版式",
    needs=(Need.DIALECT, Need.TABLES),
    about=About.TABLES,
    fix="在目录里补列这张表，或核对表的标题与目录是否一致。",
)
def printed_tables_are_listed(subject: Subject) -> Iterator[Outcome]:
    """正文的表，目录都列出。

    错：目录列有收支、收入、支出、财政拨款收支四张表，正文另印有“国有资本经营预算支出情况表”。
    对：目录列有正文的五张表。
    """
    assert subject.dialect is not None
    listed = [own_words(t, subject.disclosure) for t in subject.disclosure.contents if names_a_table(t)]
    if len(set(listed)) < _A_LIST:
        yield not_applicable("文本没有列出各表的目录")
        return
    kinds = frozenset(k for words in listed for k in kinds_of(words, subject.dialect))
    cores = {core(words) for words in listed}
    for table in subject.disclosure.tables:
        words = own_words(table.title, subject.disclosure)
        if not words or table.kind not in subject.dialect.by_kind:
            continue
        yield Examined(table.place)
        if table.kind not in kinds and words not in listed and core(words) not in cores and not _counterpart(table, kinds):
            yield Draft(
                f"正文印有“{table.title}”，目录没有列出",
                (Side(table.place, "正文标题", table.title),),
                "目录没有列出",
                f"目录列出“{table.title}”",
            )


def _counterpart(table: Table, kinds: frozenset[str]) -> bool:
    """Whether the list names a table of the same family: the performance forms go under one name."""
    return "performance" in table.kind and any("performance" in k for k in kinds)


@rule(
    "FORM113",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.TABLES,),
    about=About.TABLES,
    fix="删去重复的一张；第二张应是另一张表的，换成正确的内容。",
)
def tables_are_printed_once(subject: Subject) -> Iterator[Outcome]:
    """同一张表不印两次。

    只有一种资金时，不同的表可以有同样的数，不算重复。

    错：“部门收入总体情况表”在正文里印了两遍，内容完全相同。
    对：“部门收入总体情况表”只印一遍。
    """
    first: dict[tuple[str, tuple[tuple[tuple[str, str], ...], ...]], Table] = {}
    for table in subject.disclosure.tables:
        amounts = [cell for _, _, cell in table.amounts() if cell.amount and cell.amount.yuan]
        if len(amounts) < _A_LIST:
            continue
        yield Examined(table.place)
        content = tuple(tuple((path, cell.text) for path, cell in row.cells.items()) for row in table.rows)
        known = first.setdefault((table.kind, content), table)
        if known is not table:
            yield Draft(
                f"“{known.title}”与“{table.title}”内容完全相同，同一张表印了两次",
                (Side(known.place, "第一处", known.title), Side(table.place, "第二处", table.title)),
                "内容完全相同",
                "各表有自己的内容",
                conversion_suspected=True,
            )


_PROJECTS, _TARGETS = "project_expenditure", ("project_performance_summary", "project_performance_form")


@rule(
    "FORM114",
    level=Level.INFO,
    chapter=CHAPTER,
    basis="版式",
    needs=(Need.DIALECT, Need.TABLES),
    fix="核对项目名称和项目库；项目支出表漏列的补列，绩效目标表多列的删去。",
)
def targets_are_of_listed_projects(subject: Subject) -> Iterator[Outcome]:
    """绩效目标表的项目，项目支出表都列出。

    错：绩效目标汇总表列有“档案数字化经费”，项目支出表没有。
    对：绩效目标汇总表的各个项目，项目支出表都有。
    """
    listed = _projects(subject, (_PROJECTS,))
    told = {plain(one.printed.text) for one in subject.misnamed}
    aimed = {name: side for name, side in _projects(subject, _TARGETS).items() if name not in told}
    if not listed or not aimed:
        yield not_applicable("没有项目支出表，或没有项目绩效目标表")
        return
    absent = {name: side for name, side in aimed.items() if name not in listed and not any(_alike(name, other) for other in listed)}
    yield from (Examined(side.place) for side in aimed.values())
    if absent and 2 * len(absent) <= len(aimed):
        names = list(absent.values())
        shown = "、".join(f"“{s.text}”" for s in names[:3]) + (f"等{len(names)}个项目" if len(names) > 3 else "")
        yield Draft(f"{shown}有绩效目标，项目支出表里没有，请核实", tuple(names), f"项目支出表没有{shown}", "两张表的项目一致")


def _projects(subject: Subject, kinds: tuple[str, ...]) -> Mapping[str, Side]:
    found: dict[str, Side] = {}
    for table in subject.disclosure.tables:
        if table.kind not in kinds:
            continue
        for column in table.columns:
            if column.kind is CellKind.AMOUNT or "项目名称" not in column.path:
                continue
            for row in table.rows:
                cell = row.cells.get(column.path)
                if cell is not None and cell.text and row.key and row.key.project:
                    found.setdefault(plain(cell.text), Side(cell.place, table.title, cell.text))
    return found


def _alike(one: str, other: str) -> bool:
    """Whether two names may mean one project: one within the other, or a few characters left out."""
    if one in other or other in one:
        return True
    changed = left_out(one, other)
    return changed is not None and len(changed) <= 4

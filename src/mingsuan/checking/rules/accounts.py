"""CODE, continued: what the codes are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from mingsuan import codes
from mingsuan.checking.code_uses import CLASSIFICATIONS, CodeUse, code_uses
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, rule
from mingsuan.checking.subject import Subject
from mingsuan.codes import Codes
from mingsuan.model import CellKind, Level, Side
from mingsuan.patterns import regex

CHAPTER = "科目"
_LIST = "《政府收支分类科目》"
_CONTEXT = regex(r"_(?:行政|事业|参公).*$|[（(][^（(）)]*$")


@rule(
    "CODE103",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis=_LIST,
    needs=(Need.TABLES, Need.YEAR),
    about=About.TABLES,
    fix="核对科目编码和名称：编码无误的，名称改为“{expected}”；名称无误的，改正编码。",
)
def class_names_are_official(subject: Subject) -> Iterator[Outcome]:
    """科目的类，名称与当年科目一致。

    错：201 教育支出
    对：201 一般公共服务支出
    """
    yield from _misnamed(subject, level=Level.WARNING, classes=True)


@rule("CODE104", level=Level.INFO, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR), about=About.TABLES)
def item_names_are_official(subject: Subject) -> Iterator[Outcome]:
    """科目的款和项，名称与编码相符；不符时请核实。

    错：2010301 事业运行
    对：2010301 行政运行
    """
    yield from _misnamed(subject, level=Level.INFO, classes=False)


def _misnamed(subject: Subject, *, level: Level, classes: bool) -> Iterator[Draft | Examined]:
    assert subject.year is not None
    found: dict[int, list[tuple[CodeUse, str]]] = {}
    wrong: Counter[str] = Counter()
    right: dict[tuple[str, str], set[int]] = {}
    for use in code_uses(subject.meant):
        if not use.name or (len(use.code) == 3) is not classes or _is_total(use.name):
            continue
        official = subject.codes.lookup(use.kind, use.code, subject.year)
        if official is not None:
            yield Examined(use.side.place)
        if official is not None and not _named(use, official.name, subject.codes):
            found.setdefault(id(use.table), []).append((use, official.name))
            wrong[use.code] += 1
        elif official is not None:
            right.setdefault((use.kind, use.code), set()).add(id(use.table))
    for uses in found.values():
        foreign, others = _parted(uses)
        if len(foreign) >= _OF_ITS_OWN:
            yield _numbered_by_itself(foreign)
            uses = others
        for use, name in uses:
            elsewhere = wrong[use.code] == 1 and _is_a_slip(use, right, subject)
            verify = "与其他表不一致" if elsewhere else "与编码不一致" if classes else "与编码可能不一致，请核实"
            yield Draft(
                f"{CLASSIFICATIONS[use.kind]}{use.code}印为“{use.name}”，{verify}：科目名称是“{name}”",
                (use.side,),
                f"{use.code} {use.name}",
                f"{use.code} {name}",
                level=Level.WARNING if elsewhere else level,
            )


_TABLES_THAT_AGREE = 2
"""Other tables that print a code's own name, from which another name for it in one table is a slip and no shorter way to say it."""


def _is_a_slip(use: CodeUse, right: Mapping[tuple[str, str], Set[int]], subject: Subject) -> bool:
    """Whether a code that is misnamed once has the name of another code there, and its own in several other tables."""
    tables = right.get((use.kind, use.code), set()) - {id(use.table)}
    if len(tables) < _TABLES_THAT_AGREE:
        return False
    return codes.contradicts(use.kind, use.code, use.name) or _is_another_s(use, subject)


def _is_another_s(use: CodeUse, subject: Subject) -> bool:
    """Whether a name is, word for word, that of another code of the same level in the year, however alike the two are."""
    named = subject.codes.find(use.kind, use.name, subject.year)
    same = [c for c in named if len(c.code) == len(use.code)]
    return bool(same) and all(c.code != use.code and codes.normalise(c.name) == codes.normalise(use.name) for c in same)


def _parted(uses: Iterable[tuple[CodeUse, str]]) -> tuple[list[tuple[CodeUse, str]], list[tuple[CodeUse, str]]]:
    """Codes under the name of another code, and those whose name is only another way to say it."""
    foreign: list[tuple[CodeUse, str]] = []
    others: list[tuple[CodeUse, str]] = []
    for use, name in uses:
        (foreign if codes.contradicts(use.kind, use.code, use.name) else others).append((use, name))
    return foreign, others


_OF_ITS_OWN = 5
"""Codes of one table under foreign names from which they are numbers of the table's own, one cause and not so many slips."""


def _numbered_by_itself(uses: Sequence[tuple[CodeUse, str]]) -> Draft:
    said = "、".join(f"{u.code} {u.name}" for u, _ in uses[:3])
    meant = "、".join(f"{u.code} {name}" for u, name in uses[:3])
    more = "等" if len(uses) > 3 else ""
    return Draft(
        f"“{uses[0][0].table.title}”有{len(uses)}个科目的编码与名称不符，像是自行顺序编号（{said}{more}）",
        tuple(u.side for u, _ in uses),
        said,
        f"按科目编码：{meant}{more}",
        level=Level.WARNING,
    )


def _is_total(name: str) -> bool:
    return bool(re.search(r"^(?:合计|小计|总计)$", name))


def _named(use: CodeUse, official: str, known_codes: Codes) -> bool:
    """Whether a printed name means the code: the same words, an abbreviation of them, or cut off."""
    name = _CONTEXT.sub("", use.name)
    if known_codes.name_agrees(use.kind, use.code, use.name) or known_codes.name_agrees(use.kind, use.code, name):
        return True
    printed, known = codes.normalise(name), codes.normalise(official)
    return len(printed) >= 4 and (known.startswith(printed) or printed.startswith(known) or _within(printed, known))


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return len(short) * 2 > len(long) and all(c in rest for c in short)


_LISTED_CLASS = regex(r"^[（(]?[一二三四五六七八九十]+[）)、]")


@rule("CODE105", level=Level.INFO, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR), about=About.TABLES)
def retired_names_are_gone(subject: Subject) -> Iterator[Outcome]:
    """科目改名以后，旧名不与新名并列。

    错：（九）医疗卫生与计划生育支出；（十）卫生健康支出
    对：（十）卫生健康支出
    """
    assert subject.year is not None
    for table in subject.disclosure.tables:
        for column in table.columns:
            if column.kind is CellKind.AMOUNT:
                continue
            printed = [(row, row.text(column.path)) for row in table.rows if _LISTED_CLASS.match(row.text(column.path))]
            yield from (Examined(row.cells[column.path].place) for row, _ in printed)
            current = {
                m.code
                for _, name in printed
                for m in subject.codes.find("function", name, subject.year)
                if m.holds_in(subject.year) and len(m.code) == 3
            }
            for row, name in printed:
                meant = subject.codes.find("function", name, subject.year)
                if len(meant) != 1 or len(meant[0].code) != 3 or meant[0].holds_in(subject.year) or meant[0].code not in current:
                    continue
                now = subject.codes.lookup("function", meant[0].code, subject.year)
                if now is not None:
                    cell = row.cells[column.path]
                    yield Draft(
                        f"“{name}”是“{now.name}”{meant[0].until}年以前的名称，两者在同一表中并列",
                        (Side(cell.place, table.title, name),),
                        name,
                        f"只保留“{now.name}”",
                    )

"""CODE, continued: what the narrative calls the accounts, beside the tables and the names of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher

from mingsuan import codes
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.forms import Fixed
from mingsuan.dialects.names import bare
from mingsuan.model import CellKind, Level, Row, Side, Table
from mingsuan.patterns import regex
from mingsuan.reading.claims.class_paths import ClassNames, ClassPath, paths_in

_DETAIL_LEVELS = {3: "类", 5: "款", 7: "项"}


@rule(
    "CODE107",
    level=Level.WARNING,
    chapter="科目",
    basis="《政府收支分类科目》",
    needs=(Need.TABLES, Need.YEAR),
    about=About.SECTIONS,
)
def accounts_are_called_as_in_the_tables(subject: Subject) -> Iterator[Outcome]:
    """说明里的科目名称与表一致，不用已经改掉的旧名。

    错：说明写“医疗卫生与计划生育支出（类）行政事业单位医疗（款）”，2024年的科目是“卫生健康支出”
    对：“卫生健康支出（类）行政事业单位医疗（款）”
    """
    known = ClassNames.of(subject.disclosure.tables, subject.year)
    named = [(p.place(start), path) for p in subject.paragraphs for start, path in paths_in(p.text)]
    if not named and not subject.disclosure.tables:
        yield not_applicable("说明没有逐项写出功能科目")
    wrong: dict[tuple[str, str], list[Side]] = {}
    meant = {path: known.code(path) for path in dict.fromkeys(path for _, path in named)}
    told = {code for code in meant.values() if code is not None}
    for place, spoken in named:
        yield Examined(place)
        for level, name, official in _unlike_the_tables(spoken, meant[spoken], known, told):
            wrong.setdefault((f"{name}（{level}）", official), []).append(Side(place, "说明", f"{name}（{level}）"))
    for side, name, official in _without_a_row(subject, meant, known, told):
        wrong.setdefault((name, official), []).append(side)
    for side, name, official in _retired_in_words(subject):
        wrong.setdefault((name, official), []).append(side)
    for table, row, path, name, official in _retired_rows(subject):
        known_sides = next((sides for (said, right), sides in wrong.items() if right == official and said.startswith(name)), None)
        sides = known_sides if known_sides is not None else wrong.setdefault((name, official), [])
        sides.append(Side(row.cells[path].place, table.title, row.text(path)))
    for (said, official), sides in wrong.items():
        yield Draft(f"科目“{said}”应为“{official}”", tuple(sides), said, official)


def _unlike_the_tables(path: ClassPath, code: str | None, known: ClassNames, told: Set[str]) -> Iterator[tuple[str, str, str]]:
    """The levels of a path whose name is not the one that the tables print: level, name, name or names in the tables.

    An item under no name of its section is one of those that the narrative does not name (`told` are those that it does).
    """
    if code is None:
        beside = _of_another_section(path, known)
        if beside is not None:
            yield "款", path.names[1], beside
            return
        above = known.code(ClassPath(path.names[:-1], path.first)) if path.first + len(path.names) == len(_DETAIL_LEVELS) else None
        items = {c: names[0] for c, names in known.printed.items() if above and len(c) > len(above) and c.startswith(above)}
        if items:
            named = [n for c, n in items.items() if c not in told] or list(items.values())
            yield "项", path.names[-1], _nearest(path.names[-1], named) or "或".join(named)
        return
    for digits, name in zip(tuple(_DETAIL_LEVELS)[path.first :], path.names, strict=False):
        printed = known.printed.get(code[:digits], ())
        if printed and codes.normalise(name) not in {codes.normalise(n) for n in printed}:
            yield _DETAIL_LEVELS[digits], name, printed[0]


_AMOUNT = regex(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*[万亿]?元")


def _without_a_row(
    subject: Subject, meant: Mapping[ClassPath, str | None], known: ClassNames, told: Set[str]
) -> Iterator[tuple[Side, str, str]]:
    """Official items with money for which no table has a row, though it lists others of their section that the narrative leaves out."""
    for paragraph in subject.paragraphs:
        for start, path, words in _stretches(paragraph.text):
            code = meant[path]
            if code is None or len(code) != 7 or code in known.printed or not _has_money(words):
                continue
            left = [names[0] for c, names in known.printed.items() if len(c) == 7 and c.startswith(code[:5]) and c not in told]
            if left:
                name = f"{path.names[-1]}（项）"
                yield Side(paragraph.place(start), "说明", name), name, "或".join(left)


def _stretches(text: str) -> Iterator[tuple[int, ClassPath, str]]:
    """Each path of a paragraph with the words up to the next one."""
    spoken = list(paths_in(text))
    ends = [*(start for start, _ in spoken[1:]), len(text)]
    yield from ((start, path, text[start:end]) for (start, path), end in zip(spoken, ends, strict=False))


def _has_money(words: str) -> bool:
    """Whether amounts are told, none of them nothing."""
    amounts = [match["number"] for match in _AMOUNT.finditer(words)]
    return bool(amounts) and all(amount.strip("0,.") for amount in amounts)


def _of_another_section(path: ClassPath, known: ClassNames) -> str | None:
    """The section in whose place a path of class, section and item names another of the class, by the item's name in the tables."""
    if path.first or len(path.names) != len(_DETAIL_LEVELS):
        return None
    of_class = known.code(ClassPath(path.names[:1]))
    words = codes.normalise(path.names[2])
    found = {
        c[:5]
        for c, names in known.printed.items()
        if of_class and len(c) == 7 and c.startswith(of_class) and words in map(codes.normalise, names)
    }
    return known.printed.get(next(iter(found)), (None,))[0] if len(found) == 1 else None


_ALIKE, _CLEARLY = 0.7, 0.1
"""Share of the characters from which one name may be meant by another, and by how much it must be nearer than the next."""


def _nearest(name: str, official: Sequence[str]) -> str | None:
    """The one of some names that a name is clearly nearest to."""
    ranked = sorted(((SequenceMatcher(None, name, n, autojunk=False).ratio(), n) for n in official), reverse=True)
    near = ranked and ranked[0][0] >= _ALIKE and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _CLEARLY)
    return ranked[0][1] if near else None


_SHARE_OF_CLASS = regex(r"(?P<name>[\u4e00-\u9fff、]{4,24}支出)[”\"]?\s*\d[\d,]*(?:\.\d+)?\s*[万亿]?元\s*[，,]\s*占")


def _retired_in_words(subject: Subject) -> Iterator[tuple[Side, str, str]]:
    """Classes that the narrative lists with their shares under a name that no longer holds: place, name, name of the year."""
    for paragraph in subject.paragraphs:
        for match in _SHARE_OF_CLASS.finditer(paragraph.text):
            now = _of_the_year(subject, match["name"])
            if now:
                yield Side(paragraph.place(match.start()), "说明", match["name"]), match["name"], now


def _of_the_year(subject: Subject, name: str) -> str | None:
    """What a class is called in the year whose name no longer holds; None where the name is another's, or still holds."""
    assert subject.year is not None
    found = subject.codes.find("function", name, subject.year)
    if len(found) != 1 or len(found[0].code) != 3 or found[0].holds_in(subject.year):
        return None
    now = subject.codes.lookup("function", found[0].code, subject.year)
    return now.name if now is not None and now.name != name else None


def _retired_rows(subject: Subject) -> Iterator[tuple[Table, Row, str, str, str]]:
    """Rows of the classes with an amount under a name that no longer holds: table, row, column, name, name of the year."""
    for table in subject.disclosure.tables:
        for column in table.columns:
            if column.kind is not CellKind.KEY:
                continue
            block = column.path.partition("/")[0]
            prescribed = _prescribed(subject, table)
            money = [c.path for c in table.columns if c.kind is CellKind.AMOUNT and c.path.partition("/")[0] == block]
            for row in table.rows:
                name = re.sub(r"^[（(]?[一二三四五六七八九十]+[）)、.]", "", row.text(column.path))
                if (
                    row.key
                    or len(name) < 4
                    or bare(name) in prescribed
                    or not any(c.amount and c.amount.yuan for p in money if (c := row.cells.get(p)))
                ):
                    continue
                now = _of_the_year(subject, name)
                if now:
                    yield table, row, column.path, name, now


def _prescribed(subject: Subject, table: Table) -> frozenset[str]:
    """The names of rows that the authority's form has in the year, whether or not they are up to date."""
    form = subject.dialect.by_kind.get(table.kind) if subject.dialect else None
    fixed = [b.rows for b in form.blocks if isinstance(b.rows, Fixed)] if form else []
    return frozenset(name for rows in fixed for r in rows.rows if r.in_year(subject.year) for name in r.names)

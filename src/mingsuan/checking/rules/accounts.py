"""CODE, continued: what the codes are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher

from mingsuan import codes
from mingsuan.checking.code_uses import CLASSIFICATIONS, CodeUse, code_uses
from mingsuan.checking.registry import About, Draft, Examined, Need, Outcome, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.codes import Codes
from mingsuan.dialects.forms import Fixed
from mingsuan.dialects.names import bare
from mingsuan.model import CellKind, Level, Row, Side, Table
from mingsuan.reading.class_paths import ClassNames, ClassPath, paths_in

CHAPTER = "科目"
_LIST = "《政府收支分类科目》"
_CONTEXT = re.compile(r"_(?:行政|事业|参公).*$|[（(][^（(）)]*$")


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
    for use in code_uses(subject):
        if not use.name or (len(use.code) == 3) is not classes or _is_total(use.name):
            continue
        official = subject.codes.lookup(use.kind, use.code, subject.year)
        if official is not None:
            yield Examined(use.side.place)
        if official is not None and not _named(use, official.name, subject.codes):
            found.setdefault(id(use.table), []).append((use, official.name))
    for uses in found.values():
        foreign = [(u, name) for u, name in uses if codes.contradicts(u.kind, u.code, u.name)]
        if len(foreign) >= _OF_ITS_OWN:
            yield _numbered_by_itself(foreign)
            uses = [pair for pair in uses if pair not in foreign]
        for use, name in uses:
            verify = "与编码不一致" if classes else "与编码可能不一致，请核实"
            yield Draft(
                f"{CLASSIFICATIONS[use.kind]}{use.code}印为“{use.name}”，{verify}：科目名称是“{name}”",
                (use.side,),
                f"{use.code} {use.name}",
                f"{use.code} {name}",
                level=level,
            )


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


_LISTED_CLASS = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)、]")


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


_DETAIL_LEVELS = {3: "类", 5: "款", 7: "项"}


@rule("CODE107", level=Level.WARNING, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR), about=About.SECTIONS)
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


_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*[万亿]?元")


def _without_a_row(
    subject: Subject, meant: Mapping[ClassPath, str | None], known: ClassNames, told: Set[str]
) -> Iterator[tuple[Side, str, str]]:
    """Official items with money for which no table has a row, though it lists others of their section that the narrative leaves out."""
    for paragraph in subject.paragraphs:
        spoken = list(paths_in(paragraph.text))
        ends = [*(start for start, _ in spoken[1:]), len(paragraph.text)]
        for (start, path), end in zip(spoken, ends, strict=False):
            code = meant[path]
            amounts = _AMOUNT.findall(paragraph.text[start:end])
            if (
                code is None
                or len(code) != 7
                or code in known.printed
                or not amounts
                or not all(float(a.replace(",", "")) for a in amounts)
            ):
                continue
            left = [names[0] for c, names in known.printed.items() if len(c) == 7 and c.startswith(code[:5]) and c not in told]
            if left:
                name = f"{path.names[-1]}（项）"
                yield Side(paragraph.place(start), "说明", name), name, "或".join(left)


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


_SHARE_OF_CLASS = re.compile(r"(?P<name>[\u4e00-\u9fff、]{4,24}支出)[”\"]?\s*\d[\d,]*(?:\.\d+)?\s*[万亿]?元\s*[，,]\s*占")


def _retired_in_words(subject: Subject) -> Iterator[tuple[Side, str, str]]:
    """Classes that the narrative lists with their shares under a name that no longer holds: place, name, name of the year."""
    assert subject.year is not None
    for paragraph in subject.paragraphs:
        for match in _SHARE_OF_CLASS.finditer(paragraph.text):
            found = subject.codes.find("function", match["name"], subject.year)
            if len(found) == 1 and len(found[0].code) == 3 and not found[0].holds_in(subject.year):
                now = subject.codes.lookup("function", found[0].code, subject.year)
                if now is not None and now.name != match["name"]:
                    yield Side(paragraph.place(match.start()), "说明", match["name"]), match["name"], now.name


def _retired_rows(subject: Subject) -> Iterator[tuple[Table, Row, str, str, str]]:
    """Rows of the classes with an amount under a name that no longer holds: table, row, column, name, name of the year."""
    assert subject.year is not None
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
                found = subject.codes.find("function", name, subject.year)
                if len(found) == 1 and len(found[0].code) == 3 and not found[0].holds_in(subject.year):
                    now = subject.codes.lookup("function", found[0].code, subject.year)
                    if now is not None and now.name != name:
                        yield table, row, column.path, name, now.name


def _prescribed(subject: Subject, table: Table) -> frozenset[str]:
    """The names of rows that the authority's form has in the year, whether or not they are up to date."""
    form = subject.dialect.by_kind.get(table.kind) if subject.dialect else None
    fixed = [b.rows for b in form.blocks if isinstance(b.rows, Fixed)] if form else []
    return frozenset(name for rows in fixed for r in rows.rows if r.in_year(subject.year) for name in r.names)

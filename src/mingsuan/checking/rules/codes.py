"""CODE: codes of the official classifications and what they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from mingsuan import codes
from mingsuan.checking.registry import Draft, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.codes import Codes
from mingsuan.dialects.forms import Fixed
from mingsuan.dialects.names import bare
from mingsuan.model import CellKind, Level, Row, Side, Table
from mingsuan.places import Place
from mingsuan.reading.class_paths import ClassNames, ClassPath, paths_in

CHAPTER = "科目"
_LIST = "《政府收支分类科目》"
_NAMES = {"function": "功能科目", "department_economic": "部门预算支出经济分类", "government_economic": "政府预算支出经济分类"}
_CONTEXT = re.compile(r"_(?:行政|事业|参公).*$|[（(][^（(）)]*$")


@dataclass(frozen=True)
class _Use:
    """One printed code with its name."""

    kind: str
    code: str
    name: str
    table: Table
    row: Row
    path: str

    @property
    def side(self) -> Side:
        """Where it stands and what is printed."""
        cell = self.row.cells.get(self.path)
        return Side(cell.place if cell else self.table.place, f"{self.table.title} {self.code}", self.name)


def _uses(subject: Subject) -> Iterator[_Use]:
    """Every code that a row prints or stands under, with the name printed beside it in its own row ("" where none is)."""
    for table in subject.disclosure.tables:
        columns = _name_columns(table)
        for row in table.rows:
            if row.key is None:
                continue
            for kind, code in (
                ("function", row.key.function),
                ("department_economic", row.key.department),
                ("government_economic", row.key.government),
            ):
                path = columns.get(kind, "")
                if code:
                    yield _Use(kind, code, row.text(path) if path else "", table, row, path)


def _name_columns(table: Table) -> dict[str, str]:
    """The column with the names of each classification; none where it cannot be told."""
    found: dict[str, str] = {}
    for column in table.columns:
        leaf = column.path.rpartition("/")[2]
        if column.kind is CellKind.AMOUNT or not re.search(r"名称", leaf):
            continue
        if "政府" in column.path and "经济" in column.path:
            found["government_economic"] = column.path
        elif "经济" in column.path:
            found["department_economic"] = column.path
        elif "科目名称" in leaf:
            found["function"] = column.path
    return found


@rule("CODE101", level=Level.ERROR, chapter=CHAPTER, basis="《中华人民共和国预算法》第32条第4款", needs=(Need.TABLES,))
def codes_have_their_digits(subject: Subject) -> Iterator[Outcome]:
    """功能科目编码3、5或7位，经济科目编码3或5位。

    错：功能科目编码 201030（6位）
    对：功能科目编码 2010301
    """
    uses = [u for u in _uses(subject) if u.code.isascii() and u.code.isdigit()]
    if not uses:
        yield not_applicable("表里没有科目编码")
    groups: dict[tuple[int, str], list[_Use]] = {}
    for use in uses:
        groups.setdefault((id(use.table), use.kind), []).append(use)
    yield from _misprinted(subject)
    for members in groups.values():
        bad = [u for u in members if not codes.well_formed(u.kind, u.code)]
        if bad and 3 * len(bad) > len(members):
            yield insufficient(f"“{members[0].table.title}”的{_NAMES[members[0].kind]}编码多数不合位数，可能读错了列，没有核对")
            continue
        for use in bad:
            digits = "3、5或7位" if use.kind == "function" else "3或5位"
            yield Draft(
                f"{_NAMES[use.kind]}编码“{use.code}”不合规定：应为{digits}，以{_first_digit(use.kind)}开头",
                (use.side,),
                use.code,
                f"{digits}、以{_first_digit(use.kind)}开头的编码",
                conversion_suspected=True,
            )


def _misprinted(subject: Subject) -> Iterator[Draft]:
    """Codes in columns of 类, 款 and 项 that the reader took for others by their neighbours: 7 11 02 below 210 11."""
    for table in subject.disclosure.tables:
        form = subject.dialect.by_kind.get(table.kind) if subject.dialect else None
        keys = [(c, d) for c in table.columns if form and (d := form.by_path.get(c.form or "")) and d.digits]
        for chain in dict.fromkeys(d.key for _, d in keys):
            columns = [(c.path, d.digits) for c, d in keys if d.key == chain]
            for row in table.rows:
                code = getattr(row.key, chain, None) if row.key else None
                if code:
                    yield from _misprint(table, row, columns, code)


def _misprint(table: Table, row: Row, columns: Sequence[tuple[str, int]], code: str) -> Iterator[Draft]:
    starts = (0, *(digits for _, digits in columns))
    printed = [(row.text(path), code[start:digits]) for (path, digits), start in zip(columns, starts, strict=False)]
    if all(not text or text == part or len(text) > len(part) for text, part in printed):
        return
    said, meant = (" ".join(filter(None, words)) for words in zip(*printed, strict=True))
    wrong = next(path for (path, _), (text, part) in zip(columns, printed, strict=True) if text and text != part)
    yield Draft(
        f"科目编码“{said}”应为“{meant}”",
        (Side(row.cells[wrong].place, table.title, said),),
        said,
        meant,
        conversion_suspected=True,
    )


def _first_digit(kind: str) -> str:
    return {"function": "2", "department_economic": "3", "government_economic": "5"}[kind]


@rule("CODE102", level=Level.INFO, chapter=CHAPTER, basis="常识", needs=(Need.TABLES,))
def project_codes_have_one_length(subject: Subject) -> Iterator[Outcome]:
    """同一张表的项目编码位数相同。

    错：41010022000000012025（20位）与410100220000000012028（21位）并列
    对：各项目编码都是21位
    """
    seen = False
    for table in subject.disclosure.tables:
        printed = {r.key.project: r for r in table.rows if r.key and r.key.project and re.fullmatch(r"\d{8,}", r.key.project)}
        seen = seen or bool(printed)
        lengths = Counter(len(code) for code in printed)
        if len(lengths) < 2:
            continue
        usual = lengths.most_common(1)[0][0]
        odd = [code for code in printed if len(code) != usual]
        yield Draft(
            f"“{table.title}”的{len(printed)}个项目编码里，{len(odd)}个不是{usual}位",
            tuple(Side(_place(table, printed[c], c), "项目编码", f"{c}（{len(c)}位）") for c in odd),
            "、".join(f"{c}（{len(c)}位）" for c in odd),
            f"项目编码{usual}位",
            conversion_suspected=True,
        )
    if not seen:
        yield not_applicable("表里没有项目编码")


def _place(table: Table, row: Row, text: str) -> Place:
    """Where a row prints a code."""
    return next((cell.place for cell in row.cells.values() if cell.text == text), table.place)


@rule("CODE103", level=Level.WARNING, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR))
def class_names_are_official(subject: Subject) -> Iterator[Outcome]:
    """科目的类，名称与当年科目一致。

    错：201 教育支出
    对：201 一般公共服务支出
    """
    yield from _misnamed(subject, level=Level.WARNING, classes=True)


@rule("CODE104", level=Level.INFO, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR))
def item_names_are_official(subject: Subject) -> Iterator[Outcome]:
    """科目的款和项，名称与编码相符；不符时请核实。

    错：2010301 事业运行
    对：2010301 行政运行
    """
    yield from _misnamed(subject, level=Level.INFO, classes=False)


def _misnamed(subject: Subject, *, level: Level, classes: bool) -> Iterator[Draft]:
    assert subject.year is not None
    found: dict[int, list[tuple[_Use, str]]] = {}
    for use in _uses(subject):
        if not use.name or (len(use.code) == 3) is not classes or _is_total(use.name):
            continue
        official = subject.codes.lookup(use.kind, use.code, subject.year)
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
                f"{_NAMES[use.kind]}{use.code}印为“{use.name}”，{verify}：科目名称是“{name}”",
                (use.side,),
                f"{use.code} {use.name}",
                f"{use.code} {name}",
                level=level,
            )


_OF_ITS_OWN = 5
"""Codes of one table under foreign names from which they are numbers of the table's own, one cause and not so many slips."""


def _numbered_by_itself(uses: Sequence[tuple[_Use, str]]) -> Draft:
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


def _named(use: _Use, official: str, known_codes: Codes) -> bool:
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


@rule("CODE105", level=Level.INFO, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR))
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


@rule("CODE106", level=Level.INFO, chapter=CHAPTER, basis="《支出经济分类科目改革方案》（财预〔2017〕98号）", needs=(Need.TABLES,))
def economic_classes_correspond(subject: Subject) -> Iterator[Outcome]:
    """部门预算经济分类与政府预算经济分类按对应关系使用；不在对应表里的请核实。

    错：30101 基本工资 ↔ 50201 办公经费
    对：30101 基本工资 ↔ 50101 工资奖金津补贴
    """
    pairs: dict[tuple[str, str], list[tuple[Table, Row]]] = {}
    for table in subject.disclosure.tables:
        for row in table.rows:
            if row.key and row.key.department and row.key.government:
                pairs.setdefault((row.key.department, row.key.government), []).append((table, row))
    if not pairs:
        yield not_applicable("表里没有两套经济分类并列")
    for (department, government), rows in pairs.items():
        if (
            not subject.codes.governments_for(department)
            or subject.codes.pair_known(department, government)
            or not subject.codes.names("government_economic", government)
        ):
            continue
        usual = "、".join(sorted(subject.codes.governments_for(department)))
        yield Draft(
            f"部门经济分类{department}与政府经济分类{government}不在对应关系里，请核实",
            tuple(Side(next(iter(r.cells.values())).place, t.title, f"{department}—{government}") for t, r in rows if r.cells),
            f"{department}—{government}",
            f"{department}一般对应{usual}",
        )


_DETAIL_LEVELS = {3: "类", 5: "款", 7: "项"}


@rule("CODE107", level=Level.WARNING, chapter=CHAPTER, basis=_LIST, needs=(Need.TABLES, Need.YEAR))
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
    told = {code for _, path in named if (code := known.code(path)) is not None}
    for place, spoken in named:
        for level, name, official in _unlike_the_tables(spoken, known, told):
            wrong.setdefault((f"{name}（{level}）", official), []).append(Side(place, "说明", f"{name}（{level}）"))
    for table, row, path, name, official in _retired_rows(subject):
        known_sides = next((sides for (said, right), sides in wrong.items() if right == official and said.startswith(name)), None)
        sides = known_sides if known_sides is not None else wrong.setdefault((name, official), [])
        sides.append(Side(row.cells[path].place, table.title, row.text(path)))
    for (said, official), sides in wrong.items():
        yield Draft(f"科目“{said}”应为“{official}”", tuple(sides), said, official)


def _unlike_the_tables(path: ClassPath, known: ClassNames, told: Set[str]) -> Iterator[tuple[str, str, str]]:
    """The levels of a path whose name is not the one that the tables print: level, name, name or names in the tables.

    An item under no name of its section is one of those that the narrative does not name (`told` are those that it does).
    """
    code = known.code(path)
    if code is None:
        above = known.code(ClassPath(path.names[:-1], path.first)) if path.first + len(path.names) == len(_DETAIL_LEVELS) else None
        items = {c: names[0] for c, names in known.printed.items() if above and len(c) > len(above) and c.startswith(above)}
        if items:
            yield "项", path.names[-1], "或".join([n for c, n in items.items() if c not in told] or items.values())
        return
    for digits, name in zip(tuple(_DETAIL_LEVELS)[path.first :], path.names, strict=False):
        printed = known.printed.get(code[:digits], ())
        if printed and codes.normalise(name) not in {codes.normalise(n) for n in printed}:
            yield _DETAIL_LEVELS[digits], name, printed[0]


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

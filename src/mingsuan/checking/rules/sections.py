"""FORM, continued: the units, sections and numbers of the narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, narrative, not_applicable, rule
from mingsuan.checking.section_names import LAW_SECTIONS, ONLY_IF_EMPTY, SECTION_WORDS
from mingsuan.checking.subject import Subject
from mingsuan.dialects.forms import Form, Listed
from mingsuan.dialects.names import bare, plain
from mingsuan.model import CellKind, Level, Receipt, Section, Side, Status
from mingsuan.places import Place
from mingsuan.reading.ordinals import ordinal

CHAPTER = "表式"
_OPEN_BOOK = "《地方预决算公开操作规程》（财预〔2016〕143号）"


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
    yield from (Examined(u.place) for u in units)
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
    if name in printed or re.sub(r"[（(]?(?:机关|本级|本部)[）)]?$", "", name) in printed:
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
        if kind not in SECTION_WORDS or kind in ONLY_IF_EMPTY | LAW_SECTIONS:
            continue
        title, words = SECTION_WORDS[kind]
        if kind in present or re.search(words, everything):
            yield Receipt("", Status.PASSED, "叙述里有这一部分", about=title)
        else:
            yield Receipt("", Status.FAILED, "叙述里没有", about=title)
            yield Draft(
                f"叙述里没有“{title}”",
                (Side(Place(), "叙述", f"没有“{title}”"),),
                f"没有“{title}”",
                f"按版式写明{title}；没有的事项也应说明没有",
            )


@rule("FORM111", level=Level.WARNING, chapter=CHAPTER, basis="常识", needs=(Need.NARRATIVE,), about=About.SECTIONS, looks_at=narrative)
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

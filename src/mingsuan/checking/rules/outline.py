"""CODE, continued: the outline of the codes that a table lists, parents before their children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.codes import law_fact
from mingsuan.model import Level, Row, Side, Table
from mingsuan.places import Place
from mingsuan.values import dataclass

CHAPTER = "科目"
_PARENTS = {7: 5, 5: 3}
_LEAST = 4
"""So many codes under their parents make a table one that lists parents."""


@dataclass(frozen=True)
class _Line:
    """A printed code of the functional classification."""

    code: str
    place: Place


def _lines(table: Table) -> list[_Line]:
    """Codes in the order of their rows, each where it is first printed."""
    found: dict[str, _Line] = {}
    for row in table.rows:
        code = row.key.function if row.key else None
        if code and code.isdigit() and len(code) in {3, 5, 7}:
            found.setdefault(code, _Line(code, _place(row, code, table)))
    return list(found.values())


def _place(row: Row, code: str, table: Table) -> Place:
    printed = next((c for c in row.cells.values() if c.text and code.endswith(c.text)), None) or next(iter(row.cells.values()), None)
    return printed.place if printed else table.place


@rule(
    "CODE108",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis=law_fact("R04").basis,
    needs=(Need.TABLES,),
    about=About.TABLES,
    fix="核对科目编码：编码有误的改正；缺上级科目的，补列上级科目一行。",
)
def codes_stand_under_their_parents(subject: Subject) -> Iterator[Outcome]:
    """分级列示的科目，款在所属的类下，项在所属的款下。

    错：类208、款20805、项2101101（上级20805，其余各项都在自己的上级科目下）
    对：类208、款20805、项2080501；类210、款21011、项2101101
    """
    seen = False
    for table in subject.meant.tables:
        lines = _lines(table)
        orphans = _orphans(lines)
        if orphans is None:
            continue
        seen = True
        yield Examined(table.place)
        for line in orphans:
            parent = line.code[: _PARENTS[len(line.code)]]
            yield Draft(
                f"“{table.title}”的科目{line.code}没有列在上级科目{parent}之下，表中其余科目都列在上级科目之下",
                (Side(line.place, table.title, line.code),),
                line.code,
                f"列在{parent}之下，或更正编码",
                conversion_suspected=True,
            )
    if not seen:
        yield not_applicable("表里的科目不分级列示")


def _orphans(lines: Sequence[_Line]) -> list[_Line] | None:
    """The codes without their parent in a table that lists the parents of nearly all; None where it lists no parents."""
    codes = {line.code for line in lines}
    below = [line for line in lines if len(line.code) in _PARENTS]
    orphans = [line for line in below if line.code[: _PARENTS[len(line.code)]] not in codes]
    placed = len(below) - len(orphans)
    return orphans if placed >= _LEAST and placed >= 4 * len(orphans) else None

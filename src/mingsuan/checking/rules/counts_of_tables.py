"""NAR, continued: numbers of journeys, cars and guests that a “三公” table counts and the narrative tells again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.rules.counted_costs import CARS_BOUGHT, CARS_KEPT, GROUPS_ABROAD, GUESTS_MET, PEOPLE_MET, counts_told
from mingsuan.checking.subject import Subject
from mingsuan.dialects.names import bare
from mingsuan.model import Cell, Level, Row, Side
from mingsuan.patterns import regex

_KINDS = "three_public_expenses"
_COUNTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (regex(r"^因公出国\(境\)团组数"), GROUPS_ABROAD),
    (regex(r"^公务用车购置数"), CARS_BOUGHT),
    (regex(r"^公务用车保有(?:量|数)"), CARS_KEPT),
    (regex(r"^国内公务接待批次"), GUESTS_MET),
    (regex(r"^国内公务接待人次"), PEOPLE_MET),
)
"""What a row of the table is called, and how a sentence tells the same count."""


@rule(
    "NAR129",
    level=Level.WARNING,
    chapter="叙述",
    basis="算术",
    needs=(Need.NARRATIVE, Need.TABLES),
    about=About.SECTIONS,
    fix="核对两处的数目，改正有误的一处。",
)
def counts_told_are_those_of_the_table(subject: Subject) -> Iterator[Outcome]:
    """“三公”经费表列出的团组、车辆、接待批次和人次，与文字写的一致。

    错：国内公务接待7批次、35人次（表中国内公务接待人次53人）。
    对：国内公务接待7批次、53人次（表中国内公务接待人次53人）。
    """
    compared = False
    for row, name, told in _counted(subject):
        found = list(counts_told(subject, told))
        counted = _count(row)
        if counted is None or not found or len({m["count"] for _, m in found}) > 1:
            continue
        sentence, match = found[0]
        compared = True
        yield Examined(sentence.place)
        if int(match["count"]) != int(counted.text):
            yield Draft(
                f"表中“{name}”是{counted.text}，文中写“{match.group()}”",
                (Side(sentence.place, "叙述", match.group()), Side(counted.place, name, counted.text)),
                match["count"],
                counted.text,
            )
    if not compared:
        yield not_applicable("“三公”经费表没有列数目，或文字没有写")


def _counted(subject: Subject) -> Iterator[tuple[Row, str, re.Pattern[str]]]:
    """Rows that count, with their names and the words that tell the same."""
    for table in subject.disclosure.tables:
        for row in table.rows if table.kind.startswith(_KINDS) else ():
            name = next((bare(cell.text) for cell in row.cells.values() if cell.text), "")
            told = next((pattern for label, pattern in _COUNTS if label.match(name)), None)
            if told is not None:
                yield row, name, told


def _count(row: Row) -> Cell | None:
    """The one whole number of a row; None where it has none or several."""
    numbers = [cell for cell in row.cells.values() if cell.text.isdigit()]
    return numbers[0] if len({cell.text for cell in numbers}) == 1 else None

"""What a pack's measures come to over a period: values, breakdowns, and the rows that keep a value from its target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mingsuan.performance.evidence.period import Period
from mingsuan.performance.evidence.session import Answer, Session, identifier
from mingsuan.performance.packs.pack import Measure, Pack

PLACES = Decimal("0.0001")
"""Values are given to four decimals; numerator and denominator are exact."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure comes to.

    Attributes:
        name: title of the measure, or the value of the breakdown.
        numerator: exact.
        denominator: exact, None where the measure has none.
        unit: of `value`.
    """

    name: str
    numerator: Decimal
    denominator: Decimal | None
    unit: str

    @property
    def value(self) -> Decimal | None:
        """The quotient, in percent where the unit is %; None where the denominator is zero."""
        if self.denominator is None:
            return self.numerator
        if not self.denominator:
            return None
        return (self.numerator / self.denominator * (100 if self.unit == "%" else 1)).quantize(PLACES).normalize() + 0


def measured(session: Session, pack: Pack, measures: tuple[Measure, ...], period: Period) -> tuple[Measured, ...]:
    """What measures of one table come to in a period, in one pass over it."""
    (table,) = {m.table for m in measures}
    sums = ", ".join(part for m in measures for part in (m.numerator, m.denominator or "null"))
    (row,) = session.ask(f"select {_of_period(sums, period)} from {_rows(pack, table, period)}", pack.table(table).title).rows
    return tuple(_measured(m.title, m, row[2 * n], row[2 * n + 1]) for n, m in enumerate(measures))


def breakdown(session: Session, pack: Pack, measure: Measure, by: str, period: Period) -> tuple[Measured, ...]:
    """What a measure comes to for each value of a breakdown, in its order.

    Raises:
        KeyError: the measure has no such breakdown.
    """
    if by not in measure.by:
        raise KeyError(by)
    key = pack.breakdowns[by][1][measure.table]
    sums = _of_period(f"{measure.numerator}, {measure.denominator or 'null'}", period)
    question = f"select cast({key} as varchar) as part, {sums} from {_rows(pack, measure.table, period)} group by part order by part"
    rows = session.ask(question, measure.title).rows
    return tuple(_measured("（空白）" if part is None else str(part), measure, top, bottom) for part, top, bottom in rows)


def failing(session: Session, pack: Pack, measure: Measure, period: Period, most: int = 200) -> tuple[int, Answer]:
    """How many rows keep a measure from its target, and the first of them as the file has them."""
    if not measure.failing:
        return 0, Answer((), ())
    rows = f"{_rows(pack, measure.table, period)} and ({_of_period(measure.failing, period)})"
    ((number,),) = session.ask(f"select count(*) from {rows}", measure.title).rows
    columns = ", ".join(identifier(c.name) for c in pack.table(measure.table).columns)
    return int(str(number)), session.ask(f"select rowid + 2 as line, {columns} from {rows} order by rowid limit {most}", measure.title)


def _measured(name: str, measure: Measure, numerator: object, denominator: object) -> Measured:
    top = Decimal(str(numerator)) if numerator is not None else Decimal(0)
    bottom = None if not measure.denominator else Decimal(str(denominator)) if denominator is not None else Decimal(0)
    return Measured(name, top, bottom, measure.unit)


def _rows(pack: Pack, table: str, period: Period) -> str:
    """The rows of a table that belong to a period, those without a day too where the table has none."""
    when = pack.table(table).when
    if not when:
        return f"{identifier(table)} where true"
    day = identifier(when)
    return f"{identifier(table)} where {day} >= timestamp '{period.first}' and {day} < timestamp '{period.until}'"


def _of_period(expression: str, period: Period) -> str:
    return expression.replace("$until", f"timestamp '{period.until}'")

"""What a pack's measures come to over a period: values, breakdowns, and the rows that keep a value from its target."""

from __future__ import annotations

from decimal import Decimal

from mingsuan.performance.evidence.period import Period
from mingsuan.performance.evidence.session import Session, identifier
from mingsuan.performance.packs.pack import Measure
from mingsuan.performance.packs.tables import Loaded
from mingsuan.values import dataclass

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


def measured(session: Session, loaded: Loaded, measures: tuple[Measure, ...], period: Period) -> tuple[Measured, ...]:
    """What measures of a table come to in a period, in one pass over it."""
    sums = ", ".join(part for m in measures for part in (m.numerator, m.denominator or "null"))
    (row,) = session.ask(f"select {_of_period(sums, period)} from {_rows(loaded, period)}", loaded.table.title).rows
    return tuple(_measured(m.title, m, row[2 * n], row[2 * n + 1]) for n, m in enumerate(measures))


def breakdown(session: Session, loaded: Loaded, measure: Measure, by: str, period: Period) -> tuple[Measured, ...]:
    """What a measure comes to for each value of a breakdown, in its order.

    Raises:
        KeyError: the measure has no such breakdown.
    """
    if by not in measure.by:
        raise KeyError(by)
    key = loaded.pack.breakdowns[by][1][measure.table]
    sums = _of_period(f"{measure.numerator}, {measure.denominator or 'null'}", period)
    question = f"select cast({key} as varchar) as part, {sums} from {_rows(loaded, period)} group by part order by part"
    rows = session.ask(question, measure.title).rows
    return tuple(_measured("（空白）" if part is None else str(part), measure, top, bottom) for part, top, bottom in rows)


@dataclass(frozen=True, slots=True)
class Failing:
    """The rows that keep a measure from its target.

    Attributes:
        number: how many there are.
        columns: titles of the columns that the file has.
        rows: the first of them: where each stands, and its values.
    """

    number: int
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


def failing(session: Session, loaded: Loaded, measure: Measure, period: Period, most: int = 200) -> Failing:
    """The rows of a period that keep a measure from its target, the first `most` as the file has them."""
    if not measure.failing:
        return Failing(0)
    rows = f"{_rows(loaded, period)} and ({_of_period(measure.failing, period)})"
    ((number,),) = session.ask(f"select count(*) from {rows}", measure.title).rows
    columns = [c for c in loaded.table.columns if c.name in loaded.present]
    named = ", ".join(identifier(c.name) for c in columns)
    found = session.ask(f"select {loaded.lines.column}, {named} from {rows} order by rowid limit {most}", measure.title).rows
    listed = tuple((loaded.lines.shown(int(str(at))), tuple("" if v is None else str(v) for v in values)) for at, *values in found)
    return Failing(int(str(number)), tuple(c.title for c in columns), listed)


def outside(session: Session, loaded: Loaded, period: Period) -> tuple[int, str, str]:
    """How many rows with a day do not belong to a period, and the first and last of those days."""
    if not loaded.table.when:
        return 0, "", ""
    day = identifier(loaded.table.when)
    question = (
        f"select count(*), cast(min(cast({day} as date)) as varchar), cast(max(cast({day} as date)) as varchar) "
        f"from main.{identifier(loaded.source)} where {day} < timestamp '{period.first}' or {day} >= timestamp '{period.until}'"
    )
    ((number, first, last),) = session.ask(question, loaded.table.title).rows
    return int(str(number)), str(first or ""), str(last or "")


def _measured(name: str, measure: Measure, numerator: object, denominator: object) -> Measured:
    top = Decimal(str(numerator)) if numerator is not None else Decimal(0)
    bottom = None if not measure.denominator else Decimal(str(denominator)) if denominator is not None else Decimal(0)
    return Measured(name, top, bottom, measure.unit)


def _rows(loaded: Loaded, period: Period) -> str:
    """The rows of a table that belong to a period, all where the table has no day."""
    when, name = loaded.table.when, f"main.{identifier(loaded.source)}"
    if not when:
        return f"{name} where true"
    day = identifier(when)
    return f"{name} where {day} >= timestamp '{period.first}' and {day} < timestamp '{period.until}'"


def _of_period(expression: str, period: Period) -> str:
    return expression.replace("$until", f"timestamp '{period.until}'")

"""From margins back to a ledger (DESIGN.md, section 6): lines whose sums are all amounts that a disclosure prints.

Each year and measure is a problem of its own. Its cells are made (`lift_cells`), its printed amounts become demands (`lift_demands`),
amounts are found (`lift_solve`) and joined to lines (`lift_join`). Where no ledger meets all demands, the amounts given up are listed
with the smallest set of amounts that contradict each (`lift_conflict`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from mingsuan.amounts import Amount, rounded
from mingsuan.compiling.lifting.conflict import conflict
from mingsuan.compiling.lifting.demands import by_year_and_measure, printed
from mingsuan.compiling.lifting.last import with_last_year
from mingsuan.compiling.lifting.part import Answer, Part
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Figure, Meaning, understand
from mingsuan.identities import derive, localise
from mingsuan.ledger import Ledger, Line
from mingsuan.model import Disclosure, Finding, Level, Side
from mingsuan.places import Place
from mingsuan.values import dataclass

CONFLICTS_AT_MOST = 20
"""Given-up amounts for which the amounts that contradict them are looked for."""
PURCHASES = "政府采购"
"""The measure of procurement: its lines are the printed rows, and what the narrative says of it is no margin of theirs."""


_YEARS = {"0": "本年", "-1": "上年"}
"""How the years of a ledger are called."""


@dataclass(frozen=True)
class Departure:
    """A printed amount that the lifted ledger does not give.

    Attributes:
        label: what it is the amount of.
        printed: None where the cell is blank.
        compiled: what the ledger gives.
        against: labels and places of the printed amounts that contradict it, as few as there can be; () where none were singled out.
    """

    place: Place
    label: str
    printed: Amount | None
    compiled: Amount
    against: tuple[tuple[str, Place], ...] = ()

    def finding(self) -> Finding:
        """The contradiction in words."""
        shown = str(self.printed) if self.printed is not None else "空白"
        sides = (Side(self.place, self.label, shown), *(Side(place, label, "") for label, place in self.against))
        others = f"，与{'、'.join(label for label, _ in self.against)}不能同时成立" if self.against else ""
        message = f"{self.label}印为{shown}{others}；能满足其余各数的明细账在此处为{self.compiled}。"
        return Finding("LIFT001", Level.ERROR, message, sides, shown, str(self.compiled), basis="算术")


@dataclass(frozen=True)
class Lifted:
    """A ledger consistent with a disclosure.

    Attributes:
        ledger: its lines, in 元; projects go by the names that `dialects.meaning` knows them by.
        told: for each line whether the printed figures leave it no other amount; the others are inferred.
        departures: printed amounts that it does not give.
        meaning: what was printed.
    """

    ledger: Ledger
    told: tuple[bool, ...]
    departures: tuple[Departure, ...]
    meaning: Meaning
    disclosure: Disclosure


def lift(disclosure: Disclosure, dialect: Dialect, progress: Callable[[str], None] = lambda _: None) -> Lifted:
    """Find a ledger whose sums give the printed amounts of all tables.

    Raises:
        TooManyCells: the disclosure leaves too much open for the time there is.
        Unsolved: no ledger was found in that time.
    """
    meaning = with_last_year(understand(disclosure, dialect), disclosure)
    lines: list[tuple[Line, bool]] = []
    departures: list[Departure] = []
    for (year, measure), numbers in by_year_and_measure(meaning, dialect.axes).items():
        own = (year, measure) == tuple(dialect.meant.lookup[a].single for a in ("year", "measure"))
        chosen = [n for n in numbers if meaning.figures[n].claim is None] if own else numbers
        part = Part(meaning, disclosure, dialect, year, measure, tuple(chosen), "" if own else _usual_fund(lines))
        if measure == PURCHASES or not part.loud:
            continue
        progress(f"还原{measure}（{_YEARS.get(year, f'{year}年')}），{len(chosen)}个数")
        answer = part.answer(lambda: _suspects(meaning))
        lines.extend(answer.lines)
        if own:
            departures.extend(_departures(part, answer))
    return Lifted(Ledger(dialect.axes, tuple(x for x, _ in lines)), tuple(t for _, t in lines), tuple(departures), meaning, disclosure)


def _usual_fund(lines: Sequence[tuple[Line, bool]]) -> str:
    """The fund of most of the money found so far."""
    sums: dict[str, Decimal] = {}
    for line, _ in lines:
        sums[line.fund] = sums.get(line.fund, Decimal(0)) + line.amount
    return max(sums, key=lambda fund: sums[fund]) if sums else ""


def _suspects(meaning: Meaning) -> frozenset[int]:
    """Figures that localisation would change."""
    causes = localise(derive(meaning))
    return frozenset(n for cause in causes for candidate in cause.candidates for n, _ in candidate.edits)


def _departures(part: Part, answer: Answer) -> Iterator[Departure]:
    """Every figure of the tables that the lines do not give, with what contradicts it."""
    asked, missed = answer.asked, frozenset(answer.found.missed)
    all_figures, axes = part.meaning.figures, part.dialect.axes
    ledger = Ledger(axes, tuple(line for line, _ in answer.lines))
    number_of = {n: d for d, demand in enumerate(asked.demands) for n in demand.figures}
    explained = 0
    for group in part.groups:
        figures = [all_figures[n] for n in group]
        amounts = printed(all_figures, group)
        sum_of = ledger.total(figures[0].box(axes))
        if _agrees(sum_of, amounts) or figures[0].claim is not None:
            continue
        given_up = number_of.get(group[0])
        against: tuple[tuple[str, Place], ...] = ()
        if given_up is not None and given_up in missed and explained < CONFLICTS_AT_MOST:
            explained += 1
            rows = conflict(asked, given_up, missed)
            against = tuple(_named(all_figures[asked.demands[r].figures[0]]) for r in rows)
        shown = figures[0].amount
        compiled = rounded(sum_of, shown.unit, shown.decimals) if shown else Amount(sum_of, "元", 2)
        yield Departure(figures[0].place, figures[0].label, shown, compiled, against)


def _agrees(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether a sum is within what printing hides; where nothing is printed it is nothing."""
    stated = sum((a.yuan for a in amounts), Decimal(0))
    slack = sum((a.half for a in amounts), Decimal(0))
    return total == stated or abs(total - stated) < slack


def _named(figure: Figure) -> tuple[str, Place]:
    return figure.label, figure.place

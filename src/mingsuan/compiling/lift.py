"""From margins back to a ledger (DESIGN.md, section 6): lines whose sums are all amounts that a disclosure prints.

Each year and measure is a problem of its own. Its cells are made (`lift_cells`), its printed amounts become demands (`lift_demands`),
amounts are found (`lift_solve`) and joined to lines (`lift_join`). Where no ledger meets all demands, the amounts given up are listed
with the smallest set of amounts that contradict each (`lift_conflict`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mingsuan.amounts import Amount, rounded
from mingsuan.compiling.lift_axes import SPENT, choices
from mingsuan.compiling.lift_bounds import told
from mingsuan.compiling.lift_cells import SHARED, Maker
from mingsuan.compiling.lift_conflict import conflict
from mingsuan.compiling.lift_demands import by_year_and_measure, demands, grain_of, printed, terms
from mingsuan.compiling.lift_join import Portion, joined
from mingsuan.compiling.lift_last import with_last_year
from mingsuan.compiling.lift_lists import unlisted
from mingsuan.compiling.lift_problem import Problem, problem
from mingsuan.compiling.lift_solve import Solution, Unsolved, solve
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning import Figure, Meaning, understand
from mingsuan.identities import derive, localise
from mingsuan.identities.bits import Bits, Emptiness, grown
from mingsuan.ledger import Box, Ledger, Line
from mingsuan.model import Disclosure, Finding, Level, Side
from mingsuan.places import Place

EXACT_AT_MOST = 5_000
"""Cells of problems of which an answer in the last printed digits is tried before one with more digits."""
CONFLICTS_AT_MOST = 20
"""Given-up amounts for which the amounts that contradict them are looked for."""
PURCHASES = "政府采购"
"""The measure of procurement: its lines are the printed rows, and what the narrative says of it is no margin of theirs."""


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

    @property
    def share_told(self) -> Decimal:
        """Share of the lines that are determined."""
        return Decimal(sum(self.told)) / len(self.told) if self.told else Decimal(1)


def lift(disclosure: Disclosure, dialect: Dialect, progress: Callable[[str], None] = lambda _: None) -> Lifted:
    """Find a ledger whose sums give the printed amounts of all tables.

    Raises:
        TooManyCells: the disclosure leaves too much open for the time there is.
    """
    meaning = with_last_year(understand(disclosure, dialect), disclosure)
    suspects = _suspects(meaning)
    lines: list[tuple[Line, bool]] = []
    departures: list[Departure] = []
    for (year, measure), numbers in by_year_and_measure(meaning, dialect.axes).items():
        if measure == PURCHASES:
            continue
        own = (year, measure) == tuple(dialect.meant.lookup[a].single for a in ("year", "measure"))
        chosen = [n for n in numbers if meaning.figures[n].claim is None] if own else numbers
        progress(f"还原{measure}（{'本年' if year == '0' else f'{year}年'}），{len(chosen)}个数")
        part = _Part(meaning, disclosure, dialect, year, measure, tuple(chosen), suspects, "" if own else _usual_fund(lines))
        found, given_up = part.lifted()
        lines.extend(found)
        if own:
            departures.extend(given_up)
    return Lifted(Ledger(dialect.axes, tuple(x for x, _ in lines)), tuple(t for _, t in lines), tuple(departures), meaning, disclosure)


def _usual_fund(lines: Sequence[tuple[Line, bool]]) -> str:
    """The fund of most of the money found so far."""
    sums: dict[str, Decimal] = {}
    for line, _ in lines:
        sums[line.fund] = sums.get(line.fund, Decimal(0)) + line.amount
    return max(sums, key=lambda fund: sums[fund]) if sums else ""


def _exactly(asked: Problem) -> Solution | None:
    """Amounts in the last printed digits that meet all demands, None where there are none: parts that were rounded on their own.

    Of a large problem the answer is not worth the time.
    """
    if sum(len(side.cells) for side in asked.sides) > EXACT_AT_MOST:
        return None
    try:
        found = solve(asked)
    except Unsolved:
        return None
    return None if found.missed else found


def _natural(asked: Problem, found: Solution) -> Solution:
    """Amounts that do not lean towards the demands that they miss anyway."""
    if not found.missed:
        return found
    missed = frozenset(found.missed)
    met = replace(asked, rows=tuple(row for row in asked.rows if row.demand not in missed))
    try:
        again = solve(met)
    except Unsolved:
        return found
    return found if again.missed else replace(again, missed=found.missed)


def _suspects(meaning: Meaning) -> frozenset[int]:
    """Figures that localisation would change."""
    causes = localise(derive(meaning))
    return frozenset(n for cause in causes for candidate in cause.candidates for n, _ in candidate.edits)


@dataclass(frozen=True)
class _Part:
    """One year and measure."""

    meaning: Meaning
    disclosure: Disclosure
    dialect: Dialect
    year: str
    measure: str
    chosen: tuple[int, ...]
    suspects: frozenset[int]
    usual: str

    def lifted(self) -> tuple[list[tuple[Line, bool]], list[Departure]]:
        """Lines with whether each is determined, and what could not be met."""
        groups = list(terms(self.meaning, self.chosen))
        loud = [g for g in groups if any(a.yuan for a in printed(self.meaning.figures, g))]
        if not loud:
            return [], []
        grain = grain_of(self.meaning, self.chosen, finer=False)
        asked = self._problem(groups, loud, grain)
        found = _exactly(asked)
        if found is None:
            grain = grain_of(self.meaning, self.chosen, finer=True)
            asked = self._problem(groups, loud, grain)
            found = _natural(asked, solve(asked))
        sure = told(asked, found.missed)
        lines = [self._line(p, grain) for p in joined(asked.sides, found.amounts, sure, self.meaning.year)]
        ledger = Ledger(self.dialect.axes, tuple(line for line, _ in lines))
        return lines, list(self._departures(groups, ledger, asked, found))

    def _problem(self, groups: Sequence[tuple[int, ...]], loud: Sequence[tuple[int, ...]], grain: Decimal) -> Problem:
        axes = self.dialect.axes
        regions = list({self.meaning.figures[g[0]].box(axes) for g in loud})
        loud_set = set(loud)
        silent_regions = list({self.meaning.figures[g[0]].box(axes) for g in groups if g not in loud_set})
        options = choices(axes, regions, silent_regions, self.disclosure, self.usual)
        absent = self.dialect.absent
        left_out = list(unlisted(self.meaning, options))
        bits = Bits.over(axes, [*{b for n in self.chosen for b in self.meaning.figures[n].boxes}, *options.boxes(), *absent, *left_out])
        asked, silent = demands(self.meaning, bits, groups, grain, self.suspects)
        nowhere = [b for b in left_out if not any(not d.mask & ~bits.box(b) for d in asked)]
        masks = (*(d.mask for d in silent), *map(bits.box, absent), *map(bits.box, nowhere))
        empty = grown(bits, [Emptiness(mask, frozenset()) for mask in masks])
        whole = Box.parse(axes, {"year": self.year, "measure": self.measure})
        usual = not any({"人员经费", "公用经费"} & set(r.lookup["kind"].nodes()) for r in regions if "kind" in r.lookup)
        maker = Maker(bits, options, [e.mask for e in empty], bits.box(whole), usual)
        named = {axis for r in regions for axis in r.lookup}
        sides = maker.sides(classes=bool(named & {"department", "government"}), projects="project" in named)
        return problem(sides, asked)

    def _line(self, portion: Portion, grain: Decimal) -> tuple[Line, bool]:
        shared = dict(zip(SHARED, portion.shared, strict=True))
        del shared["head"]
        spent = shared["use"] == SPENT
        department, government = (code.replace("?", "") for code in portion.pair)
        line = Line(
            amount=portion.amount * grain,
            **shared,
            function=portion.function if spent or "function" not in self.dialect.axes.spending else "",
            department=department,
            government=government,
            project=portion.project,
            year=self.year,
            measure=self.measure,
        )
        return line, portion.told

    def _departures(self, groups: Sequence[tuple[int, ...]], ledger: Ledger, asked: Problem, found: Solution) -> Iterator[Departure]:
        """Every figure of the tables that the lines do not give, with what contradicts it."""
        number_of = {n: d for d, demand in enumerate(asked.demands) for n in demand.figures}
        explained = 0
        for group in groups:
            figures = [self.meaning.figures[n] for n in group]
            amounts = printed(self.meaning.figures, group)
            sum_of = ledger.total(figures[0].box(self.dialect.axes))
            if _agrees(sum_of, amounts) or figures[0].claim is not None:
                continue
            given_up = number_of.get(group[0])
            against: tuple[tuple[str, Place], ...] = ()
            if given_up is not None and given_up in found.missed and explained < CONFLICTS_AT_MOST:
                explained += 1
                rows = conflict(asked, given_up, frozenset(found.missed))
                against = tuple(_named(self.meaning.figures[asked.demands[r].figures[0]]) for r in rows)
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

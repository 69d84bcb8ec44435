"""Ledger and roster → disclosure: all tables of the dialect and the narrative, with the claims that the narrative states.

Rounding: every printed amount is the exact sum of its region, rounded on its own (`ROUNDING`), so parts and totals differ by no more
than half a digit each, which every identity allows, and equal regions print equal amounts wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mingsuan.compiling.book import Book
from mingsuan.compiling.telling.narrative import narrative
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.filling.fill import fill_all
from mingsuan.dialects.filling.layout import Style
from mingsuan.dialects.forms import Fields, Form
from mingsuan.dialects.roster import Roster
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.ledger import Box, Ledger, Line
from mingsuan.model import Disclosure, Stage, StockFact, Table, Unit
from mingsuan.reading.claims.class_paths import ClassNames
from mingsuan.reading.claims.statements import read_claims

ROUNDING = "每个数先按元精确汇总，再按表的单位四舍五入；各分项之和与合计之差不超过各数末位的一半之和"
"""The choice of rounding, as it is recorded with what was compiled."""


def disclosed(
    dialect: Dialect,
    ledger: Ledger,
    roster: Roster,
    year: int,
    style: Style | None = None,
    book: Book | None = None,
    *,
    claims: bool = True,
) -> Disclosure:
    """The tables that the dialect prescribes with a narrative on them; `claims` also reads what the narrative states."""
    budget = dialect.stage == "budget"
    tables = _tables(dialect, ledger, roster, year, style)
    sections = tuple(narrative(dialect, ledger, roster, year, book, tables)) if budget else ()
    return Disclosure(
        department=roster.name,
        region=roster.region,
        year=year,
        stage=Stage.BUDGET if budget else Stage.PERFORMANCE_DECLARATION,
        dialect=dialect.name,
        tables=tables,
        claims=read_claims(sections, load_sentences(dialect.folders), year, ClassNames.of(tables, year), roster.name) if claims else (),
        sections=sections,
        stock=tuple(StockFact(h.item, h.value, h.unit, year, total=h.total) for h in roster.stock),
        units=tuple(Unit(u.name, u.own_books) for u in roster.units),
        contents=tuple(dict.fromkeys(t.title for t in tables)),
    )


def _tables(dialect: Dialect, ledger: Ledger, roster: Roster, year: int, style: Style | None) -> tuple[Table, ...]:
    return fill_all(dialect, merged(ledger), roster, year, style)


def per_project(dialect: Dialect) -> Dialect:
    """The dialect with a sheet for every project wherever a form is one project's."""
    return replace(dialect, forms=tuple(_per_project(f) for f in dialect.forms))


def _per_project(form: Form) -> Form:
    of_one = any(isinstance(b.rows, Fields) and any(c.key == "project_name" for c in b.columns) for b in form.blocks)
    return replace(form, together=Box()) if of_one and form.together is None else form


def merged(ledger: Ledger) -> Ledger:
    """The ledger with lines that no region tells apart added up: forms fill from sums, and there are fewer of those."""
    return Ledger(ledger.axes, tuple(_added(ledger.lines)))


def _added(lines: Iterable[Line]) -> Iterable[Line]:
    sums: dict[Line, Line] = {}
    for line in lines:
        key = replace(line, amount=line.amount * 0)
        found = sums.get(key)
        sums[key] = line if found is None else replace(found, amount=found.amount + line.amount)
    return sums.values()

"""A lifted ledger as a book: people, quotas, project costings and last year's figures that compile to the same lines.

A published amount tells no persons: pay is written for the people that the disclosure counts, at the standard that gives the amount,
and says in its note that this was inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from mingsuan import codes
from mingsuan.compiling.book import (
    INFERRED,
    Book,
    BookProject,
    BookUnit,
    CarryOut,
    CostLine,
    Department,
    Figure,
    PayLine,
    QuotaLine,
    in_cents,
)
from mingsuan.compiling.lifting.facts import Facts, day_of
from mingsuan.compiling.lifting.lift import Lifted
from mingsuan.compiling.lifting.lists import style_of
from mingsuan.compiling.lines import PLANNED, RUNNING, WHOLE, government
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.names import plain
from mingsuan.ledger import Line, NamedTree
from mingsuan.values import dataclass

_NOTE = f"{INFERRED}：由公开的汇总数还原"
_PAY = "人员经费"
_FINEST = 8
"""Decimals that a monthly standard may need for its product to give an amount to the 分."""


def book_of(lifted: Lifted, dialect: Dialect) -> Book:
    """The book of a lifted ledger; compiled, it gives the ledger's lines again (`compile_book`)."""
    return _Books(lifted, dialect, Facts(lifted.disclosure, dialect)).made()


@dataclass(frozen=True)
class _Books:
    lifted: Lifted
    dialect: Dialect
    facts: Facts

    def made(self) -> Book:
        disclosure, facts, style = self.lifted.disclosure, self.facts, style_of(self.lifted.meaning)
        first = self.units[0].code
        named = {plain(p.name): p.code for p in self.projects.values()}
        department = Department(
            facts.department_code,
            disclosure.department or self.units[0].name,
            disclosure.region or next(iter(self.dialect.regions), ""),
            facts.goal(),
            False if any(s.kind == "transfer_note" and _denies(s.text) for s in disclosure.sections) else None,
            by_unit=style.by_unit,
            narrowed=style.narrowed,
        )
        return Book(
            year=self.year,
            dialect=self.dialect.name,
            department=department,
            units=self.units,
            passages=tuple(facts.passages()),
            posts=tuple(facts.posts(first)),
            people=tuple(self._people()),
            quotas=tuple(self._quotas()),
            carried=tuple(CarryOut(x.unit, x.fund, x.amount, x.origin, x.function, _NOTE) for x, _ in self._lines("0") if x.use == "结转"),
            holdings=tuple(facts.holdings(first)),
            projects=tuple(self.projects.values()),
            costs=tuple(self._costs()),
            purchases=tuple(replace(p, function=p.function or self._usual_function) for p in facts.purchases(first, self._usual_fund)),
            tasks=tuple(facts.tasks()),
            targets=tuple(facts.targets(named)),
            figures=tuple(self._figures()),
        )

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.lifted.disclosure.year or 0

    @cached_property
    def units(self) -> tuple[BookUnit, ...]:
        """The units of the department."""
        return self.facts.units()

    @cached_property
    def _usual_fund(self) -> str:
        return self._most("fund")

    @cached_property
    def _usual_function(self) -> str:
        return self._most("function")

    def _most(self, axis: str) -> str:
        sums: dict[str, Decimal] = {}
        for line, _ in self._lines("0"):
            sums[getattr(line, axis)] = sums.get(getattr(line, axis), Decimal(0)) + line.amount
        return max(sums, key=lambda code: sums[code]) if sums else ""

    def _lines(self, year: str, measure: str = PLANNED) -> Iterator[tuple[Line, bool]]:
        for line, told in zip(self.lifted.ledger.lines, self.lifted.told, strict=True):
            if line.year == year and line.measure == measure:
                yield line, told

    def _is_project(self, kind: str) -> bool:
        tree = self.dialect.axes["kind"]
        return isinstance(tree, NamedTree) and kind in tree.parents and "项目" in tree.path(kind)

    def _people(self) -> Iterator[PayLine]:
        heads = {(p.unit, p.nature): Decimal(p.staff) for p in self.facts.posts(self.units[0].code) if p.staff}
        for line, _ in self._lines("0"):
            if line.use != "支出" or line.kind != _PAY:
                continue
            nature = self._nature(line)
            people, standard, months = factors(line.amount, heads.get((line.unit, nature), Decimal(1)))
            stated = "" if government(line.department, nature) == line.government else line.government
            yield PayLine(
                line.unit,
                nature,
                self._item(line),
                line.department,
                line.function,
                people,
                standard,
                months,
                line.fund,
                line.origin,
                stated,
                note=_NOTE,
            )

    def _quotas(self) -> Iterator[QuotaLine]:
        for line, told in self._lines("0"):
            if line.use != "支出" or line.kind == _PAY or self._is_project(line.kind):
                continue
            nature = self._nature(line)
            stated = "" if government(line.department, nature) == line.government else line.government
            yield QuotaLine(
                line.unit,
                self._item(line),
                "定额",
                Decimal(1),
                line.amount,
                line.department,
                line.function,
                line.fund,
                line.origin,
                stated,
                "" if nature == self._natures[line.unit] else nature,
                line.kind,
                "" if told else _NOTE,
            )

    @cached_property
    def _natures(self) -> Mapping[str, str]:
        return {u.code: u.nature for u in self.units}

    def _nature(self, line: Line) -> str:
        """The nature that the government class is paid through; the unit's where it tells nothing."""
        own = self._natures[line.unit]
        fitting = [n for n in (own, "行政", "事业") if government(line.department, n) == line.government]
        return line.post or (fitting[0] if fitting else own)

    def _item(self, line: Line) -> str:
        found = codes.lookup("department_economic", line.department, self.year)
        return found.name if found else line.department or "支出"

    @cached_property
    def projects(self) -> Mapping[tuple[str, str, str], BookProject]:
        """Projects of this year's lines by their ledger name, unit and kind."""
        keys = dict.fromkeys((x.project, x.unit, x.kind) for x, _ in self._lines("0") if x.use == "支出" and self._is_project(x.kind))
        printed = self.facts.project_codes()
        used: set[str] = set()
        found = {}
        for number, (name, unit, kind) in enumerate(keys, 1):
            code = printed.get(name.partition("@")[0], "")
            code = code if code and code not in used else f"{self.facts.department_code}P{number:03d}"
            used.add(code)
            found[name, unit, kind] = self._project(code, name, unit, kind)
        return found

    def _project(self, code: str, name: str, unit: str, kind: str) -> BookProject:
        known = self.facts.projects.get(name.partition("@")[0])
        texts = known.texts if known else {}
        stated: dict[tuple[str, str], Decimal] = {}
        for line in self.lifted.ledger.lines:
            if name and line.project == name:
                stated[line.year, line.measure] = stated.get((line.year, line.measure), Decimal(0)) + line.amount
        return BookProject(
            code,
            known.name if known else name or "未列名项目",
            unit,
            kind,
            usage=texts.get("资金用途", ""),
            overview=texts.get("项目概况", texts.get("主要内容", "")),
            basis=texts.get("立项依据", ""),
            necessity=texts.get("项目设立的必要性", ""),
            measures=texts.get("项目配套制度措施", ""),
            schedule=texts.get("项目实施计划", ""),
            last_budget=stated.get(("-1", PLANNED)),
            total=stated.get(("0", WHOLE)),
            last_total=stated.get(("-1", WHOLE)),
            total_goal=texts.get("项目总目标", ""),
            goal=texts.get("年度绩效目标", ""),
            start=day_of(texts.get("开始时间", "")),
            end=day_of(texts.get("结束时间", "")),
            note="" if name else _NOTE,
        )

    @cached_property
    def _more_told(self) -> bool:
        """Whether more of last year is told than what each project had; then its projects are figures too, so that all add up."""
        return any(not x.project for x, _ in self._lines("-1"))

    def _costs(self) -> Iterator[CostLine]:
        like: dict[str, CostLine] = {}
        for line, told in self._lines("0"):
            if line.use != "支出" or not self._is_project(line.kind):
                continue
            project = self.projects[line.project, line.unit, line.kind]
            stated = "" if government(line.department, self._natures[line.unit]) == line.government else line.government
            cost = CostLine(
                project.code,
                f"{self._item(line)}开支",
                self.year,
                Decimal(1),
                line.amount,
                line.department,
                line.function,
                line.fund,
                line.origin,
                government=stated,
                note="" if told else _NOTE,
            )
            like.setdefault(line.project, cost)
            yield cost
        for ahead in ("1", "2"):
            for line, _ in self._lines(ahead):
                if line.project in like and line.project:
                    yield replace(like[line.project], item="后续年度需求", year=self.year + int(ahead), price=line.amount, note=_NOTE)

    def _figures(self) -> Iterator[Figure]:
        own = {name: p.code for (name, _, _), p in self.projects.items() if name}
        for line in self.lifted.ledger.lines:
            planned = line.measure == PLANNED
            if (planned and line.year in ("0", "1", "2")) or line.measure == WHOLE or (planned and line.project and not self._more_told):
                continue
            code = own.get(line.project, "")
            if line.measure in (PLANNED, RUNNING) and (code or not line.project):
                unit = line.unit if len(self.units) == 1 else self.facts.department_code
                stated = replace(line, unit=line.unit if code else unit, project=code)
                yield Figure.of(stated, self.year + int(line.year), _NOTE)


def factors(amount: Decimal, people: Decimal, months: Decimal = Decimal(12)) -> tuple[Decimal, Decimal, Decimal]:
    """People, monthly standard and months whose product is an amount to the 分, the standard in as few decimals as that takes."""
    for decimals in range(2, _FINEST + 1):
        standard = (amount / (people * months)).quantize(Decimal(1).scaleb(-decimals))
        if in_cents(people * standard * months) == amount:
            return people, standard, months
    return Decimal(1), amount, Decimal(1)


def _denies(text: str) -> bool:
    return any(word in text for word in ("没有", "无", "未", "不"))


__all__: Sequence[str] = ["book_of", "factors"]

"""Random books: the input of made-up departments, from which compiling makes their ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from mingsuan.compiling.book import (
    Book,
    BookProject,
    BookUnit,
    CarryOut,
    CostLine,
    Department,
    Figure,
    Holding,
    PayLine,
    PostCount,
    PurchaseLine,
    QuotaLine,
    Reason,
    Target,
    Task,
)
from mingsuan.compiling.telling.sections import REASONS
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.roster import Roster, RosterProject
from mingsuan.ledger import Ledger, Line
from mingsuan.synth.disclosures import WORDS
from mingsuan.synth.ledgers import random_ledger, year_of
from mingsuan.values import dataclass

_SORTS = ("货物", "工程", "服务")


def random_book(dialect: Dialect, seed: int) -> Book:
    """What the department of a seed would enter, so that its budget is that of `random_ledger`."""
    ledger, roster = random_ledger(dialect, seed)
    return book_of(dialect, ledger, roster, year_of(dialect), Random(f"book:{dialect.name}:{seed}"))


def book_of(dialect: Dialect, ledger: Ledger, roster: Roster, year: int, rng: Random) -> Book:
    """A book whose lines are those of a ledger; people, quotas and factors are made up to give their amounts."""
    maker = _Maker(dialect, roster, year, rng)
    own = [line for line in ledger.lines if line.year == "0" and line.measure == "年初预算"]
    basic = [line for line in own if line.use == "支出" and not line.project]
    pay = tuple(maker.pay(line) for line in basic if line.kind == "人员经费" and line.post)
    return Book(
        year=year,
        dialect=dialect.name,
        department=Department(roster.code, roster.name, roster.region, "按时完成各项履职任务。", False),
        units=tuple(BookUnit(u.code, u.name, u.nature, u.own_books) for u in roster.units),
        passages=WORDS.passages,
        posts=tuple(maker.posts()),
        people=pay,
        quotas=tuple(maker.quota(line) for line in basic if not (line.kind == "人员经费" and line.post)),
        carried=tuple(CarryOut(line.unit, line.fund, line.amount, line.origin, line.function) for line in own if line.use == "结转"),
        holdings=tuple(Holding(roster.units[0].code, "车辆", h.item, h.value, "辆") for h in roster.stock if h.total == "车辆总数"),
        projects=tuple(maker.project(p, [line for line in ledger.lines if line.project == p.code]) for p in roster.projects),
        costs=tuple(maker.cost(line) for line in own if line.project),
        purchases=tuple(maker.purchase(line) for line in ledger.lines if line.measure == "政府采购" and line.year == "0"),
        tasks=tuple(Task(name, what) for name, what in roster.tasks),
        targets=tuple(maker.targets()),
        figures=tuple(Figure.of(line, maker.year - 1) for line in ledger.lines if line.year == "-1"),
        reasons=tuple(Reason(item, f"{item}的安排按本年任务核定") for item in REASONS),
    )


@dataclass(frozen=True)
class _Maker:
    dialect: Dialect
    roster: Roster
    year: int
    rng: Random

    def _parts(self, amount: Decimal, most: int, times: int) -> tuple[Decimal, Decimal]:
        """A count and a price of whole 分 that make an amount together with `times`, 1 and the amount where none does."""
        cents = int(amount * 100)
        for _ in range(6):
            count = self.rng.randint(2, most)
            if cents % (count * times) == 0:
                return Decimal(count), Decimal(cents // (count * times)) / 100
        return Decimal(1), amount / times if cents % times == 0 else amount

    def pay(self, line: Line) -> PayLine:
        people, standard = self._parts(line.amount, 40, 12)
        months = 12 if people * standard * 12 == line.amount else 1
        return PayLine(
            line.unit,
            line.post,
            f"工资项目{line.department}",
            line.department,
            line.function,
            people,
            standard,
            Decimal(months),
            line.fund,
            line.origin,
            line.government,
        )

    def quota(self, line: Line) -> QuotaLine:
        quantity, standard = self._parts(line.amount, 60, 1)
        return QuotaLine(
            line.unit,
            f"定额{line.department}",
            "按人" if quantity > 1 else "定额",
            quantity,
            standard,
            line.department,
            line.function,
            line.fund,
            line.origin,
            line.government,
            line.post,
            line.kind,
        )

    def cost(self, line: Line) -> CostLine:
        quantity, price = self._parts(line.amount, 90, 12)
        whole = quantity * price * 12 == line.amount
        return CostLine(
            line.project,
            f"{line.department}支出",
            self.year,
            quantity,
            price,
            line.department,
            line.function,
            line.fund,
            line.origin,
            "人" if whole else "项",
            Decimal(12 if whole else 1),
            "月" if whole else "",
            government=line.government,
        )

    def project(self, project: RosterProject, lines: list[Line]) -> BookProject:
        told = self.rng.random() < 0.3
        last = sum((line.amount for line in lines if line.year == "-1" and line.measure == "年初预算"), Decimal(0)) or None
        return BookProject(
            project.code,
            project.name,
            project.unit,
            project.kind,
            "业务类",
            "承担本部门的专项工作" if told else "",
            f"{project.name}的实施。",
            "按照有关规定实施。",
            last_budget=last,
            last_spent=last,
            goal="按计划完成。",
            reason="按任务量核定",
        )

    def purchase(self, line: Line) -> PurchaseLine:
        reserved = (line.amount / 3).quantize(Decimal(1)) if self.rng.random() < 0.5 else Decimal(0)
        return PurchaseLine(
            line.unit,
            line.project,
            self.rng.choice(_SORTS),
            line.amount,
            line.function,
            line.fund,
            catalogue="集中采购目录",
            spec="标准",
            quantity=Decimal(self.rng.randint(1, 90)),
            quantity_unit="批",
            reserved=reserved,
            reserved_small=reserved // 2,
        )

    def posts(self) -> Iterator[PostCount]:
        for unit in self.roster.units:
            posts = self.rng.randint(3, 60)
            yield PostCount(unit.code, unit.nature, posts, self.rng.randint(1, posts), self.rng.randint(0, 20))

    def targets(self) -> Iterator[Target]:
        for code, aims in (("", self.roster.aims), *((p.code, p.aims) for p in self.roster.projects)):
            for aim in aims:
                yield Target(code, *aim.levels, aim.target, aim.note)

"""Book → ledger lines, each with the row of the workbook that it comes from.

People × standards and quotas make basic lines, cost lines make project lines. The government class of pay follows the nature of the
post, that of everything else the nature of the unit that spends (财预〔2017〕98号, annex), unless the row states its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from mingsuan import codes
from mingsuan.compiling.book import THIS_YEAR, Book, BookProject, CostLine, PayLine, PurchaseLine, QuotaLine
from mingsuan.dialects.dialect import Dialect
from mingsuan.ledger import Line, NamedTree
from mingsuan.places import Place
from mingsuan.values import dataclass

PLANNED = "年初预算"
PURCHASED, RUNNING, WHOLE = "政府采购", "机关运行经费", "项目总金额"
PROPOSED, LIMITED = "申报", "控制数"
_OFFICIAL = ("行政", "参公")
"""Natures whose operating expenditure is 机关运行经费 (预算法第14条第2款及其释义)."""
_GENERAL = "一般公共预算"
_CLOSED = ("fund", "origin", "kind", "measure", "use", "post")
"""Axes whose nodes a dialect lists."""
_STAGE_MEASURES = {"一上": PROPOSED, "一下": LIMITED}
"""Stages whose figures are lines of a measure of their own; 二上 is the book itself and 二下 its approval."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line comes from.

    Attributes:
        at: sheet and cell of the row; nowhere for a book that was not read from a file.
        what: sort of the row in Chinese: 人员, 公用定额, 项目测算 …
        label: what it is for.
        formula: how its amount is made: 16人×2600元×12月.
        inferred: its figures were inferred, not stated.
    """

    at: Place
    what: str
    label: str
    formula: str = ""
    inferred: bool = False

    def __str__(self) -> str:
        """One line for a person."""
        where = str(self.at) if self.at.sheet else f"{self.at.file}{self.at}" if self.at.line else ""
        parts = (
            f"{self.what}：{self.label}",
            self.formula and f"，{self.formula}",
            "（推定）" if self.inferred else "",
            where and f"（{where}）",
        )
        return "".join(parts)


Sourced = tuple[Line, Origin]
"""A line and where it comes from."""


def lines_of(book: Book, dialect: Dialect) -> tuple[Sourced, ...]:
    """All lines of a book: this year's budget, what is derived from it, other years and stages.

    Rows whose unit or project the book does not have, and rows with a fund, kind … that the dialect does not have, give no line;
    `examine` reports them.
    """
    trees = {axis: tree for axis in _CLOSED if isinstance(tree := dialect.axes[axis], NamedTree)}
    return tuple((line, origin) for line, origin in _Lines(book, dialect).all() if _is_known(line, trees))


def _is_known(line: Line, trees: Mapping[str, NamedTree]) -> bool:
    return all(not (node := str(getattr(line, axis))) or node in tree.parents for axis, tree in trees.items())


def plain(value: Decimal) -> str:
    """A number without trailing zeros: 2600.00 → 2600."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class _Lines:
    book: Book
    dialect: Dialect

    def all(self) -> Iterator[Sourced]:
        natures = {u.code: u.nature for u in self.book.units}
        projects = {p.code: p for p in self.book.projects}
        basic = [
            *(self._pay(row) for row in self.book.people if row.unit in natures),
            *(self._quota(row, natures[row.unit]) for row in self.book.quotas if row.unit in natures),
        ]
        costs = [
            self._cost(row, projects[row.project], natures[projects[row.project].unit])
            for row in self.book.costs
            if row.project in projects and projects[row.project].unit in natures
        ]
        yield from basic
        yield from costs
        yield from self._carried()
        yield from self._running(basic)
        yield from self._purchases(projects)
        yield from self._figures()
        yield from self._of_projects(costs)
        yield from self._stages()

    def _has(self, measure: str) -> bool:
        tree = self.dialect.axes["measure"]
        return isinstance(tree, NamedTree) and measure in tree.parents

    def _pay(self, row: PayLine) -> Sourced:
        formula = f"{plain(row.people)}人×{plain(row.standard)}元×{plain(row.months)}月"
        return _basic(row, row.nature), Origin(row.at, "人员", f"{row.nature}{row.item}", formula, _inferred(row.note))

    def _quota(self, row: QuotaLine, unit_nature: str) -> Sourced:
        formula = f"{plain(row.quantity)}×{plain(row.standard)}元（{row.basis}）"
        return _basic(row, row.nature or unit_nature), Origin(row.at, "公用定额", row.item, formula, _inferred(row.note))

    def _cost(self, row: CostLine, project: BookProject, nature: str) -> Sourced:
        line = Line(
            row.amount,
            project.unit,
            row.fund,
            row.origin,
            "支出",
            row.function,
            row.department,
            row.government or government(row.department, nature),
            project.kind,
            project.code,
            year=str(row.year - self.book.year),
        )
        return line, Origin(row.at, "项目测算", f"{project.name}：{row.item}", costing(row), _inferred(row.note))

    def _carried(self) -> Iterator[Sourced]:
        for row in self.book.carried:
            function = "" if "function" in self.dialect.axes.spending else row.function
            line = Line(row.amount, row.unit, row.fund, row.origin, use="结转", function=function)
            yield line, Origin(row.at, "年终结转", row.fund, inferred=_inferred(row.note))

    def _running(self, basic: list[Sourced]) -> Iterator[Sourced]:
        """The operating cost of offices, unless it is stated: this year's general-budget 公用经费 of 行政 and 参公."""
        if not self._has(RUNNING) or any(f.measure == RUNNING and f.year == self.book.year for f in self.book.figures):
            return
        funds = self.dialect.axes["fund"]
        assert isinstance(funds, NamedTree)
        for line, origin in basic:
            general = line.fund in funds.parents and _GENERAL in funds.path(line.fund)
            if line.kind == "公用经费" and line.post in _OFFICIAL and line.origin == THIS_YEAR and general:
                yield replace(line, measure=RUNNING), origin

    def _purchases(self, projects: dict[str, BookProject]) -> Iterator[Sourced]:
        if not self._has(PURCHASED):
            return
        for number, row in enumerate(self.book.purchases):
            kind = projects[row.project].kind if row.project in projects else ""
            line = Line(
                row.amount, row.unit, row.fund, function=row.function, kind=kind, project=purchase_code(row, number), measure=PURCHASED
            )
            yield line, Origin(row.at, "采购", row.item, f"{plain(row.quantity)}{row.quantity_unit}", _inferred(row.note))

    def _figures(self) -> Iterator[Sourced]:
        for row in self.book.figures:
            year = str(row.year - self.book.year)
            if not self._has(row.measure) or (year == "0" and row.measure == PLANNED):
                continue
            line = Line(
                row.amount,
                row.unit,
                row.fund,
                row.origin,
                row.use,
                row.function,
                row.department,
                row.government,
                row.kind,
                row.project,
                row.post,
                year,
                row.measure,
            )
            yield (
                line,
                Origin(row.at, "上年数" if year == "-1" else f"{row.year}年{row.measure}", row.kind or row.fund, "", _inferred(row.note)),
            )

    def _of_projects(self, costs: list[Sourced]) -> Iterator[Sourced]:
        """Total amounts over all years, and last year's budget of projects that last year's lines do not name."""
        told = {f.project for f in self.book.figures if f.year == self.book.year - 1}
        lumped = any(f.year == self.book.year - 1 and not f.project and self._is_project(f.kind) for f in self.book.figures)
        like = {line.project: line for line, _ in reversed(costs) if line.year == "0"}
        for project in self.book.projects:
            own = like.get(project.code)
            if own is None:
                continue
            origin = Origin(project.at, "项目", project.name, inferred=_inferred(project.note))
            if project.last_budget is not None and project.code not in told and not lumped:
                yield replace(own, amount=project.last_budget, origin=THIS_YEAR, year="-1"), origin
            if self._has(WHOLE):
                for amount, year in ((project.total, "0"), (project.last_total, "-1")):
                    if amount is not None:
                        yield replace(own, amount=amount, year=year, measure=WHOLE), origin

    def _is_project(self, kind: str) -> bool:
        tree = self.dialect.axes["kind"]
        return isinstance(tree, NamedTree) and kind in tree.parents and "项目" in tree.path(kind)

    def _stages(self) -> Iterator[Sourced]:
        for row in self.book.limits:
            measure = _STAGE_MEASURES.get(row.stage, "")
            if measure and self._has(measure):
                line = Line(row.amount, row.unit, row.fund, kind=row.kind, project=row.project, measure=measure)
                yield line, Origin(row.at, row.stage, row.kind or row.project or "全部支出", inferred=_inferred(row.note))


def government(department: str, nature: str) -> str:
    """The government class that a department class is paid through for a nature, "" where the correspondence has none."""
    return codes.government_for(department, nature) or ""


def costing(row: CostLine) -> str:
    """The formula of a cost line as it is printed: 16人×260元×8天×12个月; "" where it is a lump sum."""
    factors = [f"{plain(row.quantity)}{row.quantity_unit}", f"{plain(row.price)}元"]
    factors += [f"{plain(v)}{u}" for v, u in ((row.times, row.times_unit), (row.again, row.again_unit)) if v != 1 or u]
    return "" if len(factors) == 2 and row.quantity == 1 else "×".join(factors)


def purchase_code(row: PurchaseLine, number: int) -> str:
    """What the ledger calls the n-th purchase."""
    return f"{row.item}#{number + 1}"


def _basic(row: PayLine | QuotaLine, nature: str) -> Line:
    """The line of a unit's basic expenditure, spent on posts of a nature."""
    return Line(
        row.amount,
        row.unit,
        row.fund,
        row.origin,
        "支出",
        row.function,
        row.department,
        row.government or government(row.department, nature),
        row.kind,
        post=nature,
    )


def _inferred(note: str) -> bool:
    return note.startswith("推定")

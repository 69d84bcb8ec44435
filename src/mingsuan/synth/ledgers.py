"""Random ledgers over every axis of a dialect, and the departments that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain
from random import Random

from mingsuan import codes
from mingsuan.amounts import UNITS
from mingsuan.codes.correspondence import pairings
from mingsuan.codes.packaged import rows as packaged_rows
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Fixed
from mingsuan.dialects.roster import Aim, Holding, Purchase, Roster, RosterProject, RosterUnit
from mingsuan.ledger import Ledger, Line, NamedTree
from mingsuan.ledger.trees import EMPTY
from mingsuan.values import dataclass

_SMALLEST, _LARGEST = 2.0, 8.5
"""Powers of ten, in 元, between which amounts lie: hundreds of yuan to some hundred millions."""
_TIED = {"2210201": "30113", "2080505": "30108"}
"""Function classes that are paid through one economic class only (housing fund, pension)."""
_PERSONNEL, _OPERATING = ("301", "303"), ("302", "310")
_OFFICES = ("档案馆", "公共资源交易中心", "信访局", "投资促进局", "地方史志编纂室", "数据局", "体育局", "机关事务中心")
_BRANCHES = ("信息中心", "服务中心", "督查中心", "发展研究中心", "培训中心", "后勤保障中心")
_WORKS = ("信息系统运行维护", "办公设备更新", "专项调研", "宣传教育", "档案数字化", "物业管理服务", "应急值守", "业务培训", "基础设施维修")
_FORMS_OF = ("经费", "专项经费", "项目", "补助资金")
_VEHICLES = ("一般公务用车", "一般执法执勤用车", "特种专业技术用车", "其他用车")
_AIMS = (
    Aim(("成本指标", "经济成本指标", "经费控制率"), "≤100%"),
    Aim(("产出指标", "数量指标", "服务次数"), "≥12次"),
    Aim(("产出指标", "质量指标", "验收合格率"), "≥98%"),
    Aim(("产出指标", "时效指标", "完成及时率"), "100%"),
    Aim(("效益指标", "社会效益指标", "工作效率提升程度"), "较高"),
    Aim(("满意度指标", "服务对象满意度指标", "服务对象满意度"), "≥95%"),
)


def random_ledger(dialect: Dialect, seed: int) -> tuple[Ledger, Roster]:
    """A department and its lines: this and last year's budget and other measures, carry-overs, carry-outs, projects, procurement."""
    return _Maker(dialect, Random(f"{dialect.name}:{seed}")).made()


def year_of(dialect: Dialect) -> int:
    """A fiscal year in which the dialect is in force."""
    return dialect.until or dialect.since or 2023


@lru_cache(maxsize=256)
def _functions(year: int, head: str) -> tuple[str, ...]:
    """Function classes under a 类 that hold in a year: those of the lowest level that it has."""
    found = [c for c in (row[0] for row in packaged_rows("function")) if c.startswith(head) and codes.lookup("function", c, year)]
    deepest = max((len(c) for c in found), default=0)
    return tuple(c for c in found if len(c) == deepest and c not in _TIED) or (head,)


@dataclass
class _Maker:
    """Makes one department; only its random numbers change."""

    dialect: Dialect
    rng: Random

    @cached_property
    def year(self) -> int:
        """The fiscal year."""
        return year_of(self.dialect)

    @cached_property
    def least(self) -> Decimal:
        """The last digit that the coarsest form prints: what is smaller would be printed as nothing."""
        kinds = {t.kind for t in self.dialect.tables}
        return max(UNITS[f.unit or "万元"].scaleb(-f.decimals) for f in self.dialect.forms if f.kind in kinds)

    def made(self) -> tuple[Ledger, Roster]:
        """The ledger and the roster."""
        roster = self._roster()
        functions = self._chosen_functions()
        budget = [
            *self._basic(roster, functions),
            *self._projects(roster, functions),
            *self._of_other_kinds(roster, functions),
            *self._carried_out(roster, functions),
        ]
        purchases = tuple(self._purchases(roster, functions))
        lines = [*budget, *self._others(budget), *self._project_totals(roster, budget), *(line for _, line in purchases)]
        lines = [replace(line, measure=self._measures.get(line.measure, line.measure)) for line in lines]
        ledger = Ledger(self.dialect.axes, tuple(lines))
        gone = {id(line) for box in self.dialect.absent for line in ledger.pick(box)}
        kept = Ledger(self.dialect.axes, tuple(line for line in lines if id(line) not in gone))
        return kept, replace(roster, purchases=tuple(p for p, _ in purchases))

    def _roster(self) -> Roster:
        rng = self.rng
        region = next(iter(self.dialect.regions), "四川省")
        place = region.removeprefix("河南省") or "河南省"
        name = place + rng.choice(_OFFICES)
        code = f"{rng.choice([*range(1, 200), *range(600, 1000)]):03d}"
        branches = rng.sample(_BRANCHES, rng.randint(0, 5))
        units = tuple(
            RosterUnit(
                f"{code}{n:03d}", name if n == 1 else f"{name}{branches[n - 2]}", rng.choice(("行政", "参公", "事业")), rng.random() > 0.1
            )
            for n in range(1, len(branches) + 2)
        )
        projects = tuple(self._named_projects(units))
        vehicles = [rng.randint(0, 9) for _ in range(4)]
        people = [rng.randint(1, 80) for _ in range(2)]
        stock = (
            Holding("车辆总数", Decimal(sum(vehicles)), "辆"),
            *(Holding(item, Decimal(count), "辆", "车辆总数") for item, count in zip(_VEHICLES, vehicles, strict=True)),
            Holding("编制总数", Decimal(sum(people)), "人"),
            Holding("行政编制", Decimal(people[0]), "人", "编制总数"),
            Holding("事业编制", Decimal(people[1]), "人", "编制总数"),
        )
        return Roster(
            code,
            name,
            units,
            projects,
            stock=stock,
            region=region,
            texts={
                "部门名称": name,
                "部门(单位)名称": name,
                "年度履职目标": "保障机关正常运转，完成各项履职任务。",
                "年度总体目标": "保障机关正常运转。",
            },
            tasks=(("保障机关运转", "按时足额保障人员经费和公用经费。"), ("完成专项任务", "按计划实施各个项目。")),
            aims=tuple(self._aims()),
        )

    def _aims(self) -> Iterator[Aim]:
        """Indicators of the whole department: what the authority prescribes, with targets."""
        form = self.dialect.by_kind.get("overall_performance")
        if form is None:
            return
        standard = next(getattr(b.rows, "standard", {}) for b in form.blocks if hasattr(b.rows, "standard"))
        for first, seconds in standard.items():
            for second, thirds in seconds.items():
                for third in thirds or (f"{second}完成率",):
                    yield Aim((first, second, third), "100%" if third.endswith("率") else "规范")

    def _named_projects(self, units: Sequence[RosterUnit]) -> Iterator[RosterProject]:
        rng = self.rng
        kinds = self.dialect.axes["kind"]
        assert isinstance(kinds, NamedTree)
        leaves = kinds.leaves("项目")
        listed = any(t.kind == "project_expenditure" for t in self.dialect.tables)
        used: set[tuple[str, str]] = set()
        for number in range(rng.randint(2, rng.choice((6, 12, 40)))):
            unit = rng.choice(units).code
            name = f"{rng.choice(_WORKS)}{rng.choice(_FORMS_OF)}"
            if (name, unit) in used or (not listed and name in {n for n, _ in used}):
                name = f"{name}（{number + 1}）"
            used.add((name, unit))
            code = f"4101{self.year % 100:02d}{number:015d}"
            aims = tuple(a for a in _AIMS if a.levels[0] != "成本指标" or rng.random() < 0.5)
            texts = {"主要内容": f"{name}的实施", "资金用途": "业务类", "项目概况": f"{name}。", "年度绩效目标": "按计划完成。"}
            yield RosterProject(code, name, unit, rng.choice(leaves), aims, texts)

    def _amount(self) -> Decimal:
        """An amount, mostly a round one, at times with 角 and 分."""
        rng = self.rng
        value = Decimal(int(10 ** rng.uniform(_SMALLEST, _LARGEST)))
        step = rng.choice((1, 1, 10, 100, 1000, 10000))
        value = (value // step * step) or Decimal(step)
        cents = Decimal(rng.randrange(100)) / 100 if rng.random() < 0.25 else Decimal(0)
        return max(value, self.least) + cents

    @cached_property
    def _funds(self) -> tuple[str, ...]:
        tree = self.dialect.axes["fund"]
        assert isinstance(tree, NamedTree)
        return tree.leaves()

    @cached_property
    def _favoured(self) -> tuple[str, ...]:
        """The funds that this department has: few, or all."""
        rng = self.rng
        return (self._usual, *rng.sample(self._funds, rng.choice((0, 2, len(self._funds)))))

    @cached_property
    def _usual(self) -> str:
        """The fund that most money comes from: the general budget, or what it is mostly made of where the dialect divides it."""
        return next(f for f in ("财政拨款", "一般公共预算", *self._funds) if f in self._funds)

    def _fund(self) -> str:
        return self._usual if self.rng.random() < 0.4 else self.rng.choice(self._favoured)

    def _origin(self, fund: str) -> str:
        """This year's money, or what was left of last year's: fiscal money through the treasury, a unit's own with the unit."""
        if self.rng.random() < 0.8:
            return "本年"
        left = "单位结转" if "单位资金" in self.dialect.axes["fund"].path(fund) else "财政结转"
        tree = self.dialect.axes["origin"]
        assert isinstance(tree, NamedTree)
        return left if left in tree.parents else self.rng.choice(tree.leaves("上年结转"))

    @cached_property
    def _measures(self) -> dict[str, str]:
        """What the dialect's forms mean without a word, in place of 年初预算, and the other way round."""
        own = self.dialect.meant.lookup["measure"].single or "年初预算"
        return {"年初预算": own, own: "年初预算"}

    def _chosen_functions(self) -> tuple[str, ...]:
        printed = {
            side.single
            for form in self.dialect.forms
            for block in form.blocks
            if isinstance(block.rows, Fixed)
            for row in block.rows.rows
            for axis, side in row.region.sides
            if axis == "function" and row.in_year(self.year)
        }
        classes = sorted(c for c in printed if c) or ["201", "208", "210", "221"]
        chosen = (self.rng.choice(_functions(self.year, self.rng.choice(classes))) for _ in range(self.rng.randint(3, 14)))
        return tuple(dict.fromkeys(chosen))

    def _pair(self, heads: Sequence[str], nature: str) -> tuple[str, str]:
        """A department economic class under some heads and the government class that it is paid through."""
        known = [d for d in pairings() if d[:3] in heads and codes.government_for(d, nature)]
        department = self.rng.choice(known or [d for d in pairings() if d[:3] == "302" and codes.government_for(d, nature)])
        return department, codes.government_for(department, nature) or ""

    def _basic(self, roster: Roster, functions: Sequence[str]) -> Iterator[Line]:
        rng = self.rng
        for unit in roster.units:
            posts = dict.fromkeys((unit.nature, rng.choice(("行政", "参公", "事业"))))
            for _ in range(rng.randint(6, 25)):
                personnel = rng.random() < 0.5
                post = rng.choice(list(posts)) if personnel else ""
                department, government = self._pair(_PERSONNEL if personnel else _OPERATING, post or unit.nature)
                fund = self._fund()
                yield Line(
                    amount=self._amount(),
                    unit=unit.code,
                    fund=fund,
                    origin=self._origin(fund),
                    function=next((f for f, d in _TIED.items() if d == department), rng.choice(functions)),
                    department=department,
                    government=government,
                    kind="人员经费" if personnel else "公用经费",
                    post=post,
                )

    def _projects(self, roster: Roster, functions: Sequence[str]) -> Iterator[Line]:
        rng = self.rng
        natures = {u.code: u.nature for u in roster.units}
        heads = tuple(sorted({d[:3] for d in pairings()}))
        for project in roster.projects:
            for _ in range(rng.randint(1, 4)):
                department, government = self._pair([rng.choice(heads)], natures[project.unit])
                fund = self._fund()
                yield Line(
                    amount=self._amount(),
                    unit=project.unit,
                    fund=fund,
                    origin=self._origin(fund),
                    function=next((f for f, d in _TIED.items() if d == department), rng.choice(functions)),
                    department=department,
                    government=government,
                    kind=project.kind,
                    project=project.code,
                )

    def _of_other_kinds(self, roster: Roster, functions: Sequence[str]) -> Iterator[Line]:
        """Spending that is neither basic nor a project (单位预留机动经费, 经营支出)."""
        tree = self.dialect.axes["kind"]
        assert isinstance(tree, NamedTree)
        others = [k for k in tree.leaves() if not {"基本", "项目"} & set(tree.path(k))]
        for kind in (k for k in others if self._printed_kinds.intersection(tree.path(k))):
            for unit in roster.units:
                department, government = self._pair(_OPERATING, unit.nature)
                fund = self._fund()
                yield Line(
                    amount=self._amount(),
                    unit=unit.code,
                    fund=fund,
                    origin=self._origin(fund),
                    function=self.rng.choice(functions),
                    department=department,
                    government=government,
                    kind=kind,
                )

    @cached_property
    def _printed_kinds(self) -> frozenset[str]:
        """The kinds of spending that the dialect's own tables name: what only a table of some authorities prints is not made."""
        blocks = [b for t in self.dialect.tables for b in self.dialect.by_kind[t.kind].plain.blocks]
        columns = (c.region for b in blocks for c in b.columns)
        rows = (r.region for b in blocks if isinstance(b.rows, Fixed) for r in b.rows.rows)
        return frozenset(node for region in chain(columns, rows) for node in region.lookup.get("kind", EMPTY).nodes())

    def _carried_out(self, roster: Roster, functions: Sequence[str]) -> Iterator[Line]:
        """Money that is carried into next year: it has a source, no use yet, and a function where the dialect prints one."""
        known = "function" not in self.dialect.axes.spending
        for unit in roster.units:
            for _ in range(self.rng.randint(0, 3)):
                fund = self.rng.choice(self._favoured)
                function = self.rng.choice(functions) if known else ""
                yield Line(self._amount(), unit.code, fund, self._origin(fund), use="结转", function=function)

    def _others(self, budget: Sequence[Line]) -> Iterator[Line]:
        """Last year's budget and other measures of this year's: the same lines with other amounts."""
        rng = self.rng
        for line in budget:
            if rng.random() < 0.8:
                yield replace(line, year="-1", amount=self._amount())
            if rng.random() < 0.3:
                yield replace(
                    line, measure=rng.choice(("申报", "控制数", "调整", "决算")), year=rng.choice(("0", "-1")), amount=self._amount()
                )

    def _project_totals(self, roster: Roster, budget: Sequence[Line]) -> Iterator[Line]:
        """What projects cost over all their years, where the dialect asks for it."""
        tree = self.dialect.axes["measure"]
        if not isinstance(tree, NamedTree) or "项目总金额" not in tree.parents:
            return
        for project in roster.projects:
            own = next(line for line in budget if line.project == project.code)
            for year in ("0", "-1"):
                yield replace(own, year=year, measure="项目总金额", amount=self._amount())

    @cached_property
    def _procurement(self) -> tuple[str, ...]:
        """The measures of procurement: 政府采购 itself, or what the dialect divides it into."""
        tree = self.dialect.axes["measure"]
        assert isinstance(tree, NamedTree)
        return tree.leaves("政府采购")

    def _purchases(self, roster: Roster, functions: Sequence[str]) -> Iterator[tuple[Purchase, Line]]:
        rng = self.rng
        for number in range(rng.randint(1, 4)):
            unit = rng.choice(roster.units)
            item = rng.choice(("台式计算机", "复印机", "办公家具", "物业管理服务")) + f"第{number + 1}批"
            texts = {"采购项目": item, "采购目录": "集中采购目录", "规格": "标准", "计量单位": "批", "采购数量": str(rng.randint(1, 90))}
            line = Line(
                self._amount(), unit.code, self._usual, function=rng.choice(functions), project=item, measure=rng.choice(self._procurement)
            )
            yield Purchase(item, texts), line

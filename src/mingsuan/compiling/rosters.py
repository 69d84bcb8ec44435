"""Book → roster: what forms print beside amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mingsuan.compiling.book import Book, BookProject, PurchaseLine
from mingsuan.compiling.lines import plain, purchase_code
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.roster import Aim, Holding, Purchase, Roster, RosterProject, RosterUnit

_NAME_LABELS = ("部门（单位）名称", "部门(单位)名称", "部门名称", "单位名称")
_GOAL_LABELS = ("年度履职目标", "年度总体目标")


def roster_of(book: Book, dialect: Dialect) -> Roster:
    """The department of a book, with the projects that spend in its year."""
    department = book.department
    names = {u.code: u.name for u in book.units}
    aims = _aims(book)
    spending = {c.project for c in book.costs if c.year == book.year and c.amount}
    return Roster(
        department.code,
        department.name,
        tuple(RosterUnit(u.code, u.name, u.nature, u.own_books) for u in book.units),
        tuple(_project(p, aims.get(p.code, ()), names) for p in book.projects if p.code in spending),
        tuple(Purchase(purchase_code(p, n), _bought(p)) for n, p in enumerate(book.purchases)),
        tuple(stock_of(book)),
        department.region or next(iter(dialect.regions), ""),
        dict.fromkeys(_NAME_LABELS, department.name) | {label: department.goal for label in _GOAL_LABELS if department.goal},
        tuple((t.name, t.content) for t in book.tasks),
        aims.get("", ()),
    )


def _aims(book: Book) -> Mapping[str, tuple[Aim, ...]]:
    """The performance targets by project, those of the whole department under ""."""
    found: dict[str, list[Aim]] = {}
    for target in book.targets:
        found.setdefault(target.project, []).append(Aim((target.first, target.second, target.third), target.value, target.explanation))
    return {project: tuple(aims) for project, aims in found.items()}


def _project(project: BookProject, aims: tuple[Aim, ...], names: Mapping[str, str]) -> RosterProject:
    """A project with its texts under every label that some dialect prints them under."""
    texts = {
        "资金用途": project.usage,
        "项目类别": project.usage,
        "预算单位": names.get(project.unit, ""),
        "是否含有政府购买服务": "是" if project.service else "否",
        "开始时间": _day(project.start),
        "计划开始日期": _day(project.start),
        "结束时间": _day(project.end),
        "计划完成日期": _day(project.end),
        "主要内容": project.overview,
        "项目概况": project.overview,
        "立项依据": project.basis,
        "项目设立的必要性": project.necessity,
        "项目配套制度措施": project.measures,
        "保证项目实施的制度、措施": project.measures,
        "项目实施计划": project.schedule,
        "项目总目标": project.total_goal,
        "年度绩效目标": project.goal,
    }
    return RosterProject(
        project.code,
        project.name,
        project.unit,
        project.kind,
        aims,
        {label: text for label, text in texts.items() if text},
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _bought(row: PurchaseLine) -> Mapping[str, str]:
    texts = {
        "采购项目": row.item,
        "采购目录": row.catalogue,
        "规格": row.spec,
        "计量单位": row.quantity_unit,
        "采购数量": plain(row.quantity),
    }
    return {label: text for label, text in texts.items() if text}


def stock_of(book: Book) -> Iterator[Holding]:
    """Posts by nature, vehicles by use and equipment, units added up; nothing where the book says nothing."""
    if book.posts:
        by_nature = {"行政编制": ("行政", "参公"), "事业编制": ("事业",)}
        counts = {item: sum(p.posts for p in book.posts if p.nature in natures) for item, natures in by_nature.items()}
        yield Holding("编制总数", Decimal(sum(counts.values())), "人")
        yield from (Holding(item, Decimal(count), "人", "编制总数") for item, count in counts.items())
        yield Holding("在职职工", Decimal(sum(p.staff for p in book.posts)), "人")
        yield Holding("离退休人员", Decimal(sum(p.retired for p in book.posts)), "人")
    vehicles = [h for h in book.holdings if h.category == "车辆"]
    if vehicles:
        yield Holding("车辆总数", sum((h.count for h in vehicles), Decimal(0)), "辆")
        for item in dict.fromkeys(h.item for h in vehicles):
            yield Holding(item, sum((h.count for h in vehicles if h.item == item), Decimal(0)), "辆", "车辆总数")
    others = [h for h in book.holdings if h.category != "车辆"]
    for item, measure in dict.fromkeys((h.item, h.measure) for h in others):
        yield Holding(item, sum((h.count for h in others if h.item == item and h.measure == measure), Decimal(0)), measure)

"""What a disclosure prints beside amounts, as rows of a book: units, projects, targets, tasks, purchases, posts and holdings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from mingsuan.amounts import parse_number
from mingsuan.compiling.book import BookUnit, Holding, Passage, PostCount, PurchaseLine, Target, Task
from mingsuan.compiling.lifting.axes import unit_codes
from mingsuan.compiling.telling.sections import HEADINGS
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import ColumnDef
from mingsuan.dialects.names import bare, plain
from mingsuan.indicators.listing import FORM, OVERALL, SUMMARY, indicators
from mingsuan.model import CellKind, Disclosure, Row, Table
from mingsuan.values import dataclass

_INSTITUTIONS = ("中心", "所", "站", "院", "校", "馆", "园", "社", "网站")
"""Endings of the names of institutions; an office, bureau or department has another."""
_GOALS = ("年度履职目标", "年度总体目标")
_NATURE_OF = {"行政编制": "行政", "参公编制": "参公", "事业编制": "事业"}
_TEXTS = {"item": "采购项目", "catalogue": "采购目录", "spec": "规格", "quantity_unit": "计量单位", "quantity": "采购数量"}


@dataclass(frozen=True)
class Printed:
    """A project as it is printed: its name and what forms say of it, by bare label."""

    name: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Facts:
    """Reads facts off the tables of a disclosure."""

    disclosure: Disclosure
    dialect: Dialect

    @cached_property
    def _rows(self) -> tuple[tuple[Table, Row, Mapping[str, str], Mapping[str, ColumnDef]], ...]:
        """Every row with its texts by the key of the form's column."""
        found = []
        for table in self.disclosure.tables:
            form = self.dialect.by_kind.get(table.kind)
            if form is None:
                continue
            defined = {c.path: d for c in table.columns if (d := form.by_path.get(c.form or ""))}
            for row in table.rows:
                keyed = {d.key: row.text(p) for p, d in reversed(defined.items()) if d.key and row.text(p)}
                found.append((table, row, keyed, defined))
        return tuple(found)

    @cached_property
    def department_code(self) -> str:
        """The code that contains all units."""
        codes = unit_codes(self.disclosure)
        listed = {r.key.unit for _, r, _, _ in self._rows if r.key and r.key.unit}
        above = sorted(c for c in listed if c not in codes and all(u.startswith(c) for u in codes))
        return above[0] if above else codes[0][:3]

    def units(self) -> tuple[BookUnit, ...]:
        """The units that tables list, named as they print them; what the narrative says of their books is kept by name."""
        names: dict[str, str] = {}
        for _, row, keyed, _ in self._rows:
            key = row.key
            if key and key.unit and not (key.function or key.department or key.government or key.project):
                name = keyed.get("unit_name") or keyed.get("name") or keyed.get("project_name") or ""
                if name and not name.isdigit():
                    names.setdefault(key.unit, name)
        own = {plain(u.name): u.own_books for u in self.disclosure.units}
        codes = unit_codes(self.disclosure)
        found = []
        for number, code in enumerate(codes):
            name = names.get(code) or (self.disclosure.department or code if number == 0 else code)
            nature = "事业" if number and name.endswith(_INSTITUTIONS) else "行政"
            found.append(BookUnit(code, name, nature, own.get(plain(name), True), note="推定：单位性质按名称判断"))
        return tuple(found)

    @cached_property
    def projects(self) -> Mapping[str, Printed]:
        """Projects by the plain form of their names."""
        found: dict[str, Printed] = {}
        for table, row, keyed, defined in self._rows:
            name = keyed.get("project_name") or (keyed.get("name", "") if row.key and row.key.project and table.kind == SUMMARY else "")
            if not name:
                continue
            texts = self._form_texts(table) if table.kind == FORM else {}
            told = {p: row.text(p) for p, d in defined.items() if not d.key and d.kind is CellKind.TEXT and row.text(p)}
            texts |= {bare(path.rpartition("/")[2]): text for path, text in told.items()}
            known = found.get(plain(name))
            found[plain(name)] = Printed(known.name if known else name, {**(known.texts if known else {}), **texts})
        return found

    def _form_texts(self, table: Table) -> dict[str, str]:
        """The labels of a form that is one project's; names of persons and telephone numbers are not facts of a budget."""
        return {
            bare(p.rpartition("/")[2]): c.text
            for row in table.rows
            for p, c in row.cells.items()
            if c.text and not re.search(r"负责人|联系人|电话|指标|目标值", p)
        }

    def project_codes(self) -> Mapping[str, str]:
        """Codes that summaries print, by the plain name of the project."""
        found: dict[str, str] = {}
        for _, row, keyed, _ in self._rows:
            if row.key and row.key.project and row.key.project.isalnum() and keyed.get("name"):
                found.setdefault(plain(keyed["name"]), row.key.project)
        return found

    def targets(self, codes: Mapping[str, str]) -> Iterator[Target]:
        """Indicators of the department and of the projects with a code, by plain name."""
        for found in indicators(self.disclosure):
            project = "" if found.kind == OVERALL else codes.get(plain(found.project), "")
            if (found.kind == OVERALL or project) and found.name:
                second = found.second or _second(found.first)
                yield Target(project, found.first, second, found.name, found.target.text, found.note or found.unit)

    def tasks(self) -> Iterator[Task]:
        """The year's main tasks."""
        for table, row, _, _ in self._rows:
            texts = {bare(p.rpartition("/")[2]): c.text for p, c in row.cells.items()}
            if table.kind == OVERALL and texts.get("任务名称") and any("任务" in p for p in row.cells):
                yield Task(texts["任务名称"], texts.get("主要内容", ""))

    def goal(self) -> str:
        """What the department is to reach this year."""
        for table, row, _, _ in self._rows:
            if table.kind == OVERALL:
                for path, cell in row.cells.items():
                    if path.rpartition("/")[2] in _GOALS and cell.text:
                        return cell.text
        return ""

    def purchases(self, unit: str, fund: str) -> Iterator[PurchaseLine]:
        """Items of the procurement table; where there is none, the total that the narrative states, by goods, works and services."""
        listed = [(r, d) for t, r, _, d in self._rows if t.kind == "government_procurement" and _bought(r)]
        for row, defined in listed:
            texts = {name: _under(row, label) for name, label in _TEXTS.items()}
            function = (row.key.function if row.key else None) or "".join(row.text(p) for p, d in defined.items() if d.key == "function")
            yield PurchaseLine(
                (row.key.unit if row.key else None) or unit,
                texts["item"],
                _sort(texts["item"] + texts["catalogue"]),
                next((c.amount.yuan for c in row.cells.values() if c.amount is not None), Decimal(0)),
                function,
                fund,
                catalogue=texts["catalogue"],
                spec=texts["spec"],
                quantity=parse_number(texts["quantity"]) or Decimal(1),
                quantity_unit=texts["quantity_unit"],
            )
        if not listed:
            yield from self._stated_purchases(unit, fund)

    def _stated_purchases(self, unit: str, fund: str) -> Iterator[PurchaseLine]:
        stated: dict[str, Decimal] = {}
        for claim in self.disclosure.claims:
            if claim.amount is None or "采购" not in claim.section + claim.measure or "预留" in claim.measure:
                continue
            sort = next((s for s in ("货物", "工程", "服务") if s in claim.measure), "")
            if sort or dict(claim.region or ()).get("measure") == "政府采购":
                stated.setdefault(sort, claim.amount.yuan)
        total = stated.pop("", None)
        split = bool(stated) and (total is None or sum(stated.values()) == total)
        parts = stated if split else {"货物": total or Decimal(0)}
        for sort, amount in parts.items():
            if amount:
                yield PurchaseLine(unit, f"{sort}类采购", sort, amount, "", fund, note="推定：只公开了总额")

    def posts(self, unit: str) -> Iterator[PostCount]:
        """Posts by nature; people in post and retired are spread over them from the first on."""
        stock = {f.item: int(f.value) for f in self.disclosure.stock if f.value is not None and f.unit == "人"}
        posts = {nature: stock[item] for item, nature in _NATURE_OF.items() if stock.get(item)}
        staff = next((stock[i] for i in ("在职职工", "在职人员", "实有在职人员") if i in stock), None)
        retired = next((stock[i] for i in ("离退休人员", "退休人员") if i in stock), 0)
        left = sum(posts.values()) if staff is None else staff
        for number, (nature, count) in enumerate(posts.items()):
            last = number == len(posts) - 1
            here = left if last else min(count, left)
            left -= here
            note = "推定：人数按编制分摊" if len(posts) > 1 else ""
            yield PostCount(unit, nature, count, here, retired if number == 0 else 0, note)

    def holdings(self, unit: str) -> Iterator[Holding]:
        """Vehicles by use, equipment and buildings."""
        parts = {f.total for f in self.disclosure.stock if f.total}
        for fact in self.disclosure.stock:
            if fact.value is None or fact.item in parts or fact.unit == "人":
                continue
            vehicle = fact.unit in ("辆", "台") and ("车" in fact.item or "车辆" in (fact.total or ""))
            category = "车辆" if vehicle else "房屋" if re.search(r"房|面积", fact.item) else "设备"
            yield Holding(unit, category, fact.item, fact.value, "辆" if vehicle else fact.unit)

    def passages(self) -> Iterator[Passage]:
        """The department's own words under the headings that a book has."""
        kinds = {kind: heading for heading, kind in HEADINGS.items() if kind in ("duties", "organisation")}
        for section in self.disclosure.sections:
            if section.kind in kinds and section.text:
                yield from (Passage(kinds[section.kind], line) for line in section.text.split("\n") if line)


def _bought(row: Row) -> bool:
    """Whether a row of the procurement table is an item with an amount."""
    return bool(_under(row, _TEXTS["item"])) and any(c.amount is not None and c.amount.yuan for c in row.cells.values())


def _under(row: Row, label: str) -> str:
    """The text under a heading, "" where there is none."""
    return next((c.text for p, c in row.cells.items() if bare(p.rpartition("/")[2]) == label), "")


def _second(first: str) -> str:
    """The usual second level of a form that prints none."""
    return {"满意度指标": "服务对象满意度指标", "成本指标": "经济成本指标", "效益指标": "社会效益指标"}.get(first, "数量指标")


def _sort(words: str) -> str:
    return next((s for s, signs in (("服务", "服务"), ("工程", "工程修缮")) if any(sign in words for sign in (s, signs))), "货物")


def day_of(text: str) -> date | None:
    """A printed day: 2021-01-01, 2021年1月1日, 2021/1/1."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None

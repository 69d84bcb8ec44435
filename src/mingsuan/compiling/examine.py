"""What is wrong in the content of a book: references, codes, sums that cannot be, obligations left open. Every finding names its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from mingsuan import codes
from mingsuan.compiling.book import STAGES, THIS_YEAR, Book
from mingsuan.compiling.lines import PLANNED, government
from mingsuan.compiling.stages import limits
from mingsuan.compiling.telling.amounts import needs_reason, told
from mingsuan.compiling.workbook.layout import BY_RECORD, place_of
from mingsuan.dialects.dialect import Dialect
from mingsuan.ledger import NamedTree
from mingsuan.model import Finding, Level, Side

ARITHMETIC, LAW, FORM, SENSE = "算术", "《中华人民共和国预算法》第32条第4款", "版式", "常识"
_CLASSES = (
    ("function", "function", "功能科目"),
    ("department", "department_economic", "部门经济科目"),
    ("government", "government_economic", "政府经济科目"),
)
_MOST_MONTHS = 24
"""Months for which pay is entered at most: twelve, and what some items give more of."""
_MOST_PASSAGES = 500
"""Paragraphs of the officer's own at most."""
_NODES = (("fund", "资金来源"), ("origin", "来源年度"), ("kind", "支出类别"), ("measure", "口径"), ("use", "用途"))


def examine(book: Book, dialect: Dialect) -> tuple[Finding, ...]:
    """All findings of a book's content, in the order of its sheets."""
    return tuple(finding for check in _CHECKS for finding in check(book, dialect))


def finding(
    code: str, level: Level, message: str, record: Any, name: str = "", *, basis: str = SENSE, expected: str = "", fix: str = ""
) -> Finding:
    """A finding about a field of a record, or about all of it."""
    text = str(getattr(record, name, "")) if name else ""
    layout = BY_RECORD.get(type(record))
    return Finding(
        code, level, message, (Side(place_of(record, name), layout.name if layout else "", text),), text, expected, basis=basis, fix=fix
    )


def _money(book: Book) -> Sequence[Any]:
    """Records that have a fund."""
    return (*book.people, *book.quotas, *book.costs, *book.purchases, *book.carried, *book.figures)


def _spending(book: Book) -> Sequence[Any]:
    """Records that spend money of the fiscal year or a later one."""
    return (*book.people, *book.quotas, *book.costs)


def _identity(book: Book, dialect: Dialect) -> Iterator[Finding]:
    department = book.department
    if not book.units:
        yield finding("BOOK201", Level.ERROR, "没有预算单位：“单位”表至少填一个单位。", department)
    for unit in book.units:
        if not unit.code.startswith(department.code) or not unit.code.isalnum():
            message = f"单位代码“{unit.code}”应以部门代码“{department.code}”开头，只含数字和字母。"
            yield finding("BOOK202", Level.ERROR, message, unit, "code", basis=FORM)
    if not dialect.in_year(book.year):
        message = f"版式“{dialect.title}”不用于{book.year}年，请核对预算年度。"
        yield finding("BOOK203", Level.WARNING, message, department, "year", basis=FORM)
    if not any(p.heading == "主要职责" for p in book.passages):
        side = Side(department.at, "职责机构", "")
        yield Finding("BOOK223", Level.WARNING, "没有填写主要职责。", (side,), basis="财预〔2016〕143号", fix="在“职责机构”表里填写")


def _twice(book: Book, dialect: Dialect) -> Iterator[Finding]:
    for sheet, records in (("单位代码", book.units), ("项目编码", book.projects)):
        counts = Counter(r.code for r in records)
        for record in records:
            if counts[record.code] > 1:
                yield finding("BOOK204", Level.ERROR, f"{sheet}“{record.code}”重复，共{counts[record.code]}行。", record, "code")
    named = Counter((p.unit, p.name) for p in book.projects)
    for project in book.projects:
        if named[project.unit, project.name] > 1:
            yield finding(
                "BOOK204", Level.ERROR, f"同一单位有两个项目都叫“{project.name}”。", project, "name", fix="改名，或合并为一个项目"
            )


def _references(book: Book, dialect: Dialect) -> Iterator[Finding]:
    units = {u.code for u in book.units}
    wide = {*units, book.department.code}
    projects = {p.code for p in book.projects}
    checked: Sequence[tuple[Sequence[Any], set[str]]] = (
        ((*book.posts, *book.people, *book.quotas, *book.carried, *book.holdings, *book.projects, *book.purchases), units),
        ((*book.figures, *book.limits), wide),
    )
    for records, known in checked:
        for record in records:
            if record.unit not in known:
                yield finding("BOOK205", Level.ERROR, f"“单位”表里没有单位“{record.unit}”。", record, "unit")
    naming: Sequence[Any] = (*book.costs, *book.transfers, *book.purchases, *book.targets, *book.limits)
    for record in naming:
        if record.project not in projects and (record.project or type(record).__name__ in ("CostLine", "Transfer")):
            yield finding("BOOK206", Level.ERROR, f"“项目”表里没有项目“{record.project}”。", record, "project")


def _nodes(book: Book, dialect: Dialect) -> Iterator[Finding]:
    for record in (*_money(book), *book.projects, *book.limits):
        for name, head in _NODES:
            value = getattr(record, name, "")
            tree = dialect.axes[name]
            if value and isinstance(tree, NamedTree) and value not in tree.parents:
                message = f"{head}“{value}”不在{dialect.title}的分类里。"
                yield finding("BOOK207", Level.ERROR, message, record, name, basis=FORM, expected="、".join(tree.parents))
    kinds = dialect.axes["kind"]
    for project in book.projects:
        if isinstance(kinds, NamedTree) and project.kind in kinds.parents and "项目" not in kinds.path(project.kind):
            yield finding("BOOK207", Level.ERROR, f"“{project.kind}”不是项目支出的类别。", project, "kind", basis=FORM)


def _codes(book: Book, dialect: Dialect) -> Iterator[Finding]:
    for record in _money(book):
        for name, kind, head in _CLASSES:
            code = getattr(record, name, "")
            if code and not codes.well_formed(kind, code):
                yield finding("BOOK208", Level.ERROR, f"{head}“{code}”的位数不对。", record, name, basis=LAW)
            elif code and codes.lookup(kind, code, book.year) is None:
                yield finding("BOOK209", Level.WARNING, f"{head}“{code}”不在{book.year}年的科目里，请核实。", record, name)


def _pairs(book: Book, dialect: Dialect) -> Iterator[Finding]:
    """Government classes: those that the correspondence does not give, and those stated outside it."""
    natures = {u.code: u.nature for u in book.units}
    owners = {p.code: p.unit for p in book.projects}
    for record in _spending(book):
        if len(record.department) != 5:
            continue
        unit = record.unit if hasattr(record, "unit") else owners.get(record.project, "")
        nature = getattr(record, "nature", "") or natures.get(unit, "行政")
        if not record.government and nature in ("行政", "参公", "事业") and not government(record.department, nature):
            message = f"部门经济科目{record.department}没有对应的政府经济科目（{nature}）。"
            yield finding("BOOK210", Level.ERROR, message, record, "department", basis="财预〔2017〕98号", fix="填写“政府经济科目”一栏")
        elif record.government and codes.governments_for(record.department) and not codes.pair_known(record.department, record.government):
            message = f"{record.department}与{record.government}不在对应关系里，请核实。"
            yield finding("BOOK210", Level.WARNING, message, record, "government", basis="财预〔2017〕98号")


def _signs(book: Book, dialect: Dialect) -> Iterator[Finding]:
    bounded: Sequence[tuple[Sequence[Any], tuple[str, ...]]] = (
        (book.people, ("people", "standard", "months")),
        (book.quotas, ("quantity", "standard")),
        (book.costs, ("quantity", "times", "again")),
        (book.purchases, ("amount", "quantity", "reserved", "reserved_small")),
        (book.transfers, ("amount",)),
        (book.carried, ("amount",)),
        (book.figures, ("amount",)),
        (book.limits, ("amount",)),
        (book.projects, ("last_budget", "last_spent", "total", "last_total", "service", "assets")),
        (book.holdings, ("count", "to_buy")),
    )
    for records, names in bounded:
        for record in records:
            for name in names:
                value = getattr(record, name)
                if value is not None and value < 0:
                    yield finding("BOOK211", Level.ERROR, f"这里不能是负数：{value}。", record, name, basis=ARITHMETIC)
    if len(book.passages) > _MOST_PASSAGES:
        message = f"“职责机构”有{len(book.passages)}段，最多{_MOST_PASSAGES}段。"
        yield finding("BOOK113", Level.ERROR, message, book.passages[_MOST_PASSAGES], "heading")
    for line in book.people:
        if line.months > _MOST_MONTHS:
            yield finding("BOOK211", Level.WARNING, f"一年发放{line.months.normalize():f}个月，请核对。", line, "months")


def _projects(book: Book, dialect: Dialect) -> Iterator[Finding]:
    costs = _summed((c.project, c.amount) for c in book.costs if c.year == book.year)
    purchases = _summed((p.project, p.amount) for p in book.purchases)
    transfers = _summed((t.project, t.amount) for t in book.transfers)
    before = _summed((f.project, f.amount) for f in book.figures if f.year == book.year - 1 and f.measure == PLANNED)
    for project in book.projects:
        now = costs.get(project.code, Decimal(0))
        if now <= 0:
            level = Level.ERROR if now < 0 else Level.WARNING
            message = f"项目“{project.name}”{book.year}年的测算金额为{now}元" + ("。" if now else "，不会列入公开文本。")
            yield finding("BOOK212", level, message, project, "name", basis=ARITHMETIC)
            continue
        bought, passed = purchases.get(project.code, Decimal(0)), transfers.get(project.code, Decimal(0))
        for name, amount, head in (
            ("service", project.service, "政府购买服务"),
            ("assets", project.assets, "资产购置"),
            ("", bought, "政府采购"),
            ("", passed, "下达县（市、区）"),
        ):
            if amount > now:
                message = f"项目“{project.name}”的{head}{amount}元大于项目金额{now}元。"
                yield finding("BOOK213", Level.ERROR, message, project, name, basis=ARITHMETIC)
        if project.last_budget is not None and project.last_spent is not None and project.last_spent > project.last_budget:
            yield finding("BOOK213", Level.WARNING, f"项目“{project.name}”上年支出大于上年预算，请核实。", project, "last_spent")
        lines = before.get(project.code)
        if lines is not None and project.last_budget is not None and lines != project.last_budget:
            # Last year's budget of a project is stated once, or twice alike.
            message = f"项目“{project.name}”的上年预算{project.last_budget}元与“上年数”里的{lines}元不同。"
            yield finding("BOOK214", Level.ERROR, message, project, "last_budget", basis=ARITHMETIC)
        if project.last_budget is not None and told(now).yuan != told(project.last_budget).yuan and project.duty and not project.reason:
            yield finding("BOOK219", Level.WARNING, f"项目“{project.name}”与上年预算不同，没有写增减原因。", project, "reason")


def _summed(amounts: Iterable[tuple[str, Decimal]]) -> Mapping[str, Decimal]:
    """Amounts in 元 added up by project."""
    found: dict[str, Decimal] = {}
    for project, amount in amounts:
        found[project] = found.get(project, Decimal(0)) + amount
    return found


def _purchases(book: Book, dialect: Dialect) -> Iterator[Finding]:
    for row in book.purchases:
        if row.reserved > row.amount or row.reserved_small > row.reserved:
            message = "面向中小企业预留的不能大于采购金额，给小微企业的不能大于预留金额。"
            yield finding("BOOK215", Level.ERROR, message, row, "reserved", basis=ARITHMETIC)


def _years(book: Book, dialect: Dialect) -> Iterator[Finding]:
    for cost in book.costs:
        if not book.year <= cost.year <= book.year + 2:
            yield finding("BOOK216", Level.ERROR, f"测算的年度应为{book.year}—{book.year + 2}年，这里是{cost.year}。", cost, "year")
    for figure in book.figures:
        if figure.year == book.year and figure.measure == PLANNED:
            message = "本年的预算由人员、定额和项目测算得出，不能直接填在“上年数”里。"
            yield finding("BOOK216", Level.ERROR, message, figure, "year")
        elif not book.year - 5 <= figure.year <= book.year + 2:
            yield finding("BOOK216", Level.ERROR, f"年度{figure.year}离预算年度太远，请核对。", figure, "year")


def _absent(book: Book, dialect: Dialect) -> Iterator[Finding]:
    """Money that the dialect's forms have no place for."""
    names = {axis for box in dialect.absent for axis, _ in box.sides}
    lacks = {axis for box in dialect.absent if len(box.sides) == 1 for axis, _ in box.sides}
    if "origin" in lacks:
        for record in _spending(book):
            if record.origin != THIS_YEAR:
                yield finding(
                    "BOOK217", Level.ERROR, f"{dialect.title}的表里没有上年结转，来源年度应为本年。", record, "origin", basis=FORM
                )
    if "use" in names:
        funds = dialect.axes["fund"]
        boxes = [box for box in dialect.absent if "use" in box.lookup]
        for record in book.carried:
            for box in boxes:
                if "fund" not in box.lookup or box.lookup["fund"].covers(funds, record.fund):
                    yield finding("BOOK217", Level.ERROR, f"{dialect.title}的表里没有这种年终结转。", record, "fund", basis=FORM)


def _transfers(book: Book, dialect: Dialect) -> Iterator[Finding]:
    said = book.department.transfers
    if said is None:
        yield finding("BOOK218", Level.ERROR, "请在“部门”表里选择有没有专项转移支付。", book.department)
    elif said and not book.transfers:
        yield finding("BOOK218", Level.ERROR, "“部门”表里选了有专项转移支付，“转移支付”表却是空的。", book.department)
    elif not said and book.transfers:
        message = "“部门”表里选了没有专项转移支付，“转移支付”表却填了内容。"
        yield finding("BOOK218", Level.ERROR, message, book.transfers[0])


def _last_year(book: Book, dialect: Dialect) -> Iterator[Finding]:
    """Last year's figures and the reasons that large changes ask for."""
    last = [f for f in book.figures if f.year == book.year - 1 and f.measure == PLANNED]
    if not last:
        message = "没有填“上年数”：公开文本不写与上年相比的增减。"
        yield Finding("BOOK219", Level.WARNING, message, (Side(book.department.at, "上年数", ""),), basis="财预〔2016〕143号")
        return
    before = told(sum((f.amount for f in last), Decimal(0)))
    lines: Sequence[Any] = [*book.people, *book.quotas, *(c for c in book.costs if c.year == book.year), *book.carried]
    now = told(sum((line.amount for line in lines), Decimal(0)))
    given = {r.item for r in book.reasons}
    if needs_reason(now, before) and not given & {"收入", "支出"}:
        message = f"收支总计由上年{before}变为{now}，没有写变动原因。"
        side = Side(book.department.at, "变动原因", "")
        yield Finding(
            "BOOK219", Level.WARNING, message, (side,), str(now), basis="财预〔2016〕143号", fix="在“变动原因”表里写“收入”或“支出”的原因"
        )


def _people(book: Book, dialect: Dialect) -> Iterator[Finding]:
    if not book.holdings:
        side = Side(book.department.at, "车辆设备", "")
        message = "没有填写车辆设备，公开文本里没有国有资产占用情况。"
        yield Finding("BOOK224", Level.WARNING, message, (side,), basis=FORM, fix="没有车辆的，填一行，数量写0")
    for row in book.posts:
        if row.staff > row.posts:
            yield finding("BOOK220", Level.WARNING, f"在职{row.staff}人多于编制{row.posts}人，请核实。", row, "staff")


def _stages(book: Book, dialect: Dialect) -> Iterator[Finding]:
    for stage in book.stages:
        if stage.name not in STAGES:
            yield finding("BOOK221", Level.ERROR, f"没有“{stage.name}”这个阶段。", stage, "name", expected="、".join(STAGES))
    days = [(STAGES.index(s.name), s) for s in book.stages if s.day is not None and s.name in STAGES]
    for (_, one), (_, other) in pairwise(sorted(days, key=lambda d: d[0])):
        if one.day is not None and other.day is not None and other.day < one.day:
            yield finding("BOOK221", Level.WARNING, f"{other.name}（{other.day}）早于{one.name}（{one.day}）。", other, "day")
    for limit in limits(book, dialect):
        if limit.exceeded:
            over = limit.planned - limit.figure.amount
            message = f"{limit.label}：预算{limit.planned}元，{limit.figure.stage}{limit.figure.amount}元，超出{over}元。"
            yield finding(
                "BOOK222", Level.ERROR, message, limit.figure, "amount", basis="预算编制“两上两下”程序", expected=str(limit.figure.amount)
            )
        elif limit.figure.stage == STAGES[3] and limit.planned != limit.figure.amount:
            message = f"{limit.label}：预算{limit.planned}元与批复{limit.figure.amount}元不同。"
            yield finding(
                "BOOK222", Level.WARNING, message, limit.figure, "amount", basis="预算编制“两上两下”程序", expected=str(limit.figure.amount)
            )


_CHECKS: tuple[Callable[[Book, Dialect], Iterator[Finding]], ...] = (
    _identity,
    _twice,
    _references,
    _nodes,
    _codes,
    _pairs,
    _signs,
    _people,
    _projects,
    _purchases,
    _years,
    _absent,
    _transfers,
    _last_year,
    _stages,
)

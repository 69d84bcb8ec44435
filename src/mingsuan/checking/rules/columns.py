"""FORM, continued: the columns that a form has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Form
from mingsuan.model import CellKind, Level, Side, Table

CHAPTER = "表式"


def _families(dialect: Dialect) -> Mapping[str, frozenset[str]]:
    """Kinds of forms with the same amount columns, by kind."""
    shapes: dict[tuple[str, ...], set[str]] = {}
    for form in dialect.forms:
        money = tuple(c.path for c in form.columns if c.kind is CellKind.AMOUNT)
        if len(money) > 3:
            shapes.setdefault(money, set()).add(form.kind)
    return {kind: frozenset(kinds) for kinds in shapes.values() for kind in kinds}


def _prescribed(form: Form, path: str) -> bool:
    """Whether a table without a column lacks it: one that authorities may leave out, or print in place of others, is no gap."""
    column = form.by_path.get(path)
    return column is None or not (column.optional or column.variant)


@rule("FORM107", level=Level.INFO, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def sister_tables_have_the_same_columns(subject: Subject) -> Iterator[Outcome]:
    """同一表样的各表，列相同。

    错：政府性基金支出表的“项目支出”下只有小计、其他运转类，其他支出表另有特定目标类。
    对：各支出表的“项目支出”下都有小计、其他运转类、特定目标类。
    """
    assert subject.dialect is not None
    families = _families(subject.dialect)
    lacking: dict[tuple[str, ...], list[Table]] = {}
    for table in subject.disclosure.tables:
        sisters = [t for t in subject.disclosure.tables if t is not table and t.kind in families.get(table.kind, frozenset())]
        columns = {c.form for c in table.columns}
        if sisters:
            yield Examined(table.place)
        others = (c.form for s in sisters for c in s.columns if c.form and c.kind is CellKind.AMOUNT and c.form not in columns)
        form = subject.dialect.by_kind[table.kind]
        missing = tuple(dict.fromkeys(path for path in others if _prescribed(form, path)))
        if sisters and missing:
            lacking.setdefault(missing, []).append(table)
    for missing, tables in lacking.items():
        names = "、".join(f"“{m.rpartition('/')[2]}”" for m in missing)
        yield Draft(
            f"{'、'.join(f'“{t.title}”' for t in tables)}缺少{names}列，同一表样的其他表有",
            tuple(Side(t.place, t.title, f"没有{names}列") for t in tables),
            f"没有{names}列",
            "补上缺少的列，没有数据留空",
            conversion_suspected=True,
        )


@rule("FORM108", level=Level.WARNING, chapter=CHAPTER, basis="版式", needs=(Need.DIALECT, Need.TABLES), about=About.TABLES)
def sums_have_their_columns(subject: Subject) -> Iterator[Outcome]:
    """小计的金额在分项列里找得到。

    错：公务用车购置及运行费小计37.00，其下只有购置费一列（空），没有运行费列。
    对：公务用车购置及运行费小计37.00，购置费空，运行费37.00。
    """
    assert subject.dialect is not None
    for table in subject.disclosure.tables:
        form = subject.dialect.by_kind.get(table.kind)
        if form is not None and any(block.sums for block in form.blocks):
            yield Examined(table.place)
            yield from _lost_parts(table, form)


def _lost_parts(table: Table, form: Form) -> Iterator[Draft]:
    for block in form.blocks:
        found_columns = {path for path in form.by_path if table.column(path) is not None}
        for declared in block.sums:
            total = declared.over(found_columns, block.sums)
            whole = table.column(total.total)
            present = [c for c in (table.column(p) for p in total.parts) if c is not None]
            absent = (
                [p for p in total.parts if table.column(p) is None and not form.by_path[p].optional]
                if all(p in form.by_path for p in total.parts)
                else []
            )
            if whole is None or not absent or not present:
                continue
            for row in table.rows:
                cell = row.cells.get(whole.path)
                if cell is None or cell.amount is None or not cell.amount.yuan:
                    continue
                found = sum(a.yuan for a in (row.cells[c.path].amount for c in present if c.path in row.cells) if a is not None)
                if found != cell.amount.yuan and len(absent) == 1:
                    name = absent[0].rpartition("/")[2]
                    rest = cell.amount.yuan - found
                    printed = f"{rest / (cell.amount.yuan / cell.amount.in_unit):f}{cell.amount.unit}"
                    yield Draft(
                        f"“{table.title}”的{whole.path}为{cell.amount}，分项列只列出{len(present)}项，缺“{name}”列，有{printed}没有着落",
                        (
                            Side(cell.place, whole.path, cell.text),
                            *(Side(row.cells[c.path].place, c.path, row.text(c.path)) for c in present if c.path in row.cells),
                        ),
                        f"没有“{name}”列",
                        f"增列“{name}”{printed}",
                        printed,
                        conversion_suspected=True,
                    )
                    return

"""Small disclosures for the tests of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mingsuan.amounts import UNITS, Amount, parse_amount
from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Cell, CellKind, Column, Disclosure, Finding, Receipt, Report, Row, RowKey, Section, Table, Unit
from mingsuan.places import Place
from mingsuan.reading.claims.statements import read_claims

DIALECT = load("zhengzhou-2023")
YEAR = 2023


def table(
    kind: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    unit: str | None = "万元",
    keys: Sequence[RowKey | None] = (),
    notes: Sequence[str] = (),
) -> Table:
    """A table of `kind`; its columns are matched with the form's by path, what the form does not know is text."""
    form = DIALECT.by_kind.get(kind)
    known = {c.path: c.kind for c in form.columns} if form else {}
    found = tuple(Column(path, known.get(path, CellKind.TEXT), path if path in known else None) for path in columns)
    filled = tuple(
        Row(
            {c.path: _cell(c, text, number, unit or "万元") for c, text in zip(found, line, strict=False) if text},
            keys[number] if number < len(keys) else None,
        )
        for number, line in enumerate(rows)
    )
    return Table(kind, title or (form.title if form else kind), unit, found, filled, Place(line=1), notes=tuple(notes))


def _cell(column: Column, text: str, number: int, unit: str) -> Cell:
    return Cell(text, Place(line=number + 2), parse_amount(text, unit) if column.kind is CellKind.AMOUNT else None)


def indicators(*lines: Sequence[str]) -> Table:
    """A table of overall targets: lines of name, value and, if any, explanation."""
    columns = ["一级指标", "二级指标", "三级指标", "指标值", "指标值说明"]
    return table("overall_performance", columns, [["产出指标", "履职目标", *line] for line in lines])


def project_targets(project: str, *lines: Sequence[str]) -> Table:
    """A summary of project targets: lines of name and value of one project."""
    columns = [
        "单位编码（项目编码）",
        "项目单位（项目名称）",
        "绩效目标/成本指标/三级指标",
        "绩效目标/成本指标/指标值",
        "绩效目标/产出指标/三级指标",
        "绩效目标/产出指标/指标值",
    ]
    return table("project_performance_summary", columns, [["410100220000000012025", project, "", "", *line] for line in lines])


def narrative(*texts: str, kind: str = "overview_note", title: str = "一、收支总体情况说明") -> tuple[Section, ...]:
    """A section of paragraphs."""
    return (Section(title, kind, 2, Place(line=1), "\n".join(texts), title, ((0, Place(line=2)),)),)


def disclosure(
    *tables: Table,
    sections: Sequence[Section] = (),
    contents: Sequence[str] = (),
    units: Sequence[str] = (),
    year: int = YEAR,
) -> Disclosure:
    """A disclosure whose claims are read from its sections."""
    claims = read_claims(sections, load_sentences(DIALECT.folders), year)
    return Disclosure(
        "示例市某局",
        "河南省郑州市",
        year,
        dialect=DIALECT.name,
        tables=tables,
        claims=claims,
        sections=tuple(sections),
        contents=tuple(contents),
        units=tuple(Unit(u) for u in units),
    )


def report(code: str, subject: Disclosure) -> Report:
    """What one rule says."""
    return check(subject, DIALECT, select=(code,))


def findings(code: str, subject: Disclosure) -> tuple[Finding, ...]:
    """What one rule finds; fails if the rule broke down."""
    result = report(code, subject)
    assert not any("执行中断" in r.reason for r in result.receipts), result.receipts
    return result.findings


def receipts(code: str, subject: Disclosure) -> tuple[Receipt, ...]:
    """The receipts of one rule."""
    return report(code, subject).receipts


def wan(text: str) -> Amount:
    """An amount in 万元."""
    return Amount(Decimal(text) * UNITS["万元"], "万元", len(text.partition(".")[2]))


def cells(**texts: str) -> Mapping[str, Cell]:
    """Cells by column path."""
    return {path: Cell(text) for path, text in texts.items()}

"""A disclosure as open data: a Fiscal Data Package of CSV files with typed fields, and the disclosure as JSON, in one ZIP archive.

Frictionless Data Package (specs.frictionlessdata.io/data-package) with the column types of the budget taxonomy of the Fiscal Data Package
(specs.frictionlessdata.io/taxonomies/fiscal/budgets.json). Amounts are in 元. In CSV files a text that begins with = + - @ ' or a control
character has one ' before it, so that a spreadsheet takes it for text; `read_data` takes it off again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mingsuan.ledger import AXES, Ledger
from mingsuan.model import Cell, CellKind, Disclosure, Row, RowKey, Table
from mingsuan.model.json import disclosure_from_json, disclosure_to_json
from mingsuan.places import NOWHERE
from mingsuan.publishing.comparing import Difference
from mingsuan.values import dataclass

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DANGEROUS = ("=", "+", "-", "@", "'", "\t", "\r", "\n")
"""Beginnings of a text that a spreadsheet may take for something else, and the sign that says it is none."""
_INERT = "以 = + - @ ' 或控制字符开头的文字前加了一个单引号，使电子表格把它当作文字；读取时去掉这一个单引号。"
_KEYS = tuple(f.name for f in fields(RowKey))
_COLUMN_TYPES = {
    "unit": "administrative-classification:generic:code",
    "function": "functional-classification:generic:code",
    "department": "economic-classification:generic:code",
    "project": "activity:generic:project:code",
    "measure": "phase:id",
    "fund": "fin-source:generic:code",
    "kind": "expenditure-type:code",
    "use": "direction",
    "year": "date:fiscal-year",
    "amount": "value",
}
"""Column types of the taxonomy; there is one for the economic classification, and the department's is the finer one."""
_TITLES = {
    "table": "表的序号",
    "kind": "表的种类",
    "title": "表名",
    "row": "行的序号",
    "unit": "预算单位编码",
    "function": "功能分类科目编码",
    "department": "部门预算支出经济分类科目编码",
    "government": "政府预算支出经济分类科目编码",
    "project": "项目",
    "column": "栏目（各级表头以 / 相连）",
    "column_kind": "栏目的内容",
    "text": "所印文字",
    "amount": "金额（元）",
    "printed_unit": "所印单位",
    "decimals": "所印小数位数",
    "order": "次序",
    "level": "标题级别",
    "heading": "标题",
    "year": "年度",
    "measure": "口径",
    "post": "编制性质",
    "use": "用途",
    "fund": "资金",
    "origin": "来源年度",
}
_NUMBERS = {
    "amount": "number",
    "table": "integer",
    "row": "integer",
    "decimals": "integer",
    "order": "integer",
    "level": "integer",
    "year": "integer",
}
_CELLS = ("table", "kind", "title", "row", *_KEYS, "column", "column_kind", "text", "amount", "printed_unit", "decimals")
_NARRATIVE = ("order", "level", "heading", "text")
_LEDGER = (*AXES, "amount")


def write_data(disclosure: Disclosure, title: str, *, day: date | None = None, ledger: Ledger | None = None) -> bytes:
    """The archive; the same input gives the same bytes. The typed ledger is in it if it is given."""
    plain = without_places(disclosure)
    tables = {"cells": (_CELLS, _cell_rows(plain)), "narrative": (_NARRATIVE, _narrative_rows(plain))}
    if ledger is not None:
        tables["ledger"] = (_LEDGER, _ledger_rows(ledger, plain.year))
    files = {f"data/{name}.csv": _csv(heads, rows) for name, (heads, rows) in tables.items()}
    files["disclosure.json"] = _json(disclosure_to_json(plain))
    descriptor = _descriptor(plain, title, day, {name: (heads, files[f"data/{name}.csv"]) for name, (heads, _) in tables.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in {"datapackage.json": _json(descriptor), **files}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def without_places(disclosure: Disclosure) -> Disclosure:
    """A disclosure that does not say where in the publisher's own files its parts stood."""
    return replace(
        disclosure,
        tables=tuple(
            replace(
                t,
                place=NOWHERE,
                repairs=(),
                rows=tuple(replace(r, cells={p: replace(c, place=NOWHERE) for p, c in r.cells.items()}) for r in t.rows),
            )
            for t in disclosure.tables
        ),
        claims=tuple(replace(c, place=NOWHERE) for c in disclosure.claims),
        sections=tuple(replace(s, place=NOWHERE, origins=()) for s in disclosure.sections),
        stock=tuple(replace(s, place=NOWHERE) for s in disclosure.stock),
        units=tuple(replace(u, place=NOWHERE) for u in disclosure.units),
        unrecognised=(),
    )


def _cell_rows(disclosure: Disclosure) -> Iterator[Sequence[str]]:
    """One row per printed cell."""
    for number, table in enumerate(disclosure.tables, 1):
        kinds = {c.path: c.kind for c in table.columns}
        for place, row in enumerate(table.rows, 1):
            for path, cell in row.cells.items():
                yield _cell_row(number, table, place, row, path, kinds.get(path, CellKind.TEXT), cell)


def _cell_row(number: int, table: Table, place: int, row: Row, path: str, kind: CellKind, cell: Cell) -> Sequence[str]:
    keys = [getattr(row.key, name, None) or "" for name in _KEYS]
    money = (_digits(cell.amount.yuan), cell.amount.unit, str(cell.amount.decimals)) if cell.amount else ("", "", "")
    return (str(number), table.kind, inert(table.title), str(place), *map(inert, keys), inert(path), kind.value, inert(cell.text), *money)


def _narrative_rows(disclosure: Disclosure) -> Iterator[Sequence[str]]:
    for number, section in enumerate(disclosure.sections, 1):
        yield (str(number), str(section.level), inert(section.title), inert(section.text))


def _ledger_rows(ledger: Ledger, fiscal: int | None) -> Iterator[Sequence[str]]:
    """Lines with the year in full where the fiscal year is known."""
    for line in ledger.lines:
        values = {axis: str(getattr(line, axis)) for axis in AXES}
        if fiscal is not None:
            values["year"] = str(fiscal + int(line.year))
        yield (*(values[a] if a == "year" else inert(values[a]) for a in AXES), _digits(line.amount))


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def live(text: str) -> str:
    """The text that `inert` was given."""
    return text.removeprefix("'")


def _digits(yuan: Decimal) -> str:
    return f"{yuan:f}"


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()


def _descriptor(disclosure: Disclosure, title: str, day: date | None, tables: Mapping[str, tuple[Sequence[str], bytes]]) -> dict[str, Any]:
    year = disclosure.year
    return {
        "profile": "fiscal-data-package",
        "name": f"bumen-yusuan-{year or 'unknown'}",
        "title": title,
        "description": f"{disclosure.department or ''}公开的表格、文字和明细，金额单位为元。{_INERT}",
        **({"created": f"{day.isoformat()}T00:00:00Z"} if day else {}),
        "countryCode": "CN",
        **({"fiscalPeriod": {"start": f"{year}-01-01", "end": f"{year}-12-31"}} if year else {}),
        "resources": [
            *(_resource(name, heads, content) for name, (heads, content) in tables.items()),
            {
                "name": "disclosure",
                "path": "disclosure.json",
                "title": "公开文本",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
            },
        ],
    }


_RESOURCES = {"cells": "各表单元格", "narrative": "文字说明", "ledger": "明细账"}


def _resource(name: str, heads: Sequence[str], content: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"data/{name}.csv",
        "title": _RESOURCES[name],
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(name, head) for head in heads], "missingValues": [""]},
    }


def _field(resource: str, head: str) -> dict[str, str]:
    found = {
        "name": head,
        "type": _NUMBERS.get(head, "string"),
        "title": "支出类别" if (resource, head) == ("ledger", "kind") else _TITLES[head],
    }
    typed = resource == "ledger" or (resource == "cells" and (head in _KEYS or head == "amount"))
    return found | ({"columnType": _COLUMN_TYPES[head]} if typed and head in _COLUMN_TYPES else {})


@dataclass(frozen=True)
class DataPackage:
    """What an archive holds.

    Attributes:
        disclosure: from its JSON.
        rows: of each CSV file by name, prefixes taken off, by field.
        broken: files whose bytes are not those that the descriptor names.
    """

    disclosure: Disclosure
    rows: Mapping[str, Sequence[Mapping[str, str]]]
    broken: tuple[str, ...]


def read_data(data: bytes) -> DataPackage:
    """Read an archive of `write_data`.

    Raises:
        KeyError, ValueError: it is none.
    """
    rows: dict[str, Sequence[Mapping[str, str]]] = {}
    broken: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
        for resource in descriptor["resources"]:
            content = archive.read(resource["path"])
            if resource["format"] != "csv":
                continue
            if resource["hash"] != f"sha256:{hashlib.sha256(content).hexdigest()}" or resource["bytes"] != len(content):
                broken.append(resource["path"])
            read = csv.DictReader(io.StringIO(content.decode(), newline=""), restval="")
            rows[resource["name"]] = [{k: v if k in _NUMBERS else live(v) for k, v in row.items()} for row in read]
        disclosure = disclosure_from_json(json.loads(archive.read("disclosure.json")))
    return DataPackage(disclosure, rows, tuple(broken))


def data_differences(disclosure: Disclosure, ledger: Ledger | None, data: bytes) -> Iterator[Difference]:
    """What an archive says otherwise than the disclosure and the ledger that it was made from."""
    package = read_data(data)
    plain = without_places(disclosure)
    for path in package.broken:
        yield Difference("数据包", None, path, "与清单相符", "摘要不符")
    if package.disclosure != plain:
        yield Difference("数据包", None, "disclosure.json", "与公开文本相同", "读回不同")
    wanted = {"cells": (_CELLS, _cell_rows(plain)), "narrative": (_NARRATIVE, _narrative_rows(plain))}
    if ledger is not None:
        wanted["ledger"] = (_LEDGER, _ledger_rows(ledger, plain.year))
    for name, (heads, rows) in wanted.items():
        found = [tuple(row[h] for h in heads) for row in package.rows.get(name, ())]
        mine = [tuple(v if h in _NUMBERS else live(v) for h, v in zip(heads, row, strict=True)) for row in rows]
        for number, (own, read) in enumerate(zip(mine, found, strict=False), 1):
            if own != read:
                yield Difference(
                    _RESOURCES[name], number, "、".join(h for h, a, b in zip(heads, own, read, strict=True) if a != b), str(own), str(read)
                )
        if len(mine) != len(found):
            yield Difference(_RESOURCES[name], None, "行数", str(len(mine)), str(len(found)))

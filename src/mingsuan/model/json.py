"""Disclosures and reports as JSON: the shape that other tools rely on, and back.

The keys that `schema/read.schema.json` and `schema/check.schema.json` require are stable; further keys are there so that what was
read can be written and read again without loss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from mingsuan.amounts import UNITS, Amount, State
from mingsuan.model.claims import Claim, Role
from mingsuan.model.disclosure import Disclosure, Scope, Section, Stage, StockFact, Unit, Unrecognised
from mingsuan.model.json_places import Json, listed, place_from_json, place_to_json
from mingsuan.model.json_reports import report_from_json, report_to_json
from mingsuan.model.tables import Cell, CellKind, Column, Quantity, Row, RowKey, Table, Value

__all__ = ["Json", "disclosure_from_json", "disclosure_to_json", "report_from_json", "report_to_json"]


def disclosure_to_json(disclosure: Disclosure) -> Json:
    """A disclosure as `mingsuan read` writes it."""
    return {
        "department": disclosure.department,
        "region": disclosure.region,
        "year": disclosure.year,
        "stage": disclosure.stage.value,
        "scope": disclosure.scope.value,
        "dialect": disclosure.dialect,
        "tables": [_table(t) for t in disclosure.tables],
        "claims": [_claim(c) for c in disclosure.claims],
        "sections": [_section(s) for s in disclosure.sections],
        "stock": [_stock(s) for s in disclosure.stock],
        "units": [{"name": u.name, "own_books": u.own_books, "place": place_to_json(u.place)} for u in disclosure.units],
        "contents": list(disclosure.contents),
        "unrecognised": [{"what": u.what, "why": u.why, "place": place_to_json(u.place)} for u in disclosure.unrecognised],
    }


def disclosure_from_json(data: Mapping[str, Any]) -> Disclosure:
    """The disclosure that `disclosure_to_json` wrote.

    Raises:
        KeyError: a required key is missing.
        ValueError: a value is not of the form that the schema describes.
    """
    return Disclosure(
        department=data["department"],
        region=data["region"],
        year=data["year"],
        stage=Stage(data["stage"]),
        scope=Scope(data["scope"]),
        dialect=data["dialect"],
        tables=tuple(_read_table(t) for t in data["tables"]),
        claims=tuple(_read_claim(c) for c in data["claims"]),
        sections=tuple(_read_section(s) for s in data["sections"]),
        stock=tuple(_read_stock(s) for s in data["stock"]),
        units=tuple(Unit(u["name"], u["own_books"], place_from_json(u["place"])) for u in data.get("units", [])),
        contents=tuple(data.get("contents", [])),
        unrecognised=tuple(Unrecognised(u["what"], u["why"], place_from_json(u["place"])) for u in data["unrecognised"]),
    )


def _table(table: Table) -> Json:
    return {
        "kind": table.kind,
        "title": table.title,
        "unit": table.unit,
        "unit_inherited": table.unit_inherited,
        "columns": [c.path for c in table.columns],
        "column_kinds": [c.kind.value for c in table.columns],
        "column_forms": [c.form for c in table.columns],
        "rows": [{p: _cell(c, table.unit) for p, c in row.cells.items()} for row in table.rows],
        "row_keys": [_key(row.key) for row in table.rows],
        "decimals": table.decimals,
        "notes": list(table.notes),
        "repairs": list(table.repairs),
        "printed_for": None if table.printed_for is None else _cell(table.printed_for, None),
        "place": place_to_json(table.place),
    }


def _cell(cell: Cell, unit: str | None) -> Json:
    data: Json = {"text": cell.text}
    value = cell.value
    if isinstance(value, Amount):
        if unit is not None:
            data["yuan"] = _digits(value.yuan)
        if unit != value.unit:
            data["amount"] = {"value": f"{value.in_unit:f}", "unit": value.unit}
        data["decimals"] = value.decimals
    elif isinstance(value, State):
        data["state"] = value.value
    elif isinstance(value, Quantity):
        data["quantity"] = {"value": f"{value.value:f}", "unit": value.unit}
    elif isinstance(value, date):
        data["date"] = value.isoformat()
    data["place"] = place_to_json(cell.place)
    return data


def _digits(yuan: Decimal) -> str:
    """The exact digits, without zeros that say nothing."""
    text = f"{yuan:f}" if yuan else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _key(key: RowKey | None) -> Json | None:
    return None if key is None else {f.name: v for f in fields(RowKey) if (v := getattr(key, f.name)) is not None}


def _read_table(data: Mapping[str, Any]) -> Table:
    paths: Sequence[str] = data["columns"]
    kinds = data.get("column_kinds") or [CellKind.TEXT.value] * len(paths)
    forms = data.get("column_forms") or [None] * len(paths)
    return Table(
        kind=data["kind"],
        title=data["title"],
        unit=data["unit"],
        unit_inherited=data.get("unit_inherited", False),
        columns=tuple(Column(p, CellKind(k), f) for p, k, f in zip(paths, kinds, forms, strict=True)),
        rows=tuple(
            Row({p: _read_cell(c, data["unit"]) for p, c in row.items()}, None if key is None else RowKey(**key))
            for row, key in zip(data["rows"], data["row_keys"], strict=True)
        ),
        decimals=data.get("decimals", 0),
        notes=tuple(data.get("notes", [])),
        repairs=tuple(data.get("repairs", [])),
        printed_for=None if data.get("printed_for") is None else _read_cell(data["printed_for"], None),
        place=place_from_json(data.get("place", {})),
    )


def _read_cell(data: Mapping[str, Any], unit: str | None) -> Cell:
    return Cell(data["text"], place_from_json(data["place"]), _read_value(data, unit))


def _read_value(data: Mapping[str, Any], unit: str | None) -> Value:
    if "amount" in data:
        return _amount_of(data["amount"], data["decimals"])
    if "yuan" in data:
        return Amount(Decimal(data["yuan"]), str(unit), data.get("decimals", 0))
    if "state" in data:
        return State(data["state"])
    if "quantity" in data:
        return Quantity(Decimal(data["quantity"]["value"]), data["quantity"]["unit"])
    return date.fromisoformat(data["date"]) if "date" in data else None


def _amount_of(data: Mapping[str, Any], decimals: int) -> Amount:
    return Amount(Decimal(data["value"]) * UNITS[data["unit"]], data["unit"], decimals)


def _claim(claim: Claim) -> Json:
    return {
        "section": claim.section,
        "quote": claim.quote,
        "measure": claim.measure,
        "value": f"{claim.value:f}",
        "unit": claim.unit,
        "year": claim.year,
        "place": place_to_json(claim.place),
        "sentence": claim.sentence,
        "template": claim.template,
        "slot": claim.slot,
        "decimals": claim.decimals,
        "text": claim.text,
        "role": claim.role.value,
        "region": None if claim.region is None else [list(pair) for pair in claim.region],
        "relation": claim.relation,
        "links": [list(pair) for pair in claim.links],
        "direction": claim.direction,
        "scope": list(claim.scope),
    }


def _read_claim(data: Mapping[str, Any]) -> Claim:
    region = data.get("region")
    return Claim(
        section=data["section"],
        quote=data["quote"],
        measure=data["measure"],
        value=Decimal(data["value"]),
        unit=data["unit"],
        year=data["year"],
        place=place_from_json(data["place"]),
        sentence=data.get("sentence", 0),
        template=data.get("template"),
        slot=data.get("slot"),
        decimals=data.get("decimals", 0),
        text=data.get("text", ""),
        role=Role(data.get("role", Role.AMOUNT.value)),
        region=None if region is None else tuple((str(a), str(n)) for a, n in region),
        relation=data.get("relation"),
        links=tuple((str(name), int(index)) for name, index in data.get("links", [])),
        direction=data.get("direction"),
        scope=tuple(data.get("scope", [])),
    )


def _section(section: Section) -> Json:
    data = {f.name: getattr(section, f.name) for f in fields(Section) if f.name not in {"place", "origins"}}
    return {**data, "place": place_to_json(section.place), "origins": [[offset, place_to_json(place)] for offset, place in section.origins]}


def _read_section(data: Mapping[str, Any]) -> Section:
    known = {f.name: data[f.name] for f in fields(Section) if f.name in data and f.name not in {"place", "origins"}}
    origins = tuple((int(offset), place_from_json(place)) for offset, place in data.get("origins", []))
    return Section(**known, place=place_from_json(data["place"]), origins=origins)


def _stock(fact: StockFact) -> Json:
    data = {f.name: listed(getattr(fact, f.name)) for f in fields(StockFact) if f.name not in {"place", "value"}}
    return {**data, "value": None if fact.value is None else f"{fact.value:f}", "place": place_to_json(fact.place)}


def _read_stock(data: Mapping[str, Any]) -> StockFact:
    known = {f.name: data[f.name] for f in fields(StockFact) if f.name in data and f.name not in {"place", "value"}}
    value = None if data["value"] is None else Decimal(data["value"])
    return StockFact(**known, value=value, place=place_from_json(data["place"]))

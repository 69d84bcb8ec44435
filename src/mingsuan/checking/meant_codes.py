"""Malformed codes as they were meant, for the sums: CODE101 tells the code, and its row is to cause no second finding.

2010301 printed 201031 stands in no sum of 20103. What it was meant to be follows from its name: the document's own tables print it with
the code, or the official list does, and no more than a digit was left out, doubled or mistyped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mingsuan import codes
from mingsuan.checking.code_uses import name_columns
from mingsuan.dialects.names import bare
from mingsuan.model import Disclosure, Row, RowKey, Table

_FIELDS = {"function": "function", "department_economic": "department", "government_economic": "government"}
"""Classification → field of a row's key."""

Printed = Mapping[tuple[str, str], frozenset[str]]
"""(classification, bare name) → the well-formed codes that a document prints beside it."""


def as_meant(disclosure: Disclosure) -> Disclosure:
    """A disclosure whose rows stand for the codes that were meant where malformed ones are printed; the same one where none is."""
    bad = [n for n, table in enumerate(disclosure.tables) if any(map(_malformed, (r.key for r in table.rows if r.key)))]
    printed = _printed(disclosure) if bad else {}
    for number in bad:
        table = disclosure.tables[number]
        columns = name_columns(table)
        rows = tuple(_meant(row, columns, printed, disclosure.year) for row in table.rows)
        disclosure = disclosure.with_table(number, replace(table, rows=rows))
    return disclosure


def _malformed(key: RowKey) -> list[tuple[str, str]]:
    """The classifications and codes of a key that have not the digits that they must have."""
    found = ((kind, getattr(key, name)) for kind, name in _FIELDS.items())
    return [(kind, code) for kind, code in found if code and code.isdigit() and not _is_code(kind, code)]


def _is_code(kind: str, code: str) -> bool:
    """Whether a code has its digits; no level is numbered 00."""
    return codes.well_formed(kind, code) and "00" not in (code[3:5], code[5:7])


def _printed(disclosure: Disclosure) -> Printed:
    found: dict[tuple[str, str], set[str]] = {}
    for table in disclosure.tables:
        for kind, code, name in _named(table):
            if _is_code(kind, code):
                found.setdefault((kind, bare(name)), set()).add(code)
    return {key: frozenset(values) for key, values in found.items()}


def _named(table: Table) -> Iterator[tuple[str, str, str]]:
    columns = name_columns(table)
    for row in table.rows:
        for kind, field in _FIELDS.items():
            code = getattr(row.key, field) if row.key else None
            name = _name(row, kind, columns)
            if code and name:
                yield kind, code, name


def _name(row: Row, kind: str, columns: Mapping[str, str]) -> str:
    """The name that a row prints for a code: under its own heading, or the only one."""
    path = columns.get(kind) or (next(iter(columns.values())) if len(columns) == 1 else None)
    return row.text(path) if path else ""


def _meant(row: Row, columns: Mapping[str, str], printed: Printed, year: int | None) -> Row:
    for kind, code in _malformed(row.key) if row.key else ():
        name = _name(row, kind, columns)
        own = {c for c in printed.get((kind, bare(name)), ()) if one_slip_apart(code, c)} if name else set()
        wanted = own or {c.code for c in codes.find(kind, name, year) if one_slip_apart(code, c.code)} if name else own
        if len(wanted) == 1 and row.key:
            row = replace(row, key=replace(row.key, **{_FIELDS[kind]: wanted.pop()}))
    return row


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a digit was left out, put in or mistyped."""
    short, long = sorted((one, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short != long and short[at + 1 :] == long[at + 1 :]
    return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]

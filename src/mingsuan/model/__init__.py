"""The vocabulary of DESIGN.md, section 1, as frozen values with JSON in and out."""

from mingsuan.model.claims import Claim
from mingsuan.model.disclosure import OTHER_TEXT, Disclosure, Scope, Section, Stage, StockFact, Unit, Unrecognised
from mingsuan.model.findings import WHOLE_TEXT, Finding, Level, Receipt, Repair, Report, Side, Status, Waived, Waiver
from mingsuan.model.tables import Cell, CellKind, Column, Quantity, Row, RowKey, Table, Value

__all__ = [
    "OTHER_TEXT",
    "WHOLE_TEXT",
    "Cell",
    "CellKind",
    "Claim",
    "Column",
    "Disclosure",
    "Finding",
    "Level",
    "Quantity",
    "Receipt",
    "Repair",
    "Report",
    "Row",
    "RowKey",
    "Scope",
    "Section",
    "Side",
    "Stage",
    "Status",
    "StockFact",
    "Table",
    "Unit",
    "Unrecognised",
    "Value",
    "Waived",
    "Waiver",
]

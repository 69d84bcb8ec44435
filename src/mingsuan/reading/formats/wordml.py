"""WordprocessingML: the names of its elements, and what can be asked of the properties of any of them."""

from __future__ import annotations

from lxml import etree

from mingsuan.reading.formats.grids import MAX_COLUMNS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
P, TBL, TR, TC, R, T = (W + tag for tag in ("p", "tbl", "tr", "tc", "r", "t"))
PPR, RPR, TRPR, TCPR = (W + tag for tag in ("pPr", "rPr", "trPr", "tcPr"))
GONE = {
    W + tag
    for tag in ("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "rt", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
}
"""Elements whose text is not shown."""
MAX_DEPTH = 60
"""Nesting of tables, text boxes and wrappers that is followed."""
OFF = ("0", "false", "off", "none")


def properties_of(element: etree._Element, tag: str) -> etree._Element | None:
    """The properties of a paragraph, run or cell, which the standard puts first."""
    return first if len(element) and (first := element[0]).tag == tag else None


def value_of(parent: etree._Element | None, tag: str) -> str | None:
    """The value of a child that says one thing."""
    child = parent.find(W + tag) if parent is not None else None
    return child.get(VAL) if child is not None else None


def is_on(properties: etree._Element | None, tag: str) -> bool:
    """Whether a property that is either on or off is on."""
    found = properties.find(W + tag) if properties is not None else None
    return found is not None and found.get(VAL, "1") not in OFF


def whole(value: str | None, most: int = MAX_COLUMNS) -> int:
    """A whole number of five digits at the most, 0 where there is none."""
    return min(int(value), most) if value is not None and value.isdecimal() and len(value) < 6 else 0

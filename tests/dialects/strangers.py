"""Tables of departments that no dialect is written for: read whole, holding what they state, a slip in them found."""

from __future__ import annotations

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.model import Disclosure, Level
from tests.reading.tabular import disclosure, grid

BUDGET = "某某省示例市示例局2024年部门预算"
FINAL = "某某省示例市示例局2023年度部门决算"


def told(found: Disclosure) -> list[str]:
    """The messages of what is said of figures, of whatever level but the lowest."""
    assert found.dialect is not None
    findings = check(found, load(found.dialect)).findings
    return [f.message for f in findings if f.level is not Level.INFO and f.code.startswith("FIG")]


def strange(found: Disclosure) -> object:
    """The lines of a disclosure's tables that its forms do not know."""
    assert found.dialect is not None
    return understand(found, load(found.dialect)).unknown


def assert_read_whole_and_checked(title: str, text: str, kind: str, right: str, wrong: str) -> None:
    """A disclosure of one table is read with a form without rest; nothing is said of it, but something where `right` is printed `wrong`."""
    found = disclosure(text, title=title)
    (table,) = found.tables
    assert table.kind == kind
    assert not found.unrecognised
    assert strange(found) == ()
    assert told(found) == []
    changed = text.replace(grid(right), grid(wrong), 1)
    assert changed != text
    assert told(disclosure(changed, title=title)) != []

"""The numbers of a disclosure under names that stay, which of them changed since an earlier check, and whether a finding asked for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from mingsuan.checking.telling.cell_names import parted, quoted
from mingsuan.model import Disclosure, Finding, Table
from mingsuan.patterns import regex
from mingsuan.values import dataclass

_STATED = "叙述“"
_NUMBER = regex(r"\d[\d,，]*(?:\.\d+)?")
_WHERE = regex(r"(?P<table>《.*?》(?:之\d+)?)·(?P<row>.*)#(?P<nth>\d+)·(?P<column>[^·]*)\Z", re.DOTALL)
_STATEMENT = regex(r"叙述“(?P<section>.*)”(?P<measure>[^”]*?)(?P<year>(?:\d{4})?)#\d+\Z", re.DOTALL)

_CODE = regex(r"^[\d→]*")
"""Codes before the name of a row."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number that is printed otherwise than before; "" where it is not printed.

    Attributes:
        where: table, row and column, or the paragraph that states it, as `numbers` names it.
        expected: a finding that is gone was about it.
        wanted: what that finding asked for, where it is something else; "" otherwise.
    """

    where: str
    before: str
    after: str
    expected: bool
    wanted: str = ""

    @property
    def name(self) -> str:
        """Where it stands, for a reader."""
        return told(self.where)


def numbers(disclosure: Disclosure) -> dict[str, str]:
    """Every printed number of a disclosure under a name that stays when other rows come and go: table, row and column; or statement."""
    found: dict[str, str] = {}
    titles: Counter[str] = Counter()
    for table in disclosure.tables:
        titles[table.kind] += 1
        name = f"《{table.title}》" + (f"之{titles[table.kind]}" if titles[table.kind] > 1 else "")
        found.update((f"{name}{where}", text) for where, text in _cells(table))
    statements: Counter[str] = Counter()
    for claim in disclosure.claims:
        where = f"{_STATED}{claim.section}”{claim.measure}{claim.year or ''}"
        statements[where] += 1
        found[f"{where}#{statements[where]}"] = f"{claim.value}{claim.unit}"
    return found


def _cells(table: Table) -> Iterator[tuple[str, str]]:
    rows: Counter[str] = Counter()
    for row in table.rows:
        own = [cell.text for path, cell in row.cells.items() if cell.amount is None and not path.endswith("金额")]
        key = "·".join(filter(None, (str(row.key.unit or ""), *own))) if row.key else "·".join(own)
        rows[key] += 1
        for path, cell in row.cells.items():
            if cell.amount is not None:
                yield f"·{key}#{rows[key]}·{path}", cell.text


def told(where: str) -> str:
    """A name that `numbers` gives, as a reader would say it."""
    if cell := _WHERE.match(where):
        words = list(dict.fromkeys(cell["row"].split("·")))
        same = f"（同名的第{cell['nth']}行）" if cell["nth"] != "1" else ""
        return f"{cell['table']}{quoted(' '.join(words))}行{same}{quoted(cell['column'])}列"
    if stated := _STATEMENT.match(where):
        year = f"（{stated['year']}年）" if stated["year"] else ""
        return f"说明{quoted(stated['section'].rpartition('/')[2])}里的{stated['measure'] or '一个数'}{year}"
    return where


def changes(before: Mapping[str, str], after: Mapping[str, str], gone: Sequence[Finding]) -> Iterator[Change]:
    """The numbers that changed, in the order of the earlier version; what was only renamed is no change."""
    asked = list(_asked(gone))
    found = {where: (before.get(where, ""), after.get(where, "")) for where in dict.fromkeys((*before, *after))}
    changed = {where: pair for where, pair in found.items() if _digits(pair[0]) != _digits(pair[1])}
    renamed = _renamed(changed, before, after)
    for where, (old, new) in changed.items():
        if where not in renamed:
            requests = [one for one in asked if one.is_about(where, old)]
            wanted = [one for one in requests if one.after]
            missed = wanted[0].after if wanted and not any(_values(one.after) == _values(new) for one in wanted) else ""
            yield Change(where, old, new, bool(requests), missed)


class _Request(NamedTuple):
    """What a finding says of a number: its name in the finding, what was printed there, what should be ("" where it does not say)."""

    label: str
    before: str
    after: str

    def is_about(self, where: str, old: str) -> bool:
        """Whether a number with its old text is meant."""
        cell = parted(self.label)
        if cell is not None:
            here = where.startswith(cell.table) and (not cell.column or where.endswith(f"·{cell.column}"))
            if not old:  # one blank is like another: the row must be the same
                return here and not _values(self.before) and _CODE.sub("", cell.row) in where.replace("·", "")
            return here and (_values(old) == _values(self.before) if self.after else _values(old) <= _values(self.before))
        if self.label.startswith("《"):
            return _covers(self.label, where)
        return bool(old) and _values(old) <= _values(self.before)


def _asked(gone: Iterable[Finding]) -> Iterator[_Request]:
    for finding in gone:
        for repair in finding.repairs:
            # A slip of many cells is one repair that tells its first number only.
            known = parted(repair.label) is not None or not repair.label.startswith("《")
            yield _Request(repair.label, repair.before, repair.after if known else "")
        yield from (_Request(side.label, side.text, "") for side in finding.sides)


def _covers(label: str, where: str) -> bool:
    """Whether a slip of a whole table, of columns or of rows, as a repair names it, takes in a number."""
    table, _, extent = label.partition("》")
    cell = _WHERE.match(where)
    if cell is None or cell["table"] != f"{table}》":
        return False
    names = re.findall("“([^”]*)”", extent)
    if extent.endswith("列"):
        return cell["column"] in names
    if extent.endswith("行"):
        return any(_CODE.sub("", name) in cell["row"] for name in names)
    return extent.startswith("全部")


def _renamed(changed: Mapping[str, tuple[str, str]], before: Mapping[str, str], after: Mapping[str, str]) -> Set[str]:
    """Numbers that only stand under another name: their row's name was changed, or their statement is understood otherwise."""
    rows_before, rows_after = {_place(where)[1] for where in before}, {_place(where)[1] for where in after}
    came: dict[tuple[str, str], list[str]] = {}
    for where, (old, new) in changed.items():
        frame, row = _place(where)
        if not old and row not in rows_before:
            came.setdefault((frame, _digits(new)), []).append(where)
    found: set[str] = set()
    for where, (old, new) in changed.items():
        frame, row = _place(where)
        if not new and row not in rows_after and came.get((frame, _digits(old))):
            found |= {where, came[frame, _digits(old)].pop(0)}
    return found


def _place(where: str) -> tuple[str, str]:
    """What stays when a row or a statement is named otherwise, and what does not."""
    if cell := _WHERE.match(where):
        return f"{cell['table']}·{cell['column']}", f"{cell['table']}·{cell['row']}#{cell['nth']}"
    return where.partition("”")[0], where


def _digits(text: str) -> str:
    """A number as it counts: without separators and white space."""
    return text.replace(",", "").replace("，", "").replace(" ", "")


def _values(text: str) -> frozenset[str]:
    """The numbers in a text, however many zeros they end in."""
    found = (digits.replace(",", "").replace("，", "") for digits in _NUMBER.findall(text))
    return frozenset(one.rstrip("0").rstrip(".") if "." in one else one for one in found)

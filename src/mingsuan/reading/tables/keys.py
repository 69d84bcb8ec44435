"""What a row stands for: full codes from its own cells and from the merged cells over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from mingsuan.codes.lookalikes import digits_meant
from mingsuan.dialects.forms import ColumnDef
from mingsuan.dialects.names import bare
from mingsuan.model import RowKey
from mingsuan.reading.tables.content import Look, look
from mingsuan.values import dataclass

_CHAINS = ("function", "department", "government")
LEADING = {"function": "2", "department": "3", "government": "5"}
"""First digit of the codes of each classification (Ministry of Finance, 政府收支分类科目)."""
_LONGEST_UNIT = 9
"""Digits of the longest unit code; project codes have twenty or so."""


@dataclass(frozen=True)
class Units:
    """The units that a document names with their codes.

    Attributes:
        names: code → bare name.
    """

    names: Mapping[str, str] = field(default_factory=dict)

    def code(self, name: str) -> str | None:
        """The code of a unit given by name, the lower unit's if it shares the department's name."""
        codes = [c for c, n in self.names.items() if n == bare(name)]
        return max(codes, key=len) if codes else None

    def knows(self, code: str) -> bool:
        """Whether a code is one of a unit."""
        return code in self.names

    def extended(self, found: Iterable[tuple[str, str]]) -> Units:
        """With further (code, name) pairs; what is known stays."""
        return Units({**{c: bare(n) for c, n in found}, **self.names})


@dataclass
class KeyReader:
    """Reads the keys of a table's rows from top to bottom.

    Attributes:
        columns: leaf columns by the path under which a row's texts are given.
        units: codes and names of units.
        repairs: codes that were put right, a sentence each.
    """

    columns: Mapping[str, ColumnDef]
    units: Units
    repairs: list[str] = field(default_factory=list)
    _above: dict[str, list[str]] = field(default_factory=dict)
    _project: str | None = None

    def read(self, texts: Mapping[str, str]) -> RowKey | None:
        """The key of the next row, None for totals and rows without any; letters in codes stand for the digits that they look like."""
        texts = {p: digits_meant(t) if p in self.columns and self.columns[p].key in _CHAINS else t for p, t in texts.items()}
        labels = [t for p, t in texts.items() if t and self._is_label(p)]
        if any(look(t) is Look.TOTAL for t in labels or texts.values()):
            return None
        unit = self._own_unit(texts)
        if unit is not None:
            self._above.clear()
            self._project = None
            return RowKey(unit=unit)
        before = "".join(self._above.get("function", []))
        codes = {chain: self._code(chain, texts) for chain in _CHAINS}
        if codes["government"] and not codes["department"]:
            codes["department"] = "".join(self._above.get("department", [])) or None
        listed = self._project_under(before, codes["function"], texts)
        project = listed or self._project_of(texts)
        codes["function"] = codes["function"] or (before if listed else None)
        beside = (self._unit_by_name(texts) if project else None) or (None if project and not listed else self._unit_beside(texts))
        key = RowKey(beside, codes["function"], codes["department"], codes["government"], project)
        return key if key else None

    def _is_label(self, path: str) -> bool:
        column = self.columns.get(path)
        return column is not None and column.key != "" and column.key != "kind"

    def _own_unit(self, texts: Mapping[str, str]) -> str | None:
        """The unit whose own row this is: its code stands in a unit column, or in a column of another key."""
        coded = [(self.columns[p].key, t) for p, t in texts.items() if p in self.columns and self.columns[p].key and look(t) is Look.DIGITS]
        own = next((t for key, t in coded if key in {"unit", "unit_or_project"} and self._is_unit(t)), None)
        if own is not None:
            return own if not any(key in _CHAINS for key, _ in coded) else None
        if len(coded) != 1:
            return None
        key, text = coded[0]
        if key in _CHAINS:
            foreign = not text.startswith(LEADING[key]) or (len(text) in {6, 9} and key != "unit")
            return text if len(text) >= 3 and (self.units.knows(text) or foreign) and self._is_named(texts, text) else None
        return text if key == "project_name" and len(text) <= _LONGEST_UNIT and len(text) >= 3 else None

    def _is_unit(self, text: str) -> bool:
        return self.units.knows(text) or len(text) <= _LONGEST_UNIT

    def _is_named(self, texts: Mapping[str, str], code: str) -> bool:
        """Whether a row's name does not contradict that its code is a unit's."""
        known = self.units.names.get(code)
        names = [t for p, t in texts.items() if p in self.columns and self.columns[p].key == "name"]
        return known is None or not names or any(bare(n) == known for n in names) or len(code) > 5

    def _code(self, chain: str, texts: Mapping[str, str]) -> str | None:
        """The code of one classification: its parts joined, merged parts over it filled in."""
        paths = [p for p, c in self.columns.items() if c.key == chain]
        if not paths:
            return None
        whole = next((p for p in paths if not self.columns[p].digits), None)
        first = next((texts.get(p, "") for p in paths if self.columns[p].digits), "")
        if whole is not None and first and texts.get(whole, "").startswith(first):
            paths = [whole]  # printed once whole and once in parts
        printed = [texts.get(p, "") for p in paths]
        if not any(look(t) is Look.DIGITS for t in printed):
            return None
        above = self._above.get(chain, [])
        parts = self._whole(chain, [self.columns[p].digits for p in paths], printed, above)
        last = max(n for n, t in enumerate(parts) if t)
        full = [t if t or n >= len(above) or n > last else above[n] for n, t in enumerate(parts)]
        self._above[chain] = full[: last + 1]
        return _joined(full[: last + 1])

    def _whole(self, chain: str, digits: Sequence[int], printed: Sequence[str], above: Sequence[str]) -> list[str]:
        """The parts of a code with a lost leading zero restored, and with the class of the row above where its own cannot be one.

        A class is three digits of which the classification gives the first; one that is not, over the same section as in the row
        above, is a slip of the pen.
        """
        parts = list(printed)
        for n in range(1, len(parts)):
            width = digits[n] - digits[n - 1]
            if digits[n] and len(parts[n]) < width and look(parts[n]) is Look.DIGITS:
                parts[n] = parts[n].zfill(width)
        is_class = len(parts[0]) == digits[0] and parts[0].startswith(LEADING[chain])
        if parts[0] and digits[0] and not is_class and len(parts[0]) <= digits[0] and len(above) > 1 and parts[1:2] == above[1:2]:
            parts[0] = above[0]
        if parts != list(printed):
            self.repairs.append(f"科目编码“{' '.join(filter(None, printed))}”按上下行和位数读作“{' '.join(filter(None, parts))}”")
        return parts

    def _project_of(self, texts: Mapping[str, str]) -> str | None:
        for path, column in self.columns.items():
            text = texts.get(path, "")
            if column.key == "unit_or_project":
                self._project = text or self._project
                return self._project
            if column.key == "project_name":
                self._project = text or self._project
                return self._project
        return None

    def _project_under(self, above: str, own: str | None, texts: Mapping[str, str]) -> str | None:
        """The project of a line in a list of classes and their projects: it prints no code, or that of the class above once more."""
        path = next((p for p, c in self.columns.items() if c.key == "class_or_project"), None)
        return texts.get(path) or None if path is not None and above and own in (None, above) else None

    def _unit_beside(self, texts: Mapping[str, str]) -> str | None:
        """The unit code that a row prints beside its class."""
        return next((texts[p] for p, c in self.columns.items() if c.key == "unit" and look(texts.get(p, "")) is Look.DIGITS), None)

    def _unit_by_name(self, texts: Mapping[str, str]) -> str | None:
        name = next((texts.get(p, "") for p, c in self.columns.items() if c.key == "unit_name"), "")
        return self.units.code(name) if name else None


def _joined(parts: Iterable[str]) -> str:
    """Codes joined from their parts; a part that already holds those before it replaces them."""
    code = ""
    for part in parts:
        code = part if code and part.startswith(code) and len(part) > len(code) else code + part
    return code

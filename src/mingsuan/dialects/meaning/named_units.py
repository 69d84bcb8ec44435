"""Lists of units that print names and no codes: a line stands for the unit of that name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from mingsuan.dialects.forms import Listed
from mingsuan.dialects.meaning.block import FoundBlock
from mingsuan.dialects.meaning.figures import RowMeaning
from mingsuan.dialects.names import bare
from mingsuan.ledger import WHOLE, Box
from mingsuan.ledger.trees import Selection
from mingsuan.model import Row
from mingsuan.values import dataclass

_OTHER_KEYS = frozenset({"function", "department", "government", "unit", "project", "project_name", "unit_or_project", "class_or_project"})
_OTHER_NAMES = ("科目", "项目")
"""Words in the heading of a column of names that are not units' alone."""
_SUBTOTAL = "小计"
_FEW = 4
"""Of how many amounts one may be misprinted in the department's own line."""


@dataclass(frozen=True)
class NamedUnits:
    """The lines of a list of units that tells them by name alone.

    Attributes:
        found: the list.
        listed: what the form says of its lines.
        path: the printed column of names, "" where other keys tell the lines apart.
        of_units: its heading says that the names are those of units.
    """

    found: FoundBlock
    listed: Listed
    path: str
    of_units: bool

    @classmethod
    def of(cls, found: FoundBlock, listed: Listed) -> NamedUnits:
        """The list, with its column of names where nothing else tells its lines apart."""
        path = found.paths_by_key.get("name", "")
        heading = path.rpartition("/")[2]
        alone = "unit" in listed.axes and not _OTHER_KEYS & {key.partition(":")[0] for key in found.paths_by_key}
        of_units = ("单位" in heading or "部门" in heading) and not any(word in heading for word in _OTHER_NAMES)
        return cls(found, listed, path if alone else "", of_units)

    def meaning(self, number: int, row: Row) -> RowMeaning | None:
        """What a line stands for; None where it names no unit.

        The department's own line over its units bears the amounts of the total; a line without others is the whole.
        """
        if not self.path:
            return None
        if self._is_alone:
            return RowMeaning(number, f"#{number}", bare(row.text(self.path)), WHOLE, True)
        name = bare(row.text(self.path)) if self.of_units else ""
        if not name or _SUBTOTAL in name:
            return None
        if self._is_whole(row):
            return RowMeaning(number, f"#{number}", name, WHOLE, True)
        code = self.found.context.units.get(name)
        own = self.found.context.unit(code) if code else Selection(((self._codes[name], True),))
        return RowMeaning(number, name, name, Box.of({"unit": own}), False)

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """Codes of their own for names that no table gives one, none of which begins another."""
        names = dict.fromkeys(bare(row.text(self.path)) for row in self.found.table.rows)
        return {name: f"#{number:02d}" for number, name in enumerate(names)}

    @cached_property
    def _is_alone(self) -> bool:
        return sum(self.found.has_amount(row) for row in self.found.table.rows) == 1

    @cached_property
    def _total(self) -> Row | None:
        return next((row for row in self.found.table.rows if bare(row.text(self.path)) in self.listed.totals), None)

    def _is_whole(self, row: Row) -> bool:
        """Whether the amounts of a line are those of the total, but for a misprint."""
        if self._total is None:
            return False
        differ = [self._yuan(row, path) != whole for path in self._money if (whole := self._yuan(self._total, path))]
        return bool(differ) and _FEW * sum(differ) <= len(differ)

    @cached_property
    def _money(self) -> list[str]:
        return [column.path for column in self.found.money.values()]

    @staticmethod
    def _yuan(row: Row, path: str) -> Decimal | None:
        amount = row.cells[path].amount if path in row.cells else None
        return amount.yuan if amount is not None else None

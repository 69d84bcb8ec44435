"""A dialect: what an authority prescribes for given years, read from one folder that may extend another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path

from mingsuan.dialects.forms import Form
from mingsuan.kept import kept
from mingsuan.ledger import Axes, Box
from mingsuan.ledger.trees import Selection
from mingsuan.model import Stage
from mingsuan.values import dataclass

BUNDLED = Path(__file__).parent / "data"
"""The dialects that ship with the package."""
NEEDED = {"use": "支出", "measure": "年初预算"}
"""Nodes that every dialect has: what a class or kind implies, and what a form means that names no measure."""
MEASURES = {Stage.FINAL_ACCOUNT.value: "决算"}
"""What a form means that names no measure, at stages where that is not 年初预算."""


@dataclass(frozen=True)
class TableDuty:
    """A table that the dialect requires.

    Attributes:
        kind: of the form.
        since, until: fiscal years.
        required: an absence is a finding, not only a receipt.
    """

    kind: str
    since: int | None = None
    until: int | None = None
    required: bool = True


@dataclass(frozen=True)
class Convention:
    """A custom of the authority: regions whose amounts usually agree. At most a warning, never a constraint.

    Attributes:
        id: stable name.
        text: what agrees, in Chinese.
        left: a region.
        right: alternatives, any of which may agree.
        basis: where the authority states it.
        since, until: fiscal years.
        part: the left may be a part of the right only (the departments' offices without their institutions): less is no more than a hint.
    """

    id: str
    text: str
    left: Box
    right: tuple[Box, ...]
    basis: str
    since: int | None = None
    until: int | None = None
    part: bool = False

    def in_year(self, year: int | None) -> bool:
        """Whether the custom holds in a fiscal year."""
        return year is None or ((self.since is None or self.since <= year) and (self.until is None or year <= self.until))


@dataclass(frozen=True)
class Dialect:
    """Forms, sections, conventions and obligations of an authority for given years."""

    name: str
    title: str
    axes: Axes
    forms: tuple[Form, ...]
    since: int | None = None
    until: int | None = None
    regions: tuple[str, ...] = ()
    stage: str = "budget"
    absent: tuple[Box, ...] = ()
    tables: tuple[TableDuty, ...] = ()
    sections: tuple[str, ...] = ()
    conventions: tuple[Convention, ...] = ()
    folders: tuple[Path, ...] = ()
    general: bool = False

    @cached_property
    def by_kind(self) -> Mapping[str, Form]:
        """The forms by kind."""
        return {f.kind: f for f in self.forms}

    @cached_property
    def meant(self) -> Box:
        """What a form or sentence means that does not say of which year and measure its amounts are."""
        measure = MEASURES.get(self.stage, NEEDED["measure"])
        return Box.of({"year": Selection((("0", True),)), "measure": Selection(((measure, True),))})

    def in_year(self, year: int | None) -> bool:
        """Whether the dialect is in force in a fiscal year."""
        return year is None or ((self.since is None or self.since <= year) and (self.until is None or year <= self.until))

    def stands_in(self, region: str | None, year: int | None) -> bool:
        """Whether its forms stand in for those of another authority or year: a table may mean something else than they say."""
        own = region is not None and any(region.startswith(r) for r in self.regions)
        return self.general or not own or not self.in_year(year)


def names(root: Path = BUNDLED) -> tuple[str, ...]:
    """The names of all dialects in a folder, without those that only hold what others have in common."""
    if root == BUNDLED:
        return tuple(_bundled())
    from mingsuan.dialects.loading.dialect import names as read_names

    return read_names(root)


@lru_cache(maxsize=64)
def load(name: str, root: Path = BUNDLED) -> Dialect:
    """Read and validate a dialect.

    Raises:
        DialectError: the data is wrong.
    """
    if root == BUNDLED and name in _bundled():
        return _bundled()[name]
    from mingsuan.dialects.loading.dialect import read_dialect

    return read_dialect(name, root)


@cache
def _bundled() -> Mapping[str, Dialect]:
    return kept("dialects", _read_bundled)


def _read_bundled() -> Mapping[str, Dialect]:
    from mingsuan.dialects.loading.dialect import names as read_names
    from mingsuan.dialects.loading.dialect import read_dialect

    return {name: read_dialect(name, BUNDLED) for name in read_names(BUNDLED)}


def all_dialects(root: Path = BUNDLED) -> tuple[Dialect, ...]:
    """Every dialect of a folder, most general first."""
    return tuple(sorted((load(n, root) for n in names(root)), key=lambda d: len(d.folders)))

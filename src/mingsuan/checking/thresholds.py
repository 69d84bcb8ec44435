"""Limits that rules compare with: dated data with the source of each, an authority's own before the general ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.loading.written import mapping, sequence
from mingsuan.kept import PACKAGE, kept
from mingsuan.values import dataclass

FILE = "thresholds.yaml"
_WORDS = {"since", "until", "value", "unit", "basis"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit.

    Attributes:
        value: in `unit`.
        unit: 天, %, 万元 …
        basis: who sets it.
        since, until: fiscal years in which it holds.
    """

    value: Decimal
    unit: str
    basis: str
    since: int | None = None
    until: int | None = None

    def holds(self, year: int | None) -> bool:
        """Whether it holds in a fiscal year; where none is known, the one without an end does."""
        if year is None:
            return self.until is None
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def __str__(self) -> str:
        return f"{self.value.normalize():f}{self.unit}"


def threshold(name: str, year: int | None, folders: Sequence[Path] = ()) -> Threshold | None:
    """The limit of a name in a fiscal year, None where there is none; `folders` are those of the dialect, the most general first.

    Raises:
        DialectError: a file of a dialect is not of the form above.
    """
    for folder in (*reversed(folders), Path(__file__).parent):
        found = next((t for t in _limits(folder).get(name, ()) if t.holds(year)), None)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=64)
def _limits(folder: Path) -> Mapping[str, tuple[Threshold, ...]]:
    path = folder / FILE
    if not path.is_file():
        return {}
    return kept(f"limits-{folder.name}", lambda: _read_limits(path)) if PACKAGE in folder.parents else _read_limits(path)


def _read_limits(path: Path) -> Mapping[str, tuple[Threshold, ...]]:
    import yaml

    shown = f"{path.parent.name}/{FILE}"
    try:
        written = mapping(shown, "", yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise DialectError(shown, "", f"不是合法的 YAML（{error}）", "检查缩进和冒号") from None
    return {name: tuple(_read(shown, name, entry) for entry in sequence(shown, name, value)) for name, value in written.items()}


def _read(file: str, name: str, written: object) -> Threshold:
    entry = mapping(file, name, written)
    if not {"value", "basis"} <= set(entry) <= _WORDS:
        raise DialectError(file, name, "应有 value 和 basis，另可有 unit、since、until", "照 checking/thresholds.yaml 的写法")
    try:
        value = Decimal(str(entry["value"]))
    except InvalidOperation:
        raise DialectError(file, name, f"value“{entry['value']}”不是数", "填数字，单位写在 unit") from None
    return Threshold(value, str(entry.get("unit", "")), str(entry["basis"]), entry.get("since"), entry.get("until"))

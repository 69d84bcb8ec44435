"""The lookup over the official classifications, with the user's own lists in front of the bundled ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from mingsuan.codes import correspondence
from mingsuan.codes.classification import Classification, Code, ancestors, bundled, classification
from mingsuan.codes.correspondence import government_for, governments_for, pair_known
from mingsuan.codes.naming import Rename, aliases, normalise, renames_by_code, unqualified
from mingsuan.codes.userlist import UserList

__all__ = ["Codes", "find", "government_for", "governments_for", "lookup", "name_agrees", "names", "pair_known", "parents", "renames"]


class Codes:
    """Lookups over the bundled data and any lists of the user's own, of which earlier ones win.

    Every method that takes `kind` raises `UnknownClassificationError` if there is no such classification; no code, name or year raises.
    """

    def __init__(self, user_lists: Iterable[UserList] = ()) -> None:
        """Put `user_lists` before the bundled data."""
        self._user_lists = tuple(user_lists)
        self._name_indexes: dict[Classification, Mapping[str, Sequence[Code]]] = {}

    @cached_property
    def _user_rows(self) -> Mapping[tuple[Classification, str], Sequence[Code]]:
        rows: dict[tuple[Classification, str], list[Code]] = {}
        for user_list in self._user_lists:
            for row in user_list.rows:
                rows.setdefault((user_list.kind, row.code), []).append(row)
        return rows

    def _rows(self, kind: Classification, code: str) -> Iterator[Code]:
        """Every row of a code, the one that counts in a year before those it overrides."""
        yield from self._user_rows.get((kind, code), ())
        yield from bundled(kind).get(code, ())

    def lookup(self, kind: str, code: str, year: int) -> Code | None:
        """What the code is called in the year; None if it is unknown, not yet opened or closed by then."""
        return next((row for row in self._rows(classification(kind), code) if row.holds_in(year)), None)

    def names(self, kind: str, code: str) -> tuple[str, ...]:
        """Every official name that the code has or had, without repetition, the newest first."""
        return tuple(dict.fromkeys(row.name for row in self._rows(classification(kind), code)))

    def parents(self, kind: str, code: str) -> tuple[str, ...]:
        """The codes above a code, the 类 first, by its digits: 2010301 → 201, 20103; known or not."""
        classification(kind)
        return ancestors(code)

    def find(self, kind: str, name: str, year: int | None = None) -> tuple[Code, ...]:
        """The codes that a printed name may mean, higher levels first.

        Names are compared by `normalise`. With a year, the names that hold in it are preferred; if there are none, the aliases that
        disclosures print, as the code is called in the year; and last the names of other years as they were, whose `since` and `until`
        say so (医疗卫生与计划生育支出 in 2021 gives 210 until 2018, a retired row). Without a year, all of them.
        """
        owner, key = classification(kind), normalise(name)
        named = self._names(owner).get(key, ())
        meant = [row for code in aliases(owner).get(key, ()) for row in self._rows(owner, code)]
        if year is None:
            return _ordered((*named, *meant))
        current = [row for row in named if row is self.lookup(owner, row.code, year)]
        return _ordered(current or [row for row in meant if row is self.lookup(owner, row.code, year)] or named)

    def name_agrees(self, kind: str, code: str, name: str) -> bool:
        """Whether a printed name is one of the code's names, past ones and aliases included, also with a closing bracket of context.

        "行政运行（政府办公厅（室）及相关机构）" agrees with 2010301. False for a code without known names: ask `names` first.
        """
        owner, key = classification(kind), normalise(name)
        known = {normalise(official) for official in self.names(owner, code)}
        return key in known or unqualified(key) in known or code in aliases(owner).get(key, ())

    def renames(self, code: str) -> tuple[Rename, ...]:
        """When a function class was opened, renamed or closed, oldest first; empty if nothing is known."""
        return renames_by_code().get(code, ())

    def government_for(self, department_code: str, nature: str) -> str | None:
        """As `correspondence.government_for`."""
        return correspondence.government_for(department_code, nature)

    def governments_for(self, department_code: str) -> frozenset[str]:
        """As `correspondence.governments_for`."""
        return correspondence.governments_for(department_code)

    def pair_known(self, department: str, government: str) -> bool:
        """As `correspondence.pair_known`."""
        return correspondence.pair_known(department, government)

    def _names(self, kind: Classification) -> Mapping[str, Sequence[Code]]:
        """Rows by normalised name, built when first asked for."""
        if kind not in self._name_indexes:
            user = [row for (owner, _), rows in self._user_rows.items() if owner == kind for row in rows]
            self._name_indexes[kind] = _by_name((*user, *(row for rows in bundled(kind).values() for row in rows)))
        return self._name_indexes[kind]


def _by_name(rows: Iterable[Code]) -> Mapping[str, Sequence[Code]]:
    index: dict[str, list[Code]] = {}
    for row in rows:
        index.setdefault(normalise(row.name), []).append(row)
    return index


def _ordered(rows: Iterable[Code]) -> tuple[Code, ...]:
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: (len(row.code), row.code)))


@cache
def _default() -> Codes:
    return Codes()


def lookup(kind: str, code: str, year: int) -> Code | None:
    """As `Codes.lookup`, from the bundled data."""
    return _default().lookup(kind, code, year)


def names(kind: str, code: str) -> tuple[str, ...]:
    """As `Codes.names`, from the bundled data."""
    return _default().names(kind, code)


def parents(kind: str, code: str) -> tuple[str, ...]:
    """As `Codes.parents`."""
    return _default().parents(kind, code)


def find(kind: str, name: str, year: int | None = None) -> tuple[Code, ...]:
    """As `Codes.find`, from the bundled data."""
    return _default().find(kind, name, year)


def name_agrees(kind: str, code: str, name: str) -> bool:
    """As `Codes.name_agrees`, from the bundled data."""
    return _default().name_agrees(kind, code, name)


def renames(code: str) -> tuple[Rename, ...]:
    """As `Codes.renames`."""
    return _default().renames(code)

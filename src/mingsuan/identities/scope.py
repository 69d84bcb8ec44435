"""What a table covers where authorities differ and the table does not say: what makes its figures agree with the others."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning import understand
from mingsuan.identities.derive import Derivation, derive
from mingsuan.model import Disclosure


def derived(disclosure: Disclosure, dialect: Dialect) -> Derivation:
    """The identities of a disclosure whose tables cover what breaks the fewest of them.

    A table of which the dialect says that it `perhaps` covers only a part (this year's appropriations without what was carried
    over) is taken to cover all, unless identities fail and fewer do if it covers the part.
    """
    best = derive(understand(disclosure, dialect))
    broken = len(best.violations())
    for kinds in _readings(disclosure, dialect) if broken else ():
        other = derive(understand(disclosure, dialect, kinds))
        if len(other.violations()) < broken:
            best, broken = other, len(other.violations())
    return best


def _readings(disclosure: Disclosure, dialect: Dialect) -> Iterator[frozenset[str]]:
    """The tables that may cover a part only: all of them, then one by one."""
    kinds = dict.fromkeys(t.kind for t in disclosure.tables if (form := dialect.by_kind.get(t.kind)) and form.perhaps is not None)
    if kinds:
        yield frozenset(kinds)
    if len(kinds) > 1:
        yield from (frozenset({kind}) for kind in kinds)

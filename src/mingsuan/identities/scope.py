"""What a table covers where authorities differ and the table does not say: what makes its figures agree with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.figures import Figure, TableMeaning
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.identity import Violation, total
from mingsuan.ledger import Box
from mingsuan.model import Disclosure

_SMALL_PART = 1000
"""A part so many times smaller than its whole is hardly one: 元 and 万元 differ by ten thousand."""


def derived(disclosure: Disclosure, dialect: Dialect) -> Derivation:
    """The identities of a disclosure whose tables cover what breaks the fewest of them.

    A table of which the dialect says that it `perhaps` covers only a part (this year's appropriations without what was carried
    over) is taken to cover all, unless identities fail, by no more than what is printed of the rest, and fewer do if it covers
    the part.
    """
    best = derive(understand(disclosure, dialect))
    broken = len(best.violations())
    for kinds in _readings(best) if broken else ():
        other = derive(understand(disclosure, dialect, kinds))
        if len(other.violations()) < broken:
            best, broken = other, len(other.violations())
    return best


def _readings(whole: Derivation) -> Iterator[frozenset[str]]:
    """The tables that may cover a part only: all of them, then one by one."""
    kinds = dict.fromkeys(t.form.kind for t in whole.meaning.tables if t.form.perhaps is not None and _may_lack(whole, t, t.form.perhaps))
    if kinds:
        yield frozenset(kinds)
    if len(kinds) > 1:
        yield from (frozenset({kind}) for kind in kinds)


def _may_lack(whole: Derivation, table: TableMeaning, part: Box) -> bool:
    """Whether what is printed of the rest is enough for most differences between a table and the others.

    A table in 元 that says 万元 lacks far more than was ever carried over.
    """
    rest = [abs(f.amount.yuan) if f.amount else Decimal(0) for f in whole.meaning.figures if _is_apart(f, whole, part)]
    if not rest:
        return True
    figures = whole.meaning.figures
    own = [(v, sum(figures[m].table == table.index for m in v.identity.members)) for v in whole.violations()]
    outward = [v for v, inside in own if 0 < inside < len(v.identity.members)]
    explained = sum(abs(v.difference) <= max(rest) + v.tolerance and not _in_other_units(v, figures) for v in outward)
    return 2 * explained >= len(outward)


def _in_other_units(violation: Violation, figures: Sequence[Figure]) -> bool:
    """Whether one side is so small a part of the other that they are rather printed in different units."""
    small, big = sorted(abs(total(figures, side)[0]) for side in (violation.identity.left, violation.identity.right))
    return 0 < small * _SMALL_PART < big


def _is_apart(figure: Figure, whole: Derivation, part: Box) -> bool:
    axes = whole.meaning.dialect.axes
    return figure.box(axes).meet(axes, part).empty

"""What is said of a list that lacks items which another table lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mingsuan.checking.outcomes import Draft
from mingsuan.checking.telling.cause_words import row_of
from mingsuan.checking.telling.cell_names import parted
from mingsuan.checking.telling.figures import SHOWN, money_in, printed, sentence, signed_in, sum_text
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Derivation, Sort, Violation
from mingsuan.identities.identity import total
from mingsuan.model import Side


def incomplete(derivation: Derivation, cause: Cause) -> Draft:
    """The list, what it lacks and how much."""
    figures = derivation.meaning.figures
    sums = [v for v in cause.violations if v.identity.sort is Sort.PARTITION]
    number = figures[sums[0].identity.left[0]].table
    table = next(t.table.title for t in derivation.meaning.tables if t.index == number)
    missing, yuan = _left_out(figures, cause.missing, sums)
    names = "、".join(f"{row_of(f)}{printed(f.amount)}" for f in missing[:SHOWN])
    more = "等" if len(missing) > SHOWN else ""
    unit = missing[0].amount.unit if missing[0].amount else "元"
    decimals = max((f.amount.decimals for f in missing if f.amount), default=0)
    other = parted(missing[0].label)
    whole = max(total(figures, v.identity.left)[0] for v in sums)
    elsewhere = other.table if other else "另一张表"
    return Draft(
        f"《{table}》没有列全：{elsewhere}列有而此表没有的有{len(missing)}项，合计{money_in(yuan, unit, decimals)}"
        f"（{names}{more}），所列各行之和因此与合计不符。",
        sides=(
            *(
                Side(figures[v.identity.left[0]].place, figures[v.identity.left[0]].label, sum_text(derivation, v.identity.left))
                for v in sums
            ),
            *(Side(f.place, f.label, printed(f.amount)) for f in missing),
        ),
        observed=f"所列各项合计{money_in(whole - yuan, unit, decimals)}",
        expected=f"列全各项，合计{money_in(whole, unit, decimals)}",
        difference=signed_in(-yuan, unit, decimals),
        witnesses=tuple(sentence(derivation, v) for v in sums),
        conversion_suspected=True,
        fix=f"在《{table}》补列这{len(missing)}项；补全后各项之和应为{money_in(whole, unit, decimals)}。",
    )


def _left_out(figures: Sequence[Figure], numbers: Sequence[int], sums: Sequence[Violation]) -> tuple[list[Figure], Decimal]:
    """What a list lacks and how much: the figures of one column that add up to what a sum lacks; else of the longest.

    Of several such columns, those that list by what the list itself lists by: of a list of projects, the projects that it lacks.
    """
    columns: dict[tuple[int, str], list[Figure]] = {}
    for figure in (figures[n] for n in numbers):
        columns.setdefault((figure.table, figure.column), []).append(figure)
    amounts = {at: sum((f.amount.yuan for f in column if f.amount), Decimal(0)) for at, column in columns.items()}
    fits = [at for at, yuan in amounts.items() if any(abs(yuan - abs(v.difference)) <= v.tolerance for v in sums)]
    own = _axes(figures[n] for v in sums for n in v.identity.right)
    chosen = max(fits or columns, key=lambda at: (abs(amounts[at]) if fits else 0, len(_axes(columns[at]) & own), len(columns[at])))
    return columns[chosen], amounts[chosen]


def _axes(figures: Iterable[Figure]) -> set[str]:
    """What some figures are told apart by: unit, class, project …"""
    return {axis for f in figures for box in f.boxes for axis in box.lookup}

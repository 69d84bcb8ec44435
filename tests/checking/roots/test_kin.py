"""Causes that have something in common are one, found by looking them up instead of comparing each with each."""

from __future__ import annotations

from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.checking.roots.failing import Failing
from mingsuan.checking.roots.kin import kindred
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Candidate, Cause, Identity, Sort, Violation
from mingsuan.places import NOWHERE
from tests.hanging import no_hang

NUMBER = "数字有误"


def figure(table: int, row: int, column: str, yuan: int) -> Figure:
    return Figure((), Amount(Decimal(yuan), "元", 0), f"{table}-{row}-{column}", NOWHERE, table=table, row=row, column=column)


def cause(*members: int, by: int, edit: tuple[int, int] | None = None, sort: Sort = Sort.EQUAL) -> Cause:
    """One relation apart by so many 元, which one edit of a known slip may explain."""
    failed = Violation(Identity(sort, members[:1], members[1:], ""), Decimal(by), Decimal(1))
    candidates = (Candidate(((edit[0], Amount(Decimal(edit[1]), "元", 0)),), NUMBER),) if edit else ()
    return Cause((failed,), candidates)


def together(figures: list[Figure], *causes: Cause) -> list[list[int]]:
    return kindred(Failing(figures, causes))


def test_what_one_cause_wants_and_another_prints_in_the_same_column_is_one_slip() -> None:
    figures = [figure(0, 0, "甲", 100), figure(0, 1, "甲", 700), figure(0, 2, "乙", 900), figure(1, 3, "甲", 700)]
    wants, prints = cause(0, by=600, edit=(0, 700)), cause(1, by=3, edit=(1, 5))
    assert together(figures, wants, prints, cause(2, by=77, edit=(2, 8))) == [[0, 1], [2]]
    assert together(figures, wants, cause(3, by=3, edit=(3, 5))) == [[0], [1]]  # the number stands in another table


def test_relations_of_one_table_apart_by_the_same_amount_are_one_unless_slips_explain_both() -> None:
    figures = [figure(0, n, f"{n}", 100 + n) for n in range(4)]
    assert together(figures, cause(0, 1, by=50), cause(2, 3, by=-50)) == [[0, 1]]
    assert together(figures, cause(0, 1, by=50), cause(2, 3, by=58)) == [[0], [1]]
    slips = cause(0, 1, by=50, edit=(0, 7)), cause(2, 3, by=50, edit=(2, 9))
    assert together(figures, *slips) == [[0], [1]]


def test_relations_of_different_tables_apart_by_the_same_amount_are_one_where_a_table_lists_nothing() -> None:
    figures = [figure(n, 0, "甲", 100 + n) for n in range(4)]
    assert together(figures, cause(0, 1, by=50), cause(2, 3, by=50)) == [[0], [1]]
    assert together(figures, cause(0, 1, by=50), cause(2, by=50)) == [[0, 1]]


def test_thousands_of_causes_are_compared_in_bounded_work() -> None:
    figures = [figure(n % 40, n, f"{n}", n) for n in range(8000)]
    causes = [cause(n, n + 1, by=100 + n % 500, edit=(n, 7)) for n in range(0, 8000, 2)]
    with no_hang():
        assert len(together(figures, *causes[:10])) == 10
        assert sum(map(len, kindred(Failing(figures, causes)))) == len(causes)

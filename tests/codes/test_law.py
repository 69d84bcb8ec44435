"""Facts of disclosure law and the items of a department's income."""

import pytest

from mingsuan.codes import Certainty, UnknownFactError, income_items, law, law_fact


def test_every_fact_says_what_it_requires_and_where_that_stands() -> None:
    assert list(law()) == [f"R{number:02}" for number in range(1, 41)]
    assert all(fact.fact and fact.rule for fact in law().values())


def test_a_fact_prints_its_citation() -> None:
    fact = law_fact("R02")
    assert fact.basis == "《预算法(2018修正)》（主席令）第14条第2款"
    assert fact.certainty == Certainty.OFFICIAL


def test_an_unknown_fact_is_named() -> None:
    with pytest.raises(UnknownFactError, match="R99"):
        law_fact("R99")


def test_income_items_know_their_other_names() -> None:
    item = income_items()[0]
    assert (item.stage, item.name, item.aliases[0]) == ("预算", "一般公共预算拨款收入", "一般公共预算财政拨款收入")

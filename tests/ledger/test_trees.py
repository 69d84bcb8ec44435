from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.ledger import UnknownNode
from mingsuan.ledger.trees import (
    DIFFERENCE,
    EMPTY,
    FULL,
    INTERSECTION,
    ROOT,
    UNION,
    IllFormed,
    PrefixTree,
    Selection,
    combine,
    parse_selection,
    select,
)
from tests.ledger.strategies import AXES, FUNCTIONS, FUND, KIND, NODES, selections

TREE = AXES["function"]
CODES = (*FUNCTIONS, "2010399", "20199", "210", "2100101", "")
Keep = tuple[bool, bool, bool, bool]
OPERATIONS: dict[Keep, Callable[[bool, bool], bool]] = {
    INTERSECTION: lambda a, b: a and b,
    UNION: lambda a, b: a or b,
    DIFFERENCE: lambda a, b: a and not b,
}


def leaves(selection: Selection) -> set[str]:
    return {leaf for leaf in FUND.leaves() if selection.covers(FUND, leaf)}


@given(selections("function"), selections("function"), st.sampled_from(sorted(OPERATIONS)))
def test_on_an_open_tree_operations_are_those_of_sets(left: Selection, right: Selection, keep: Keep) -> None:
    result = combine(TREE, left, right, keep)
    for code in CODES:
        assert result.covers(TREE, code) == OPERATIONS[keep](left.covers(TREE, code), right.covers(TREE, code)), code


@given(selections("fund"), selections("fund"), st.sampled_from(sorted(OPERATIONS)))
def test_on_a_closed_tree_operations_are_those_of_sets(left: Selection, right: Selection, keep: Keep) -> None:
    result = combine(FUND, left, right, keep)
    for leaf in FUND.leaves():
        assert result.covers(FUND, leaf) == OPERATIONS[keep](left.covers(FUND, leaf), right.covers(FUND, leaf)), leaf


@given(selections("fund"), selections("fund"))
def test_selections_of_the_same_leaves_of_a_closed_tree_are_equal(left: Selection, right: Selection) -> None:
    assert (left == right) == (leaves(left) == leaves(right))
    if left == right:
        assert hash(left) == hash(right)


@given(st.dictionaries(st.sampled_from((ROOT, *FUNCTIONS)), st.booleans(), max_size=6))
def test_marks_that_repeat_what_is_above_are_dropped_without_changing_what_is_selected(marks: dict[str, bool]) -> None:
    canonical = select(TREE, marks)
    raw = Selection(tuple(sorted(marks.items())))
    assert [canonical.covers(TREE, c) for c in CODES] == [raw.covers(TREE, c) for c in CODES]
    for node, inside in canonical.marks:
        above = Selection(tuple((n, i) for n, i in canonical.marks if n != node))
        assert above.covers(TREE, node) != inside, node


@given(selections("kind"))
def test_a_closed_tree_has_no_rest(selection: Selection) -> None:
    outside = combine(KIND, FULL, selection, DIFFERENCE)
    assert combine(KIND, selection, outside, UNION) == FULL
    assert combine(KIND, selection, outside, INTERSECTION) == EMPTY


def test_all_children_of_an_open_node_are_less_than_the_node() -> None:
    known = parse_selection(TREE, "20103 + 20104")
    assert combine(TREE, parse_selection(TREE, "201"), known, DIFFERENCE) != EMPTY


def test_all_children_of_a_closed_node_are_the_node() -> None:
    assert parse_selection(FUND, "拨款 + 收费") == parse_selection(FUND, "一般")
    assert parse_selection(FUND, "政府 + 单位") == FULL


@pytest.mark.parametrize(
    ("expression", "inside", "outside"),
    [
        ("301 + 303", ("301", "30101", "303"), ("302", "310")),
        ("301+303", ("30101", "303"), ("302",)),
        ("301，303", ("30101", "303"), ("302",)),
        ("全部 - 310", ("301", "302"), ("310", "31001")),
        ("301 - 30101", ("301", "30102"), ("30101", "302")),
    ],
)
def test_node_expressions_add_and_take_away(expression: str, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    tree = PrefixTree("department", (3,))
    selection = parse_selection(tree, expression)
    assert all(selection.covers(tree, code) for code in inside)
    assert not any(selection.covers(tree, code) for code in outside)


def test_a_year_before_is_a_node_and_not_a_minus() -> None:
    assert parse_selection(PrefixTree("year"), "-1") == Selection((("-1", True),))


@pytest.mark.parametrize("expression", ["", "301 +", "+ 301", "301 303", "301 + + 303", "- 301"])
def test_an_expression_in_which_names_and_signs_do_not_alternate_is_refused(expression: str) -> None:
    with pytest.raises(IllFormed, match=r"名称 \+ 名称"):
        parse_selection(PrefixTree("department", (3,)), expression)


def test_an_unknown_node_of_a_closed_tree_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNode, match=r"“fund”没有“彩票”.*一般.*拨款"):
        parse_selection(FUND, "一般 + 彩票")


def test_an_unknown_axis_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNode, match=r"没有“colour”.*fund.*kind"):
        AXES.selection("colour", "红")


def test_an_alias_is_its_node() -> None:
    assert parse_selection(KIND, "基本支出") == parse_selection(KIND, "基本")


def test_a_selection_knows_whether_it_is_one_subtree() -> None:
    assert parse_selection(TREE, "20103").single == "20103"
    assert parse_selection(TREE, "20103 + 208").single is None
    assert EMPTY.single is None


def test_codes_nest_by_prefix_whatever_their_length() -> None:
    assert PrefixTree("unit", (3, 6, 9)).path("003001") == ("003001", "003", ROOT)
    assert PrefixTree("function", (3, 5)).path("2010301") == ("2010301", "20103", "201", ROOT)
    assert PrefixTree("project").path("某项目") == ("某项目", ROOT)


def test_every_axis_of_the_strategies_is_covered() -> None:
    assert set(NODES) == set(AXES.trees)

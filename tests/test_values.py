"""The data classes of the package are those of the standard library, made faster."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from typing import Any

import pytest

from mingsuan.values import dataclass

Decorator = Callable[..., Any]


def classes(made_by: Decorator) -> dict[str, Any]:
    """The same classes, made by a decorator."""

    @made_by(frozen=True)
    class Plain:
        """A text of its own."""

        a: int
        b: str = "b"
        c: tuple[int, ...] = field(default=(), compare=False)
        d: list[int] = field(default_factory=list, hash=False)
        e: object = field(default=None, repr=False)

        @cached_property
        def twice(self) -> int:
            return 2 * self.a

    @made_by(frozen=True)
    class Below(Plain):
        f: int = 3
        b: str = "below"

    @made_by(frozen=True, slots=True)
    class Slotted:
        a: int
        b: str = "b"

    @made_by(frozen=True, slots=True)
    class SlottedBelow(Slotted):
        c: float = 0.5

    @made_by
    class Open:
        a: int
        seen: dict[str, int] = field(default_factory=dict)
        later: int = field(init=False)
        own: list[int] = field(init=False, default_factory=list)

        def __post_init__(self) -> None:
            self.later = self.a + 1

    @made_by(slots=True, eq=False)
    class Apart:
        a: int

    @made_by(frozen=True)
    class OwnHash:
        a: tuple[int, ...]

        def __hash__(self) -> int:
            return 7

    @made_by(frozen=True)
    class OwnWords:
        a: int = field(kw_only=True)
        b: int = 1

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

    @made_by(frozen=True)
    class Nothing:
        pass

    @made_by(frozen=True)
    class One:
        only: int

    return {name: made for name, made in locals().items() if isinstance(made, type)}


OURS, THEIRS = classes(dataclass), classes(dataclasses.dataclass)
VALUES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "Plain": ((1,), (1, "x"), (1, "b", (2,)), (1, "b", (), [5]), (2,)),
    "Below": ((1,), (1, "x"), (1, "below", (), [], None, 4)),
    "Slotted": ((1,), (1, "x"), (2,)),
    "SlottedBelow": ((1,), (1, "b", 1.5)),
    "Open": ((1,), (1, {"x": 1}), (2,)),
    "Apart": ((1,), (2,)),
    "OwnHash": (((1,),), ((2,),)),
    "Nothing": ((), ()),
    "One": ((1,), (2,)),
}
"""By class, what some values are made of."""
HASHED = sorted(set(VALUES) - {"Open"})


@pytest.mark.parametrize("name", VALUES)
def test_as_the_standard_one_in_what_is_shown_equal_and_taken(name: str) -> None:
    ours, theirs = [OURS[name](*given) for given in VALUES[name]], [THEIRS[name](*given) for given in VALUES[name]]
    assert list(map(repr, ours)) == list(map(repr, theirs))
    assert [[a == b for a in ours] for b in ours] == [[a == b for a in theirs] for b in theirs]
    assert [f.name for f in dataclasses.fields(OURS[name])] == [f.name for f in dataclasses.fields(THEIRS[name])]
    assert list(inspect.signature(OURS[name]).parameters) == list(inspect.signature(THEIRS[name]).parameters)
    assert OURS[name].__match_args__ == THEIRS[name].__match_args__
    assert hasattr(ours[0], "__dict__") == hasattr(theirs[0], "__dict__")


@pytest.mark.parametrize("name", sorted(set(HASHED) - {"Apart", "Plain", "Below"}))
def test_hashed_as_the_standard_one(name: str) -> None:
    assert [hash(OURS[name](*given)) for given in VALUES[name]] == [hash(THEIRS[name](*given)) for given in VALUES[name]]


def test_a_field_that_is_not_hashed_may_be_a_list() -> None:
    made = {name: OURS[name](1, "b", (2,), [3]) for name in ("Plain", "Below")}
    assert hash(made["Plain"]) == hash(THEIRS["Plain"](1, "b", (2,), [3]))
    assert hash(made["Below"]) == hash(THEIRS["Below"](1, "b", (2,), [3]))


def test_values_of_different_classes_differ() -> None:
    assert OURS["Plain"](1) != OURS["Below"](1, "b")
    assert OURS["One"](1) != THEIRS["One"](1)


def test_what_can_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(OURS["Open"](1))


def test_what_a_class_defines_itself_is_kept() -> None:
    made = OURS["OwnWords"]
    assert repr(made(a=1)) == "own"
    assert made(a=1) == made(a=2)
    assert hash(made(a=1)) == hash(THEIRS["OwnWords"](a=1))
    assert hash(OURS["OwnHash"]((1,))) == 7
    assert (OURS["Plain"].__doc__, OURS["One"].__doc__) == ("A text of its own.", "One")


@pytest.mark.parametrize("name", ["Plain", "Slotted"])
def test_nothing_is_assigned_or_deleted_where_it_is_frozen(name: str) -> None:
    value = OURS[name](1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        value.a = 2
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'other'"):
        value.other = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del value.a
    assert value.a == 1


def test_a_default_that_is_made_is_made_for_each_value() -> None:
    first, second = OURS["Open"](1), OURS["Open"](1)
    first.seen["x"] = 1
    first.own.append(1)
    assert (second.seen, second.own, second.later) == ({}, [], 2)


def test_a_cached_property_is_kept_in_a_frozen_value() -> None:
    value = OURS["Plain"](4)
    assert (value.twice, vars(value)["twice"]) == (8, 8)


@dataclass(frozen=True, slots=True)
class Kept:
    a: int
    b: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptBelow:
    kept: Kept
    c: int = 0


def test_pickled_copied_and_replaced() -> None:
    value = KeptBelow(Kept(1, ("x",)), 2)
    assert pickle.loads(pickle.dumps(value, protocol=5)) == value
    assert copy.deepcopy(value) == value
    assert dataclasses.replace(value, c=3) == KeptBelow(Kept(1, ("x",)), 3)
    assert dataclasses.replace(value.kept, a=5) == Kept(5, ("x",))
    assert dataclasses.asdict(value) == {"kept": {"a": 1, "b": ("x",)}, "c": 2}


def test_a_value_that_holds_itself_is_shown() -> None:
    value = OURS["Open"](1)
    value.seen["self"] = value
    assert "..." in repr(value)


@pytest.mark.parametrize("name", ["Plain", "Slotted", "OwnWords"])
def test_what_is_missing_or_too_much_is_a_mistake_as_in_the_standard_one(name: str) -> None:
    for given in ((), (1, 2, 3, 4, 5, 6, 7)):
        with pytest.raises(TypeError) as ours:
            OURS[name](*given)
        with pytest.raises(TypeError) as theirs:
            THEIRS[name](*given)
        assert str(ours.value) == str(theirs.value)

"""Regular expressions of modules are compiled when they are first used."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

import pytest

import mingsuan
from mingsuan.patterns import Late, compile_next, regex


def test_compiled_when_first_used() -> None:
    expression = regex("(?P<digits>[0-9]+)")
    assert set(vars(expression)) == {"pattern", "flags"}
    assert expression.pattern == "(?P<digits>[0-9]+)"
    found = expression.search("a 12 b")
    assert found is not None
    assert found["digits"] == "12"
    assert "search" in vars(expression)


def test_as_the_compiled_one() -> None:
    late, compiled = regex("A(?P<n>b*)", re.IGNORECASE), re.compile("A(?P<n>b*)", re.IGNORECASE)
    text = "abb aB xa"
    assert late.findall(text) == compiled.findall(text)
    assert [m.span() for m in late.finditer(text, 2)] == [m.span() for m in compiled.finditer(text, 2)]
    assert late.sub("-", text, count=1) == compiled.sub("-", text, count=1)
    assert late.subn("-", text) == compiled.subn("-", text)
    assert late.split(text) == compiled.split(text)
    assert (late.match(text, 1), late.fullmatch("abbb") is not None) == (None, True)
    assert (late.groups, dict(late.groupindex)) == (compiled.groups, dict(compiled.groupindex))


def test_nothing_else_is_asked_of_it() -> None:
    with pytest.raises(AttributeError):
        regex("a").scanner  # type: ignore[attr-defined]  # noqa: B018


def test_whoever_waits_compiles_what_nobody_has_used_yet() -> None:
    used, wrong, unused = regex("甲"), regex("(乙"), regex("丙")
    used.search("甲")
    while compile_next():
        pass
    assert "search" in vars(unused)
    assert not compile_next()
    with pytest.raises(re.error):
        wrong.search("乙")


def test_all_of_the_package_can_be_compiled() -> None:
    modules = [import_module(module.name) for module in pkgutil.walk_packages(mingsuan.__path__, "mingsuan.")]
    late = list(_late([value for module in modules for name, value in vars(module).items() if not name.startswith("__")]))
    assert len(late) > 300
    for expression in late:
        assert expression.groups >= 0


def _late(values: Iterable[object]) -> Iterator[Late]:
    for value in values:
        if isinstance(value, Late):
            yield value
        elif isinstance(value, Mapping):
            yield from _late(value.values())
        elif isinstance(value, tuple | list | set | frozenset):
            yield from _late(value)

"""`dataclass` as the standard library has it, with classes made several times as fast.

The standard one compiles up to eight methods of every class, and a process that checks one document makes two hundred classes first: that
took as long as the checking. Here `__init__` alone is compiled; the other methods are written once, over the fields of a class.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

Fields = Sequence[dataclasses.Field[Any]]
Methods = Mapping[str, Any]

_MISSING = dataclasses.MISSING
_FRESH = object()
"""Stands for what a `default_factory` gives."""
_set = object.__setattr__


def _made(cls: type[Any], *, frozen: bool = False, slots: bool = False, eq: bool = True) -> type[Any]:
    # A class without a text would be given its signature as one, which takes longer than all the rest.
    cls.__doc__ = cls.__doc__ or cls.__name__
    written = {name for name, value in vars(cls).items() if value is not None}
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    fields = dataclasses.fields(made)
    methods = {"__init__": _init(made, fields, frozen), "__repr__": _repr([f.name for f in fields if f.repr])}
    if eq:
        methods |= _comparing(fields, frozen)
    if frozen:
        methods |= _freezing([f.name for f in fields], slots)
    for name in methods.keys() - written:
        setattr(made, name, methods[name])
    return made


if TYPE_CHECKING:  # type checkers know data classes by this name
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **options: bool):
        """As `dataclasses.dataclass`, of the options `frozen`, `slots` and `eq`."""
        return _made(cls, **options) if cls is not None else lambda cls: _made(cls, **options)


def _init(cls: type[Any], fields: Fields, frozen: bool) -> Callable[..., None]:
    names: dict[str, Any] = {"_set": _set, "_FRESH": _FRESH}
    parameters, keywords, body = ["self"], ["*"], []
    for field in fields:
        parameter = value = name = field.name
        if field.default_factory is not _MISSING:
            names[f"_{name}_made"] = field.default_factory
            parameter = f"{name}=_FRESH"
            value = f"_{name}_made() if {name} is _FRESH else {name}" if field.init else f"_{name}_made()"
        elif field.default is not _MISSING:
            names[f"_{name}_default"] = field.default
            parameter = f"{name}=_{name}_default"
        if field.init:
            (keywords if field.kw_only else parameters).append(parameter)
        if field.init or field.default_factory is not _MISSING:
            body.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    taken = ", ".join(parameters + (keywords if len(keywords) > 1 else []))
    exec("\n ".join((f"def __init__({taken}):", *body, "return None")), names)
    init: Callable[..., None] = names["__init__"]
    init.__qualname__, init.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return init


def _repr(names: Sequence[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def shown(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return shown


def _comparing(fields: Fields, frozen: bool) -> Methods:
    """Equal are values of one class with equal fields; what can change has no hash."""
    compared = [f.name for f in fields if f.compare]
    hashed = [f.name for f in fields if (f.compare if f.hash is None else f.hash)]
    values = _values(compared)
    keys = values if hashed == compared else _values(hashed)

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed_value(self: Any) -> int:
        return hash(keys(self))

    return {"__eq__": equal, "__hash__": hashed_value if frozen else None}


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes some fields of a value; `attrgetter` takes one field as it is, and will not take none."""
    if not names:
        return lambda _: ()
    take = attrgetter(*names)
    return take if len(names) > 1 else lambda value: (take(value),)


def _freezing(names: Sequence[str], slots: bool) -> Methods:
    """Nothing can be assigned; what has no dictionary is pickled as the list of its fields."""
    if not slots:
        return {"__setattr__": _assigned, "__delattr__": _deleted}

    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restored(self: Any, state: Sequence[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            _set(self, name, value)

    return {"__setattr__": _assigned, "__delattr__": _deleted, "__getstate__": state, "__setstate__": restored}


def _assigned(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _deleted(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

"""Every rule there is: those of `checking/rules` and those that plug-ins bring; which of them a user asks for."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from mingsuan.checking.registry import REGISTERED, Rule

PLUGINS = "mingsuan.rules"
"""Entry point group of rules that other packages bring."""


class UnknownRuleError(LookupError):
    """Asked for a rule that does not exist."""

    def __init__(self, code: str) -> None:
        """Name what was asked for."""
        super().__init__(f"没有编号为“{code}”的规则。用 mingsuan rules 列出全部规则。")


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by code, in order of the codes; those of plug-ins too."""
    from mingsuan.checking import rules as chapter_modules

    for module in pkgutil.iter_modules(chapter_modules.__path__):
        import_module(f"{chapter_modules.__name__}.{module.name}")
    broken_plugins()
    return dict(sorted(REGISTERED.items()))


@cache
def broken_plugins() -> Mapping[str, str]:
    """Load the plug-ins; name → why, of those that cannot be loaded. What such a one had registered is taken back."""
    broken: dict[str, str] = {}
    if not _plugged():
        return broken
    from importlib.metadata import entry_points

    for entry in entry_points(group=PLUGINS):
        before = dict(REGISTERED)
        try:
            entry.load()
        except Exception as error:
            REGISTERED.clear()
            REGISTERED.update(before)
            broken[entry.name] = f"{type(error).__name__}：{error}"
    return broken


def _plugged() -> bool:
    """Whether any installed package brings rules; importing what reads entry points takes longer than all rules take to run."""
    group = f"[{PLUGINS}]".encode()
    declared = (found for folder in sys.path for found in Path(folder).glob("*.*-info/entry_points.txt"))
    return any(group in file.read_bytes() for file in declared)


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules whose code begins with one of `select` (all, if empty) and with none of `ignore`.

    Raises:
        UnknownRuleError: a prefix fits no rule.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    for prefix in (*wanted, *unwanted):
        if not any(code.startswith(prefix) for code in rules()):
            raise UnknownRuleError(prefix)
    return tuple(r for c, r in rules().items() if (not wanted or c.startswith(wanted)) and not (unwanted and c.startswith(unwanted)))


def explain(code: str) -> Rule:
    """The rule with this code.

    Raises:
        UnknownRuleError: there is none.
    """
    try:
        return rules()[code.upper()]
    except KeyError:
        raise UnknownRuleError(code) from None

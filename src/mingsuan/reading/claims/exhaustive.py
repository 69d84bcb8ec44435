"""Whether a list says that it is all there is."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.model.claims import Claim

PARTITIONS: tuple[frozenset[str], ...] = (
    frozenset({"基本", "项目"}),
    frozenset({"人员经费", "公用经费"}),
)
_WHOLE_SETS: tuple[tuple[str, ...], ...] = (("货物", "工程", "服务"), ("购置", "运行"), ("轿车", "越野车", "载客汽车"))
"""Words that together name all there is: kinds of procurement, costs of vehicles."""


def is_exhaustive(parts: Sequence[Claim]) -> bool:
    """Whether a list says that it is all: by its kinds, by the words of a known set, by kinds of posts, or by closing with 其他.

    Amounts of the ledger are not all there is because the last is called 其他收入: it may be one source of several.
    """
    kinds = frozenset(dict(p.region or ()).get("kind", "") for p in parts)
    names = [p.measure for p in parts]
    if kinds in PARTITIONS or all(name.endswith("编制") for name in names):
        return True
    if any(len(words) == len(names) and all(sum(w in n for w in words) == 1 for n in names) for words in _WHOLE_SETS):
        return True
    if all("采购" in n and sum(w in n for w in _WHOLE_SETS[0]) == 1 for n in names) or _all_vehicles(names):
        return True
    return names[-1].startswith("其他") and not all(p.region is not None for p in parts)


def _all_vehicles(names: Sequence[str]) -> bool:
    """Whether a list goes through the uses of vehicles that every disclosure lists."""
    return len(names) >= _USES and all(name.endswith("用车") for name in names)


_USES = 3
"""Uses of vehicles from which a list of them goes through all."""

"""Which listed nodes are made up of which others: rows nest as their regions do, whatever their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.identities.bits import Bits, all_disjoint
from mingsuan.identities.sides import Index, numbers_of


def nesting(bits: Bits, masks: Mapping[str, int]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each node with the nearest nodes strictly inside it; two pairs where they split it along different axes."""
    items = sorted(masks, key=lambda i: masks[i].bit_count())
    inside = _inside(bits, items, masks)
    for item in items:
        mask = masks[item]
        nearest: list[str] = []
        covered: set[str] = set()
        for candidate in reversed(inside[item]):
            if candidate not in covered:
                nearest.append(candidate)
                covered.update(inside[candidate])
        distinct = list({masks[n]: n for n in nearest}.values())
        if not distinct:
            continue
        if all_disjoint(bits, [masks[n] for n in distinct]):
            yield item, tuple(reversed(distinct))
            continue
        by_axes: dict[tuple[int, ...], list[str]] = {}
        for n in distinct:
            by_axes.setdefault(tuple(f for f in bits.fields if masks[n] & f != mask & f), []).append(n)
        for group in by_axes.values():
            if all_disjoint(bits, [masks[n] for n in group]):
                yield item, tuple(reversed(group))


def _inside(bits: Bits, items: Sequence[str], masks: Mapping[str, int]) -> Mapping[str, Sequence[str]]:
    """The nodes strictly inside each node, in the order of all."""
    index = Index(bits, [masks[item] for item in items])
    return {item: [i for n in numbers_of(index.inside(masks[item])) if masks[i := items[n]] != masks[item]] for item in items}

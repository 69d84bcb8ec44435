"""Which rows of a form a printed name may mean, beside the other names that the table prints."""

from __future__ import annotations

from mingsuan.dialects.forms import Fixed


def numbers_by_name(fixed: Fixed, printed: frozenset[str]) -> dict[str, list[int]]:
    """The rows that each name may mean, beside the names that a table prints.

    Where the grand total stands under its own name, another of its names (收入合计 above 收入总计) is the total that it is made of.
    """
    numbers: dict[str, list[int]] = {}
    for number, definition in enumerate(fixed.rows):
        for name in definition.names:
            numbers.setdefault(name, []).append(number)
    places = {definition.path: number for number, definition in enumerate(fixed.rows)}
    totals = {s.total for s in fixed.sums}
    parts = {part for s in fixed.sums for part in s.parts}
    for s in fixed.sums:
        grand, inner = fixed.by_path.get(s.total), next((part for part in s.parts if part in totals), None)
        if grand is None or inner is None or grand.path in parts or grand.names[0] not in printed:
            continue
        if printed.isdisjoint(fixed.by_path[inner].names):
            for name in printed.intersection(grand.names[1:]):
                numbers[name] = [places[inner] if n == places[grand.path] else n for n in numbers[name]]
    return numbers

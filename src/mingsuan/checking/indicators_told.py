"""How findings show performance indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mingsuan.checking.subject import Subject
from mingsuan.indicators.listing import Indicator
from mingsuan.model import Side


def target_side(indicator: Indicator, text: str | None = None) -> Side:
    """The side of a finding that shows an indicator, by default with its target."""
    return Side(indicator.place, indicator.label, indicator.target.text if text is None else text)


def names_of(found: Iterable[Indicator], limit: int = 4) -> str:
    """The names of some indicators for a message: the first few and how many there are."""
    names = list(dict.fromkeys(f"“{i.name}”" for i in found))
    more = f"等{len(names)}个指标" if len(names) > limit else ""
    return "、".join(names[:limit]) + more


def by_form(subject: Subject, wanted: Callable[[Indicator], bool]) -> Iterator[list[Indicator]]:
    """The indicators that meet a condition, those of one kind of form together: one cause, one finding."""
    by_kind: dict[str, list[Indicator]] = {}
    for indicator in subject.indicators:
        if wanted(indicator):
            by_kind.setdefault(indicator.kind, []).append(indicator)
    yield from by_kind.values()

"""Numbers in the wrong place: one cause wants what another prints in the same column or row."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from mingsuan.checking.roots.failing import Failing
from mingsuan.dialects.meaning.understand import Figure


def displaced(failing: Failing) -> Iterator[tuple[int, ...]]:
    """Causes of which one wants the number that another prints in the same column or row."""
    figures, causes = failing.figures, failing.causes
    decided = [(number, causes[number].candidates[0].edits) for number in failing.others if len(causes[number].candidates) == 1]
    printing: dict[Hashable, list[int]] = {}
    for number, edits in decided:
        for figure in (figures[n] for n, _ in edits):
            if figure.amount is not None:
                for line in _lines(figure):
                    printing.setdefault((line, figure.amount.yuan), []).append(number)
    for number, edits in decided:
        for n, amount in edits:
            if amount is not None and amount.yuan and figures[n].claim is None:
                for line in _lines(figures[n]):
                    found = printing.get((line, amount.yuan))
                    if found:
                        yield (*found, number)
                        del found[1:]  # one of those that are joined by now stands for all


def _lines(figure: Figure) -> tuple[Hashable, Hashable]:
    """The column and the row that a figure stands in."""
    return (figure.table, "column", figure.column), (figure.table, "row", figure.row)

"""Runs → the cells they stand in: each character goes by its centre, but a run goes whole, also where it runs over a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mingsuan.reading.formats.pdf.lattice import Lattice, Span
from mingsuan.reading.formats.pdf.lines import text_of
from mingsuan.reading.formats.pdf.runs import Run
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Table:
    """A lattice with the text of its cells, by their top left position."""

    lattice: Lattice
    texts: dict[tuple[int, int], str]

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """Text of every position, "" where a merged cell covers it."""
        rows, columns = range(self.lattice.rows), range(self.lattice.columns)
        return tuple(tuple(self.texts.get((row, column), "") for column in columns) for row in rows)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The merged cells."""
        return tuple(s for s in self.lattice.cells if s.top != s.bottom or s.left != s.right)


Cell = tuple[int, Span]
"""Number of a lattice, and one of its cells."""


def filled(lattices: Sequence[Lattice], runs: Iterable[Run]) -> tuple[list[Table], list[Run]]:
    """The lattices with their text, and the runs that stand in none."""
    whole = [_by_position(lattice) for lattice in lattices]
    inside: list[dict[Span, list[Run]]] = [{} for _ in lattices]
    outside = []
    for run in _placed(runs, lattices, whole):
        cell = _cell_of(run, lattices, whole)
        if cell is None:
            outside.append(run)
        else:
            inside[cell[0]].setdefault(cell[1], []).append(run)
    tables = [
        Table(lattice, {(span.top, span.left): text_of(held) for span, held in cells.items()})
        for lattice, cells in zip(lattices, inside, strict=True)
    ]
    return tables, outside


def _by_position(lattice: Lattice) -> list[list[Span]]:
    """The cell that covers each position."""
    covering = [[lattice.cells[0]] * lattice.columns for _ in range(lattice.rows)]
    for span in lattice.cells:
        for row in range(span.top, span.bottom + 1):
            for column in range(span.left, span.right + 1):
                covering[row][column] = span
    return covering


def _placed(runs: Iterable[Run], lattices: Sequence[Lattice], covering: Sequence[list[list[Span]]]) -> Iterator[Run]:
    """Runs, those that text objects of several cells make together parted: they touch where one stands out over its cell."""
    for run in runs:
        if run.breaks and _cell_at(*run.centre(0), lattices, covering) != _cell_at(*run.centre(len(run.text) - 1), lattices, covering):
            yield from run.pieces
        else:
            yield run


def _cell_of(run: Run, lattices: Sequence[Lattice], covering: Sequence[list[list[Span]]]) -> Cell | None:
    """The cell that holds most of a run's characters, the first of them where several hold as many."""
    last = len(run.text) - 1
    cell = _cell_at(*run.centre(0), lattices, covering)
    if last == 0 or cell == _cell_at(*run.centre(last), lattices, covering):
        return cell
    counts = Counter(_cell_at(*run.centre(index), lattices, covering) for index in range(last + 1))
    return counts.most_common(1)[0][0]


def _cell_at(x: float, y: float, lattices: Sequence[Lattice], covering: Sequence[list[list[Span]]]) -> Cell | None:
    """The cell at a point; of tables within tables the smallest, which come first."""
    for number, lattice in enumerate(lattices):
        position = lattice.position(x, y)
        if position is not None:
            return number, covering[number][position[0]][position[1]]
    return None

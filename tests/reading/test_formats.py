"""The transcribed tables, written by other people's libraries, come back cell by cell."""

from pathlib import Path

import pytest

from bench.formats import scored
from bench.gold import gold
from bench.layouts import heading, laid
from bench.writers import WRITERS, Writer

SEEDS = ("001", "004")
"""The one with the most kinds of forms, and the smallest; `make bench` does all, LibreOffice's formats too."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("writer", WRITERS, ids=[writer.name for writer in WRITERS])
def test_what_others_write_is_read_exactly(writer: Writer, seed: str, shared: Path) -> None:
    source = gold(shared, seed)
    score = scored(source, writer.write(source), f"{seed}.{writer.kind}")
    assert score.differences == []
    assert score.matched == score.gold


def test_headings_over_several_columns_are_one_cell() -> None:
    boxes = [(b.text, b.row, b.column, b.rows, b.columns) for b in heading(["项目", "支出/合计", "支出/一般/小计", "支出/一般/其中"])]
    assert boxes == [
        ("项目", 0, 0, 3, 1),
        ("支出", 0, 1, 1, 3),
        ("合计", 1, 1, 2, 1),
        ("一般", 1, 2, 1, 2),
        ("小计", 2, 2, 1, 1),
        ("其中", 2, 3, 1, 1),
    ]


def test_cells_cover_every_position_once(shared: Path) -> None:
    for seed in SEEDS:
        for table in gold(shared, seed)["tables"]:
            made = laid(table, 2021)
            places = [(r, c) for b in made.boxes for r in range(b.row, b.row + b.rows) for c in range(b.column, b.column + b.columns)]
            assert sorted(places) == [(r, c) for r in range(made.height) for c in range(made.width)]

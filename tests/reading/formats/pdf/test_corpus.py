"""Real disclosures, where the shared material is at hand."""

import json
from collections import Counter
from pathlib import Path

import pytest

from mingsuan.reading.document import Grid, Paragraph
from mingsuan.reading.formats.pdf.listing import grids
from mingsuan.reading.formats.pdf.reader import read_pdf

GOLD = ("g01", "g02", "g05", "g06", "g07", "g12")


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", GOLD)
def test_gold_pages_are_read_cell_by_cell(name: str, shared: Path) -> None:
    page = json.loads((shared / "gold" / "pages" / f"{name}.json").read_text(encoding="utf-8"))
    found = grids((shared / "corpus" / page["file"]).read_bytes(), page["file"], page["page"])
    assert [[[plain(text) for text in row] for row in grid["grid"]] for grid in found] == [table["grid"] for table in page["tables"]]
    assert [sorted(grid["spans"]) for grid in found] == [sorted(table["spans"]) for table in page["tables"]]
    for grid, table in zip(found, page["tables"], strict=True):
        assert grid["box"] == pytest.approx(table["bbox_pdf"], abs=1)


def test_paragraphs_that_no_reader_sees_are_not_read(shared: Path) -> None:
    """The file holds paragraphs again on other pages, clipped away."""
    name = "b2025_putuo_finance_dept.pdf"
    document = read_pdf((shared / "corpus" / name).read_bytes(), name)
    paragraphs = Counter(block.text for block in document.blocks if isinstance(block, Paragraph) and len(block.text) > 60)
    assert [text for text, count in paragraphs.items() if count > 1] == []


def test_a_chart_and_its_key_are_no_tables(shared: Path) -> None:
    name = "b2018_jiangsu_court_dept.pdf"
    assert grids((shared / "corpus" / name).read_bytes(), name, 18) == []


def test_rotated_pages_are_read(shared: Path) -> None:
    name = "b2019_jiangsu_congress_dept_tables.pdf"
    document = read_pdf((shared / "corpus" / name).read_bytes(), name)
    assert sum(isinstance(block, Grid) for block in document.blocks) == 13
    assert document.problems == ()

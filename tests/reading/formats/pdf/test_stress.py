"""Tables that other programs set are read back: a few of those of `python -m bench.stress`."""

from collections.abc import Sequence

import pytest

from bench.stress import PROGRAMS, f1_of, made, outcomes
from bench.typesetting.looks import LOOKS, Look
from bench.typesetting.sources import Source, sources, unmerged

SETTERS = {program.name: program for program in PROGRAMS}
BY_NAME = {look.name: look for look in LOOKS}


@pytest.fixture(scope="module")
def tables() -> Sequence[Source]:
    """The tables made by hand, small ones."""
    return [source for source in sources() if " " not in source.name]


def f1(program: str, look: Look, tables: Sequence[Source]) -> float:
    expected = tables if look.is_ruled else [unmerged(table) for table in tables]
    return f1_of(list(outcomes(made(SETTERS[program], tables, look), expected)))


RULED = ("全线", "虚线", "灰线", "隔行底纹", "表单对象", "页面旋转90°", "文字旋转90°")
LOOSE = ("只有行线", "只有列线", "无内线", "三线表", "三线表（有组线）", "无线")


@pytest.mark.parametrize("look", RULED)
def test_ruled_tables_set_by_typst_are_read_exactly(look: str, tables: Sequence[Source]) -> None:
    assert f1("Typst", BY_NAME[look], tables) == 1


@pytest.mark.parametrize("look", ["双线", "填充矩形作线", "文字越线", "横卧的表单对象", "左右无边线"])
def test_ruled_tables_set_by_reportlab_are_read_exactly(look: str, tables: Sequence[Source]) -> None:
    assert f1("ReportLab", BY_NAME[look], tables) == 1


@pytest.mark.parametrize("look", LOOSE)
@pytest.mark.parametrize("program", ["Typst", "ReportLab"])
def test_tables_whose_cells_no_rule_shows_are_read_by_alignment(program: str, look: str, tables: Sequence[Source]) -> None:
    assert f1(program, BY_NAME[look], tables) >= BY_NAME[look].least


def test_tables_set_by_fpdf2_are_read(tables: Sequence[Source]) -> None:
    for look in ("全线", "三线表"):
        assert f1("fpdf2", BY_NAME[look], tables) >= BY_NAME[look].least


def test_tables_set_by_weasyprint_are_read(tables: Sequence[Source]) -> None:
    try:
        found = f1("WeasyPrint", BY_NAME["三线表"], tables)
    except (ImportError, OSError):
        pytest.skip("没有安装 WeasyPrint，或缺少 pango")
    assert found >= BY_NAME["三线表"].least

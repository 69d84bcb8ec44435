"""Lines of one page and of another: labels of merged cells that a page break prints on the next page."""

from __future__ import annotations

from mingsuan.places import Place
from mingsuan.reading.document import GridCell
from mingsuan.reading.tables.lines import Line, labels_of_before, with_labels, without_labels


def line(top: float, *cells: tuple[str, float]) -> Line:
    """A line of cells, each with its text and height."""
    return Line.of([GridCell(text, Place(page=1, box=(40.0 * n, top, 40.0 * (n + 1), top + high))) for n, (text, high) in enumerate(cells)])


WHOLE = (line(10, ("A01", 20), ("甲项目", 20), ("8.00", 20), ("成本", 10)), line(20, ("", 20), ("", 20), ("", 20), ("产出", 10)))
CUT = line(30, ("A02", 10), ("", 10), ("9.00", 10), ("成本", 10))
REST = line(10, ("", 20), ("乙项目", 20), ("", 20), ("产出", 10))


def test_a_name_printed_where_its_cell_goes_on_belongs_to_the_line_where_the_cell_began() -> None:
    found = labels_of_before((*WHOLE, CUT), REST)

    assert found == (2, (1,))
    assert with_labels(CUT, REST, (1,)).texts == ("A02", "乙项目", "9.00", "成本")
    assert without_labels(REST, (1,)).texts == ("", "", "", "产出")


def test_a_group_that_begins_on_the_next_page_stays_there() -> None:
    assert labels_of_before(WHOLE, line(10, ("A02", 20), ("乙项目", 20), ("9.00", 20), ("成本", 10))) is None


def test_lines_without_merged_cells_or_without_boxes_say_nothing() -> None:
    assert labels_of_before((*WHOLE, CUT), line(10, ("", 10), ("乙项目", 10), ("", 10), ("产出", 10))) is None
    assert labels_of_before((CUT,), Line.of([GridCell("", Place(line=3)), GridCell("乙项目", Place(line=3))])) is None

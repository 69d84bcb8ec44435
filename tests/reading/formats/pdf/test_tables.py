"""Ruled tables in whatever way producers draw them."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from mingsuan.reading.formats.pdf.listing import GridData, grids
from tests.reading.formats.pdf.build import Sheet, pdf, ruled, written

XS = [50.0, 150.0, 250.0, 350.0]
YS = [700.0, 680.0, 660.0, 640.0]
TEXTS = [["项目", "预算数", "决算数"], ["合计", "12.30", "4.56"], ["基本支出", "1,000.00", ""]]


def only(*sheets: Sheet) -> GridData:
    (grid,) = grids(pdf(*sheets), "例.pdf")
    return grid


def plain() -> Sheet:
    return written(Sheet(), XS, YS, TEXTS)


def filled() -> Sheet:
    sheet = plain()
    for y in YS:
        sheet.fill(XS[0], y, 300, 0.5)
    for x in XS:
        sheet.fill(x, YS[-1], 0.5, 60)
    return sheet


def crumbs() -> Sheet:
    """Each side of each cell is a rule of its own, with dots where they cross."""
    sheet = plain()
    for y in YS:
        for left, right in pairwise(XS):
            sheet.fill(left + 0.5, y, right - left - 0.5, 0.5)
    for x in XS:
        for upper, lower in pairwise(YS):
            sheet.fill(x, lower + 0.5, 0.5, upper - lower - 0.5)
        for y in YS:
            sheet.fill(x, y, 0.5, 0.5)
    return sheet


def dashes() -> Sheet:
    sheet = plain()
    for y in YS:
        for step in range(0, 300, 5):
            sheet.line(XS[0] + step, y, XS[0] + step + 3, y)
    for x in XS:
        for step in range(0, 60, 5):
            sheet.line(x, YS[-1] + step, x, YS[-1] + step + 3)
    return sheet


def doubled() -> Sheet:
    sheet = ruled(Sheet(), XS, YS, TEXTS)
    return ruled(sheet, [x + 1.8 for x in XS], [y - 1.8 for y in YS], [])


def one_path() -> Sheet:
    sheet = plain()
    level = " ".join(f"{XS[0]} {y} m {XS[-1]} {y} l" for y in YS)
    upright = " ".join(f"{x} {YS[0]} m {x} {YS[-1]} l" for x in XS)
    return sheet.draw(f".5 w {level} {upright} S")


def boxes() -> Sheet:
    sheet = plain()
    for left, right in pairwise(XS):
        for upper, lower in pairwise(YS):
            sheet.draw(f"{left} {lower} {right - left} {upper - lower} re S")
    return sheet


def frames() -> Sheet:
    """Each cell's border is a filled box with a smaller one left out."""
    sheet = plain()
    for left, right in pairwise(XS):
        for upper, lower in pairwise(YS):
            width, height = right - left, upper - lower
            sheet.draw(f"{left} {lower} {width} {height} re {left + 1} {lower + 1} {width - 2} {height - 2} re f*")
    return sheet


def grey() -> Sheet:
    return ruled(Sheet().draw(".75 G"), XS, YS, TEXTS)


def thick() -> Sheet:
    return ruled(Sheet(), XS, YS, TEXTS, width=2.5)


def shaded() -> Sheet:
    sheet = Sheet()
    for upper, lower in pairwise(YS):
        sheet.fill(XS[0], lower, 300, upper - lower, grey=0.85)
    return ruled(sheet, XS, YS, TEXTS)


def open_sided() -> Sheet:
    sheet = plain()
    for y in YS:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[-1])
    return sheet


def open_above() -> Sheet:
    sheet = plain()
    for y in YS[1:-1]:
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    return sheet


@pytest.mark.parametrize(
    "draw",
    [filled, crumbs, dashes, doubled, one_path, boxes, frames, grey, thick, shaded, open_sided, open_above],
    ids=lambda f: str(f.__name__),
)
def test_a_table_is_read_however_its_rules_are_drawn(draw: Callable[[], Sheet]) -> None:
    grid = only(draw())
    assert (grid["grid"], grid["spans"]) == (TEXTS, [])
    assert grid["box"] == pytest.approx([50, 640, 350, 700], abs=2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_upright_however_it_is_rotated(turn: int) -> None:
    assert only(ruled(Sheet(rotate=turn), XS, YS, TEXTS))["grid"] == TEXTS


def test_a_table_set_sideways_is_read_as_it_is_turned_and_placed_as_it_is_shown() -> None:
    sheet = Sheet()
    for y in XS:
        sheet.line(100, y, 160, y)
    for x in (100, 120, 140, 160):
        sheet.line(x, XS[0], x, XS[-1])
    for row, line in enumerate(TEXTS):
        for column, text in enumerate(line):
            if text:
                sheet.text(115 + 20 * row, XS[column] + 3, text, turn=1)
    grid = only(sheet)
    assert grid["grid"] == TEXTS
    assert grid["box"] == [100, 50, 160, 350]


def test_a_crop_box_moves_the_page_but_not_the_table() -> None:
    grid = only(ruled(Sheet(crop=(20, 100, 595, 842)), XS, YS, TEXTS))
    assert (grid["grid"], grid["box"]) == (TEXTS, [30, 540, 330, 600])


def test_forms_within_forms_stand_where_their_matrices_put_them() -> None:
    inner = ruled(Sheet(), XS, YS, TEXTS)
    grid = only(Sheet().form("A", inner, "0.5 0 0 0.5 30 40"))
    assert (grid["grid"], grid["box"]) == (TEXTS, [55, 360, 205, 390])


def test_white_and_transparent_rules_are_no_rules() -> None:
    sheet = ruled(Sheet(), XS, YS, TEXTS)
    sheet.draw("1 G").line(100, 700, 100, 640).draw("0 G").fill(200, 640, 0.5, 60, grey=1)
    assert only(sheet)["grid"] == TEXTS


def test_rules_that_are_clipped_away_are_no_rules() -> None:
    sheet = ruled(Sheet(), XS, YS, TEXTS)
    sheet.draw("q 0 0 20 20 re W n").line(100, 700, 100, 640).draw("Q")
    assert only(sheet)["grid"] == TEXTS


def test_merged_cells_are_spans_with_their_text_in_the_first_position() -> None:
    sheet = Sheet()
    for y in YS:
        sheet.line(XS[0] if y != 680 else XS[1], y, XS[-1], y)
    for x in XS:
        sheet.line(x, YS[0] if x != 250 else YS[1], x, YS[-1])
    sheet.text(60, 675, "项目").text(220, 685, "支出").text(160, 665, "预算数").text(260, 665, "决算数").text(60, 645, "合计")
    grid = only(sheet)
    assert grid["grid"] == [["项目", "支出", ""], ["", "预算数", "决算数"], ["合计", "", ""]]
    assert grid["spans"] == [[0, 0, 1, 0], [0, 1, 0, 2]]


def test_a_merged_row_that_no_upright_rule_touches_belongs_to_an_open_sided_table() -> None:
    sheet = open_sided().line(XS[0], 720, XS[-1], 720).text(150, 706, "支出总表")
    assert only(sheet)["grid"] == [["支出总表", "", ""], *TEXTS]


def test_text_that_runs_over_its_rule_goes_whole_into_the_cell_of_most_of_it() -> None:
    sheet = ruled(Sheet(), XS, YS, []).text(53, 685, "一、一般公共预算财政拨款收").text(253, 685, "9.00")
    assert only(sheet)["grid"][0] == ["一、一般公共预算财政拨款收", "", "9.00"]


def test_characters_that_are_printed_one_by_one_still_make_a_run() -> None:
    sheet = ruled(Sheet(), XS, YS, [])
    for number, character in enumerate("一、一般公共预算财政拨款收"):
        sheet.text(53 + 9 * number, 685, character)
    assert only(sheet)["grid"][0] == ["一、一般公共预算财政拨款收", "", ""]


def test_one_text_object_over_several_cells_is_parted_at_its_wide_gaps() -> None:
    sheet = ruled(Sheet(), XS, YS, [])
    sheet.draw("BT /F 9 Tf 1 0 0 1 60 685 Tm [<003200300031> -9000 <00300031> -10000 <98797ee7>] TJ ET")
    assert only(sheet)["grid"][0] == ["201", "01", "项继"]


def test_lines_of_a_cell_are_joined_from_top_to_bottom() -> None:
    sheet = ruled(Sheet(), XS, [700, 660], []).text(53, 667, "收入").text(53, 684, "财政拨款").text(253, 670, "9.00")
    assert only(sheet)["grid"] == [["财政拨款收入", "", "9.00"]]


def test_tables_on_one_page_are_told_apart_and_come_in_reading_order() -> None:
    sheet = ruled(Sheet(), XS, [500, 480, 460], [["丙", "丁", ""], ["戊", "己", ""]])
    ruled(sheet, XS, YS, TEXTS)
    first, second = grids(pdf(sheet), "例.pdf")
    assert (first["grid"], second["grid"]) == (TEXTS, [["丙", "丁", ""], ["戊", "己", ""]])


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    sheet = ruled(Sheet(), [50, 200, 400], [700, 600], [["外", "边"]])
    ruled(sheet, [230, 300, 370], [680, 660, 640], [["甲", "乙"], ["1", "2"]])
    found = sorted((grid["grid"] for grid in grids(pdf(sheet), "例.pdf")), key=len)
    assert found == [[["外", "边"]], [["甲", "乙"], ["1", "2"]]]


def test_boxes_and_pictures_without_text_in_two_places_are_no_tables() -> None:
    sheet = Sheet().draw("100 100 200 100 re S").text(110, 150, "图例").line(100, 130, 300, 130)
    ruled(sheet, [300, 350, 400], [400, 350, 300], [])
    assert grids(pdf(sheet), "例.pdf") == []


def test_a_rule_that_dangles_parts_nothing() -> None:
    sheet = ruled(Sheet(), XS, YS, TEXTS).line(50, 690, 70, 690)
    assert only(sheet)["grid"] == TEXTS


def test_only_the_page_that_is_asked_for_is_read() -> None:
    data = pdf(ruled(Sheet(), XS, YS, TEXTS), ruled(Sheet(), XS, YS[:2], TEXTS[:1]))
    assert [grid["page"] for grid in grids(data, "例.pdf")] == [1, 2]
    assert [(grid["page"], grid["grid"]) for grid in grids(data, "例.pdf", 2)] == [(2, TEXTS[:1])]


def test_a_long_code_on_two_lines_does_not_part_its_row() -> None:
    sheet = ruled(Sheet(), [50, 110, 240, 330], [700, 660, 640], [["", "", "4.00"], ["", "其他项目", "5.00"]])
    for y, code, name in ((687, "41120023000", "保安、律师等劳"), (676, "0000281", "务费")):
        sheet.text(52, y, code).text(113, y, name)
    (grid,) = grids(pdf(sheet), "例.pdf")
    assert grid["grid"] == [["411200230000000281", "保安、律师等劳务费", "4.00"], ["", "其他项目", "5.00"]]


def test_texts_of_two_cells_that_touch_are_told_apart_where_a_new_text_object_begins() -> None:
    sheet = (
        ruled(Sheet(), [50, 110, 240], [700, 680, 660], [["", ""], ["编码", "名称"]])
        .text(52, 685, "4112002300000281")
        .text(124, 685, "维修费")
    )
    (grid,) = grids(pdf(sheet), "例.pdf")
    assert grid["grid"] == [["4112002300000281", "维修费"], ["编码", "名称"]]

"""Tables whose columns only alignment shows."""

from mingsuan.reading.formats.pdf.listing import grids
from tests.reading.formats.pdf.build import Sheet, pdf, written

XS = [50.0, 180.0, 290.0, 400.0]
TEXTS = [
    ["项目", "预算数", "决算数"],
    ["一、财政拨款收入", "9,746.50", "9,746.50"],
    ["二、事业收入", "", "12.00"],
    ["三、其他收入", "112.88", "100.00"],
    ["合计", "9,859.38", "9,858.50"],
]
YS = [700.0 - 20 * number for number in range(6)]


def found(sheet: Sheet) -> list[list[list[str]]]:
    return [grid["grid"] for grid in grids(pdf(sheet), "例.pdf")]


def body() -> Sheet:
    return written(Sheet(), XS, YS, TEXTS)


def test_three_rules_make_a_table() -> None:
    sheet = body()
    for y in (YS[0], YS[1], YS[-1]):
        sheet.line(50, y, 480, y)
    assert found(sheet) == [TEXTS]


def test_a_rule_under_each_row_makes_a_table() -> None:
    sheet = body()
    for y in YS:
        sheet.line(50, y, 480, y)
    assert found(sheet) == [TEXTS]


def test_a_frame_around_all_makes_a_table() -> None:
    assert found(body().draw("50 600 430 100 re S")) == [TEXTS]


def test_amounts_under_each_other_make_a_table_without_any_rule() -> None:
    assert found(body()) == [TEXTS]


def test_cells_that_rule_their_own_lines_show_where_columns_meet() -> None:
    """Headings stand at the left and amounts at the right of their columns: only the seams of the rules tell which go together."""
    sheet = Sheet()
    for y in (YS[0], YS[1], YS[-1]):
        for left, right in ((50, 200), (200, 340), (340, 480)):
            sheet.line(left, y, right, y)
    for row, line in enumerate(TEXTS):
        for column, text in enumerate(line):
            end = (200, 340, 480)[column]
            sheet.text((53, 203, 343)[column] if row == 0 or column == 0 else end - 3 - 4.5 * len(text), YS[row + 1] + 5, text or " ")
    assert found(sheet) == [TEXTS]


def test_a_heading_over_several_columns_spans_them_and_one_with_none_over_it_reaches_up() -> None:
    sheet = body().text(294, 707, "本年收入合计数额")
    for y in (720, YS[1], YS[-1]):
        sheet.line(50, y, 480, y)
    (grid,) = grids(pdf(sheet), "例.pdf")
    assert grid["grid"] == [["项目", "本年收入合计数额", ""], ["", "预算数", "决算数"], *TEXTS[1:]]
    assert grid["spans"] == [[0, 0, 1, 0], [0, 1, 0, 2]]


def test_lines_that_stand_closer_than_rows_are_one_cell() -> None:
    texts = [[*line] for line in TEXTS]
    texts[2][0] = ""
    sheet = written(Sheet(), XS, YS, texts).text(53, YS[3] + 10.5, "二、事业单位取得的事业").text(53, YS[3] + 0.5, "收入")
    for y in (YS[0], YS[1], YS[-1]):
        sheet.line(50, y, 480, y)
    assert found(sheet) == [[*TEXTS[:2], ["二、事业单位取得的事业收入", "", "12.00"], *TEXTS[3:]]]


def test_rules_between_columns_alone_leave_the_rows_to_alignment() -> None:
    sheet = body()
    for y in (YS[0], YS[1], YS[-1]):
        sheet.line(50, y, 480, y)
    for x in (50, 175, 285, 395, 480):
        sheet.line(x, YS[0], x, YS[-1])
    assert found(sheet) == [[[*line, ""] for line in TEXTS]]


def test_running_text_between_rules_is_no_table() -> None:
    sheet = Sheet().line(50, 780, 545, 780).line(50, 60, 545, 60)
    for number in range(20):
        sheet.text(70, 740 - 20 * number, "本单位2024年收入总计9859.38万元，比上年增加1,002.50万元，增长11.32%。")
    assert found(sheet) == []


def test_a_list_of_contents_is_no_table() -> None:
    sheet = Sheet()
    for number in range(6):
        sheet.text(70, 740 - 20 * number, "部门收支情况").text(480, 740 - 20 * number, str(number + 3))
    assert found(sheet) == []


def test_a_title_and_a_unit_between_rules_of_one_extent_part_two_tables() -> None:
    sheet = body()
    lower = [y - 170 for y in YS]
    written(sheet, XS, lower, [[text.replace("收入", "支出") for text in line] for line in TEXTS])
    for ys in (YS, lower):
        for y in ys:
            sheet.line(50, y, 480, y)
    sheet.text(220, 572, "支出决算表").text(420, 552, "单位：万元")
    assert found(sheet) == [TEXTS, [[text.replace("收入", "支出") for text in line] for line in TEXTS]]


def test_the_first_line_of_a_heading_higher_than_its_neighbours_belongs_to_the_table() -> None:
    texts = [["", "预算数", ""], *TEXTS[1:]]
    sheet = written(Sheet(), XS, YS, texts).text(53, 685, "项目")
    sheet.text(403, 696, "政府性基金").text(403, 685, "预算拨款收").text(403, 674, "入")
    assert found(sheet) == [[["项目", "预算数", "政府性基金预算拨款收入"], *TEXTS[1:]]]


def test_the_name_of_a_department_over_a_table_is_no_part_of_its_heading() -> None:
    sheet = body().text(53, 705, "编制单位：示例局")
    assert found(sheet) == [TEXTS]

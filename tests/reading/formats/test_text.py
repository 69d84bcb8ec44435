from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.reading.document import Document, Grid, Paragraph, UnreadableFile
from mingsuan.reading.formats.text import MAX_CELLS, MAX_COLUMNS, MAX_LINE, read_text
from mingsuan.reading.narrative.facts import cover_of, stock, units
from mingsuan.reading.narrative.glossary import glossary
from mingsuan.reading.narrative.layout import contents
from mingsuan.reading.narrative.sections import narrative
from tests.hanging import no_hang

EXAMPLE = "2023年某市某局部门预算公开\n\n项目\t金额\t\n合计\t1,024.50\n\t\t\n\n人员经费\t900.00\t备注\n"


def read(text: str) -> Document:
    return read_text(text.encode(), "例.txt")


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_tabs_make_grids_of_equal_width_and_a_blank_line_ends_one() -> None:
    first, second = grids(read(EXAMPLE))
    assert table(first) == [["项目", "金额", ""], ["合计", "1,024.50", ""], ["", "", ""]]
    assert table(second) == [["人员经费", "900.00", "备注"]]


def test_every_cell_knows_line_and_field_also_where_it_is_padding() -> None:
    cell = grids(read("甲\t乙\t丙\n丁\n戊\t己\n\n"))[0].rows[0][2]
    assert (cell.place.file, cell.place.line, cell.place.column) == ("例.txt", 1, 3)
    padded = grids(read("甲\t乙\t丙\n戊\t己\n"))[0].rows[1][2]
    assert (padded.text, padded.place.line, padded.place.column) == ("", 2, 3)


def test_a_line_without_tabs_between_rows_is_a_paragraph() -> None:
    document = read("一\t二\n续行\n三\t四\n")
    assert [type(block) for block in document.blocks] == [Grid, Paragraph, Grid]


def test_tabs_that_only_indent_make_paragraphs() -> None:
    assert texts(read("\t一、主要职责\n\t\t拟订政策。\n")) == ["一、主要职责", "拟订政策。"]


def test_markdown_headings_bold_lists_and_rules() -> None:
    document = read("## **一、概况** ##\n\n- 甲中心\n* 乙中心\n---\n**注**：无。\n**三、结论**\n- 5 -\n")
    assert [(b.text, b.heading) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("一、概况", 2),
        ("甲中心", None),
        ("乙中心", None),
        ("注：无。", None),
        ("三、结论", 6),
        ("- 5 -", None),
    ]


def test_asterisks_that_mask_a_name_stay() -> None:
    assert texts(read("联系人：张**、李**。")) == ["联系人：张**、李**。"]


@pytest.mark.parametrize("rows", ["| 项目 | 金额 |\n|:--|--:|\n| 甲\\|乙 | **1.00** |\n", "项目 | 金额\n--- | ---\n甲\\|乙 | **1.00**\n"])
def test_lines_of_pipes_are_the_rows_of_a_grid(rows: str) -> None:
    (grid,) = grids(read(rows))
    assert table(grid) == [["项目", "金额"], ["甲|乙", "1.00"]]
    assert grid.rows[1][1].place.line == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_every_encoding_gives_the_same_document(encoding: str) -> None:
    assert read_text(EXAMPLE.encode(encoding), "例.txt") == read(EXAMPLE)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "gb18030"])
def test_seeds_read_the_same_in_every_encoding(seed: Callable[[str], bytes], number: str, encoding: str) -> None:
    expected = read_text(seed(number), "seed")
    assert read_text(seed(number).decode().encode(encoding), "seed") == expected
    assert expected.problems == ()


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_no_cell_of_a_seed_is_lost_and_none_is_made_up(seed: Callable[[str], bytes], number: str) -> None:
    lines = seed(number).decode().split("\n")
    for grid in grids(read_text(seed(number), "seed")):
        for row in grid.rows:
            printed = lines[(row[0].place.line or 0) - 1].split("\t")
            assert [cell.text for cell in row] == [text.strip() for text in printed] + [""] * (grid.width - len(printed))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b" \r\n\t", "空的"),
        ("\u3000\n".encode(), "只有空白"),
        (bytes(range(256)) * 20, "不是文本"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 400 + b"\x90\x01" * 50, "不是文本"),
    ],
)
def test_what_is_no_text_is_refused_with_the_next_step(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_text(data, "坏.txt")
    assert "坏.txt" in str(caught.value)
    assert "再试" in caught.value.remedy


def test_half_a_document_is_read_and_says_that_it_breaks_off() -> None:
    document = read_text(EXAMPLE.encode()[:20], "半.txt")
    assert texts(document) == ["2023年某市某局"]
    assert document.problems == ("文件在一个字符的中间断开，结尾可能不完整",)


def test_a_few_damaged_bytes_are_told_and_do_not_stop_the_reading() -> None:
    data = ("本部门预算。" * 200).encode()
    document = read_text(data[:900] + b"\xff" + data[900:], "损.txt")
    assert document.problems == ("有1处字节无法解码，已用“\ufffd”代替",)


def test_bounds_cut_and_say_so() -> None:
    document = read("长" * (MAX_LINE + 5) + "\n\n" + "\t" * (MAX_COLUMNS + 5) + "\n" + "\t\n" * 5000)
    assert len(texts(document)[0]) == MAX_LINE
    (grid,) = grids(document)
    assert grid.width == MAX_COLUMNS
    assert grid.width * len(grid.rows) <= MAX_CELLS
    assert [problem[:4] for problem in document.problems] == ["第1行有", "第3行起", "文件的表"]


FRAGMENTS = [
    "目录",
    "附件：",
    "第一部分",
    "第二部分 附表",
    "一、",
    "（二）",
    "1、",
    "(1)",
    "①",
    "某表",
    "单位：万元",
    "名词解释",
    "说明",
    "车辆",
    "其中：",
    "3辆",
    "编制",
]
SEPARATORS = ["\n", "\n\n", "\t", "\t\t\n", "|", "|\n|---|\n", "**", "# ", "。", "，", " ", "\x0c", "\ufeff"]


@given(
    st.one_of(
        st.text(max_size=5000).map(str.encode),
        st.binary(max_size=5000),
        st.lists(st.sampled_from(FRAGMENTS + SEPARATORS * 3), max_size=1500).map(lambda parts: "".join(parts).encode()),
    ),
    st.integers(1, 4),
)
def test_any_input_is_refused_or_read_quickly(data: bytes, times: int) -> None:
    with no_hang():
        try:
            document = read_text((data * times)[:20_000], "任意")
        except UnreadableFile:
            return
        sections = narrative(document)
        contents(document)
        cover_of(document, sections)
        units(sections)
        stock(sections, 2023)
        glossary(sections)
    assert all(block.place.line for block in document.blocks)

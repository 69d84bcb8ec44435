import struct

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.xls import read_xls
from tests.reading.office_files import ole, record, xls, xls_label, xls_number
from tests.reading.shown import grids, table, tables, texts

BODY = (
    xls_label(0, 0, "收支总表")
    + xls_label(1, 1, "单位：万元")
    + xls_label(2, 0, "项目", 1)
    + xls_label(2, 1, "金额", 1)
    + xls_label(3, 0, "甲", 1)
    + xls_number(3, 1, 1024.5, 2)
)


def test_titles_are_paragraphs_and_numbers_print_as_their_format_says() -> None:
    document = read_xls(xls({"收支": BODY + record(0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1))}), "例.xls")
    assert texts(document) == ["收支总表", "单位：万元"]
    (grid,) = grids(document)
    assert table(grid) == [["项目", "金额"], ["甲", "1,024.50"]]
    assert (grid.rows[1][1].place.sheet, grid.rows[1][1].place.cell) == ("收支", "B4")


def test_packed_numbers_formulas_and_flags() -> None:
    whole, hundredths = (1234 << 2) | 2, (1230 << 2) | 3
    packed = record(0x00BD, struct.pack("<HH", 0, 0) + struct.pack("<HIHI", 2, whole, 2, hundredths) + struct.pack("<H", 1))
    text = record(0x0006, struct.pack("<HHH", 0, 2, 1) + b"\0\0\0\0\0\0\xff\xff" + bytes(8)) + record(
        0x0207, struct.pack("<HB", 2, 1) + "合计".encode("utf-16-le")
    )
    number = record(0x0006, struct.pack("<HHHd", 0, 3, 2, 0.5) + bytes(8))
    flags = record(0x0205, struct.pack("<HHHBB", 0, 4, 1, 1, 0)) + record(0x0205, struct.pack("<HHHBB", 0, 5, 1, 0x17, 1))
    negative = record(0x027E, struct.pack("<HHHI", 0, 6, 2, ((-5 & 0x3FFFFFFF) << 2) | 2))
    line = packed + text + number + flags + negative + xls_label(1, 0, "甲", 1)
    assert tables(read_xls(xls({"页": line}), "例.xls"))[0][0] == ["1,234.00", "12.30", "合计", "0.50", "TRUE", "#REF!", "-5.00"]


def test_shared_strings_go_on_over_the_border_of_a_record() -> None:
    """The first string is wide up to the border and narrow after it."""
    first = struct.pack("<HB", 4, 1) + "财政".encode("utf-16-le")
    rest = b"\0ab" + struct.pack("<HBH", 1, 8, 1) + b"c" + b"\0\0\0\0"
    globals_ = record(0x00FC, struct.pack("<II", 2, 2) + first) + record(0x003C, rest)
    cells = b"".join(record(0x00FD, struct.pack("<HHHI", 0, n, 1, n)) for n in range(2)) + xls_label(1, 0, "甲", 1)
    assert tables(read_xls(xls({"页": cells}, globals_=globals_), "例.xls"))[0][0] == ["财政ab", "c"]


def test_hidden_sheets_rows_and_columns_are_not_read_and_named() -> None:
    row = record(0x0208, struct.pack("<HHHHHHI", 3, 0, 2, 255, 0, 0, 0x20))
    document = read_xls(xls({"收支": row + BODY, "藏": BODY}, states={"藏": 1}), "例.xls")
    assert tables(document) == [[["项目", "金额"]]]
    assert document.problems == ("工作表“藏”是隐藏的，没有读取", "工作表“收支”隐藏了第4行，没有读取")


def test_zeros_that_the_view_hides_are_blank() -> None:
    body = xls_label(0, 0, "甲", 1) + xls_number(0, 1, 0, 2) + xls_label(1, 0, "乙", 1) + record(0x023E, struct.pack("<H", 0))
    assert tables(read_xls(xls({"页": body}), "例.xls")) == [[["甲", ""], ["乙", ""]]]


@pytest.mark.parametrize(
    "broken",
    [
        xls({"页": BODY})[:3000],
        xls({"页": BODY}, globals_=record(0x002F, bytes(6))),
        ole({"Workbook": b"nothing"}),
        ole({"WordDocument": b"x"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["cut", "locked", "no records", "another", "blank"],
)
def test_damaged_workbooks_are_refused_with_a_reason(broken: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_xls(broken, "例.xls")
    assert str(caught.value).startswith("例.xls：")

"""Every format has its way to smuggle in characters that nobody sees; no reader lets them through, and all say so."""

from __future__ import annotations

import pytest

from mingsuan.printable import unseen
from mingsuan.reading.document import Grid, Paragraph, UnreadableFile
from mingsuan.reading.formats.files import load
from tests.reading.office_files import docx, p, rows, tbl, xlsx

HIDDEN = "\u202e\u009b2J"
FILES = {
    "甲.xlsx": xlsx({"表": f"<sheetData>{rows(['项目_x001B_[2J', '金额_x0007_'], ['合计_x0000_', '1.00'], style=1)}</sheetData>"}),
    "甲.docx": docx(p(f"部门预算{HIDDEN}") + tbl([f"项目{HIDDEN}", "金额"], ["合计", "1.00"])),
    "甲.html": f"<html><body><p>预算{HIDDEN}&#27;[2J&#7;</p><table><tr><td>项目&#x9b;</td><td>1</td></tr></table></body></html>".encode(),
    "甲.txt": f"部门预算公开说明{HIDDEN}\n{'收入预算1万元。' * 40}\n".encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_no_reader_lets_them_through(name: str) -> None:
    document = load(data=FILES[name], name=name)
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    texts += [cell.text for b in document.blocks if isinstance(b, Grid) for row in b.rows for cell in row]
    assert texts
    assert not any(map(unseen, texts))
    assert any("控制字符，已略去" in problem for problem in document.problems)


def test_what_is_neither_the_format_of_its_name_nor_text_is_said_to_be_damaged() -> None:
    with pytest.raises(UnreadableFile, match="内容不是PDF文件，也不是文本。文件可能已损坏"):
        load(data=bytes(range(128, 256)) * 40, name="决算.pdf")

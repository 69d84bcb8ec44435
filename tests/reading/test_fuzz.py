"""Some hundred damaged files of every format, made as `make fuzz` makes its ten thousand: each is read, or refused with a clear reason."""

import re
from functools import cache
from random import Random

import pytest

from bench.mangling import Donors, mangled
from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.files import load
from tests.hanging import no_hang
from tests.reading.formats.pdf.build import Sheet, pdf, ruled
from tests.reading.small_files import ARCHIVE, OLD, PAGE, SHEET, WORD

TEXT = "收支总表\n单位：万元\n项目\t金额\n合计\t7.00\n".encode()
FILES = {"docx": WORD, "xlsx": SHEET, "xls": OLD, "html": PAGE, "zip": ARCHIVE, "txt": TEXT}
EACH = 60
"""Damaged files of each format that is read in this process."""
PDFS = 10
"""Damaged PDF files; each costs a process."""


@cache
def page() -> bytes:
    table = ruled(Sheet(), [50, 150, 250], [700, 680, 660], [["项目", "金额"], ["合计", "1.00"]])
    inner = Sheet().text(70, 600, "内")
    return pdf(table.text(70, 750, "收支总表").form("A", inner), Sheet().text(70, 700, "第二页"))


def is_read_or_refused(data: bytes, name: str) -> bool:
    """Whether it is read; else the reason names the file, is Chinese and says what to do."""
    try:
        return isinstance(load(data=data, name=name), Document)
    except UnreadableFile as error:
        assert str(error).startswith(name)
        for words in (error.what, error.remedy):
            assert len(re.findall(r"[\u4e00-\u9fff]", words)) >= 5, error
        assert "Error" not in error.what
        return False


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is damaged beyond recognition may be taken for an older format; converting it is not what is tested."""
    monkeypatch.setattr("mingsuan.reading.formats.legacy.office_program", lambda: None)


@pytest.mark.parametrize("sort", FILES)
def test_damaged_files_are_read_or_refused(sort: str) -> None:
    donors = Donors(tuple(FILES.values()))
    read = 0
    for number in range(EACH):
        how, data = mangled(FILES[sort], donors, Random(f"{sort}:{number}"))
        with no_hang():
            read += is_read_or_refused(data, f"{number}-{how}.{sort}")
    assert read, "nothing got as far as being read, so nothing was tried"


def test_damaged_pdfs_cost_themselves_only() -> None:
    read = 0
    for number in range(PDFS):
        how, data = mangled(page(), Donors((page(), ARCHIVE)), Random(f"pdf:{number}"))
        read += is_read_or_refused(data, f"{number}-{how}.pdf")
    assert read


def test_a_damaged_file_is_made_again_from_its_seed() -> None:
    assert mangled(WORD, Donors((SHEET,)), Random("7")) == mangled(WORD, Donors((SHEET,)), Random("7"))

"""What the files are beside their content: outline, repeated headers, formulas, landmarks."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import cast

import docx
import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from lxml import etree

from mingsuan.publishing.docx import write_docx
from mingsuan.publishing.html import write_html
from mingsuan.publishing.pdf import write_pdf
from mingsuan.publishing.publication import DRAFT, Publication, UnwritableError
from mingsuan.publishing.totals import sums
from mingsuan.publishing.xlsx import MAX_TEXT, sheet_names, write_xlsx
from tests.publishing.samples import HOSTILE, dialect_of, published, sample, with_names

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def publication() -> Publication:
    return replace(published(sample("jiangsu-2017")), date=date(2019, 2, 20))


def test_word_files_have_styles_an_outline_and_repeated_headers(publication: Publication) -> None:
    document = docx.Document(io.BytesIO(write_docx(publication)))
    styles = [p.style.name for p in document.paragraphs if p.style]
    assert {"Title", "Heading 1", "Heading 2", "toc 1", "toc 2", "表名"} <= set(styles)
    assert len(document.tables) == len(publication.sheets)
    header = document.tables[0].rows[0]._tr
    assert header.find(f"{W}trPr/{W}tblHeader") is not None
    assert any(section.page_width > section.page_height for section in document.sections if section.page_width and section.page_height)
    assert document.core_properties.title == publication.title
    assert document.core_properties.created.date() == publication.date


def test_the_contents_of_a_word_file_link_to_headings_that_are_there(publication: Publication) -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(publication))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    linked = [e.get(f"{W}anchor") for e in root.iter(f"{W}hyperlink")]
    assert len(linked) == len(publication.contents)
    assert set(linked) <= {e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")}


def test_pdf_files_have_bookmarks_and_page_numbers(publication: Publication) -> None:
    document = pypdfium2.PdfDocument(write_pdf(publication))
    outlined = [mark.get_title() for mark in document.get_toc()]
    assert [title for _, title, _ in publication.contents] == [t for t in outlined if t in {c[1] for c in publication.contents}]
    texts = [page.get_textpage().get_text_range() for page in document]
    assert "1" not in texts[0].split()
    assert all(f"— {n} —" in text for n, text in enumerate(texts, 1) if n > 1)
    assert document.get_metadata_value("CreationDate").startswith("D:20190220")


def test_without_a_date_no_file_says_when_it_was_made(publication: Publication) -> None:
    undated = replace(publication, date=None)
    assert pypdfium2.PdfDocument(write_pdf(undated)).get_metadata_value("CreationDate") == ""
    with zipfile.ZipFile(io.BytesIO(write_docx(undated))) as archive:
        assert b"dcterms:created" not in archive.read("docProps/core.xml")


def test_totals_of_a_workbook_are_formulas_that_give_the_printed_amount() -> None:
    made = sample("zhengzhou-2021")
    content = write_xlsx(published(made), sums(made, dialect_of(made)))
    formulas, values = (openpyxl.load_workbook(io.BytesIO(content), data_only=known) for known in (False, True))
    found = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    found += 1
                    computed = _sum(str(cell.value), values[sheet.title])
                    assert computed == Decimal(str(values[sheet.title][cell.coordinate].value)), (sheet.title, cell.coordinate)
    assert found > 20


def _sum(formula: str, sheet: openpyxl.worksheet.worksheet.Worksheet) -> Decimal:
    """What =SUM(A1:A9) or =A1+B1 gives."""
    whole = re.fullmatch(r"=SUM\((\w+:\w+)\)", formula)
    cells = [c for line in sheet[whole[1]] for c in line] if whole else [sheet[name] for name in formula[1:].split("+")]
    return sum((Decimal(str(c.value)) for c in cells if isinstance(c.value, int | float)), Decimal(0))


def test_workbooks_are_ready_to_print(publication: Publication) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(publication)))
    assert book.sheetnames[:2] == ["封面目录", "情况说明"]
    for sheet, made in zip(book.worksheets[2:], publication.sheets, strict=True):
        assert sheet.page_setup.orientation == ("landscape" if made.paper.landscape else "portrait")
        assert sheet.page_setup.fitToHeight == 0
        assert (sheet.print_title_rows is not None) == (made.grid.header > 0)
        assert (sheet.freeze_panes is not None) == (made.grid.header > 0)


def test_texts_of_a_workbook_are_strings_whatever_they_begin_with() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(published(with_names(sample("jiangsu-2017", 5), *HOSTILE)))))
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value in HOSTILE]
    assert {c.value for c in cells} == set(HOSTILE)
    assert {c.data_type for c in cells} == {"s"}


def test_a_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(UnwritableError, match="上限"):
        write_xlsx(published(with_names(sample("jiangsu-2017"), "字" * (MAX_TEXT + 1))))


def test_names_of_sheets_differ_and_keep_within_the_format() -> None:
    names = sheet_names(["2021年收支:总表[1]/*?", "2021年收支:总表[1]/*?", "长" * 40])
    assert names == ["01收支总表1", "02收支总表1", f"03{'长' * 29}"]


def test_pages_have_landmarks_captions_and_scopes_and_need_no_script(publication: Publication) -> None:
    page = etree.HTML(write_html(publication).decode())
    found = partial(_found, page)
    assert page.get("lang") == "zh-CN"
    assert found("//script | //@src | //link | //@onclick") == []
    assert len(found("//main")) == 1
    assert found("//nav[@class='skip']//a/@href") == ["#main"]
    assert len(found("//table/caption")) == len(publication.sheets)
    assert found("//th[not(@scope)]") == []
    targets = [target.removeprefix("#") for target in found("//nav[@class='index']//a/@href")]
    assert len(targets) == len(publication.contents)
    assert set(targets) <= set(found("//@id"))
    assert len(set(found("//@id"))) == len(found("//@id"))


def _found(page: etree._Element, path: str) -> list[str]:
    return [str(one) for one in cast(list[object], page.xpath(path))]


def test_markup_in_names_stays_text_on_a_page() -> None:
    page = write_html(published(with_names(sample("jiangsu-2017"), "<script>alert(1)</script>"))).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_drafts_say_so_on_every_page(publication: Publication) -> None:
    draft = replace(publication, draft=True)
    with zipfile.ZipFile(io.BytesIO(write_docx(draft))) as archive:
        assert DRAFT in archive.read("word/header1.xml").decode()
    assert DRAFT in write_html(draft).decode()
    assert DRAFT not in write_html(publication).decode()
    assert all(DRAFT in page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(write_pdf(draft)))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(draft)))
    assert all(DRAFT in (sheet.oddHeader.center.text or "") for sheet in book.worksheets)

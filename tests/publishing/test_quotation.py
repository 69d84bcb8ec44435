"""What a finding quotes is drawn, whatever words it holds."""

from __future__ import annotations

import struct

from mingsuan.checking.reports.page.excerpts import Excerpts
from mingsuan.checking.reports.page.quotes import Quotes
from mingsuan.checking.reports.pictures import spots
from mingsuan.model import Repair, Side
from mingsuan.places import Place
from mingsuan.publishing.quotation import quotation_png
from tests.checking.reports.page.samples import FILE, cell_place, disclosure, finding, narrative, table

MARKUP = '#panic("x") $ \\ [ ] * _ ` <a> " @ref'


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">2L", png[16:24])
    return width, height


def test_tables_and_paragraphs_are_drawn_and_words_are_never_markup() -> None:
    place = cell_place(1, 2)
    about = finding(
        Side(place, MARKUP, "7.00"), Side(Place(FILE, line=9), "叙述", MARKUP), repairs=(Repair(place, "合计", "7.00", "8.00", "改数"),)
    )
    read = disclosure(
        table([[MARKUP, "7.00"], ["一", "2.00"]], [f"{MARKUP}/甲", f"{MARKUP}/乙"], title=MARKUP), sections=(narrative(f"收入{MARKUP}。"),)
    )
    quotes, excerpts = Quotes(read).of(about, spots(about)), Excerpts(read).of(spots(about), about.repairs)
    assert (len(quotes), len(excerpts)) == (1, 1)
    drawn = quotation_png(MARKUP, quotes, excerpts)
    assert size(drawn)[1] > size(quotation_png(MARKUP, quotes, ()))[1] > size(quotation_png(MARKUP, (), ()))[1]
    assert drawn == quotation_png(MARKUP, quotes, excerpts)


def test_a_table_without_rows_is_drawn_by_its_title() -> None:
    empty = table([], ["项目", "金额"])
    about = finding(Side(empty.place, "支出总表", "没有数"))
    (excerpt,) = Excerpts(disclosure(empty)).of(spots(about))
    assert size(quotation_png("空表", (), (excerpt,)))[0] > 0

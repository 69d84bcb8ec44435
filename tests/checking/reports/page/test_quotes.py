"""A paragraph is quoted with the words in question marked, whatever its white space, and without persons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.checking.reports.page.quotes import AROUND, Quote, Quotes
from mingsuan.checking.reports.pictures import spots
from mingsuan.model import Side
from mingsuan.places import Place
from tests.checking.reports.page.samples import FILE, disclosure, finding, narrative

LINE = Place(FILE, line=9)


def quoted(text: str, *sides: Side) -> Quote:
    about = finding(*sides)
    (quote,) = Quotes(disclosure(sections=(narrative(text),))).of(about, spots(about))
    return quote


def marked(quote: Quote) -> list[str]:
    return [piece.text for piece in quote.pieces if piece.marked]


def test_the_words_are_marked_though_they_are_spaced_otherwise() -> None:
    quote = quoted("2023年收入 总计 100 万元，增长5%。", Side(LINE, "收入", "“收入总计100万元”"), Side(LINE, "增长", "增长5％"))
    assert marked(quote) == ["收入 总计 100 万元", "增长5%"]
    assert [piece.marks for piece in quote.pieces if piece.marked] == [(1,), ()]
    assert "".join(piece.text for piece in quote.pieces) == "2023年收入 总计 100 万元，增长5%。"


def test_where_only_a_figure_is_told_the_words_of_the_label_are_marked() -> None:
    assert marked(quoted("基本支出5377.64万元。", Side(LINE, "说明“基本支出5377.64万元”", "5,377.64万元"))) == ["基本支出5377.64万元"]


def test_words_that_are_not_there_leave_the_number_with_the_paragraph() -> None:
    quote = quoted("收入100万元。", Side(LINE, "支出", "支出200万元"))
    assert (quote.found, quote.marks, marked(quote)) == (False, (1,), [])


def test_a_heading_is_quoted_too() -> None:
    about = finding(Side(Place(FILE, line=8), "标题", "收支说明"))
    (quote,) = Quotes(disclosure(sections=(narrative("文。"),))).of(about, spots(about))
    assert marked(quote) == ["收支说明"]


def test_a_long_paragraph_is_shortened_around_its_marks() -> None:
    quote = quoted("前" * 3000 + "收入100万元" + "后" * 3000, Side(LINE, "收入", "收入100万元"))
    assert marked(quote) == ["收入100万元"]
    assert sum(len(piece.text) for piece in quote.pieces) < 3 * AROUND


def test_persons_are_masked() -> None:
    quote = quoted("联系人：张三，电话：13800000000，经费5万元。", Side(LINE, "经费", "经费5万元"))
    shown = "".join(piece.text for piece in quote.pieces)
    assert "张三" not in shown
    assert "138" not in shown
    assert marked(quote) == ["经费5万元"]


@given(st.text(min_size=1, max_size=300), st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4))
def test_what_is_quoted_stands_in_the_paragraph_in_that_order(text: str, said: list[str]) -> None:
    line = "".join(text.splitlines()) or "文"
    at = 0
    for piece in quoted(line, *(Side(LINE, str(n), words) for n, words in enumerate(said))).pieces:
        for part in piece.text.split("……"):
            at = line.index(part, at) + len(part)
        assert piece.marked or not piece.marks

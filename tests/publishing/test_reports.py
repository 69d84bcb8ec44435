"""Performance documents and the rectification notice: what they hold, and that they can be read as their formats demand."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from lxml import etree, html

from mingsuan.model import Disclosure, Finding, Level, Receipt, Report, Side, Status
from mingsuan.performance.plan import Plan
from mingsuan.performance.tabular import Sheet
from mingsuan.places import Place
from mingsuan.publishing.charts import Bar, bars
from mingsuan.publishing.notice import rectification_notice
from mingsuan.publishing.performance import written

PLAN = Plan("某局", 2023, None, (), ())
SUMMARY = Sheet(
    "绩效自评结果汇总表",
    (("部门", "某局"),),
    ("项目", "执行率", "得分", "等级"),
    (("热线<经费>", "95.00%", "90.41", "优"), ("=会议&费", "", "0.00", "不完整")),
    frozenset({1, 2}),
    ("依据：某文",),
)


def test_word_has_the_tables_and_the_chart_with_its_words() -> None:
    content = written("docx", "绩效自评", PLAN, (SUMMARY,))

    document = docx.Document(io.BytesIO(content))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["热线<经费>", "95.00%", "90.41", "优"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (picture,) = (n for n in archive.namelist() if n.endswith(".png"))
        assert archive.read(picture).startswith(b"\x89PNG")
        assert "热线&lt;经费&gt;90.41 优" in archive.read("word/document.xml").decode()


def test_the_page_draws_the_chart_and_names_every_grade_in_words() -> None:
    page = html.fromstring(written("html", "绩效自评", PLAN, (SUMMARY,)).decode())

    (chart,) = page.iterfind(".//figure/svg")
    assert "90.41 优" in (chart.get("aria-label") or "")
    assert "不完整" in "".join(map(str, page.itertext()))
    assert not page.findall(".//script")


def test_the_workbook_draws_the_chart_too() -> None:
    content = written("xlsx", "绩效自评", PLAN, (SUMMARY,))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (picture,) = (n for n in archive.namelist() if n.endswith(".png"))
        assert archive.read(picture).startswith(b"\x89PNG")
        assert any("90.41 优" in archive.read(n).decode() for n in archive.namelist() if "drawing" in n and n.endswith(".xml"))


def test_the_workbook_keeps_text_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", "绩效自评", PLAN, (SUMMARY,))))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=会议&费"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    assert written(form, "绩效自评", PLAN, (SUMMARY,)) == written(form, "绩效自评", PLAN, (SUMMARY,))


def test_a_chart_is_well_formed_whatever_the_names() -> None:
    picture = bars("得分", [Bar("a" * 200 + "<&\"'>", 1.7, "超过", "good"), Bar("负", -1, "-3", "bad")])

    root = etree.fromstring(picture.svg.encode())
    lengths = [
        float(r.get("width") or "nan") for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("fill") in ("#2E7D5B", "#B5373D")
    ]
    assert lengths == [228.0, 0.0]


def finding(text: str) -> Finding:
    side = Side(Place(file="甲.pdf", page=3), "收入总表", text)
    return Finding("FIG101", Level.ERROR, f"合计{text}与各项之和不符。", (side,), observed=text, expected="13.00", fix="把合计改为13.00。")


def test_the_notice_lists_every_finding_with_what_to_do_and_leaves_blanks_to_fill() -> None:
    report = Report((finding("12.00"), finding("=1+1")), ())
    content = rectification_notice(Disclosure(department="某局", year=2024), report, "甲.pdf", due=date(2024, 5, 1))

    document = docx.Document(io.BytesIO(content))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "关于某局2024年部门预算公开问题的整改通知" in text
    assert "错误2处" in text
    assert "2024年5月1日前" in text
    (table,) = document.tables
    assert [row.cells[4].text for row in table.rows] == ["公开数", "12.00", "=1+1"]
    assert table.rows[1].cells[6].text == "把合计改为13.00。"
    assert "目录" not in text
    assert [p.text for p in document.paragraphs if p.alignment == WD_ALIGN_PARAGRAPH.RIGHT and p.text] == ["【发文机关】", "【发文日期】"]
    assert document.paragraphs[1].text == "某局："
    assert document.paragraphs[1].paragraph_format.first_line_indent == 0
    assert "附件：公开问题及整改要求" in text
    assert table.rows[0].cells[8].text == "整改情况"


def test_a_notice_says_what_was_not_checked_and_asks_for_nothing_where_nothing_was_found() -> None:
    receipts = (Receipt("LAW101 二十日", Status.INSUFFICIENT, "没有日期", rule="LAW101"),)
    about = Disclosure(department="某局", year=2024)
    found, clean = (
        docx.Document(io.BytesIO(rectification_notice(about, Report(findings, receipts), "甲.pdf"))) for findings in ((finding("1"),), ())
    )

    for document in (found, clean):
        assert "另有1项因数据不足等原因没有核对" in "\n".join(p.text for p in document.paragraphs)
    text = "\n".join(p.text for p in clean.paragraphs)
    assert "没有发现需要整改的问题" in text
    assert "整改期限" not in text
    assert not clean.tables


def test_the_title_of_a_notice_is_broken_before_the_year() -> None:
    whom = "某市某区某某某某某街道办事处"
    document = docx.Document(io.BytesIO(rectification_notice(Disclosure(department=whom, year=2024), Report((finding("1"),)), "甲.pdf")))

    assert document.paragraphs[0].text == f"关于{whom}\n2024年部门预算公开问题的整改通知"

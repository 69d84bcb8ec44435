"""Reports for other programs: what they must hold, and that hostile text stays text."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from mingsuan.amounts import Amount
from mingsuan.checking.reports.against import NoEarlierCheckError, against, against_text
from mingsuan.checking.reports.changes import numbers, told
from mingsuan.checking.reports.checked import Checked
from mingsuan.checking.reports.junit import junit
from mingsuan.checking.reports.sarif import sarif
from mingsuan.checking.reports.workbook import findings_workbook
from mingsuan.model import (
    Cell,
    CellKind,
    Column,
    Disclosure,
    Finding,
    Level,
    Receipt,
    Repair,
    Report,
    Row,
    RowKey,
    Side,
    Status,
    Table,
    Waived,
    Waiver,
)
from mingsuan.model.json import report_to_json
from mingsuan.places import Place


def finding(code: str = "FIG101", level: Level = Level.ERROR, text: str = "12.00", **more: object) -> Finding:
    side = Side(Place(file="甲.txt", line=7), "《收入总表》·合计", text)
    return Finding(code, level, f"合计{text}与各项之和不符。", (side,), observed=text, expected="13.00", **more)  # type: ignore[arg-type]


RECEIPTS = (
    Receipt("FIG101 合计等于各项之和", Status.FAILED, "1个问题", rule="FIG101", about="收入总表"),
    Receipt("FORM101 标题", Status.PASSED, rule="FORM101"),
    Receipt("LAW101 二十日", Status.INSUFFICIENT, "没有写明批复日期", rule="LAW101"),
    Receipt("NAR101 增减", Status.NOT_APPLICABLE, "没有上年数", rule="NAR101"),
)


def checked(*findings: Finding, waived: tuple[Waived, ...] = ()) -> Checked:
    return Checked("甲.txt", Disclosure(department="某局", year=2024), Report(findings, RECEIPTS, waived))


def waiver() -> Waived:
    return Waived(finding("TEXT101", Level.WARNING, "印"), Waiver("abc", "已向财政局说明", "李四", date(2024, 3, 1)))


def test_sarif_has_rule_level_place_fingerprint_and_what_is_waived() -> None:
    (run,) = sarif([checked(finding(fix="改为13.00。"), waived=(waiver(),))])["runs"]

    first, second = run["results"]
    assert (first["ruleId"], first["level"]) == ("FIG101", "error")
    assert first["message"]["text"].endswith("改为13.00。")
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert first["partialFingerprints"]["mingsuan/v1"] == finding().fingerprint
    assert second["suppressions"][0]["justification"].startswith("已向财政局说明")
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"FIG101", "TEXT101"}
    json.dumps(run)


def test_junit_fails_only_on_errors_and_never_passes_what_was_not_checked() -> None:
    (suite,) = etree.fromstring(junit([checked(finding(), finding("FORM101", Level.INFO))]))

    attributes: dict[str, str] = {str(name): str(value) for name, value in suite.attrib.items()}
    assert attributes == {"name": "甲.txt", "tests": "4", "failures": "1", "skipped": "2", "errors": "0"}
    states = {case.get("name"): [child.tag for child in case] for case in suite}
    assert states == {
        "FIG101 合计等于各项之和": ["failure"],
        "FORM101 标题": [],
        "LAW101 二十日": ["skipped"],
        "NAR101 增减": ["skipped"],
    }


def test_every_table_with_an_error_fails_and_what_is_waived_is_not_passed() -> None:
    """A rule's findings in two tables fail the case of each; the case of a rule whose findings are all waived is skipped."""
    here, there = Place(file="甲.txt", line=7), Place(file="甲.txt", line=90)
    other = replace(finding(text="5.00"), sides=(Side(there, "《支出总表》·合计", "5.00"),))
    receipts = (
        Receipt("FIG101 甲", Status.FAILED, places=(here,), rule="FIG101", about="收入总表"),
        Receipt("FIG101 乙", Status.FAILED, places=(there,), rule="FIG101", about="支出总表"),
        Receipt("TEXT101 文", Status.FAILED, rule="TEXT101"),
    )
    (suite,) = etree.fromstring(junit([Checked("甲.txt", Disclosure(), Report((finding(), other), receipts, (waiver(),)))]))

    assert [[child.tag for child in case] for case in suite] == [["failure"], ["failure"], ["skipped"]]
    assert [case[0].get("message") for case in suite][:2] == ["合计12.00与各项之和不符。", "合计5.00与各项之和不符。"]


def test_junit_holds_text_that_xml_cannot() -> None:
    written = etree.fromstring(junit([Checked("a\x00b\ud800.txt", Disclosure(), Report((finding(text="\x0b<&>"),), RECEIPTS))]))
    assert any("<&>" in told for element in written.iter() for told in (element.text or "", *element.attrib.values()))


def test_the_workbook_lists_findings_what_was_not_checked_and_files_that_were_not_read() -> None:
    document = checked(finding(), waived=(waiver(),))
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook([document], [("坏.pdf", "已加密")])))

    assert book.sheetnames == ["概况", "问题", "规则", "未核对", "已豁免"]
    assert rows(book, "概况") == [
        {
            "文件": "甲.txt",
            "部门": "某局",
            "年度": 2024,
            "版式": "未认出",
            "结论": "没有通过：1处错误须改正",
            "错误": 1,
            "警告": 0,
            "提示": 0,
            "已豁免": 1,
            "通过": 1,
            "有问题": 1,
            "没有核对": 1,
            "不适用": 1,
        },
        {"文件": "坏.pdf", "结论": "没有核对：已加密"},
    ]
    assert [row["问题"] for row in rows(book, "问题")] == ["合计12.00与各项之和不符。"]
    assert [(row["编号"], row["错误"], row["涉及的文件"]) for row in rows(book, "规则")] == [("FIG101", 1, 1)]
    assert rows(book, "未核对") == [
        {"文件": "甲.txt", "核对事项": "LAW101 二十日", "对象": "全文", "状态": "数据不足", "原因": "没有写明批复日期"}
    ]
    assert [row["决定人"] for row in rows(book, "已豁免")] == ["李四"]


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet by the titles of the columns, without what is empty."""
    head, *body = book[sheet].iter_rows(values_only=True)
    return [{str(title): value for title, value in zip(head, row, strict=True) if value not in (None, "")} for row in body]


def test_every_sheet_can_be_filtered_keeps_its_headings_in_sight_and_shows_all_of_a_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook([checked(finding(text="长" * 400))])))

    for sheet in book:
        assert sheet.auto_filter.ref
        assert str(sheet.freeze_panes).endswith("2")
        assert sheet.print_title_rows == "$1:$1"
    assert book["问题"].row_dimensions[2].height > 15 * 400 * 2 / book["问题"].column_dimensions["F"].width


def test_a_file_of_the_summary_leads_to_its_first_finding() -> None:
    documents = [checked(finding(), finding("FIG102")), checked(), checked(finding("FIG103"))]
    sheet = openpyxl.load_workbook(io.BytesIO(findings_workbook(documents)))["概况"]

    links = [cell.hyperlink.location if cell.hyperlink else None for cell in sheet["A"][1:]]
    assert links == ["'问题'!A2", None, "'问题'!A4"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@sum", "http://x"])
def test_the_workbook_keeps_text_text(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook([checked(finding(text=text))])))

    (cell,) = (c for c in book["问题"][2] if book["问题"].cell(1, c.column).value == "印的数")
    assert (cell.value, cell.data_type) == (text, "s")


def table(*amounts: str) -> Disclosure:
    """A table with a row for each amount."""
    rows = tuple(
        Row({"项目": Cell(f"第{n}项"), "金额": Cell(text, value=Amount(Decimal(text), "万元", 2))}, RowKey(function=f"201{n:02d}"))
        for n, text in enumerate(amounts, start=1)
    )
    columns = (Column("项目", CellKind.KEY), Column("金额", CellKind.AMOUNT))
    return Disclosure(tables=(Table("revenue_overview", "收入总表", "万元", columns, rows),))


def earlier(disclosure: Disclosure, report: Report) -> dict[str, object]:
    """What an earlier check wrote."""
    return json.loads(json.dumps({**report_to_json(report), "numbers": numbers(disclosure)}))  # type: ignore[no-any-return]


def test_a_rectified_document_has_its_finding_gone_and_no_other_number_changed() -> None:
    before = earlier(table("12.00", "5.00"), Report((finding(),), ()))

    difference = against(before, "上次.json", table("13.00", "5.00"), Report((), ()))

    assert [f.code for f in difference.gone] == ["FIG101"]
    assert (difference.new, difference.kept, difference.unexpected) == ((), (), ())
    assert [(c.before, c.after) for c in difference.changes] == [("12.00", "13.00")]
    assert "都是已消除的问题所涉及的；其他数都没有改动" in against_text(difference, "上次.json")


def test_a_number_that_no_finding_asked_for_is_told() -> None:
    before = earlier(table("12.00", "5.00"), Report((finding(),), ()))
    now = finding("FIG201", text="6.00")

    difference = against(before, "上次.json", table("13.00", "6.00"), Report((now,), ()))

    assert [f.code for f in difference.new] == ["FIG201"]
    assert [(c.before, c.after) for c in difference.unexpected] == [("5.00", "6.00")]
    assert "1个与已消除的问题无关" in against_text(difference, "上次.json")


def test_a_number_is_not_taken_for_another_that_ends_in_it() -> None:
    """5.00 is no 15.00: the finding on 15.00 that is gone has asked for nothing there."""
    before = earlier(table("15.00", "5.00"), Report((finding(text="15.00"),), ()))

    difference = against(before, "上次.json", table("13.00", "6.00"), Report((), ()))

    assert [(c.before, c.after) for c in difference.unexpected] == [("5.00", "6.00")]


def test_another_number_than_the_finding_asked_for_is_told() -> None:
    repair = Repair(Place(line=7), "《收入总表》·第1项·金额", "12.00万元", "13.00万元", "一位数字错")
    before = earlier(table("12.00", "5.00"), Report((finding(repairs=(repair,)),), ()))

    right = against(before, "上次.json", table("13.00", "5.00"), Report((), ()))
    wrong = against(before, "上次.json", table("14.00", "5.00"), Report((), ()))

    assert [(c.expected, c.wanted) for c in right.changes] == [(True, "")]
    assert [(c.expected, c.wanted) for c in wrong.changes] == [(True, "13.00万元")]
    assert "上次建议改为13.00万元" in against_text(wrong, "上次.json")


def test_a_row_that_is_only_renamed_is_no_change_and_a_number_that_moves_is_one() -> None:
    plain = table("12.00", "5.00")
    named = replace(plain.tables[0].rows[1], cells={**plain.tables[0].rows[1].cells, "项目": Cell("第二项")})
    renamed = replace(plain, tables=(replace(plain.tables[0], rows=(plain.tables[0].rows[0], named)),))

    assert against(earlier(plain, Report((), ())), "上次.json", renamed, Report((), ())).changes == ()
    moved = against(earlier(plain, Report((), ())), "上次.json", table("5.00", "12.00"), Report((), ()))
    assert len(moved.unexpected) == 2


def test_two_rows_that_a_finding_says_are_exchanged_may_be_exchanged() -> None:
    repair = Repair(Place(line=7), "《收入总表》“301第1项”、“302第2项”两行", "12.00万元", "5.00万元（首个）", "两行互换")
    before = earlier(table("12.00", "5.00", "7.00"), Report((finding(repairs=(repair,)),), ()))

    difference = against(before, "上次.json", table("5.00", "12.00", "8.00"), Report((), ()))

    assert [c.before for c in difference.unexpected] == ["7.00"]
    assert all(not c.wanted for c in difference.changes)


def test_places_of_numbers_are_said_as_a_reader_says_them() -> None:
    assert told("《收入总表》之2·937005·937005·某中心#2·本年/合计") == "《收入总表》之2“937005 某中心”行（同名的第2行）“本年/合计”列"
    assert told("叙述“第二部分/八、基金情况”增加额2023#1") == "说明“八、基金情况”里的增加额（2023年）"


def test_separators_and_rows_that_come_and_go_are_no_changes_of_others() -> None:
    before = earlier(table("1200.00", "5.00"), Report((), ()))
    after = table("1200.00", "5.00", "7.00")
    first = after.tables[0].with_cell(0, "金额", Cell("1,200.00", value=Amount(Decimal("1200.00"), "万元", 2)))

    difference = against(before, "上次.json", replace(after, tables=(first,)), Report((), ()))

    assert [(c.before, c.after) for c in difference.changes] == [("", "7.00")]


@pytest.mark.parametrize("data", [{}, {"numbers": []}, {"numbers": {}}, {"numbers": {}, "findings": [{}], "receipts": []}])
def test_what_is_no_earlier_check_is_a_message(data: dict[str, object]) -> None:
    with pytest.raises(NoEarlierCheckError, match=r"上次\.json"):
        against(data, "上次.json", Disclosure(), Report((), ()))

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
from mingsuan.checking.reports.against import NoEarlierCheckError, against, against_text, numbers
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


def test_junit_holds_text_that_xml_cannot() -> None:
    etree.fromstring(junit([Checked("a\x00b\ud800.txt", Disclosure(), Report((finding(text="\x0b<&>"),), RECEIPTS))]))


def test_the_workbook_lists_findings_what_was_not_checked_and_files_that_were_not_read() -> None:
    document = checked(finding(), waived=(waiver(),))
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook([document], [("坏.pdf", "已加密")])))

    assert book.sheetnames == ["概况", "问题", "未核对", "已豁免"]
    assert [c.value for c in book["概况"][2]][:8] == ["甲.txt", "某局", "2024", "未认出", 1, 0, 0, 1]
    assert book["概况"]["B3"].value == "没有读取：已加密"
    assert book["问题"]["F2"].value == "合计12.00与各项之和不符。"
    assert [c.value for c in book["未核对"][2]] == ["甲.txt", "LAW101 二十日", "全文", "数据不足", "没有写明批复日期"]
    assert book["已豁免"]["F2"].value == "李四"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@sum", "http://x"])
def test_the_workbook_keeps_text_text(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(findings_workbook([checked(finding(text=text))])))

    assert (book["问题"]["G2"].value, book["问题"]["G2"].data_type) == (text, "s")


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
    assert "其他数都没有改动" in against_text(difference, "上次.json")


def test_a_number_that_no_finding_asked_for_is_told() -> None:
    before = earlier(table("12.00", "5.00"), Report((finding(),), ()))
    now = finding("FIG201", text="6.00")

    difference = against(before, "上次.json", table("13.00", "6.00"), Report((now,), ()))

    assert [f.code for f in difference.new] == ["FIG201"]
    assert [(c.before, c.after) for c in difference.unexpected] == [("5.00", "6.00")]
    assert "另有改动" in against_text(difference, "上次.json")


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

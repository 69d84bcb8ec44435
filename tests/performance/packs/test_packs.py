"""Sector packs: headings, checks of the data, measures computed by hand, breakdowns, the rows that failed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import Source
from mingsuan.performance.evidence.period import Period
from mingsuan.performance.evidence.session import Session
from mingsuan.performance.packs import pack as packs
from mingsuan.performance.packs.measuring import breakdown, failing, measured
from mingsuan.performance.packs.tables import load
from mingsuan.synth.hall import write_hall
from mingsuan.synth.hotline import write_hotline

YEAR = Period.of_year(2024)
CALLS = """来电编号,来电时间,接听时间,结束时间,班组,区县,满意度评价
1,2024-01-01 08:00:00,2024-01-01 08:00:10,2024-01-01 08:02:10,一班,甲区,满意
2,2024/1/2 9:00,,2024-01-02 09:00:30,一班,乙区,
3,2024-02-01 08:00:00,2024-02-01 08:00:20,2024-02-01 08:05:00,二班,甲区,不满意
4,2024-02-01 09:00:00,2024-02-01 09:00:15,,二班,甲区,基本满意
5,2023-12-31 23:59:59,,,二班,甲区,
"""
ORDERS = """工单号,受理时间,办理期限,办结时间,反馈时间,承办单位
a,2024-01-01 08:00:00,2024-01-04 08:00:00,2024-01-03 08:00:00,2024-01-05 08:00:00,城管局
b,2024-01-01 08:00:00,2024-01-04 08:00:00,2024-01-06 08:00:00,,城管局
c,2024-01-01 08:00:00,2024-01-04 08:00:00,,,住建局
d,2024-12-31 08:00:00,2025-01-04 08:00:00,,,住建局
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def values(folder: Path, pack_name: str, table: str, text: str, period: Period = YEAR) -> dict[str, Decimal | None]:
    pack = packs.load(pack_name)
    with Session([Source("数据", written(folder, "数据.csv", text))]) as session:
        loaded = load(session, "数据", pack, pack.table(table))
        return {m.name: m.value for m in measured(session, loaded, tuple(m for m in pack.measures if m.table == table), period)}


def test_calls_computed_by_hand(tmp_path: Path) -> None:
    found = values(tmp_path, "hotline", "calls", CALLS)

    assert found["接通率"] == 75  # 3 of 4 calls of the year; the fifth is last year's
    assert found["15秒接通率"] == Decimal("66.6667")  # 10 and 15 of 10, 20, 15 seconds
    assert found["平均接通时长"] == 15
    assert found["来电量"] == 4
    assert found["月接话量"] == Decimal("1.5")
    assert found["通话满意度"] == Decimal("66.6667")


def test_orders_computed_by_hand(tmp_path: Path) -> None:
    found = values(tmp_path, "hotline", "orders", ORDERS)

    assert found["按时办结率"] == Decimal("33.3333")  # of a, b, c; the time of d is not over
    assert found["反馈响应率"] == 50
    assert found["办理满意度"] is None


def test_a_measure_of_a_part_of_the_year(tmp_path: Path) -> None:
    assert values(tmp_path, "hotline", "calls", CALLS, Period(date(2024, 1, 1), date(2024, 1, 31)))["接通率"] == 50


def test_breakdown_and_the_rows_that_failed(tmp_path: Path) -> None:
    pack = packs.load("hotline")
    rate = pack.measure("接通率")
    assert rate is not None
    with Session([Source("数据", written(tmp_path, "数据.csv", CALLS))]) as session:
        loaded = load(session, "数据", pack, pack.table("calls"))
        parts = breakdown(session, loaded, rate, "group", YEAR)
        failed = failing(session, loaded, rate, YEAR)

    assert [(p.name, p.value) for p in parts] == [("一班", Decimal(50)), ("二班", Decimal(100))]
    assert failed.number == 1
    assert failed.columns[:3] == ("通话编号", "呼入时间", "接听时间")
    assert failed.rows == (("第3行", ("2", "2024-01-02 09:00:00", "", "2024-01-02 09:00:30", "一班", "乙区", "")),)


def findings(folder: Path, text: str, table: str = "calls") -> list[tuple[str, str]]:
    with Session([Source("数据", written(folder, "数据.csv", text))]) as session:
        hotline = packs.load("hotline")
        found = load(session, "数据", hotline, hotline.table(table)).findings
    return [(f.code, f.message) for f in found]


def test_sound_data_has_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path, CALLS) == []
    assert findings(tmp_path, ORDERS, "orders") == []


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("1,2024-01-01 08:00:00,2024-01-01 08:00:10,,一班,甲区,", "EVI102", "重复"),
        ("6,2024-13-01 08:00:00,,,一班,甲区,", "EVI101", "“2024-13-01 08:00:00”"),
        ("6,2024-01-01 08:00:00,2024-01-01 07:59:00,,一班,甲区,", "EVI103", "接听时间早于呼入时间"),
        ("6,2024-01-01 08:00:00,,2024-01-03 08:00:00,一班,甲区,", "EVI103", "超过24小时"),
        ("6,2024-01-01 08:00:00,,,一班,甲区,很好", "EVI104", "“很好”"),
        ("6,2024-01-01 08:00:00,,", "EVI105", "第7行"),
        (",2024-01-01 08:00:00,,,一班,甲区,", "EVI101", "没有“通话编号”"),
    ],
)
def test_what_is_wrong_with_data_is_found_with_its_line(tmp_path: Path, line: str, code: str, says: str) -> None:
    (found,) = findings(tmp_path, f"{CALLS}{line}\n")

    assert found[0] == code
    assert says in found[1]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("6,2024-01-01 08:00:00 PM,,,一班,甲区,", "EVI101", "读不成时间"),
        ("6,0024-01-01 08:00:00,,,一班,甲区,", "EVI101", "读不成时间"),
        ("6,infinity,,,一班,甲区,", "EVI101", "读不成时间"),
        ("6,,,,一班,甲区,", "EVI101", "不属于任何期间"),
    ],
)
def test_times_that_cannot_be_are_not_made_others(tmp_path: Path, line: str, code: str, says: str) -> None:
    assert any(found[0] == code and says in found[1] for found in findings(tmp_path, f"{CALLS}{line}\n"))


@pytest.mark.parametrize("time", ["20240601080000", "2024年6月1日 8:00", "2024.06.01 08:00:00", "2024-06-01T08:00:00+08:00"])
def test_times_as_systems_write_them(tmp_path: Path, time: str) -> None:
    text = f"{CALLS}6,{time},,,一班,甲区,\n"

    assert findings(tmp_path, text) == []
    assert values(tmp_path, "hotline", "calls", text, Period(date(2024, 6, 1), date(2024, 6, 1)))["来电量"] == 1


def test_a_count_is_not_rounded(tmp_path: Path) -> None:
    rows = "班次编号,日期,计划开放窗口数,实际开放窗口数,班次类别\n1,2024-01-08,120,119.5,工作日\n2,2024-01-09,120,0x10,工作日\n"
    hall = packs.load("hall")
    with Session([Source("数据", written(tmp_path, "数据.csv", rows))]) as session:
        (found,) = load(session, "数据", hall, hall.table("shifts")).findings
    assert "有2个值读不成数（如“119.5”）" in found.message


def test_line_breaks_in_fields_are_told_and_places_do_not_guess_lines(tmp_path: Path) -> None:
    text = CALLS.replace("一班,甲区,满意", '"一\n班",甲区,满意') + "1,2024-01-01 08:00:00,,,一班,甲区,\n"

    with Session([Source("数据", written(tmp_path, "数据.csv", text))]) as session:
        hotline = packs.load("hotline")
        found = {f.code: f for f in load(session, "数据", hotline, hotline.table("calls")).findings}
    assert "有换行" in found["EVI105"].message
    assert found["EVI102"].sides[0].place.line is None


def test_a_lost_quotation_mark_counts_all_that_it_swallows(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, CALLS + '6,2024-01-01 08:00:00,,,"一班,甲区,\n' + "7,2024-01-01 08:00:00,,,一班,甲区,\n" * 5)

    assert found[0] == "EVI105"
    assert "有6行" in found[1]
    assert "引号没有配对" in found[1]


def test_a_worksheet_with_a_title_says_the_row_of_the_sheet(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2024年通话记录"], ["来电编号", "来电时间", "接听时间"], [1, "2024-01-01 08:00:00", "7点"]):
        sheet.append(row)
    book.save(tmp_path / "数据.xlsx")

    with Session([Source("数据", tmp_path / "数据.xlsx")]) as session:
        hotline = packs.load("hotline")
        (found,) = load(session, "数据", hotline, hotline.table("calls")).findings
    assert found.sides[0].place.line == 3


def test_a_missing_column_names_what_is_there_and_what_it_may_be_called(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"缺少必需的列：接听时间.*来电时间.*应答时间"):
        findings(tmp_path, "来电编号,来电时间\n1,2024-01-01 08:00:00\n")


def test_an_unknown_pack_names_the_known_ones() -> None:
    with pytest.raises(packs.UnknownPackError, match="hall、hotline"):
        packs.load("water")


def test_hall_computed_by_hand(tmp_path: Path) -> None:
    rows = ("1,2024-01-06,40,40,双休日", "2,2024-01-07,40,0,双休日", "3,2024-01-08,120,120,工作日")
    shifts = "\n".join(("班次编号,日期,计划开放窗口数,实际开放窗口数,班次类别", *rows))
    attendance = "人员编号,日期,应到,实到,日补助标准（元）\np,2024-01-08,1,1,70\np,2024-01-09,1,0,70\nq,2024-01-08,1,1,70\n"

    found = values(tmp_path, "hall", "shifts", shifts) | values(tmp_path, "hall", "attendance", attendance)

    assert found["双休日开放班次"] == 1
    assert found["双休日窗口开放率"] == 50
    assert found["窗口开放率"] == 80
    assert found["派驻人员数"] == 2
    assert found["出勤率"] == Decimal("66.6667")
    assert found["派驻人员补助"] == 140


def test_made_up_data_is_sound_and_answers_every_measure(tmp_path: Path) -> None:
    calls, orders = write_hotline(tmp_path, 1, 400, 80, 2024)
    hall = write_hall(tmp_path, 1, 200, 5, 2024)
    made = {"hotline": zip(("calls", "orders"), (calls, orders), strict=True)}
    made["hall"] = zip(("tickets", "shifts", "attendance", "leases", "free_services"), hall, strict=True)

    for name, tables in made.items():
        pack = packs.load(name)
        for table, path in tables:
            with Session([Source("数据", path)]) as session:
                loaded = load(session, "数据", pack, pack.table(table))
                results = measured(session, loaded, tuple(m for m in pack.measures if m.table == table), YEAR)
                assert loaded.findings == ()
                assert loaded.present == {c.name for c in loaded.table.columns}
                assert all(r.value is not None for r in results)
                for measure in (m for m in pack.measures if m.table == table):
                    assert all(breakdown(session, loaded, measure, by, YEAR) for by in measure.by)
                    failing(session, loaded, measure, YEAR)


def test_the_same_seed_makes_the_same_data(tmp_path: Path) -> None:
    one, _ = write_hotline(tmp_path / "1", 7, 50, 10, 2024)
    other, _ = write_hotline(tmp_path / "2", 7, 50, 10, 2024)

    assert one.read_bytes() == other.read_bytes()

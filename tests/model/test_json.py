import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mingsuan.amounts import Amount, State
from mingsuan.model import (
    Cell,
    CellKind,
    Claim,
    Column,
    Disclosure,
    Finding,
    Level,
    Quantity,
    Receipt,
    Repair,
    Report,
    Row,
    RowKey,
    Section,
    Side,
    Status,
    StockFact,
    Table,
    Unit,
    Unrecognised,
)
from mingsuan.model.json import disclosure_from_json, disclosure_to_json, report_from_json, report_to_json
from mingsuan.model.schema import schema
from mingsuan.places import Place

PLACE = Place("例.txt", line=3, column=2)
BOX = Place("例.pdf", page=1, box=(1.0, 2.0, 3.5, 4.0))
COLUMNS = (
    Column("科目编码/类", CellKind.KEY, "科目编码/类"),
    Column("合计", CellKind.AMOUNT, "合计"),
    Column("数量", CellKind.QUANTITY, "数量"),
    Column("开始时间", CellKind.DATE, "开始时间"),
    Column("绩效等次", CellKind.TEXT),
)
CELLS = {
    "科目编码/类": Cell("201", PLACE),
    "合计": Cell("1234.50", BOX, Amount(Decimal("12345000"), "万元", 2)),
    "数量": Cell("30", PLACE, Quantity(Decimal(30), "台")),
    "开始时间": Cell("2023-01-01", PLACE, date(2023, 1, 1)),
    "绩效等次": Cell("优", PLACE),
}
TABLE = Table(
    "expenditure_overview",
    "部门支出总体情况表",
    "万元",
    COLUMNS,
    (
        Row(CELLS, RowKey(function="201")),
        Row({"合计": Cell("—", PLACE, State.BLANK)}),
        Row({"合计": Cell("12.3.4", PLACE, State.UNREADABLE)}),
    ),
    place=Place("例.txt", line=1, end_line=9),
    decimals=2,
    notes=("注：含结转。",),
    repairs=("第2行表头错位，已归位",),
)
DISCLOSURE = Disclosure(
    "示例局",
    "河南省郑州市",
    2023,
    dialect="henan",
    tables=(TABLE,),
    claims=(Claim("一、说明", "收入总计1234.5万元", "收入总计", Decimal("1234.5"), "万元", 2023, PLACE, links=(("last", 0),), region=()),),
    sections=(Section("一、说明", "overview_note", 2, PLACE, "正文", "第二部分/一、说明", ((0, PLACE),)),),
    stock=(StockFact("车辆", Decimal(3), "辆", 2022, PLACE), StockFact("设备", None, "台", None, PLACE, "车辆")),
    units=(Unit("示例中心", own_books=False, place=PLACE),),
    contents=("部门支出总体情况表",),
    unrecognised=(Unrecognised("列“绩效等次”", "表样没有这一列", PLACE),),
)
REPORT = Report(
    (
        Finding(
            "TAB101",
            Level.ERROR,
            "合计与各项之和不符。",
            (Side(PLACE, "合计", "12.0"),),
            "12.0",
            "21.0",
            "-9.0万元",
            (Repair(PLACE, "合计", "12.0", "21.0", "换位"),),
            ("合计＝基本支出＋项目支出",),
            "算术",
            fix="把合计改为21.0。",
        ),
    ),
    (Receipt("TAB101", Status.FAILED, "", (PLACE,), "TAB101", "支出表"),),
)


def rewritten(value: object) -> object:
    """What a reader of the written JSON gets."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def test_a_disclosure_written_and_read_is_the_same() -> None:
    data = rewritten(disclosure_to_json(DISCLOSURE))
    assert isinstance(data, dict)
    assert disclosure_from_json(data) == DISCLOSURE


def test_amounts_are_exact_decimal_strings_of_yuan() -> None:
    (table,) = disclosure_to_json(DISCLOSURE)["tables"]
    assert table["columns"] == ["科目编码/类", "合计", "数量", "开始时间", "绩效等次"]
    assert table["rows"][0]["合计"]["text"] == "1234.50"
    assert table["rows"][0]["合计"]["yuan"] == "12345000"
    assert table["rows"][0]["合计"]["place"] == {"file": "例.pdf", "page": 1, "box": [1.0, 2.0, 3.5, 4.0]}
    assert "yuan" not in table["rows"][1]["合计"]
    assert table["row_keys"] == [{"function": "201"}, None, None]


def test_an_amount_whose_unit_is_not_known_has_no_yuan_but_survives() -> None:
    table = Table("overall_performance", "", None, COLUMNS[1:2], (Row({"合计": CELLS["合计"]}),))
    data = disclosure_to_json(Disclosure(tables=(table,)))
    assert "yuan" not in data["tables"][0]["rows"][0]["合计"]
    assert disclosure_from_json(data).tables == (table,)


@given(st.decimals(-(10**20), 10**20, places=4), st.sampled_from(["元", "万元", "亿元"]), st.integers(0, 4))
def test_every_amount_survives(yuan: Decimal, unit: str, decimals: int) -> None:
    cell = Cell("x", PLACE, Amount(yuan, unit, decimals))
    found = Disclosure(tables=(Table("kind", "", "万元", COLUMNS[1:2], (Row({"合计": cell}),)),))
    again = disclosure_from_json(disclosure_to_json(found)).tables[0].rows[0].cells["合计"].amount
    assert again == cell.amount


def test_what_is_written_meets_the_published_schemas() -> None:
    Draft202012Validator.check_schema(schema("read"))
    Draft202012Validator.check_schema(schema("check"))
    read, check = (Draft202012Validator(schema(name)) for name in ("read", "check"))
    assert read.is_valid(rewritten(disclosure_to_json(DISCLOSURE)))
    assert read.is_valid(rewritten(disclosure_to_json(Disclosure())))
    assert check.is_valid(rewritten(report_to_json(REPORT)))
    assert not read.is_valid({})


def test_a_report_written_and_read_is_the_same() -> None:
    data = rewritten(report_to_json(REPORT))
    assert isinstance(data, dict)
    assert report_from_json(data) == REPORT


def test_a_fingerprint_is_the_same_whatever_the_format_sets() -> None:
    (one,) = REPORT.findings
    other = replace(
        one,
        sides=(Side(Place("例.docx", table=1, row=3), "合 计", "１２．００"),),
        observed="12.00",
        repairs=(),
        message="别的说法",
    )
    assert other.fingerprint == one.fingerprint
    assert replace(one, observed="12.5").fingerprint != one.fingerprint
    assert replace(one, code="TAB102").fingerprint != one.fingerprint
    assert replace(one, expected="2,100.0").fingerprint == replace(one, expected="2100").fingerprint


def test_a_report_says_both_sides_and_the_repair() -> None:
    (finding,) = report_to_json(REPORT)["findings"]
    assert finding["places"] == [{"file": "例.txt", "line": 3, "column": 2, "label": "合计", "text": "12.0"}]
    assert (finding["repairs"][0]["from"], finding["repairs"][0]["to"]) == ("12.0", "21.0")
    assert finding["fingerprint"] == REPORT.findings[0].fingerprint

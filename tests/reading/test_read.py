import json

from hypothesis import given, settings
from hypothesis import strategies as st

from mingsuan.model import Stage
from mingsuan.model.json import disclosure_from_json, disclosure_to_json
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.read import read
from tests.hanging import no_hang
from tests.reading.tables.printed import BASIC, FUNCTIONS, PROJECTS, SUMMARY, UNITS
from tests.reading.tables.stacked import LEVELS, UPPER
from tests.reading.tabular import grid

LINES = [line for part in (FUNCTIONS, UNITS, PROJECTS, BASIC, SUMMARY, UPPER, LEVELS) for line in grid(part).splitlines()]
LIMIT = 10.0
"""Seconds for 100 kB of anything."""

cells = st.sampled_from(
    ["", "合计", "201", "01", "012001", "1,234.5", "2, 217.0", "-", "≥", "90%", "行政运行", "一般公共预算", "健全", "说明" * 20]
)
rows = st.lists(cells, min_size=1, max_size=18).map("\t".join)
pieces = st.one_of(
    st.sampled_from([*LINES, "", "单位：万元", "部门支出总体情况表", "附件：", "注：本表无数据。", "| 项目 | 金额 |", "| --- | --- |"]),
    rows,
    st.text(),
)


@settings(max_examples=60)
@given(st.lists(pieces, max_size=60))
def test_nothing_that_looks_like_a_budget_crashes_the_reader(parts: list[str]) -> None:
    try:
        found = read("\n".join(parts).encode("utf-8", "ignore"), name="例")
    except UnreadableFile:
        return
    assert disclosure_from_json(json.loads(json.dumps(disclosure_to_json(found)))) == found


def test_damaged_tables_take_no_time_to_speak_of() -> None:
    row = "\t".join(["12.5", "行政运行", "003", "≥5", "合计", "201", "说明文字"] * 2)
    text = grid(FUNCTIONS) + "\n" + "\n\n".join(f"{row}{n}" for n in range(1200))
    with no_hang():
        found = read(text.encode()[:100_000], name="例")
    assert found.tables or found.unrecognised


def test_half_a_disclosure_is_read_in_part() -> None:
    text = "2023年郑州市示例局部门预算公开\n\n部门收入总体情况表\n\n单位：万元\n\n" + grid(UNITS)
    found = read(text.encode()[: len(text.encode()) - 40], name="例")
    assert (found.department, found.region, found.year, found.stage) == ("郑州市示例局", "河南省郑州市", 2023, Stage.BUDGET)
    assert [t.kind for t in found.tables] == ["revenue_overview"]
    assert found.tables[0].rows[0].text("总计") == "70.0"

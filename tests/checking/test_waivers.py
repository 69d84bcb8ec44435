"""Waivers mute what they name, are listed with who and why, and say when they do nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from mingsuan.checking.reports.html import report_html
from mingsuan.checking.reports.text import report_text
from mingsuan.checking.waivers import FILE, WaiverError, beside, load_waivers, waive
from mingsuan.model import Disclosure, Finding, Level, Report, Side, Waiver
from mingsuan.model.json import report_from_json, report_to_json
from mingsuan.places import Place

ONE = Finding("NAR101", Level.ERROR, "百分比不对", (Side(Place(line=3), "增长", "25%"),), "25%", "20%")
OTHER = Finding("TEXT101", Level.WARNING, "空位没有填写", (Side(Place(line=9), "叙述", "XX"),), "XX", "填写")
REPORT = Report((ONE, OTHER))
TODAY = datetime.date(2025, 6, 1)


def _waiver(fingerprint: str = ONE.fingerprint, until: datetime.date | None = None) -> Waiver:
    return Waiver(fingerprint, "上年数已按新口径调整", "张三", datetime.date(2025, 3, 1), until)


def test_a_waived_finding_is_muted_and_listed() -> None:
    report = waive(REPORT, [_waiver()], TODAY)
    assert report.findings == (OTHER,)
    assert not report.failed
    assert [w.finding for w in report.waived] == [ONE]
    for shown in (report_text(report, Disclosure()), report_html(report, Disclosure())):
        assert "已豁免" in shown
        assert "上年数已按新口径调整（张三，2025-03-01）" in shown


def test_a_waiver_holds_to_its_last_day_and_no_longer() -> None:
    assert waive(REPORT, [_waiver(until=TODAY)], TODAY).findings == (OTHER,)
    expired = waive(REPORT, [_waiver(until=TODAY - datetime.timedelta(days=1))], TODAY)
    assert expired.findings == REPORT.findings
    assert "到期" in expired.idle_waivers[0][1]


def test_a_waiver_that_mutes_nothing_is_told() -> None:
    report = waive(REPORT, [_waiver("0" * 16), _waiver(), _waiver()], TODAY)
    assert [why for _, why in report.idle_waivers] == ["同一指纹写了两次", "没有对应的问题，可能已经改正，或所印的内容有变"]
    assert "没有起作用" in report_text(report, Disclosure())


def test_waivers_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(
        f"waivers:\n- {{fingerprint: '{ONE.fingerprint}', reason: 上年数已按新口径调整, person: 张三, date: 2025-03-01}}\n",
        encoding="utf-8",
    )
    assert load_waivers(path) == (_waiver(),)
    assert beside(tmp_path / "公开.pdf") == path
    assert beside(tmp_path / "别处" / "公开.pdf") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("waivers: 好", "没有 waivers 列表"),
        ("- a", "没有 waivers 列表"),
        ("waivers:\n- 好", "不是“键: 内容”的形式"),
        ("waivers:\n- {fingerprint: 0123456789abcdef, person: 张三, date: 2025-03-01}", "没有写明reason"),
        ("waivers:\n- {fingerprint: zz, reason: 甲, person: 张三, date: 2025-03-01}", "指纹“zz”不对"),
        ("waivers:\n- {fingerprint: 0123456789abcdef, reason: 甲, person: 张三, date: 三月}", "日期“三月”不对"),
        ("waivers:\n- {fingerprint: 0123456789abcdef, reason: 甲, person: 张三, date: 2025-03-01, why: 乙}", "不认识“why”"),
        ("waivers: [", "不是合法的 YAML"),
    ],
)
def test_a_malformed_file_says_where_and_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WaiverError, match=said):
        load_waivers(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WaiverError, match="不能读取"):
        load_waivers(tmp_path / "没有.yaml")


def test_reports_with_waivers_go_through_json() -> None:
    report = waive(REPORT, [_waiver(until=TODAY), _waiver("0" * 16)], TODAY)
    assert report_from_json(report_to_json(report)) == report

"""A binding: what it may say, what it gives, and what becomes of mistakes."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from mingsuan.performance.evidence.binding_file import read_binding
from mingsuan.performance.evidence.collecting import Collected, collect
from mingsuan.performance.evidence.errors import EvidenceError

CALLS = "通话编号,呼入时间,接听时间\n1,2024-01-01 08:00:00,2024-01-01 08:00:10\n2,2024-01-02 08:00:00,\n"
HEAD = "year: 2024\nowner: 热线科\nsources:\n  通话: {file: 通话.csv, pack: hotline, as: calls}\n  台账: {file: 台账.csv}\nevidence:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "通话.csv").write_text(CALLS, encoding="utf-8")
    (tmp_path / "台账.csv").write_text("期数,份数\n1,300\n2,320\n", encoding="utf-8")
    (tmp_path / "验收单.pdf").write_bytes(b"%PDF-1.4 signed")
    return tmp_path


def collected(folder: Path, text: str) -> Collected:
    path = folder / "佐证.yaml"
    path.write_text(text, encoding="utf-8")
    return collect(read_binding(path))


def test_a_value_typed_in_keeps_the_hash_of_its_attachment(folder: Path) -> None:
    found = collected(folder, HEAD + "- {project: 编印, indicator: 编印数量, value: 4000, unit: 本, attachment: 验收单.pdf}\n")

    (evidence,) = found.evidence
    assert (evidence.value, evidence.unit, evidence.owner) == (Decimal(4000), "本", "热线科")
    assert evidence.shown[0].sha256 == hashlib.sha256(b"%PDF-1.4 signed").hexdigest()
    assert found.findings == ()


def test_a_value_that_nothing_shows_is_told(folder: Path) -> None:
    found = collected(folder, HEAD + "- {indicator: 管理制度健全性, value: 健全}\n")

    assert found.evidence[0].value == "健全"
    assert [f.code for f in found.findings] == ["EVI202"]


def test_a_measure_of_a_pack_keeps_formula_quotient_and_rows(folder: Path) -> None:
    (evidence,) = collected(folder, HEAD + "- {indicator: 热线接通率, source: 通话, measure: connection_rate}\n").evidence

    assert (evidence.value, evidence.unit) == (Decimal(50), "%")
    assert (evidence.numerator, evidence.denominator) == (Decimal(1), Decimal(2))
    assert (evidence.shown[0].file, evidence.shown[0].rows) == ("通话.csv", 2)
    assert "÷" in evidence.formula


def test_a_question_over_data_that_no_pack_describes(folder: Path) -> None:
    text = HEAD + "- {indicator: 公报发行份数, query: 'select sum(cast(份数 as integer)) from 台账', unit: 份}\n"

    (evidence,) = collected(folder, text).evidence

    assert evidence.value == 620
    assert evidence.shown[0].file == "台账.csv"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{indicator: 甲, source: 通话, measure: no_such}", "没有指标“no_such”"),
        ("{indicator: 甲, query: 'select 份数 from 台账'}", "2行1列"),
        ("{indicator: 甲, query: 'drop table 台账'}", "不是一条 SELECT"),
        ("{indicator: 甲, query: \"select * from read_csv('/etc/passwd') -- 台账\"}", "已拒绝"),
        ("{indicator: 甲, source: 通话, measure: connection_rate, period: {from: 2022-01-01, to: 2022-12-31}}", "分母为零"),
        ("{indicator: 甲, value: 1, attachment: 没有.pdf}", "找不到这个附件"),
    ],
)
def test_an_entry_that_gives_no_value_is_a_finding_and_the_others_stand(folder: Path, entry: str, says: str) -> None:
    found = collected(folder, f"{HEAD}- {entry}\n- {{indicator: 乙, value: 3, attachment: 验收单.pdf}}\n")

    assert any(says in f.message for f in found.findings)
    assert "乙" in {e.indicator for e in found.evidence}


def test_a_source_that_cannot_be_used_is_told_once_and_its_indicators_say_so(folder: Path) -> None:
    (folder / "通话.csv").write_text("编号\n1\n", encoding="utf-8")

    found = collected(folder, HEAD + "- {indicator: 热线接通率, source: 通话, measure: connection_rate}\n")

    assert found.evidence == ()
    assert ["缺少必需的列" in f.message for f in found.findings] == [True, False]


def test_two_sources_of_one_kind_are_two_tables(folder: Path) -> None:
    (folder / "下半年.csv").write_text(CALLS.replace(",2024-01-01 08:00:10", ","), encoding="utf-8")
    text = HEAD.replace("  台账", "  下半年: {file: 下半年.csv, pack: hotline, as: 通话记录}\n  台账")
    entries = "- {indicator: 甲, source: 通话, measure: 接通率}\n- {indicator: 乙, source: 下半年, measure: 接通率}\n"

    assert [e.value for e in collected(folder, text + entries).evidence] == [Decimal(50), Decimal(0)]


def test_a_question_may_use_the_columns_of_a_pack(folder: Path) -> None:
    (evidence,) = collected(folder, HEAD + "- {indicator: 甲, query: select count(answered_at) from 通话}\n").evidence

    assert evidence.value == 1
    assert [shown.file for shown in evidence.shown] == ["通话.csv"]


def test_a_measure_whose_column_is_missing_is_not_nothing(folder: Path) -> None:
    (folder / "通话.csv").write_text("工单号,受理时间,办理期限,办结时间\n1,2024-01-01,2024-01-05,2024-01-02\n", encoding="utf-8")
    text = HEAD.replace("as: calls", "as: orders") + "- {indicator: 甲, source: 通话, measure: 反馈响应率}\n"

    found = collected(folder, text)

    assert found.evidence == ()
    assert "没有“反馈时间”列" in found.findings[0].message


def test_rows_of_other_periods_are_told_once(folder: Path) -> None:
    (folder / "通话.csv").write_text(CALLS + "3,2204-01-01 08:00:00,\n4,2023-01-01 08:00:00,\n", encoding="utf-8")
    entries = "- {indicator: 甲, source: 通话, measure: 接通率}\n- {indicator: 乙, source: 通话, measure: 来电量}\n"

    codes = {f.code: f.message for f in collected(folder, HEAD + entries).findings}

    assert "有1行不在2024年1月1日至2024年12月31日内" in codes["EVI209"]
    assert "最早2023-01-01" in codes["EVI209"]


def test_one_broken_source_leaves_the_other_indicators(folder: Path) -> None:
    (folder / "台账.csv").unlink()
    entries = "- {indicator: 甲, source: 通话, measure: 接通率}\n- {indicator: 乙, query: select count(*) from 台账}\n"

    found = collected(folder, HEAD + entries)

    assert [e.indicator for e in found.evidence] == ["甲"]
    assert sum("找不到这个文件" in f.message for f in found.findings) == 1


def test_a_share_that_somebody_decided_is_kept_for_data_too(folder: Path) -> None:
    found = collected(folder, HEAD + "- {indicator: 甲, source: 通话, measure: 接通率, share: 60%}\n")

    assert found.evidence[0].share == Decimal("0.6")


def test_values_that_nothing_shows_are_told_together(folder: Path) -> None:
    (found,) = collected(folder, HEAD + "".join(f"- {{indicator: 指标{n}, value: {n}}}\n" for n in range(9))).findings

    assert "有9个指标的完成值是填报的" in found.message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有写年度"),
        ("year: 2024\n", "没有列出佐证"),
        ("year: 2024\nnonsense: 1\n", "不认识“nonsense”"),
        ("year: [", "不是正确的 YAML"),
        ("a: &x [1]\nb: *x\n", "用了引用"),
        ("period: {from: 2024-02-01, to: 2024-01-01}\n", "早于"),
        ("period: {from: 一月, to: 二月}\n", "起止日期"),
        (HEAD + "- {value: 1}\n", "没有写指标"),
        (HEAD + "- {indicator: 甲}\n", "只写一样"),
        (HEAD + "- {indicator: 甲, value: 1, query: select 1}\n", "只写一样"),
        (HEAD + "- {indicator: 甲, measure: calls}\n", "数据来源"),
        (HEAD + "- {indicator: 甲, source: 没有, measure: calls}\n", "没有数据来源“没有”"),
        ("year: 2024\nsources: {a: {file: ../../etc/passwd}}\nevidence:\n- {indicator: 甲, value: 1}\n", "不在佐证文件所在的目录"),
        ("year: 2024\nsources: {a: {}}\nevidence:\n- {indicator: 甲, value: 1}\n", "没有写文件"),
    ],
)
def test_a_binding_that_says_what_cannot_be_is_a_message(folder: Path, text: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says):
        collected(folder, text)


def test_a_binding_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="找不到"):
        read_binding(tmp_path / "佐证.yaml")
    (tmp_path / "佐证.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvidenceError, match="不是 UTF-8"):
        read_binding(tmp_path / "佐证.yaml")

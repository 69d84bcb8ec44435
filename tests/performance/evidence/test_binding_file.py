"""What an office may write, kept as it stands; what it must not write, as a message with its place."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingsuan.performance.evidence.binding import Binding, Cause, Chance, Money
from mingsuan.performance.evidence.binding_file import read_binding
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.register import read_register

HEAD = "year: 2024\nevidence:\n"


def read(folder: Path, text: str | bytes) -> Binding:
    path = folder / "佐证.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_binding(path)


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("97.50", Decimal("97.50"), ""),
        ("012", Decimal(12), ""),
        ("1,234.5", Decimal("1234.5"), ""),
        ("0.1234567890123456789", Decimal("0.1234567890123456789"), ""),
        ("-3.5%", Decimal("-3.5"), "%"),
        ("4000本", Decimal(4000), "本"),
        ("2024-12-20", date(2024, 12, 20), ""),
        ("2024年12月20日", date(2024, 12, 20), ""),
        ("12:30", "12:30", ""),
        ("no", "no", ""),
        ("健全", "健全", ""),
        (".inf", ".inf", ""),
        ("2024-02-30", "2024-02-30", ""),
        ("≥98%", "≥98%", ""),
    ],
)
def test_a_value_is_what_is_written(tmp_path: Path, written: str, value: object, unit: str) -> None:
    (entry,) = read(tmp_path, f"{HEAD}- {{indicator: 甲, value: '{written}'}}\n").entries
    (bare,) = read(tmp_path, f"{HEAD}- indicator: 甲\n  value: {written}\n").entries

    assert (entry.value, entry.unit) == (bare.value, bare.unit) == (value, unit)


def test_money_by_source_causes_chances_and_goals(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "year: 2024\n"
        "spending: [{project: 热线, fund: 财政拨款, approved: 10, spent: 9000, unit: 元}, {project: 热线, spent: 1}]\n"
        "explanations: [{project: 热线, indicator: 接通率, text: 人手不足, cause: 人员保障, chance: 有可能}]\n"
        "goals: [{project: 热线, done: 已完成}]\n",
    )

    assert [(s.fund, s.approved, s.spent) for s in found.spending] == [
        (Money.APPROPRIATION, Decimal(10), Decimal(9000)),
        (None, None, Decimal(10_000)),
    ]
    assert (found.explanations[0].cause, found.explanations[0].chance) == (Cause.PEOPLE, Chance.POSSIBLE)
    assert found.goals == (("热线", "已完成"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year: 99999999999999999999\nevidence: [{indicator: 甲, value: 1}]\n", "不是年度"),
        ("year: true\n", "不是年度"),
        ("period: {from: 2024-02-30, to: 2024-12-31}\n", "不是日期"),
        ("period: 2024\n", "应为“名称: 内容”"),
        ("[" * 100_000, r"层次太深|不是正确的 YAML"),
        ("{a: " * 100_000, r"层次太深|不是正确的 YAML"),
        ("a: &x 1\nb: 2\n", "用了引用"),
        ("--- 1\n--- 2\n", "几份文档"),
        ("year: 2024\nyear: 2023\n", "“year”写了两次"),
        ("? [a]\n: 1\n", "冒号前面应是名称"),
        ("!!python/object/apply:os.system ['true']\n", "应为“名称: 内容”"),
        ("year: !!timestamp x\n", "不是年度"),
        ("a: \x01\n", "不是正确的 YAML"),
        (HEAD + "- {indicator: 甲, value: 1}\n- {indicator: “甲”, value: 2}\n", "第2项：与第1项重复"),
        (HEAD + "- {indicator: [甲], value: 1}\n", "应为一段文字"),
        (HEAD + "- {indicator: 甲, value: {a: 1}}\n", "应为一段文字"),
        (HEAD + "- {indicator: 甲, value: 99999999999999999999}\n", "大得不合常理"),
        (HEAD + "- {indicator: 甲, value: 5%, unit: 人}\n", "只写一个单位"),
        (HEAD + "- {indicator: 甲, value: 5, share: 120%}\n", "0至100%"),
        (HEAD + "- {indicator: 甲, value: 1, attachment: /etc/passwd}\n", "不在佐证文件所在的目录"),
        (HEAD + '- {indicator: 甲, value: 1, attachment: "a\\0b"}\n', "不能用"),
        ("year: 2024\nspending: [{spent: 1}, {spent: 2}]\n", "spending 第2项：与第1项重复"),
        ("year: 2024\nspending: [{spent: -1}]\n", "是负数"),
        ("year: 2024\nspending: [{spent: .nan}]\n", "不是数"),
        ("year: 2024\nspending: [{spent: 1, fund: 别的}]\n", "财政拨款、上年结转、其他资金"),
        ("year: 2024\nfacts: {在职人数: 3万元}\n", "不是数"),
        ("year: 2024\nsources: {A: {file: a.csv}, a: {file: b.csv}}\n", "分不清"),
        ("year: 2024\nsources: {a: {file: a.csv, postgres: service=x}}\n", "只能写一样"),
        ("year: 2024\nsources: {a: {postgres: 'host=db password=x', table: t}}\n", "写了密码"),
        ("year: 2024\nsources: {a: {postgres: 'postgresql://u:p@db/x', table: t}}\n", "写了密码"),
        ("year: 2024\nsources: {a: {postgres: service=x}}\n", "没有写 table"),
    ],
)
def test_what_cannot_be_is_a_message(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says):
        read(tmp_path, text)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "佐证"
    inside.mkdir()
    (tmp_path / "别人的.csv").write_text("a\n1\n", encoding="utf-8")
    (inside / "数据.csv").symlink_to(tmp_path / "别人的.csv")

    with pytest.raises(EvidenceError, match="不在佐证文件所在的目录"):
        read(inside, "year: 2024\nsources: {a: {file: 数据.csv}}\nspending: [{spent: 1}]\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "佐证.yaml")

    with pytest.raises(EvidenceError, match="不是文件"):
        read_binding(tmp_path / "佐证.yaml")


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="超过2MB"):
        read(tmp_path, b"#" * 2_000_001)


@given(st.text(alphabet="[]{}:,-\n&*!?|>'\"#% \t0a年甲.", max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    try:
        assert read(tmp_path, text).file == "佐证.yaml"
    except EvidenceError as error:
        assert str(error).startswith("佐证.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\n", "应为列表"),
        ("- 1\n", "没有 key"),
        ("- {key: a}\n- {key: a}\n", "两项的 key"),
        ("- {key: a, closed: 2024-02-30}\n", "不是日期"),
        ("- {key: a, 备忘: 我记的}\n", "不认识“备忘”"),
        ("- {key: a, what: [1]}\n", "应为一段文字"),
    ],
)
def test_a_register_that_cannot_be_is_a_message_and_is_left_alone(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "台账.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(EvidenceError, match=says):
        read_register(path)
    assert path.read_text(encoding="utf-8") == text

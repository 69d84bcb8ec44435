import pytest

from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure
from mingsuan.reading.digits import plain_digits
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("１２３．４５", "123.45"),
        ("２０１０３０１", "2010301"),
        ("3，518.85", "3,518.85"),
        ("12'345.67", "12,345.67"),
        ("1’234’567.8", "1,234,567.8"),
        ("（12’345.67）", "（12,345.67）"),
        ("2024年收入3，518.85万元，支出３５１８．８５万元。", "2024年收入3,518.85万元，支出3518.85万元。"),
        ("共12'345万元", "共12,345万元"),
    ],
)
def test_numbers_however_typed_become_plain_and_stay_in_place(printed: str, plain: str) -> None:
    assert plain_digits(printed) == plain
    assert len(plain) == len(printed)


@pytest.mark.parametrize(
    "text",
    [
        "分别为12，345万元",
        "12.30，456.70万元",
        "2024，2025年",
        "第３条".translate({0xFF13: "3"}),
        "一、收入",
        "2023年，518.85万元",
        "it's 5'6",
    ],
)
def test_a_comma_between_numbers_is_not_taken_for_thousands(text: str) -> None:
    assert plain_digits(text) == text


def _amounts(disclosure: Disclosure) -> list[object]:
    return [[(row.key, [c.amount for c in row.cells.values()]) for row in table.rows] for table in disclosure.tables]


def test_a_document_of_full_width_digits_is_read_like_any_other() -> None:
    dialect = load("luohe-2024")
    text = as_text(random_disclosure(dialect, 3), dialect)
    assert _amounts(read(text.translate(WIDE).encode(), name="例")) == _amounts(read(text.encode(), name="例"))

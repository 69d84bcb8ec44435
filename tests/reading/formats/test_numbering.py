import pytest

from mingsuan.reading.formats.numbering import Counters, Level, List, counted


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (99, "九十九"),
        (103, "一百零三"),
        (110, "一百一十"),
        (2005, "二千零五"),
        (0, "0"),
        (10000, "10000"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert counted(number) == words


@pytest.mark.parametrize(
    ("form", "third", "twelfth"),
    [
        ("decimal", "3", "12"),
        ("decimalZero", "03", "12"),
        ("decimalFullWidth", "３", "１２"),
        ("decimalEnclosedCircle", "③", "⑫"),
        ("decimalEnclosedParen", "⑶", "⑿"),
        ("chineseCounting", "三", "十二"),
        ("chineseCountingThousand", "三", "十二"),
        ("japaneseCounting", "三", "十二"),
        ("ideographDigital", "三", "一二"),
        ("chineseLegalSimplified", "叁", "壹拾贰"),
        ("ideographTraditional", "丙", "乙"),
        ("upperLetter", "C", "L"),
        ("lowerRoman", "iii", "xii"),
        ("unknown", "3", "12"),
    ],
)
def test_ordinals_in_each_format(form: str, third: str, twelfth: str) -> None:
    counters = Counters({"1": List("0", {0: Level(1, form, "%1、")}, {})})
    shown = [counters.next("1", 0) for _ in range(12)]
    assert (shown[2], shown[11]) == (f"{third}、", f"{twelfth}、")


def test_bullets_and_unknown_lists_print_nothing() -> None:
    counters = Counters({"1": List("0", {0: Level(1, "bullet", "")}, {})})
    assert (counters.next("1", 0), counters.next("2", 0), counters.next("1", 5)) == ("", "", "")


def test_legal_numbering_prints_digits() -> None:
    levels = {0: Level(1, "chineseCounting", "%1、"), 1: Level(1, "decimal", "%1.%2", legal=True)}
    counters = Counters({"1": List("0", levels, {})})
    assert (counters.next("1", 0), counters.next("1", 1)) == ("一、", "1.1")

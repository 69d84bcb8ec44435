from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.reading.narrative.numbers import chinese_integer, find_numbers, without_markup


def read(text: str) -> list[str]:
    return [f"{n.value}{n.unit}" for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入总计 2430.88 万元，支出 2,430.88万元", ["2430.88万元", "2430.88万元"]),
        ("6500 元×8 天", ["6500元", "8天"]),
        ("合计 1.2 亿元、3千元", ["1.2亿元", "3千元"]),
        ("预算3337.84 万\n元", ["3337.84万元"]),
        ("预算 3 万）；印刷费，预算 30 万。", ["3万元", "30万元"]),
        ("服务 5 万人，10 万群众", ["5万人", "10万"]),
        ("减少 8.3 %，占65.4％，提高2个百分点", ["8.3%", "65.4%", "2百分点"]),
        ("增长-5.3%", ["-5.3%"]),
        ("年末结转和结余-12.17万元，占-0.92%；支出-2项", ["-12.17万元", "-0.92%", "2项"]),
        ("完成率百分之九十五点五", ["95.5%"]),
        ("车辆 2 辆、设备0台（套）、1 台(套)", ["2辆", "0台（套）", "1台(套)"]),
        ("40 余家局委 500 余正式在编人员进驻", ["40家", "500人"]),
        ("按照 350 名在编人员，每天 50 人次", ["350人", "50人次"]),
        ("召开会议三次。分两批次，共计培训两天时间", ["3次", "2批次", "2天"]),
        ("投入五万元，三百二十万元", ["5万元", "320万元"]),
        ("编制 10—12 人", ["10人", "12人"]),
        ("合同期3年，24小时值守", ["3年", "24小时"]),
        ("其他收入0万元", ["0万元"]),
        ("折合5万美元", ["5万美元"]),
    ],
)
def test_numbers_are_read_with_their_units(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023 年部门预算，2021年3月3日，3月3日，18 年会议纪要",
        "2019 年-2023 年办公设备，2021-2023年资金需求，2021年—2023年",
        "（财预〔2017〕98 号）、([2018] 29 号)、市长办公会议纪要（2018）68号、第35号令",
        "《单价50万元以上设备管理办法》《中华人民共和国预算法》",
        "“12345”政务热线，12345热线，“万名党员进党校”",
        "（一）1、2.郑州市 第三次会议 第2批 三定方案 二级机构",
        "用的笔、本、A4、A3 打印纸",
        "实现跑一次办证，一处、二处，两套科目，人员经费和日常公用经费两部分",
        "其他费用 万元，一般执法执勤用车。辆",
        "7×24小时服务，完成率=完成数/总数×100%",
        "从 2018 年起，12 月底前",
        "党的十九届三次全会",
    ],
)
def test_what_merely_has_digits_is_no_number(text: str) -> None:
    assert read(text) == []


def test_formula_markup_is_read_through_also_with_the_result_inside() -> None:
    text = r"即： $(3925.57 \text{ 元} + 500 \text{ 元}) \times 110 \text{ 人} \times 12 \text{ 月} = 584.18 \text{ 万元}$"
    assert read(text) == ["3925.57元", "500元", "110人", "12月", "584.18万元"]


def test_bare_factors_of_a_formula_are_numbers() -> None:
    assert read("经费为3925.57×110×12=518.18万元") == ["3925.57", "110", "12", "518.18万元"]


def test_amounts_inside_a_name_are_thresholds() -> None:
    numbers = find_numbers("单价50万元以上通用设备0台（套），单价100万元（含）以上设备1台，预算支出100万元及200万元以上项目1个")
    assert [(n.text, n.threshold) for n in numbers if n.is_money] == [("50", True), ("100", True), ("100", True), ("200", True)]
    assert not any(n.threshold for n in numbers if not n.is_money)


def test_offsets_point_into_the_text_as_printed() -> None:
    text = r"一年经费为 $350 \text{ 人}$，需 645 万元"
    spans = [text[n.start : n.end] for n in find_numbers(text)]
    assert spans == [r"350 \text{ 人", "645 万元"]
    assert len(without_markup(text)) == len(text)


def test_digits_are_kept_as_printed() -> None:
    (number,) = find_numbers("预算 2.90 万元")
    assert (number.text, number.decimals, number.value) == ("2.90", 2, Decimal("2.9"))


@given(st.integers(1, 9999))
def test_chinese_numerals_have_their_value(value: int) -> None:
    digits = "零一二三四五六七八九"
    text = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += ("零" if text and value // (scale * 10) % 10 == 0 else "") + digits[digit] + name
    assert chinese_integer(text) == value


@given(st.text(alphabet="0123456789.,元万亿人次%×=（）()年月《》“”一二十百余$\\{}text 、。，其中占增加", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    numbers = find_numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in numbers)
    assert list(numbers) == sorted(numbers, key=lambda n: n.start)


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["元", "万元", "亿元", "%", "人", "辆"]))
def test_a_written_number_is_read_back(value: Decimal, unit: str) -> None:
    (number,) = find_numbers(f"收入总计{value}{unit}，")
    assert (number.value, number.unit) == (value, unit)

"""How many units, offices or matters a text says there are, and how many it names."""

from __future__ import annotations

import pytest

from tests.checking.builders import disclosure, findings, narrative


def _told(*texts: str) -> list[str]:
    return [f.observed for f in findings("NAR131", disclosure(sections=narrative(*texts)))]


@pytest.mark.parametrize(
    "texts",
    [
        ("本单位内设机构6个，包括：办公室、财务科、人事科、业务一科、业务二科。",),
        ("纳入预算编制范围的单位共5个，分别是局机关、市就业局、市社保中心。",),
        ("所属单位共四家：某中心、某队、某站。",),
        ("今年重点做好5个方面工作：一是抓好培训；二是抓好宣传；三是抓好检查；四是抓好考核。",),
        ("所属预算单位共5个，具体是：", "1.示例市某局（本级）", "2.示例市某中心", "3.示例市某队"),
    ],
)
def test_a_count_unlike_the_names_is_told(texts: tuple[str, ...]) -> None:
    assert len(_told(*texts)) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("本单位内设机构6个，包括：办公室、财务科、业务科等。",),
        ("本单位内设3个科室：办公室、政策法规和安全科、财务科。",),
        ("本单位内设4个科室：办公室、政策法规科、财务科和人事科。",),
        ("所属预算单位共2家，包括：某局本级、某中心、某队。",),
        ("下设8个处室和1个派出机构，具体包括：办公室、人事处、财务处。",),
        ("所属预算单位共2个，具体是：", "1.示例市某局（本级）", "2.示例市某网站（财务不独立）", "3.示例市某中心"),
        ("共3个，包括：", "2023年收入总计120.00万元。"),
        ("编报项目2个，具体为：1.甲项目20.00万元、2.乙项目30.00万元、3.丙项目5.00万元。",),
        ("做好3项工作：一是抓好培训；二是抓好宣传；三是抓好检查。",),
    ],
)
def test_open_lists_and_what_may_be_counted_or_not_are_left_alone(texts: tuple[str, ...]) -> None:
    assert not _told(*texts)

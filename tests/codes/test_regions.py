"""Regions in department names and running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.codes import region_named


@pytest.mark.parametrize(("text", "path"), [
    ("郑州市人民政府办公厅", "河南省郑州市"),
    ("# 2023年郑州市人民政府办公厅部门预算公开", "河南省郑州市"),
    ("2021 年郑州市政务服务办公室 预算说明", "河南省郑州市"),
    ("漯河市人民政府驻郑州市联络中心", "河南省漯河市"),
    ("河南省三门峡市人民政府办公室", "河南省三门峡市"),
    ("河南省三门\n峡市人民政府", "河南省三门峡市"),
    ("河南三门峡市财政局", "河南省三门峡市"),
    ("河南省财政厅", "河南省"),
    ("郑州市金水区财政局", "河南省郑州市金水区"),
    ("金水区人民政府办公室", "河南省郑州市金水区"),
    ("上海市普陀区规划和自然资源局", "上海市普陀区"),
    ("上海市财政局2025年度部门预算", "上海市"),
    ("江苏省人民检察院", "江苏省"),
    ("河南省济源市审计局", "河南省济源市"),
    ("江苏省徐州市鼓楼区", "江苏省徐州市鼓楼区"),
    ("马鞍山市和县财政局", "安徽省马鞍山市和县"),
    ("滑县财政局2023年预算", "河南省安阳市滑县"),
    ("延边朝鲜族自治州民政局", "吉林省延边朝鲜族自治州"),
    ("吉林省吉林市教育局", "吉林省吉林市"),
    ("新疆维吾尔自治区喀什地区行政公署", "新疆维吾尔自治区喀什地区"),
])  # fmt: skip
def test_a_region_is_named_in_full(text: str, path: str) -> None:
    region = region_named(text)
    assert region is not None
    assert region.path == path


def test_the_levels_stand_apart() -> None:
    assert region_named("郑州市金水区财政局") == ("河南省", "郑州市", "金水区")
    assert region_named("上海市普陀区财政局") == ("上海市", "", "普陀区")


@pytest.mark.parametrize("text", ["", "某单位2023年预算", "省、市和县财政", "鼓楼区财政局", "促进中原区域发展", "部门预算公开表"])
def test_what_names_no_single_region_gives_none(text: str) -> None:
    assert region_named(text) is None


@given(st.text(alphabet="河南省郑州市金水区上海普陀和县年 \n政府"))
def test_no_text_makes_it_fail_and_a_county_has_a_province(text: str) -> None:
    region = region_named(text)
    assert region is None or region.province

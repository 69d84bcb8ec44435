import pytest

from mingsuan.reading.tables.headers import decode
from mingsuan.reading.tables.heading_paths import completed, paths
from tests.reading.tabular import labels, lexicon


def test_a_level_that_is_not_printed_is_no_part_of_the_paths() -> None:
    heading = decode(
        lexicon("henan", "expenditure_overview"),
        labels("""
            科目编码｜｜｜单位代码｜单位（科目名称）｜合计｜基本支出｜｜｜｜｜项目支出｜｜
            类｜款｜项｜｜｜｜小计｜工资福利支出｜对个人和家庭的补助｜商品和服务支出｜资本性支出｜小计｜其他运转类｜特定目标类
        """),
    )
    assert paths(heading, [7]) == {7: "基本支出/工资福利支出"}


@pytest.mark.parametrize(
    ("text", "own", "whole"),
    [
        ("运转类经费（专项业", "运转类经费（专项业务）", "运转类经费（专项业务）"),
        ("国有资本经营预", "国有资本经营预算", "国有资本经营预算"),
        ("财政专户管理资金", "财政专户管理资金收入", "财政专户管理资金"),
        ("单位编码(项目编码)", "单位编码（项目编码）", "单位编码(项目编码)"),
    ],
)
def test_names_that_are_cut_off_are_completed_and_shorter_wordings_kept(text: str, own: str, whole: str) -> None:
    assert completed(text, own, ()) == whole

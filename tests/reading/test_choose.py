from collections.abc import Callable
from dataclasses import replace

import pytest

from mingsuan.dialects.dialect import all_dialects
from mingsuan.reading.choose import Said, rank
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.read import read
from mingsuan.reading.tables.joining import tables_of
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.vocabulary import Vocabulary
from tests.reading.tables.printed import BASIC, LOST_COLUMN, OVERVIEW, UNITS
from tests.reading.tabular import disclosure, grid


def raw(text: str) -> tuple[RawTable, ...]:
    """The raw tables of a printed grid."""
    forms = tuple(f for d in all_dialects() for f in d.forms)
    return tables_of(read_text(grid(text).encode(), "例"), Vocabulary(forms))


def chosen(text: str, region: str, year: int) -> str:
    """The name of the dialect that explains a grid best."""
    return rank(raw(text), all_dialects(), said=Said(region, year))[0].dialect.name


@pytest.mark.parametrize(
    ("number", "dialect"), [("000", "zhengzhou-2023"), ("001", "zhengzhou-2021"), ("003", "luohe-2024"), ("004", "zhengzhou-2020")]
)
def test_seeds_are_recognised_by_content_alone(number: str, dialect: str, seed: Callable[[str], bytes]) -> None:
    assert read(seed(number), name="其他名称.txt").dialect == dialect


def test_forms_decide_against_place_and_year() -> None:
    text = grid(OVERVIEW) + "\n\n" + grid(LOST_COLUMN)
    assert chosen(text, region="河南省漯河市", year=2024) == "zhengzhou-2021"


def test_place_decides_where_forms_are_alike() -> None:
    text = grid(UNITS) + "\n\n" + grid(BASIC)
    assert chosen(text, region="河南省郑州市", year=2023) == "zhengzhou-2023"
    assert chosen(text, region="河南省三门峡市", year=2023) == "sanmenxia-2023"
    assert chosen(text, region="河南省洛阳市", year=2023) == "henan"


def test_a_document_that_no_dialect_explains_has_none() -> None:
    found = disclosure("星期\t早餐\t午餐\n一\t豆浆\t面条\n二\t牛奶\t米饭")
    assert found.dialect is None
    assert found.tables == ()
    assert len(found.unrecognised) == 1


def test_the_order_of_the_dialects_does_not_matter() -> None:
    tables = raw(UNITS)
    forwards = rank(tables, all_dialects(), said=Said("河南省郑州市", 2023))
    backwards = rank(tables, tuple(reversed([replace(d) for d in all_dialects()])), said=Said("河南省郑州市", 2023))
    assert [c.dialect.name for c in forwards] == [c.dialect.name for c in backwards]


def test_a_vocabulary_that_is_known_already_ranks_the_same() -> None:
    tables = raw(UNITS)
    said = Said(year=2023)
    assert rank(tables, all_dialects(), Vocabulary.of_all(all_dialects()), said) == rank(tables, all_dialects(), said=said)


def test_a_part_of_a_vocabulary_knows_the_words_of_its_own_forms_only() -> None:
    whole, forms = Vocabulary.of_all(all_dialects()), all_dialects()[0].forms
    part, alone = whole.part(forms), Vocabulary(forms)
    assert (part.headings, part.items, part.openers, part.levels) == (alone.headings, alone.items, alone.openers, alone.levels)
    assert part.headings < whole.headings


NARRATIVE = """第三部分 2024年部门预算情况说明

一、收支预算总体情况说明

2024年收支总预算100.00万元。

二、收入预算情况说明

2024年收入预算100.00万元，全部是一般公共预算拨款收入。

三、支出预算情况说明

2024年支出预算100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。
"""


def test_a_document_of_words_alone_is_read_by_the_general_words_of_its_stage() -> None:
    found = disclosure(NARRATIVE, title="某某市示例局2024年部门预算")
    assert (found.dialect, found.tables) == ("national-budget", ())
    assert any(c.region is not None for c in found.claims)
    final = disclosure(NARRATIVE.replace("预算", "决算"), title="某某市示例局2024年度部门决算")
    assert final.dialect == "national-final"


def test_words_of_an_authority_of_its_own_are_not_read_as_another_s() -> None:
    assert disclosure(NARRATIVE, title="郑州市示例局2024年部门预算").dialect is None


def test_two_sections_of_figures_and_a_year_make_a_disclosure() -> None:
    assert disclosure("一、工作总结\n\n全年接待来访20批次。", title="某某市示例局2024年工作总结").dialect is None

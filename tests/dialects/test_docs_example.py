"""What docs/新增版式.md says, done: its example is loaded and its lists of keys are those of the code."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import BUNDLED, Dialect, load
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.loading import columns as column_reading
from mingsuan.dialects.loading import dialect as dialect_reading
from mingsuan.dialects.loading import form as form_reading
from mingsuan.dialects.loading import rows as row_reading
from mingsuan.dialects.sentences.sentences import load_sentences, write
from mingsuan.identities import Sort, derive
from mingsuan.ledger import Box
from tests.filled import budget, filled, region, understood

PAGE = (Path(__file__).parents[2] / "docs/新增版式.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
FILES = dict(re.findall(r"`(yunxi-2025/[\w./-]+)`(?:(?!```|`yunxi).)*?```yaml\n(.*?)```", PAGE, re.DOTALL))
KEYS = set(re.findall(r"`(?:- )?([a-z_]+)(?::[^`]*)?`", PAGE))


def written(root: Path, **changes: tuple[str, str]) -> Path:
    """The bundled dialects and the example beside them; `changes` replace text of a file, by the file's stem."""
    shutil.copytree(BUNDLED / "henan", root / "henan")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before, after = changes.get(path.stem, ("", ""))
        assert before in text
        path.write_text(text.replace(before, after) if before else text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def yunxi(tmp_path_factory: pytest.TempPathFactory) -> Dialect:
    return load("yunxi-2025", written(tmp_path_factory.mktemp("data")))


def test_every_file_of_the_example_is_found() -> None:
    assert {Path(name).name for name in FILES} == {
        "dialect.yaml",
        "yunxi_income.yaml",
        "revenue_expenditure_overview.yaml",
        "expenditure_overview.yaml",
        "general_budget_expenditure.yaml",
        "special_funds.yaml",
        "sentences.yaml",
        "measures.yaml",
    }
    assert len(BLOCKS) == len(FILES) + 3


@pytest.mark.parametrize("text", BLOCKS)
def test_every_block_is_yaml(text: str) -> None:
    assert yaml.safe_load(text)


def test_every_key_that_an_author_may_write_is_described() -> None:
    words = {*dialect_reading._WORDS, *form_reading.FORM_WORDS, *column_reading.COLUMN_WORDS, *row_reading.ROW_WORDS, *column_reading.KEYS}
    words |= {"by", "total_at", "total_label", "include", "fields", "indicators", "levels", "value", "more", "standard", "rows", "name"}
    assert words - KEYS == set()


def test_the_example_inherits_what_it_does_not_write(yunxi: Dialect) -> None:
    assert yunxi.by_kind["revenue_overview"].source == "henan/forms/revenue_overview.yaml"
    assert yunxi.by_kind["expenditure_overview"].title == "部门支出总表"
    assert yunxi.in_year(2025)
    assert not yunxi.in_year(2024)


def test_the_examples_tables_agree_as_its_forms_say(yunxi: Dialect) -> None:
    overview = """
    收入/项目                | 收入/预算数
    一、一般公共预算拨款     | 80.00
    其中：经费拨款           | 70.00
    二、政府性基金预算拨款   | 15.00
    三、国有资本经营预算拨款 |
    四、财政专户管理资金     |
    五、单位自有资金         |
    本年收入合计             | 95.00
    上年结转                 | 5.00
    收入总计                 | 100.00
    """
    spending = """
    键|科目编码|合计|基本支出/小计|基本支出/人员经费|基本支出/公用经费|项目支出/小计|项目支出/其他运转类|项目支出/特定目标类
    |合计|100|60|50|10|40|30|10
    f2010301|2010301|90|60|50|10|30|30|
    f2080505|2080505|10||||10||10
    """
    tables = (filled(yunxi, "revenue_expenditure_overview", overview), filled(yunxi, "expenditure_overview", spending))
    found = derive(understood(yunxi, *tables, year=2025))
    assert found.violations() == ()
    assert found.not_executed == ()
    assert sum(i.sort is Sort.PARTITION for i in found.identities) == 2 + 3 * 3 + 7


def test_a_column_means_this_years_money_beside_one_of_carry_over_and_all_of_it_without(yunxi: Dialect) -> None:
    with_it = understood(yunxi, filled(yunxi, "general_budget_expenditure", "键|科目编码|合计|本年预算|上年结转\n|合计|9|8|1"), year=2025)
    without = understood(yunxi, filled(yunxi, "general_budget_expenditure", "键|科目编码|合计|本年预算\n|合计|9|9"), year=2025)
    assert region(with_it, 0, "本年预算") == budget(yunxi, fund="一般公共预算", use="支出", origin="本年")
    assert region(without, 0, "本年预算") == budget(yunxi, fund="一般公共预算", use="支出")


def test_the_examples_new_form_is_one_of_special_projects(yunxi: Dialect) -> None:
    form = yunxi.by_kind["special_funds"]
    assert form.where == Box.parse(yunxi.axes, {"kind": "重大专项", "use": "支出"})
    assert [t.kind for t in yunxi.tables if t.since == 2025] == ["special_funds"]


def test_the_examples_sentence_is_written(yunxi: Dialect) -> None:
    sentences = load_sentences(yunxi.folders)
    text = write(sentences, "专项资金", {"year": 2025, "amount": Amount(Decimal(125000), "万元", 2)})
    assert text.startswith("2025年安排重大专项资金12.50万元")


def test_the_message_on_the_page_is_what_the_mistake_gives(tmp_path: Path) -> None:
    changed = {"revenue_expenditure_overview": ("total: [本年收入合计, 上年结转]", "total: [本年收入合记, 上年结转]")}
    with pytest.raises(DialectError) as caught:
        load("yunxi-2025", written(tmp_path, **changed))
    assert str(caught.value) in PAGE

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingsuan.dialects.dialect import Dialect, all_dialects, load, names
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.forms import Block, Fixed, Form, Listed, Sum
from mingsuan.dialects.names import bare
from mingsuan.ledger import ROOT, Axes, Box, NamedTree, Region
from mingsuan.model import CellKind, Stage
from tests.dialects.authoring import DIALECT, FORM, write

BUNDLED = {name: load(name) for name in names()}
FORMS = [pytest.param(d, f, id=f"{d.name}-{f.kind}") for d in BUNDLED.values() for f in d.forms]


def sums_of(form: Form) -> Iterator[tuple[Block, Sum, bool]]:
    """Every declared sum, with whether it is one of columns."""
    for block in form.blocks:
        for declared in block.sums:
            yield block, declared, True
        if isinstance(block.rows, Fixed):
            for declared in block.rows.sums:
                yield block, declared, False


def region(axes: Axes, form: Form, box: Box) -> Region:
    return Region.of(axes, [form.where.meet(axes, box).completed()])


def test_the_dialects_of_the_seeds_are_there() -> None:
    assert set(BUNDLED) >= {"henan", "zhengzhou-2020", "zhengzhou-2021", "zhengzhou-2023", "sanmenxia-2023", "luohe-2024"}


def test_dialects_come_most_general_first() -> None:
    depths = [len(d.folders) for d in all_dialects()]
    assert depths == sorted(depths)
    assert "shanghai" not in BUNDLED, "what only holds what others have in common is no dialect"


@pytest.mark.parametrize("dialect", BUNDLED.values(), ids=BUNDLED)
def test_a_kind_has_one_form_and_a_duty_has_its_form(dialect: Dialect) -> None:
    assert Counter(f.kind for f in dialect.forms).most_common(1)[0][1] == 1
    assert {t.kind for t in dialect.tables} <= set(dialect.by_kind)


@pytest.mark.parametrize("dialect", BUNDLED.values(), ids=BUNDLED)
def test_a_title_or_code_is_that_of_one_form(dialect: Dialect) -> None:
    """But for 一般公共预算支出情况表 by function and by economic class, which two columns tell apart, and the other shapes of 三公."""
    forms = [f for f in dialect.forms if "three_public_expenses_" not in f.kind and "_by_" not in f.kind]
    shared = [title for title, count in Counter(t for f in forms for t in f.titles).items() if count > 1]
    assert not shared
    assert max(Counter(f.code for f in dialect.forms).values()) == 1


@pytest.mark.parametrize(("dialect", "form"), FORMS)
def test_a_column_has_a_path_of_its_own(dialect: Dialect, form: Form) -> None:
    assert len(form.by_path) == len(form.columns)
    for block in form.blocks:
        assert all(c.group == "" or c.group in block.groups or c.group == block.name for c in block.columns)
        assert all(name == bare(name) for c in block.columns for name in c.names)


@pytest.mark.parametrize(("dialect", "form"), FORMS)
def test_a_name_of_a_sibling_is_that_of_one_column(dialect: Dialect, form: Form) -> None:
    """But for columns of row names, over several of which one heading may stand."""
    for block in form.blocks:
        spanned = {c.path for c in block.columns if c.key == "item"}
        for (group, name), count in Counter((c.group, name) for c in block.columns for name in set(c.names)).items():
            named = {c.path for c in block.columns if c.group == group and name in c.names}
            assert count == 1 or named <= spanned, f"{group}: {name}"


@pytest.mark.parametrize(("dialect", "form"), FORMS)
def test_a_sum_refers_to_amounts_that_the_form_has(dialect: Dialect, form: Form) -> None:
    for block, declared, across in sums_of(form):
        known = {c.path for c in block.columns if c.kind is CellKind.AMOUNT}
        if not across:
            assert isinstance(block.rows, Fixed)
            known = {r.path for r in block.rows.rows if not r.label}
        assert {declared.total, *declared.parts} <= known
        assert declared.parts, declared.total
        assert declared.total not in declared.parts


@pytest.mark.parametrize(("dialect", "form"), FORMS)
def test_the_parts_of_a_sum_lie_in_its_total_and_apart(dialect: Dialect, form: Form) -> None:
    """Otherwise the sum would not follow from the regions, and what it leaves over would not be empty."""
    for block, declared, across in sums_of(form):
        years = (None,) if across else (2018, 2024)
        for year in years:
            if across:
                boxes = {p: block.by_path[p].region for p in (declared.total, *declared.parts)}
            else:
                assert isinstance(block.rows, Fixed)
                rows = block.rows.by_path
                boxes = {p: rows[p].region for p in (declared.total, *declared.parts) if rows[p].in_year(year)}
            whole = region(dialect.axes, form, boxes.pop(declared.total))
            parts = [(path, region(dialect.axes, form, box)) for path, box in boxes.items()]
            for number, (path, part) in enumerate(parts):
                assert part <= whole, f"{path} 不在 {declared.total} 之内"
                for other, sibling in parts[:number]:
                    assert not part & sibling, f"{path} 与 {other} 重叠"


@pytest.mark.parametrize(("dialect", "form"), FORMS)
def test_what_is_contained_lies_in_what_contains_it(dialect: Dialect, form: Form) -> None:
    for block in form.blocks:
        if isinstance(block.rows, Fixed):
            for row in block.rows.rows:
                if row.contained:
                    assert row.region.within(dialect.axes, block.rows.by_path[row.heading].region), row.path
        siblings = {c.group: c for c in reversed(block.columns) if c.kind is CellKind.AMOUNT and not c.contained}
        for column in block.columns:
            if column.contained:
                group = column.group if column.group in siblings else column.group.rpartition("/")[0]  # under a mere label
                assert column.region.within(dialect.axes, siblings[group].region), column.path


@pytest.mark.parametrize(("dialect", "form"), FORMS)
def test_fixed_rows_have_a_name_column_and_listed_rows_a_key(dialect: Dialect, form: Form) -> None:
    for block in form.blocks:
        keys = {c.key for c in block.columns if c.key}
        if isinstance(block.rows, Fixed):
            assert "item" in keys
        if isinstance(block.rows, Listed):
            assert keys or any(c.kind is CellKind.TEXT for c in block.columns)
            assert set(block.rows.axes) <= set(dialect.axes.trees)


def test_the_kinds_and_funds_of_zhengzhou_2021_are_its_own() -> None:
    kind = BUNDLED["zhengzhou-2021"].axes["kind"]
    assert isinstance(kind, NamedTree)
    assert kind.children("项目") == ("社会事业和经济发展", "债务", "基本建设", "其他项目")
    assert BUNDLED["zhengzhou-2023"].axes["kind"].children("项目") == ("其他运转类", "特定目标类")


def test_a_dialect_inherits_the_forms_that_it_does_not_write() -> None:
    above, below = BUNDLED["henan"], BUNDLED["zhengzhou-2023"]
    assert below.by_kind["revenue_overview"].source == "henan/forms/revenue_overview.yaml"
    assert {f.kind for f in above.forms} <= {f.kind for f in below.forms}


def test_dialects_are_dated() -> None:
    assert [BUNDLED["luohe-2024"].in_year(y) for y in (2023, 2024, 2025, None)] == [False, True, False, True]
    assert BUNDLED["henan"].in_year(1999)


def test_a_dialect_says_of_which_stage_its_documents_are() -> None:
    assert BUNDLED["zhengzhou-2020"].stage == Stage.PERFORMANCE_DECLARATION
    assert BUNDLED["luohe-2024"].stage == Stage.BUDGET


def test_a_dialect_adds_axes_and_aliases_to_those_above_and_replaces_its_lists(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "city/dialect.yaml": DIALECT + "aliases: {kind: {基本支出: 基本}}\nregions: [某省]\nsections: [duties, units]\n",
            "town/dialect.yaml": "extends: city\naxes: {post: {行政: , 事业: }}\naliases: {kind: {项目支出: 项目}}\nsections: [duties]\n",
        },
    )
    town = load("town", tmp_path)
    assert town.axes["kind"].resolve("基本支出") == "基本"
    assert town.axes["kind"].resolve("项目支出") == "项目"
    assert town.axes["post"].path("行政") == ("行政", ROOT)
    assert town.regions == ("某省",)
    assert town.sections == ("duties",)


def test_a_dialect_may_extend_several_each_part_taken_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "city/dialect.yaml": DIALECT,
            "left/dialect.yaml": "extends: city\ntitle: 左\nsections: [duties]\n",
            "right/dialect.yaml": "extends: city\ntitle: 右\n",
            "both/dialect.yaml": "extends: [left, right]\n",
        },
    )
    found = load("both", tmp_path)
    assert [folder.name for folder in found.folders] == ["city", "left", "right", "both"]
    assert (found.title, found.sections) == ("右", ("duties",))


def test_years_are_a_dialects_own_and_not_inherited(tmp_path: Path) -> None:
    write(tmp_path, {"city/dialect.yaml": DIALECT + "since: 2020\nuntil: 2021\n", "town/dialect.yaml": "extends: city\n"})
    assert (load("city", tmp_path).since, load("town", tmp_path).since) == (2020, None)


def test_duties_and_conventions_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "city/forms/table.yaml": FORM,
            "city/dialect.yaml": DIALECT
            + "tables: [{kind: table, since: 2021, required: false}]\nabsent: [{use: 结转}]\nconventions:\n"
            + "- {id: pay, text: 甲等于乙, left: {kind: 人员经费}, right: {department: 301 + 303, kind: 基本}, basis: 某文}\n",
        },
    )
    dialect = load("city", tmp_path)
    assert [(t.kind, t.since, t.required) for t in dialect.tables] == [("table", 2021, False)]
    assert dialect.absent == (Box.parse(dialect.axes, {"use": "结转"}),)
    (convention,) = dialect.conventions
    assert convention.left == Box.parse(dialect.axes, {"kind": "人员经费", "use": "支出"})
    assert len(convention.right) == 1


MISTAKES = [
    pytest.param("extend: henan\n", "extend", "extends", id="an unknown key"),
    pytest.param("extends: hunan\n", "extends", "可用的有：city", id="an unknown dialect to extend"),
    pytest.param("name: town\n", "name", "name: city", id="a name that is not the folder's"),
    pytest.param("since: '2021'\n", "since", "不加引号", id="a quoted year"),
    pytest.param("stage: plan\n", "stage", "final_account", id="an unknown stage"),
    pytest.param("regions: 某省\n", "regions", "每项以“- ”开头", id="a list that is none"),
    pytest.param("tables: [tabel]\n", "tables[0].kind", "可用的有：table", id="a duty without a form"),
    pytest.param("tables: [{kind: table, form: T01}]\n", "tables[0].form", "required", id="an unknown key of a duty"),
    pytest.param("absent: [{origin: 明年}]\n", "absent[0]", "改用已有的名称", id="an absent region that does not exist"),
    pytest.param("absent: [{origin: }]\n", "absent[0].origin", "没有写名称或编码", id="an absent region without a node"),
    pytest.param("aliases: {fund: {拨款: 彩票}}\n", "aliases.fund", "别名所指的“彩票”", id="an alias of nothing"),
    pytest.param("aliases: {fond: {拨款: 财政拨款}}\n", "aliases.fond", "可用的轴", id="aliases of an unknown axis"),
    pytest.param("conventions: [{id: a, text: 甲}]\n", "conventions[0]", "惯例要写明依据", id="a convention without a basis"),
    pytest.param(
        "conventions: [{id: a, text: 甲, left: {}, right: {}, basis: 某文, level: error}]\n",
        "conventions[0].level",
        "basis",
        id="an unknown key of a convention",
    ),
    pytest.param(
        "conventions: [{id: a, text: 甲, left: {kind: 工资}, right: {}, basis: 某文}]\n",
        "conventions[0].left",
        "没有“工资”",
        id="a convention on an unknown node",
    ),
    pytest.param("title: 甲\ntitle: 乙\n", "第", "“title”写了两次", id="a key written twice"),
]


@pytest.mark.parametrize(("text", "key", "remedy"), MISTAKES)
def test_a_mistake_names_file_key_and_remedy(tmp_path: Path, text: str, key: str, remedy: str) -> None:
    base = "\n".join(line for line in DIALECT.splitlines() if line.partition(":")[0] not in ("name", "title"))
    write(tmp_path, {"city/dialect.yaml": base + "\n" + text, "city/forms/table.yaml": FORM})
    with pytest.raises(DialectError) as caught:
        load("city", tmp_path)
    assert key in caught.value.key, str(caught.value)
    assert remedy in str(caught.value)
    assert "dialect.yaml：" in str(caught.value)


@pytest.mark.parametrize(
    ("axes", "key"),
    [
        ("{use: {支出: }}", "axes.measure"),
        ("{measure: {年初预算: }}", "axes.use"),
        ("{use: {收入: }, measure: {年初预算: }}", "axes.use"),
        ("{use: {支出: {支出: }}, measure: {年初预算: }}", "axes.use.支出.支出"),
        ("{use: [支出]}", "axes.use"),
    ],
)
def test_the_nodes_that_every_dialect_needs_are_there_once(tmp_path: Path, axes: str, key: str) -> None:
    write(tmp_path, {"city/dialect.yaml": f"axes: {axes}\n"})
    with pytest.raises(DialectError) as caught:
        load("city", tmp_path)
    assert caught.value.key == key


def test_dialects_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"city/dialect.yaml": "extends: town\n", "town/dialect.yaml": "extends: city\n"})
    with pytest.raises(DialectError, match="互相继承成环"):
        load("city", tmp_path)


def test_an_unknown_dialect_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DialectError, match=r"没有这个版式.*henan.*luohe-2024"):
        load("hainan")

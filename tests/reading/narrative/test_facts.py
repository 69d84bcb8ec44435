from collections.abc import Callable
from decimal import Decimal

import pytest

from mingsuan.model import Scope, Section, Stage, StockFact
from mingsuan.places import Place
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.narrative.facts import Cover, cover_of, region_of, stock, units
from mingsuan.reading.narrative.sections import narrative


def section(kind: str, text: str) -> tuple[Section, ...]:
    return (Section("一、情况", kind, 2, Place(line=1), text),)


def of_seed(data: bytes) -> tuple[Cover, tuple[Section, ...]]:
    document = read_text(data, "seed")
    sections = narrative(document)
    return cover_of(document, sections), sections


def counted(facts: tuple[StockFact, ...]) -> list[tuple[str, int | None, str | None]]:
    return [(f.item, None if f.value is None else int(f.value), f.total) for f in facts]


@pytest.mark.parametrize(
    ("number", "department", "region", "year", "stage"),
    [
        ("000", "郑州市人民政府办公厅", "河南省郑州市", 2023, Stage.BUDGET),
        ("001", "郑州市政务服务办公室", "河南省郑州市", 2021, Stage.BUDGET),
        ("002", "三门峡市人民政府办公室", "河南省三门峡市", 2023, Stage.BUDGET),
        ("003", "漯河市人民政府办公室", "河南省漯河市", 2024, Stage.BUDGET),
        ("004", "郑州市人民政府办公厅", "河南省郑州市", 2020, Stage.PERFORMANCE_DECLARATION),
    ],
)
def test_covers_of_seeds(seed: Callable[[str], bytes], number: str, department: str, region: str, year: int, stage: Stage) -> None:
    cover, _ = of_seed(seed(number))
    assert (cover.department, cover.region, cover.year, cover.stage, cover.scope) == (department, region, year, stage, Scope.DEPARTMENT)


@pytest.mark.parametrize(
    ("text", "department", "year", "stage", "scope"),
    [
        ("上海市普陀区财政局2025年部门预算\n\n目录\n", "上海市普陀区财政局", 2025, Stage.BUDGET, Scope.DEPARTMENT),
        ("2024 年度\n\n普陀区社会福利院\n\n单位预算\n", "普陀区社会福利院", 2024, Stage.BUDGET, Scope.UNIT),
        ("预决算公开\n\n佛山市科学技术局\n\n2023年度部门决算\n", "佛山市科学技术局", 2023, Stage.FINAL_ACCOUNT, Scope.DEPARTMENT),
        ("关于江苏省人大常委会办公厅2019年度部门决算公开的说明\n", "江苏省人大常委会办公厅", 2019, Stage.FINAL_ACCOUNT, Scope.DEPARTMENT),
    ],
)
def test_covers_of_other_provinces(text: str, department: str, year: int, stage: Stage, scope: Scope) -> None:
    cover = cover_of(read_text(text.encode(), "例"))
    assert (cover.department, cover.year, cover.stage, cover.scope) == (department, year, stage, scope)


def test_a_text_without_budget_has_no_cover() -> None:
    cover = cover_of(read_text("今天天气很好。\n".encode(), "例"))
    assert (cover.department, cover.region, cover.year) == (None, None, None)


@pytest.mark.parametrize("title", ["2023年一般公共预算基本支出表", "2023年政府性基金预算支出表", "2023年度国有资本经营预算支出表"])
def test_the_title_of_a_table_names_no_department(title: str) -> None:
    cover = cover_of(read_text(f"{title}\n部门名称：某某局 单位：万元\n".encode(), "例"))
    assert (cover.department, cover.year) == ("某某局", 2023)


def test_the_name_of_a_department_or_a_title_tells_the_region() -> None:
    assert region_of("上海市普陀区财政局") == "上海市普陀区"
    assert region_of("市财政局", "2023年漯河市财政局") == "河南省漯河市"
    assert region_of(None) is None


def test_vehicles_of_seed_000_add_up(seed: Callable[[str], bytes]) -> None:
    facts = [f for f in stock(of_seed(seed("000"))[1], 2023) if "车" in f.item]
    assert counted(tuple(facts)) == [
        ("车辆", 19, None),
        ("一般公务用车", 15, "车辆"),
        ("一般执法执勤用车", 0, "车辆"),
        ("特种专业技术用车", 0, "车辆"),
        ("机要通信用车", 1, "车辆"),
        ("其他用车", 3, "车辆"),
    ]
    assert {f.year for f in facts} == {2022}
    # The page break stands between 特种专业 and 技术用车.
    assert [f.place.line for f in facts] == [138, 138, 138, 140, 140, 140]


def test_posts_and_blanks_of_seed_001(seed: Callable[[str], bytes]) -> None:
    facts = stock(of_seed(seed("001"))[1], 2021)
    assert counted(facts)[:5] == [
        ("编制", 34, None),
        ("行政编制", 24, "编制"),
        ("事业编制", 10, "编制"),
        ("在职职工", 29, None),
        ("离退休人员", 0, None),
    ]
    assert ("一般执法执勤用车", None, "车辆") in counted(facts)
    assert ("单价50万元以上通用设备", 0, None) in counted(facts)


def test_all_being_of_one_sort_is_a_part_as_large_as_its_whole(seed: Callable[[str], bytes]) -> None:
    assert counted(stock(of_seed(seed("002"))[1], 2023)) == [
        ("车辆", 5, None),
        ("一般公务用车", 5, "车辆"),
        ("单价50万元以上的通用设备", 1, None),
        ("单位价值100万元以上专用设备", 0, None),
    ]


def test_people_are_no_part_of_posts_even_without_a_semicolon() -> None:
    facts = stock(section("staff", "本单位编制20名，其中：行政编制12名，事业编制8名，在职人员18人，其中：在编人员17人。"), 2024)
    assert counted(facts) == [
        ("编制", 20, None),
        ("行政编制", 12, "编制"),
        ("事业编制", 8, "编制"),
        ("在职人员", 18, None),
        ("在编人员", 17, "在职人员"),
    ]
    assert {f.year for f in facts} == {2024}


def test_buildings_are_counted_in_square_metres() -> None:
    facts = stock(section("assets_note", "截至2023年12月31日，办公用房1,245.50平方米；车辆  辆。"), 2024)
    assert [(f.value, f.unit, f.year) for f in facts] == [(Decimal("1245.50"), "平方米", 2023), (None, "辆", 2023)]


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("000", ["郑州市打击和处置非法集资督查中心", "郑州市电子政务中心", "郑州市市直机要公文交换站", "郑州市人民政府发展研究中心"]),
        ("001", ["郑州市政务服务办事大厅事务中心"]),
        (
            "002",
            ["三门峡市人民政府办公室（本级）", "三门峡市人民政府网站", "三门峡市人民政府发展研究中心", "三门峡市人民政府行政复议中心"],
        ),
        (
            "003",
            [
                "漯河市人民政府办公室本级",
                "漯河市人民政府驻北京联络中心",
                "漯河市人民政府驻郑州联络中心",
                "漯河市人民政府办公室汽车队",
                "漯河市人民政府发展研究中心",
            ],
        ),
    ],
)
def test_units_of_seeds(seed: Callable[[str], bytes], number: str, names: list[str]) -> None:
    assert [unit.name for unit in units(of_seed(seed(number))[1])] == names


def test_three_units_of_seed_002_keep_no_books_of_their_own(seed: Callable[[str], bytes]) -> None:
    assert [unit.own_books for unit in units(of_seed(seed("002"))[1])] == [True, False, False, False]


def test_units_named_in_a_sentence() -> None:
    found = units(section("units", "内设机构包括：办公室、人事处。\n所属预算单位包括：某市甲中心（非独立核算）、某市乙学校。"))
    assert [(unit.name, unit.own_books) for unit in found] == [("某市甲中心", False), ("某市乙学校", True)]


def test_offices_within_a_body_are_no_units() -> None:
    listed = "内设机构有：\n1.办公室\n2.人事处\n所属事业单位有：\n1.某市甲中心\n2.某市乙站"
    assert [unit.name for unit in units(section("organisation", listed))] == ["某市甲中心", "某市乙站"]


def test_the_profile_names_the_department_where_no_title_does() -> None:
    document = read_text("第一部分 某市某局概况\n\n一、项目概况\n\n办理热线。\n".encode(), "例")
    assert cover_of(document, narrative(document)).department == "某市某局"

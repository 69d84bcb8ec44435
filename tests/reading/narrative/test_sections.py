import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mingsuan.model import Section
from mingsuan.reading.document import Document
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.narrative.glossary import glossary
from mingsuan.reading.narrative.layout import contents, layout
from mingsuan.reading.narrative.sections import narrative
from mingsuan.reading.ordinals import Form, compact, ordinal
from mingsuan.reading.tables.notes import is_empty_note, is_note

EXAMPLE = """\
# 2023年某市某局部门预算公开

## 目 录

第一部分 部门概况
- 一、主要职责
第二部分 2023年部门预算情况说明
第三部分 名词解释
附件：2023年部门预算表
- 一、部门收支总体情况表
- 二、部门收入总体情况表……12

## 第一部分

某市某局概况

#### 一、主要职责

（一）拟订全市政策并组织实施。

（二）承办市政府交办的其他事项。

### 第二部分 2023 年某市某局部门预算情况

说明

## 一、收入支出预算总体情况说明

某市某局 2023 年收入总计 100 万元，支出总计 100 万元。其中特种专业

技术支出 3 万元。

# 二、其他重要事项情况说明

（一）机关运行经费

2023年机关运行经费 24 万元。

（二）预算绩效情况

共有2项：

1、热线经费60万元，与上年持平。

(1) 三定方案主要职责。办理热线。

(2) 资金需求及测算明细。共60万元，其中：

1、话务费50万元。

2、线路费10万元。

(3) 本项目不包含政府采购项目，涉及金额0万元。

2、会议费40万元。

(1) 三定方案主要职责。召开会议。

(2) 资金需求及测算明细。共40万元。

第三部分 名词解释

一、基本支出：是指为保障机构正常运转所必需的开支。

附件：

- 一、部门收支总体情况表
- 二、部门收入总体情况表

2023年部门收支总体情况表

单位：万元

收入\t金额
合计\t100.00

注：本表不含上年结转。
"""


def read(text: str) -> Document:
    return read_text(text.encode(), "例.md")


def paths(sections: tuple[Section, ...]) -> list[str]:
    return [section.path for section in sections]


def test_ordinals_decide_depth_whatever_the_marks_say() -> None:
    assert [(s.level, s.title, s.kind) for s in narrative(read(EXAMPLE))] == [
        (1, "第一部分 某市某局概况", "profile"),
        (2, "一、主要职责", "duties"),
        (1, "第二部分 2023年某市某局部门预算情况说明", "explanation"),
        (2, "一、收入支出预算总体情况说明", "overview_note"),
        (2, "二、其他重要事项情况说明", "other_matters"),
        (3, "（一）机关运行经费", "operating_cost_note"),
        (3, "（二）预算绩效情况", "performance_note"),
        (4, "1、热线经费", "project"),
        (5, "(1)三定方案主要职责", "project_duties"),
        (5, "(2)资金需求及测算明细", "project_needs"),
        (6, "1、话务费", "project_part"),
        (6, "2、线路费", "project_part"),
        (5, "(3)本项目不包含政府采购项目", "project_procurement"),
        (4, "2、会议费", "project"),
        (5, "(1)三定方案主要职责", "project_duties"),
        (5, "(2)资金需求及测算明细", "project_needs"),
        (1, "第三部分 名词解释", "glossary"),
    ]


def test_sentences_with_ordinals_are_text_and_broken_ones_are_joined() -> None:
    sections = narrative(read(EXAMPLE))
    assert sections[1].text == "（一）拟订全市政策并组织实施。\n（二）承办市政府交办的其他事项。"
    assert sections[3].text.endswith("其中特种专业技术支出 3 万元。")


def test_an_offset_of_the_text_leads_to_its_source_line() -> None:
    section = narrative(read(EXAMPLE))[3]
    printed = EXAMPLE.split("\n")
    for words in ["收入总计", "特种专业", "技术支出"]:
        place = section.place_at(section.text.index(words))
        assert words in printed[(place.line or 0) - 1]


def test_contents_name_titles_without_ordinals_and_tables_once() -> None:
    document = read(EXAMPLE)
    assert contents(document) == (
        "部门概况",
        "主要职责",
        "2023年部门预算情况说明",
        "名词解释",
        "2023年部门预算表",
        "部门收支总体情况表",
        "部门收入总体情况表",
    )


def test_titles_and_notes_of_tables_are_no_narrative() -> None:
    told = "".join(section.title + section.text for section in narrative(read(EXAMPLE)))
    assert "单位：万元" not in told
    assert "本表不含" not in told


def test_contents_may_have_page_numbers_behind_tabs() -> None:
    document = read("目录\n一、主要职责\t1\n二、部门收支总表\t2\n一、某局主要职责\n拟订政策。\n")
    assert contents(document) == ("主要职责", "部门收支总表")
    assert [section.title for section in narrative(document)] == ["一、某局主要职责"]


def test_tables_may_stand_before_the_explanation() -> None:
    document = read(
        "第一部分 某局概况\n\n一、主要职责\n\n拟订政策。\n\n第二部分 2024年部门预算表\n\n一、收支总表\n\n单位：万元\n\n合计\t1\n\n"
        "第三部分 2024年部门预算情况说明\n\n一、收支总表的说明\n\n收入1万元。\n"
    )
    assert paths(narrative(document)) == [
        "第一部分 某局概况",
        "第一部分 某局概况/一、主要职责",
        "第三部分 2024年部门预算情况说明",
        "第三部分 2024年部门预算情况说明/一、收支总表的说明",
    ]
    assert len(layout(document).annex) == 4


def test_names_of_units_are_no_headings() -> None:
    (section,) = narrative(read("一、预算单位构成\n\n所属单位预算包括：\n\n1.某市甲中心\n2.某市乙中心\n\n#### 3.某市丙站\n"))
    assert section.text.split("\n") == ["所属单位预算包括：", "1.某市甲中心", "2.某市乙中心", "3.某市丙站"]


def test_rows_of_figures_are_no_headings() -> None:
    (section,) = narrative(read("一、收支情况\n\n收入见下。\n\n（一）财政拨款156,211,123\n\n（二）事业收入24.60\n"))
    assert section.text.count("\n") == 2


def test_contents_that_no_heading_of_the_text_repeats_end_at_the_first_sentence() -> None:
    document = read("目录\n一、主要职责\n二、机构设置\n本局拟订政策。\n")
    assert contents(document) == ("主要职责", "机构设置")
    assert [section.text for section in narrative(document)] == ["本局拟订政策。"]


def test_a_table_in_the_text_separates_paragraphs() -> None:
    (section,) = narrative(read("一、收支情况\n\n收入如下表，其中\n\n甲\t1\n乙\t2\n\n支出如上，\n\n共3万元。\n"))
    assert section.text == "收入如下表，其中\n支出如上，共3万元。"


def test_marked_headings_without_ordinals_nest_by_their_marks() -> None:
    document = read("# 某局2024年部门预算\n\n## 部门职责\n\n拟订政策。\n\n### 机构设置\n\n设办公室。\n\n## 收支情况\n\n收入1万元。\n")
    assert paths(narrative(document)) == ["部门职责", "部门职责/机构设置", "收支情况"]


def test_text_without_headings_is_one_untitled_section() -> None:
    (section,) = narrative(read("今天天气很好。\n\n没有预算。\n"))
    assert (section.title, section.level, section.text) == ("", 0, "今天天气很好。\n没有预算。")


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("第三部分名词解释", Form.PART, 3),
        ("二十一、住房保障支出", Form.CHINESE, 21),
        ("（十）其他", Form.CHINESE_BRACKETS, 10),
        ("12．其他", Form.ARABIC, 12),
        ("( 3 ) 执行情况", Form.ARABIC_BRACKETS, 3),
        ("⑪其他", Form.CIRCLED, 11),
    ],
)
def test_an_ordinal_has_a_form_and_a_number(text: str, form: Form, number: int) -> None:
    found = ordinal(text)
    assert found is not None
    assert (found.form, found.number) == (form, number)


@pytest.mark.parametrize("text", ["1.5万元", "2023年", "一般公共预算", "（财预〔2017〕98号）", "十十、错", "第一次会议"])
def test_what_is_no_ordinal(text: str) -> None:
    assert ordinal(text) is None


@pytest.mark.parametrize(("number", "titles"), [("000", 19), ("001", 31), ("003", 19), ("002", 0), ("004", 0)])
def test_contents_of_seeds_name_every_title_once(seed: Callable[[str], bytes], number: str, titles: int) -> None:
    assert len(contents(read_text(seed(number), number))) == titles


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_every_gold_claim_lies_in_a_section_of_its_path(seed: Callable[[str], bytes], shared: Path, number: str) -> None:
    sections = narrative(read_text(seed(number), number))
    for claim in json.loads((shared / "gold" / f"{number}.json").read_text(encoding="utf-8"))["claims"]:
        # 003 separates headings by a blank or nothing: 第二部分 十、（一）…
        wanted = (
            re.sub(r"^第二部分 |^(.*十、)(?=（)", lambda m: m[0].strip() + "/", claim["section"]).replace("十、（", "十、/（").split("/")
        )
        quote = compact(claim["quote"])
        holding = [s for s in sections if quote in compact(s.text)]
        assert any(_lies_under(section.path.split("/"), wanted) for section in holding), (claim["section"], claim["quote"])


def _lies_under(path: list[str], wanted: list[str]) -> bool:
    rest = iter(path)
    return all(any(compact(part).startswith(compact(name)) for part in rest) for name in wanted)


@pytest.mark.parametrize(("number", "known"), [("000", 20), ("001", 63), ("002", 21), ("003", 20)])
def test_every_section_of_a_seed_has_a_kind(seed: Callable[[str], bytes], number: str, known: int) -> None:
    sections = narrative(read_text(seed(number), number))
    assert [section.title for section in sections if section.kind is None] == []
    assert len(sections) >= known


def test_projects_of_seed_001_have_their_six_parts(seed: Callable[[str], bytes]) -> None:
    sections = narrative(read_text(seed("001"), "001"))
    projects = [section for section in sections if section.kind == "project"]
    assert len(projects) == 5
    for project in projects:
        parts = [s.kind for s in sections if s.level == project.level + 1 and s.path.startswith(project.path + "/")]
        assert parts == [
            "project_duties",
            "project_overview",
            "project_execution",
            "project_targets",
            "project_needs",
            "project_procurement",
        ]


def test_a_dump_of_broken_lines_is_joined_to_its_sentences(seed: Callable[[str], bytes]) -> None:
    sections = {s.kind: s for s in narrative(read_text(seed("002"), "002"))}
    assert sections["overview_note"].text.count("\n") == 0
    assert "支出增加 646.54 万元，增长 24.02%。主要原因同上。" in sections["overview_note"].text
    assert sections["duties"].text.count("\n") == 13
    three_public = sections["three_public_note"]
    assert three_public.place_at(three_public.text.index("16.67%")).line == 206


@pytest.mark.parametrize(("number", "terms"), [("000", 10), ("001", 8), ("002", 10), ("003", 10)])
def test_glossaries_of_seeds(seed: Callable[[str], bytes], number: str, terms: int) -> None:
    found = glossary(narrative(read_text(seed(number), number)))
    assert len(found) == terms
    assert found[0].name == "财政拨款收入"
    assert found[0].definition.startswith("是指" if "是指" in found[0].definition[:2] else "")


@pytest.mark.parametrize(
    "text",
    [
        "注：本单位无政府性基金预算支出，故本表无数据。",
        "备注：我单位2021年无政府采购预算，所以此表为空表。",
        "2024年某办公室无国有资本经营预算拨款收入，也无使用国有资本经营预算安排的支出，故本表无数据。",
        "说明：本表为空。",
    ],
)
def test_notes_of_empty_tables(text: str) -> None:
    assert is_empty_note(text)
    assert is_note(text)


@pytest.mark.parametrize("text", ["备注：本表仅含当年财政拨款安排的支出", "注：按照有关规定，“三公”经费包括因公出国（境）费。"])
def test_notes_on_the_content_are_no_notes_of_empty_tables(text: str) -> None:
    assert is_note(text)
    assert not is_empty_note(text)


def test_a_title_is_no_note() -> None:
    assert not is_note("2023年部门收支总体情况表")
    assert not is_note("项目\t金额")


UNNUMBERED = """\
2025年某区某局部门预算

目录

一、部门主要职能

二、部门机构设置

三、名词解释

四、部门预算编制说明

五、其他相关情况说明

某区某局主要职能

主要职能包括：

1. 贯彻执行有关政策；

2. 完成其他任务。

某区某局机构设置

某局设3个内设机构。

名词解释

（一）其他收入：指除上述收入以外的收入。

2025年部门预算编制说明

2025年，某局收入预算100万元。

其他相关情况说明

一、2025年“三公”经费预算情况说明

2025年“三公”经费预算数为1万元。
"""


def test_headings_without_ordinals_are_those_that_the_list_of_contents_names() -> None:
    found = narrative(read_text(UNNUMBERED.encode(), "例.txt"))
    assert [(s.title, s.kind) for s in found if s.level == 1] == [
        ("某区某局主要职能", "duties"),
        ("某区某局机构设置", "organisation"),
        ("名词解释", "glossary"),
        ("2025年部门预算编制说明", "explanation"),
        ("其他相关情况说明", "other_matters"),
    ]
    assert found[-1].path == "其他相关情况说明/一、2025年“三公”经费预算情况说明"
    assert contents(read_text(UNNUMBERED.encode(), "例.txt"))[-1] == "其他相关情况说明"


def test_the_next_heading_behind_tables_within_the_text_goes_on_with_it() -> None:
    document = read(
        "第二部分 预算公开情况说明\n\n五、绩效信息\n\n共有1个项目。\n\n某项目绩效目标表\n\n单位：万元\n\n指标\t值\n合格率\t≥98%\n\n"
        "六、资产信息\n\n共有车辆2辆。\n"
    )
    assert [section.title for section in narrative(document)][1:] == ["五、绩效信息", "六、资产信息"]


def test_a_table_numbered_on_from_the_text_is_no_heading_of_it() -> None:
    document = read("五、绩效信息\n\n共有1个项目。\n\n收支总表\n\n单位：万元\n\n合计\t1\n\n六、支出总表\n\n单位：万元\n\n合计\t1\n")
    assert [section.title for section in narrative(document)] == ["五、绩效信息"]

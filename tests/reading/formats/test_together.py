import pytest

from mingsuan.places import Place
from mingsuan.reading.document import Document, Grid, GridCell, Paragraph
from mingsuan.reading.formats.together import together
from mingsuan.reading.narrative.layout import layout


def document(name: str, *lines: str, cells: tuple[str, ...] = (), problems: tuple[str, ...] = ()) -> Document:
    blocks = [Paragraph(text, Place(name, line=n)) for n, text in enumerate(lines, 1)]
    grid = Grid((tuple(GridCell(text, Place(name, line=9, column=c)) for c, text in enumerate(cells, 1)),), Place(name, line=9))
    return Document(name, (*blocks, *([grid] if cells else [])), problems)


TEXT = document(
    "文字.pdf",
    "某市某局2023年部门预算",
    "目录",
    "第一部分 概况",
    "第一部分 概况",
    "一、职责",
    "本局负责示例工作。",
    problems=("第3页是图片",),
)
TABLES = document("表格.pdf", "收支总表", cells=("本年收入合计", "2430.88", "本年支出合计", "2430.88"))


@pytest.mark.parametrize("given", [(TEXT, TABLES), (TABLES, TEXT)])
def test_text_comes_before_tables_and_places_name_their_file(given: tuple[Document, Document]) -> None:
    joined = together(given)
    assert joined.name == "文字.pdf、表格.pdf"
    assert list(dict.fromkeys(block.place.file for block in joined.blocks)) == ["文字.pdf", "表格.pdf"]
    assert joined.problems == ("文字.pdf：第3页是图片",)


def test_each_file_has_its_own_title_page_and_contents() -> None:
    parts = layout(together([TEXT, TABLES]))
    assert parts.cover[0].text == "某市某局2023年部门预算"
    assert [p.text for p in parts.contents] == ["第一部分 概况"]
    assert [p.text for p in parts.narrative if p is not None] == ["第一部分 概况", "一、职责", "本局负责示例工作。"]

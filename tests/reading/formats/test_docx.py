import pytest

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.docx import read_docx
from tests.reading.office_files import W, docx, p, tbl, tc, zipped
from tests.reading.shown import grids, headings, table, tables, texts


def read(body: str, *, styles: str = "", numbering: str = "") -> Document:
    return read_docx(docx(body, styles=styles, numbering=numbering), "例.docx")


def test_paragraphs_and_grids_come_in_order_and_every_row_is_a_line() -> None:
    document = read(p("一、概况") + tbl(["项目", "金额"], ["甲", "1,024.50"]) + p("注：无"))
    assert texts(document) == ["一、概况", "注：无"]
    assert tables(document) == [[["项目", "金额"], ["甲", "1,024.50"]]]
    (grid,) = grids(document)
    cell = grid.rows[1][1].place
    assert (cell.file, cell.line, cell.column) == ("例.docx", 3, 2)
    assert (grid.place.line, grid.place.end_line) == (2, 3)
    assert document.blocks[-1].place.line == 4


def test_heading_level_comes_from_style_name_outline_level_or_the_style_it_is_based_on() -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="2"><w:name w:val="自定"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="3"><w:name w:val="某"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    )
    body = "".join(p(f"{n}", f'<w:pStyle w:val="{n}"/>') for n in (1, 2, 3, 4)) + p("5", '<w:outlineLvl w:val="1"/>')
    assert headings(read(body + p("6", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'), styles=styles)) == [1, 1, 3, None, 2, None]


def test_spans_are_kept_and_edges_where_no_cell_begins_are_no_columns() -> None:
    body = tbl(
        [tc("项目", '<w:vMerge w:val="restart"/>'), tc("金额", '<w:gridSpan w:val="4"/>')],
        [tc("", "<w:vMerge/>"), tc("小计", '<w:gridSpan w:val="2"/>'), tc("基本", '<w:gridSpan w:val="2"/>')],
        ["甲", tc("1", '<w:gridSpan w:val="2"/>'), tc("2", '<w:gridSpan w:val="2"/>')],
    )
    (grid,) = grids(read(body))
    assert table(grid) == [["项目", "金额", ""], ["", "小计", "基本"], ["甲", "1", "2"]]
    assert grid.spans == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_edges_that_no_one_can_tell_apart_are_one() -> None:
    raster = '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="1"/><w:gridCol w:w="999"/></w:tblGrid>'
    wide = '<w:gridSpan w:val="2"/>'
    body = tbl([tc("甲", wide), "1"], ["乙", tc("2", wide)])
    assert tables(read(body.replace("<w:tbl>", "<w:tbl>" + raster))) == [[["甲", "1"], ["乙", "2"]]]
    assert tables(read(body)) == [[["甲", "", "1"], ["乙", "2", ""]]]
    narrow = tbl(["甲", "细", "1"]).replace("<w:tbl>", "<w:tbl>" + raster)
    assert tables(read(narrow)) == [[["甲", "细", "1"]]]


def test_a_merge_that_ends_before_the_next_begins_keeps_both_texts() -> None:
    merge = [tc("甲", '<w:vMerge w:val="restart"/>'), "1"], [tc("", "<w:vMerge/>"), "2"]
    again = [tc("乙", '<w:vMerge w:val="restart"/>'), "3"], [tc("", "<w:vMerge/>"), "4"], ["丙", "5"]
    (grid,) = grids(read(tbl(*merge, *again)))
    assert table(grid) == [["甲", "1"], ["", "2"], ["乙", "3"], ["", "4"], ["丙", "5"]]
    assert grid.spans == ((0, 0, 1, 0), (2, 0, 3, 0))


def test_rows_that_begin_later_leave_blank_cells() -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("乙") + "</w:tr>"
    assert tables(read(tbl(["甲", "1"]).replace("</w:tbl>", row + "</w:tbl>"))) == [[["甲", "1"], ["", "乙"]]]


def test_lines_paragraphs_and_tabs_in_a_cell_join_with_nothing() -> None:
    inner = "<w:p><w:r><w:t>工资</w:t><w:br/><w:t>福利</w:t></w:r></w:p><w:p><w:r><w:tab/><w:t>支出</w:t></w:r></w:p>"
    assert tables(read(tbl([tc(inner), "1"]))) == [[["工资福利支出", "1"]]]


def test_a_nested_table_follows_the_one_it_is_in_and_a_table_of_one_cell_is_a_frame() -> None:
    assert tables(read(tbl([tc(p("甲") + tbl(["内", "1"])), "2"]))) == [[["甲", "2"]], [["内", "1"]]]
    framed = read(tbl([tc(p("标题") + tbl(["内", "1"]))]))
    assert (texts(framed), tables(framed)) == (["标题"], [[["内", "1"]]])


def test_rows_and_cells_in_content_controls_are_read() -> None:
    cell = f"<w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtPr/><w:sdtContent><w:tr>{tc('甲')}{cell}</w:tr></w:sdtContent></w:sdt>"
    assert tables(read(f"<w:tbl>{row}</w:tbl>")) == [[["甲", "1"]]]


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo></w:p>"
    )
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}{tc('9')}</w:tr>"
    document = read(body + tbl(["甲", "1"]).replace("</w:tbl>", row + "</w:tbl>"))
    assert (texts(document), tables(document)) == (["新来"], [[["甲", "1"]]])


def test_hidden_text_is_not_read_whether_run_or_style_hides_it() -> None:
    styles = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    styled = '<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>藏</w:t></w:r>'
    shown = '<w:r><w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr><w:t>见</w:t></w:r>'
    assert texts(read(f"<w:p>{hidden}{styled}{shown}</w:p>" + p("全藏", '<w:pStyle w:val="h"/>'), styles=styles)) == ["见"]


def test_field_codes_are_not_read_and_their_results_are() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>TOC \\o</w:instrText><w:t>码</w:t></w:r>"
    body = f"<w:p>{mark('begin')}{code}{mark('separate')}<w:r><w:t>目录一</w:t></w:r></w:p>"
    body += f"<w:p><w:r><w:t>目录二</w:t></w:r>{mark('end')}</w:p>"
    simple = '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2023年</w:t></w:r></w:fldSimple></w:p>'
    broken = f"<w:p>{mark('begin')}{code}</w:p>"
    assert texts(read(body + simple + broken + p("后"))) == ["目录一", "目录二", "2023年", "后"]


def test_text_boxes_are_read_once_after_the_paragraph_that_anchors_them() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    choices = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
    alternatives = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    assert texts(read(f"<w:p><w:r><w:t>段</w:t>{alternatives}</w:r></w:p>" + p("下"))) == ["段", "框", "下"]


def test_what_is_not_read_is_named() -> None:
    run = '<w:footnoteReference w:id="1"/><w:object/><w:drawing><x:pic xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing>'
    document = read(f"<w:p><w:r><w:t>甲</w:t>{run}</w:r></w:p><w:altChunk/>")
    assert texts(document) == ["甲"]
    assert [problem[:6] for problem in document.problems] == ["有1条脚注或", "文中嵌入了1", "文中有1张图", "文中嵌入了1"]


def test_line_breaks_part_paragraphs_and_symbols_are_told() -> None:
    body = (
        '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:sym w:font="Wingdings 2" w:char="F052"/><w:noBreakHyphen/><w:t>丙</w:t></w:r></w:p>'
    )
    assert texts(read(body)) == ["甲", "乙☑-丙"]


def test_automatic_ordinals_are_reconstructed() -> None:
    """一、 and （一） and 1. count as in Word: a deeper level begins anew under each higher one."""

    def level(depth: int, form: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%1.%3")
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )

    def item(text: str, depth: int, number: int = 3) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')

    body = item("甲", 0) + item("乙", 1) + item("丙", 1) + item("丁", 0) + item("戊", 1) + item("己", 2) + item("庚", 0, 4) + p("辛")
    assert texts(read(body, numbering=numbering)) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "二.1 己", "一、庚", "辛"]


def test_an_empty_numbered_cell_shows_its_ordinal() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    number = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    assert tables(read(tbl([tc(number), "甲"], [tc(number), "乙"]), numbering=numbering)) == [[["1", "甲"], ["2", "乙"]]]


def test_the_strict_standard_reads_the_same() -> None:
    body = f'<w:document xmlns:w="{W}"><w:body>{p("甲")}</w:body></w:document>'.replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert texts(read_docx(zipped({"word/document.xml": body}), "例.docx")) == ["甲"]


LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "data",
    [
        docx(p("&i;"), head=LAUGHS),
        docx(p("&x;"), head='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        docx("<w:p>"),
        docx(p("甲"))[:300],
        zipped({"word/document.xml": "<a/>"}),
        zipped({"word/other.xml": "<a/>"}),
        docx("<w:p/>"),
        zipped({"word/document.xml": b"<a>" + b"<b/>" * 5_000_000}),
    ],
    ids=["laughs", "external", "torn", "cut", "no body", "no document", "no text", "bomb"],
)
def test_hostile_and_damaged_files_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, "例.docx")
    assert str(caught.value).startswith("例.docx：")


def test_nesting_is_bounded() -> None:
    deep = "<w:sdt><w:sdtContent>" * 100 + p("深") + "</w:sdtContent></w:sdt>" * 100
    document = read(p("浅") + deep)
    assert texts(document) == ["浅"]
    assert document.problems == ("内容嵌套超过60层，更深处没有读取",)

import pytest

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.html import read_html
from tests.hanging import no_hang
from tests.reading.shown import grids, headings, table, tables, texts


def read(body: str, *, head: str = "") -> Document:
    return read_html(f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), "页.html")


def test_paragraphs_headings_and_grids_come_in_order() -> None:
    document = read(
        "<h1>某局预算</h1><p>一、<b>概况</b><br>职责。</p>单位：万元<table><tr><td>项目<td>金额<tr><td>甲<td>1.00</table><h2>二</h2>"
    )
    assert texts(document) == ["某局预算", "一、概况", "职责。", "单位：万元", "二"]
    assert headings(document) == [1, None, None, None, 2]
    (grid,) = grids(document)
    assert table(grid) == [["项目", "金额"], ["甲", "1.00"]]
    assert (grid.place.line, grid.place.end_line, grid.rows[1][1].place.line, grid.rows[1][1].place.column) == (5, 6, 6, 2)


def test_spans_head_and_foot() -> None:
    body = (
        "<table><caption>收支表</caption><tfoot><tr><td>合计<td>3<td>3</tfoot>"
        "<thead><tr><th rowspan=2>项目<th colspan=2>金额<tr><th>本年<th>上年</thead>"
        "<tbody><tr><td rowspan=0>甲<td>1<td>2<tr><td>2<td>1</tbody></table>"
    )
    document = read(body)
    (grid,) = grids(document)
    assert table(grid) == [["项目", "金额", ""], ["", "本年", "上年"], ["甲", "1", "2"], ["", "2", "1"], ["合计", "3", "3"]]
    assert grid.spans == ((0, 0, 1, 0), (0, 1, 0, 2), (2, 0, 3, 0))
    assert texts(document) == ["收支表"]


def test_lines_in_a_cell_join_with_nothing_and_blanks_collapse() -> None:
    assert tables(read("<table><tr><td> 工资<br>福利 <p>支\n出</p><td>&nbsp;1 </table>")) == [[["工资福利支 出", "1"]]]


def test_layout_tables_are_containers_and_nested_data_tables_follow() -> None:
    data = "<table><tr><td>项目<td>金额<tr><td>甲<td>1</table>"
    framed = read(f"<table><tr><td>左<td><p>标题</p>{data}</table>")
    assert (texts(framed), tables(framed)) == (["左", "标题"], [[["项目", "金额"], ["甲", "1"]]])
    nested = read("<table><tr><td>一二三四五六<td>七八九十<tr><td>甲乙丙丁<td><table><tr><td>内<td>1</table></table>")
    assert tables(nested) == [[["一二三四五六", "七八九十"], ["甲乙丙丁", ""]], [["内", "1"]]]


def test_hidden_elements_are_not_read() -> None:
    style = "<style>.gone{color:red;display:none}</style>"
    body = (
        '<p>见<span style="DISPLAY : none">藏</span><span hidden>藏</span><span class="a gone">藏</span></p><script>藏</script><!-- 藏 -->'
        "<table><tr><td>甲<td>1<tr style='display:none'><td>藏<td>2<tr height=0><td>藏<td>3"
        "<tr><td style='display:none'>藏<td>乙<td>4</table>"
    )
    document = read(body, head=style)
    assert (texts(document), tables(document)) == (["见"], [[["甲", "1"], ["乙", "4"]]])


SITE = """
<div class="nav"><ul><li><a href=/>首页</a><li><a href=/1>政务公开</a><li><a href=/2>办事</a></ul></div>
<div>当前位置：<a href=/>首页</a> &gt; <a href=/c>财政</a></div>
<div id="zoom"><p>某局2023年收入总计1,024.50万元，支出总计1,024.50万元。</p>
<p>附件：<a href="./W02023.pdf">2023年预算公开表.pdf</a></p></div>
<div class="share">分享到：微信</div><div><a href=/a>上一条新闻标题</a><a href=/b>下一条新闻标题</a><a href=/c>更多</a></div>
<footer>版权所有：某局</footer>
"""


def test_the_article_is_read_and_the_site_around_it_is_not() -> None:
    document = read(SITE, head="<meta name=ArticleTitle content='某局2023年部门预算'><title>某局2023年部门预算_某市政府网</title>")
    assert texts(document) == ["某局2023年部门预算", "某局2023年收入总计1,024.50万元，支出总计1,024.50万元。", "附件：2023年预算公开表.pdf"]


def test_without_a_marked_article_only_navigation_and_furniture_are_left_out() -> None:
    document = read(SITE.replace('id="zoom"', ""), head="<title>某局2023年部门预算_某市政府网</title>")
    assert texts(document) == ["某局2023年部门预算", "某局2023年收入总计1,024.50万元，支出总计1,024.50万元。", "附件：2023年预算公开表.pdf"]


def test_attachments_are_named_once() -> None:
    document = read('<p>见<a href="/x/%E8%A1%A8.xls">表</a>、<a href="/x/%E8%A1%A8.xls">表</a>、<a href="javascript:x.pdf">假</a></p>')
    assert document.problems == ("网页附有文件“表”（表.xls），没有读取；请下载后与网页一并提供",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", ""])
def test_the_encoding_is_found_whatever_the_page_declares(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{meta}</head><body><p>部门预算收入总计</p></body></html>"
    assert texts(read_html(page.encode(encoding), "页.html")) == ["部门预算收入总计"]


def test_the_server_may_declare_the_encoding() -> None:
    assert texts(read_html("<p>預算收入總計</p>".encode("big5"), "页.html", charset="big5")) == ["預算收入總計"]


def test_spans_beyond_reason_are_bounded() -> None:
    wide = "<tr>" + "<td colspan=60000 rowspan=60000>甲</td>" * 50 + "</tr>"
    with no_hang():
        document = read("<table>" + wide * 500 + "</table>")
    assert sum(grid.width * len(grid.rows) for grid in grids(document)) <= 300_000


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "font"])
def test_nesting_is_bounded(tag: str) -> None:
    with no_hang():
        document = read(f"<p>浅</p>{f'<{tag}>' * 20_000}深")
    assert texts(document)[0] == "浅"


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<html><body><script>x</script></body></html>", b"<a>" + b"<b>" * 5_000_000])
def test_pages_without_content_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_html(data, "页.html")
    assert str(caught.value).startswith("页.html：")

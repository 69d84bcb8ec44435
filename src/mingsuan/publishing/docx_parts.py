"""The parts of a Word file that do not depend on what is published: styles, settings, relations, and how XML is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from mingsuan.printable import printable

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

SONG, FANGSONG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"


def text(value: str) -> str:
    """Characters of a text in XML, without those that XML cannot hold."""
    return escape(printable(value), {'"': "&quot;"})


def font(east_asian: str) -> str:
    """A run's fonts: Chinese characters in one, letters and figures in Times."""
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{east_asian}"/>'


def half_points(size: float) -> str:
    """A run's size, in points."""
    return f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'


CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    "</Types>"
)
PACKAGE_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)
_RELATIONS = (
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/header" Target="header1.xml"/>'
)
APPLICATION = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Mingsuan</Application></Properties>"
)
SETTINGS = (
    f"{DECLARATION}<w:settings {NAMESPACES}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
FOOTER = (
    f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)


def document_relations(pictures: Iterable[int]) -> str:
    """What the document refers to, pictures by the number of their block."""
    images = "".join(f'<Relationship Id="rIdImage{n}" Type="{_OFFICE}/image" Target="media/image{n}.png"/>' for n in pictures)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{_RELATIONS}{images}</Relationships>'


def header(mark: str) -> str:
    """The header of all pages: empty, or with a mark across the page."""
    shape = (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '</v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="DraftMark" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:320pt;height:160pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="font-family:&quot;{HEI}&quot;;font-size:1pt" string="{text(mark)}"/>'
        "</v:shape></w:pict></w:r>"
    )
    return f'{DECLARATION}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{shape if mark else ""}</w:p></w:hdr>'


def core(title: str, author: str, day: date | None) -> str:
    """The properties that the file browser shows; without a date none is said."""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>' for name in ("created", "modified") if day
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(title)}</dc:title><dc:creator>{text(author)}</dc:creator><dc:language>zh-CN</dc:language>{dates}</cp:coreProperties>"
    )


def _style(
    key: str, name: str, paragraph: str, run: str, *, based: str = "Normal", following: str = "", default: bool = False, shown: bool = True
) -> str:
    parent = "" if default else f'<w:basedOn w:val="{based}"/>'
    first = ' w:default="1"' if default else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{key}"><w:name w:val="{name}"/>'
        f"{parent}{after}{'<w:qFormat/>' if shown else '<w:semiHidden/>'}<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_LINE = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
_TIGHT = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/>'
_ABOVE_TABLE = _TIGHT.replace('w:after="0"', 'w:after="60"')
_LEADER = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{}"/></w:tabs>'


CELL_STYLES = {"Left": "左", "Center": "中", "Right": "右", "Head": "表头"}
"""The styles of a table's cells, one of each kind and size; said in a style, size and alignment make the cells of a long table light."""
_CELL_MARGIN = 60
"""White at the sides of a cell, in twentieths of a point."""


def cell_style(kind: str, size: float) -> str:
    """The key of the style of a kind of cells in some size."""
    return f"Cell{kind}{round(2 * size)}"


def _cell_styles(size: float) -> Iterator[str]:
    for kind, words in CELL_STYLES.items():
        across = f'<w:jc w:val="{"center" if kind == "Head" else kind.lower()}"/>'
        run = ("<w:b/>" if kind == "Head" else "") + half_points(size)
        yield _style(cell_style(kind, size), f"表内文字 {round(2 * size) / 2:g} {words}", across, run, based="TableText", shown=False)


def _table_style() -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="PublishedTable"><w:name w:val="公开表"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="{_CELL_MARGIN}" w:type="dxa"/>'
        f'<w:right w:w="{_CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )


def styles(measure: int, sizes: Iterable[float] = ()) -> str:
    """The styles; `measure` is the width of an upright page's text, in twentieths of a point, `sizes` those of the tables."""
    leader = _LEADER.format(measure)
    body = f'{_LINE}<w:ind w:firstLine="640" w:firstLineChars="200"/>'
    unindented = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
    found = (
        _style("Normal", "Normal", f'{body}<w:jc w:val="both"/>', font(FANGSONG) + half_points(16), default=True),
        _style(
            "Heading1",
            "heading 1",
            f'<w:keepNext/><w:keepLines/><w:pageBreakBefore/><w:spacing w:before="240" w:after="240" w:line="240" w:lineRule="auto"/>'
            f'{unindented}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
            font(HEI) + half_points(18),
            following="Normal",
        ),
        _style(
            "Heading2",
            "heading 2",
            f'<w:keepNext/><w:keepLines/>{body}<w:jc w:val="left"/><w:outlineLvl w:val="1"/>',
            font(HEI) + half_points(16),
            following="Normal",
        ),
        _style(
            "Heading3",
            "heading 3",
            f'<w:keepNext/><w:keepLines/>{body}<w:jc w:val="left"/><w:outlineLvl w:val="2"/>',
            font(KAI) + half_points(16),
            following="Normal",
        ),
        _style(
            "TableTitle",
            "表名",
            f'<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/>{unindented}'
            '<w:jc w:val="center"/><w:outlineLvl w:val="1"/>',
            font(HEI) + half_points(16),
        ),
        _style("TableOver", "表上文字", f'<w:keepNext/>{_ABOVE_TABLE}<w:jc w:val="left"/>', font(SONG) + half_points(10.5)),
        _style("TableText", "表内文字", f'{_TIGHT}<w:jc w:val="left"/>', font(SONG) + half_points(9)),
        _style("TableNote", "表下备注", f'{_TIGHT}<w:jc w:val="left"/>', font(SONG) + half_points(10.5)),
        _style(
            "TableIndex",
            "表的目录",
            f'{_LINE}<w:ind w:left="640" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="left"/>',
            font(FANGSONG) + half_points(16),
        ),
        _style(
            "Title",
            "Title",
            f'<w:spacing w:before="0" w:after="480" w:line="360" w:lineRule="auto"/>{unindented}<w:jc w:val="center"/>',
            font(HEI) + half_points(26),
        ),
        _style("CoverLine", "封面文字", f'{_LINE}{unindented}<w:jc w:val="center"/>', font(FANGSONG) + half_points(18)),
        _style(
            "ContentsTitle",
            "目录标题",
            f'<w:pageBreakBefore/><w:spacing w:before="0" w:after="320"/>{unindented}<w:jc w:val="center"/>',
            font(HEI) + half_points(18),
        ),
        _style("TOC1", "toc 1", f'{leader}{_LINE}{unindented}<w:jc w:val="left"/>', font(HEI) + half_points(14)),
        _style(
            "TOC2",
            "toc 2",
            f'{leader}<w:spacing w:before="0" w:after="0" w:line="440" w:lineRule="exact"/>'
            '<w:ind w:left="280" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="left"/>',
            font(FANGSONG) + half_points(14),
        ),
        _style("Header", "header", f'{_TIGHT}<w:jc w:val="center"/>', font(SONG) + half_points(9)),
        _style("Footer", "footer", f'{_TIGHT}<w:jc w:val="center"/>', font(SONG) + half_points(14)),
    )
    cells = [one for size in sorted({round(2 * s) / 2 for s in sizes}) for one in _cell_styles(size)]
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{font(FANGSONG)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{''.join(found)}{''.join(cells)}{_table_style()}</w:styles>"
    )

"""The smallest files of each format that hold a line and a table."""

from __future__ import annotations

from tests.reading.office_files import MONEY, docx, merges, p, rows, tbl, tc, xls, xls_label, xls_number, xlsx, zipped

PAGE = (
    '<html><body><div id=zoom><h1>预算</h1><table><tr><td rowspan=2>甲<td colspan=3>1<tr><td>2</table><a href="x.pdf">表</a></div>'.encode()
)
WORD = docx(
    p("一、概况", '<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + tbl([tc("甲", '<w:vMerge w:val="restart"/>'), tc("1", '<w:gridSpan w:val="2"/>')], [tc("", "<w:vMerge/>"), "2", "3"]),
    styles='<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
SHEET = xlsx({"页": f"<sheetData>{rows(['表'], ['甲', 1.5], ['乙', 2], style=MONEY)}</sheetData>{merges('A1:B1')}"}, strings=["<t>甲</t>"])
OLD = xls({"页": xls_label(0, 0, "甲", 1) + xls_number(0, 1, 1.5, 2) + xls_label(1, 0, "乙", 1) + xls_number(1, 1, 2, 2)})
ARCHIVE = zipped({"甲.docx": WORD, "乙.zip": zipped({"丙.txt": b"3"})})

"""Whatever bytes come, a reader returns a document or says why not, soon."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.archive import members
from mingsuan.reading.formats.docx import read_docx
from mingsuan.reading.formats.html import read_html
from mingsuan.reading.formats.sniff import sniff
from mingsuan.reading.formats.xls import read_xls
from mingsuan.reading.formats.xlsx import read_xlsx
from tests.hanging import no_hang
from tests.reading.office_files import MONEY, docx, merges, p, rows, tbl, tc, xls, xls_label, xls_number, xlsx, zipped

"""Seconds for one mangled file of some kilobytes, on a busy machine."""

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

Read = Callable[[bytes, str], object]
SAMPLES: dict[str, tuple[Read, bytes]] = {
    "docx": (read_docx, WORD),
    "xlsx": (read_xlsx, SHEET),
    "xls": (read_xls, OLD),
    "html": (read_html, PAGE),
    "zip": (members, ARCHIVE),
    "sniff": (sniff, OLD),
}


def quietly(read: Read, data: bytes) -> None:
    """Read, and accept that it says why not."""
    with no_hang():
        try:
            read(data, "例")
        except UnreadableFile as error:
            assert error.what and error.remedy


@st.composite
def mangled(draw: st.DrawFn, sample: bytes) -> bytes:
    """The sample with some bytes changed, some run left out or repeated, or its end cut."""
    data = bytearray(sample)
    for _ in range(draw(st.integers(1, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    begin, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    how = draw(st.sampled_from(["keep", "drop", "repeat", "cut"]))
    whole = bytes(data)
    return {"keep": whole, "drop": whole[:begin] + whole[end:], "repeat": whole[:end] + whole[begin:], "cut": whole[:begin]}[how]


@pytest.mark.parametrize("name", SAMPLES)
@given(material=st.data())
@settings(max_examples=60)
def test_mangled_files_are_read_or_refused(name: str, material: st.DataObject) -> None:
    read, sample = SAMPLES[name]
    quietly(read, material.draw(mangled(sample)))


@pytest.mark.parametrize("name", ["docx", "xlsx"])
@given(material=st.data())
@settings(max_examples=60)
def test_mangled_parts_are_read_or_refused(name: str, material: st.DataObject) -> None:
    """The packing is sound and one part inside is not, so that the mangled bytes reach the reader."""
    read, sample = SAMPLES[name]
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        parts: dict[str, str | bytes] = {path: archive.read(path) for path in archive.namelist()}
    chosen = material.draw(st.sampled_from(sorted(parts)))
    content = parts[chosen]
    assert isinstance(content, bytes)
    quietly(read, zipped(parts | {chosen: material.draw(mangled(content))}))


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.binary(max_size=300))
@settings(max_examples=30)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    quietly(SAMPLES[name][0], data)
    quietly(SAMPLES[name][0], SAMPLES[name][1][:8] + data)


def test_the_samples_themselves_are_read() -> None:
    for name, (read, sample) in SAMPLES.items():
        found = read(sample, "例")
        assert not isinstance(found, Document) or found.blocks, name

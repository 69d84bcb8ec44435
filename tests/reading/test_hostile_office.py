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
from tests.reading.office_files import zipped
from tests.reading.small_files import ARCHIVE, OLD, PAGE, SHEET, WORD

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

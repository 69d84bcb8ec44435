"""The worker process gives what reading here gives, and keeps harm to itself."""

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.places import Place
from mingsuan.reading.document import Document, Grid, GridCell, Paragraph, UnreadableFile
from mingsuan.reading.formats.pdf import isolated, reader
from mingsuan.reading.formats.pdf.wire import packed, unpacked
from tests.reading.formats.pdf.build import Sheet, pdf, ruled

FILE = pdf(ruled(Sheet(), [50, 150, 250], [700, 680, 660], [["项目", "金额"], ["合计", "1.00"]]).text(70, 750, "收支总表"))

places = st.builds(
    Place,
    file=st.just("例.pdf"),
    page=st.integers(1, 99),
    box=st.tuples(*[st.floats(0, 999, allow_nan=False).map(lambda v: round(v, 1))] * 4),
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    place = replace(draw(places), table=draw(st.integers(1, 9)))
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    rows = tuple(
        tuple(GridCell(draw(st.text()), replace(place, row=row, column=column)) for column in range(1, width + 1))
        for row in range(1, height + 1)
    )
    return Grid(rows, place, ((0, 0, 0, width - 1),) if width > 1 else ())


@given(st.lists(st.one_of(st.builds(Paragraph, text=st.text(), place=places), grids())), st.lists(st.text()))
def test_a_document_goes_through_the_wire_unchanged(blocks: list[Paragraph | Grid], problems: list[str]) -> None:
    document = Document("例.pdf", tuple(blocks), tuple(problems))
    assert unpacked(packed(document), "例.pdf") == document


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"1", b'{"blocks":[[1]],"problems":[]}', b'{"blocks":[[[1,2],"x"]],"problems":[]}', b"\xff"]
)
def test_another_answer_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked(data, "例.pdf")


def test_the_worker_reads_what_is_read_here() -> None:
    assert isolated.read_pdf(FILE, "例.pdf") == reader.read_pdf(FILE, "例.pdf")


def test_the_reason_comes_through() -> None:
    with pytest.raises(UnreadableFile, match=r"例\.pdf：.*密码"):
        isolated.read_pdf(pdf(Sheet(), encrypted=True), "例.pdf")


def test_a_worker_that_takes_too_long_is_ended() -> None:
    with pytest.raises(UnreadableFile, match=r"超过0\.001秒"):
        isolated.read_pdf(FILE, "例.pdf", seconds=0.001)


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the worker")
@pytest.mark.parametrize("script", ["kill -SEGV $$", "echo '{'"])
def test_a_worker_that_crashes_or_babbles_costs_one_file(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = tmp_path / "worker"
    worker.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
    worker.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(worker))
    with pytest.raises(UnreadableFile, match=r"异常退出|完整"):
        isolated.read_pdf(FILE, "例.pdf")


def test_mangled_files_are_read_or_refused() -> None:
    chance = random.Random(3)
    for _ in range(15):
        data = bytearray(FILE)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            isolated.read_pdf(bytes(data), "例.pdf", seconds=20)
        except UnreadableFile as error:
            assert str(error).startswith("例.pdf：")

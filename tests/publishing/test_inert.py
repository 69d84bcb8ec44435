"""What a workbook says stays words in every published file, whatever it begins with: no formula, no link, no field, no script."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree, html

from mingsuan.compiling import compile_book
from mingsuan.compiling.book import Book, Passage, PurchaseLine, Task, Transfer
from mingsuan.compiling.workbook.layout import SHEETS, Entry
from mingsuan.dialects.dialect import load
from mingsuan.publishing.gate import publish
from tests.compiling.hand import FUND, RUN, D, hand_book

STARTS = ("=cmd|' /C calc'!A0 ", "+1+2 ", "-2+3 ", "@SUM(1) ", "\t=1+1 ", '=HYPERLINK("http://x.invalid") ')
_WORDED = re.compile(r"=(SUM\(\w+:\w+\)|\w+(\+\w+)*)")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def armed(start: str) -> Book:
    """The hand-made book with a start of a formula before every text of an officer's own."""
    book = hand_book()
    code = book.projects[0].code
    book = replace(
        book,
        passages=(*book.passages, Passage("名词解释", "示范工作：说明")),
        tasks=(Task("任务", "内容"),),
        purchases=(
            PurchaseLine("001001", "办公设备", "货物", D(5000), RUN, FUND, project=code, catalogue="目录", spec="规格", quantity=D(1)),
        ),
        transfers=(Transfer(code, "示例县", D(100)),),
        projects=tuple(
            replace(p, duty="职责", overview="概况", basis="依据", necessity="必要", measures="措施", goal="目标") for p in book.projects
        ),
        department=replace(book.department, name=f"{start}{book.department.name}", goal=f"{start}目标", transfers=True),
    )
    changed: dict[str, Any] = {
        layout.part: tuple(_armed(r, start, layout.by_name) for r in getattr(book, layout.part)) for layout in SHEETS
    }
    return replace(book, **changed)


def _armed(record: Any, start: str, fields: Mapping[str, Any]) -> Any:
    own = [n for n, f in fields.items() if f.entry in (Entry.TEXT, Entry.LONG) and not f.choices and n not in ("heading", "code")]
    return replace(record, **{n: f"{start}{getattr(record, n)}" for n in own if isinstance(getattr(record, n), str) and getattr(record, n)})


@pytest.fixture(scope="module", params=[*zip(STARTS, ("zhengzhou-2021", "zhengzhou-2023", "sanmenxia-2023") * 2, strict=True)], ids=repr)
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    start, form = request.param
    compiled = compile_book(replace(armed(start), dialect=form))
    out = tmp_path_factory.mktemp("inert")
    made = publish(compiled.disclosure, load(form), ("xlsx", "docx", "html", "data"), out, draft=True, ledger=compiled.ledger)
    return {path.suffix: path for path in made.files}


def parts(path: Path, ending: str) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(ending):
                yield name, etree.fromstring(archive.read(name))


def test_formulas_of_a_workbook_are_its_own_sums(files: Mapping[str, Path]) -> None:
    workbook = openpyxl.load_workbook(files[".xlsx"])
    formulas = [str(c.value) for s in workbook.worksheets for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert formulas
    assert [f for f in formulas if not _WORDED.fullmatch(f)] == []
    assert not any(name.startswith(("=", "+", "-", "@")) for name in workbook.sheetnames)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_no_part_points_outside(suffix: str, files: Mapping[str, Path]) -> None:
    found = [e for _, root in parts(files[suffix], ".rels") for e in root if e.get("TargetMode") == "External"]
    assert found == []


def test_fields_of_a_document_are_contents_and_page_numbers(files: Mapping[str, Path]) -> None:
    fields = {
        text.split()[0]
        for _, root in parts(files[".docx"], ".xml")
        for text in (*(e.text or "" for e in root.iter(f"{_W}instrText")), *(e.get(f"{_W}instr", "") for e in root.iter(f"{_W}fldSimple")))
        if text.strip()
    }
    assert fields <= {"TOC", "PAGE", "PAGEREF"}


def test_a_page_runs_nothing_and_leads_nowhere_else(files: Mapping[str, Path]) -> None:
    page = html.fromstring(files[".html"].read_bytes())
    assert not page.xpath("//script | //iframe | //object | //embed | //form | //link | //@*[starts-with(name(), 'on')]")
    assert not page.xpath("//@href[not(starts-with(., '#'))]")
    assert not page.xpath("//@src[not(starts-with(., 'data:'))]")


def test_no_field_of_a_data_package_begins_a_formula(files: Mapping[str, Path]) -> None:
    number = re.compile(r"-?\d+(\.\d+)?")
    with zipfile.ZipFile(files[".zip"]) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        texts = [text for name in names for row in csv.reader(io.StringIO(archive.read(name).decode())) for text in row]
    assert any(text.startswith("'") for text in texts)
    assert [t for t in texts if t.startswith(("=", "+", "-", "@", "\t", "\r")) and not number.fullmatch(t)] == []

"""Workbooks that no spreadsheet program would write: each ends in findings or a clear refusal, and what can be read of it is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from mingsuan.cli.main import main
from mingsuan.compiling import read_book, write_book
from mingsuan.dialects.dialect import load
from mingsuan.model import Level
from mingsuan.reading.document import UnreadableFile
from tests.compiling.hand import hand_book

PEOPLE, STRINGS, WORKBOOK = "xl/worksheets/sheet6.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
END, STANDARD, FIRST = b"</sheetData>", b"<v>5000</v>", b"?>"
Put = Mapping[str, tuple[bytes, bytes]]
"""What is put in the place of what, by part."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "book.xlsx"
    write_book(hand_book(), load("zhengzhou-2023"), path)
    return path


def spoilt(sound: Path, folder: Path, put: Put, *, more: Mapping[str, bytes] | None = None) -> Path:
    """The workbook with the first of some bytes of its parts replaced, and with further parts."""
    path = folder / "book.xlsx"
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            old, new = put.get(name, (b"", b""))
            content = source.read(name)
            assert old in content
            target.writestr(name, content.replace(old, new, 1))
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return path


def row(number: int, cells: bytes) -> bytes:
    return b'<row r="%d">%s</row>' % (number, cells)


def declared(entities: bytes) -> tuple[bytes, bytes]:
    return FIRST, b"?><!DOCTYPE x [" + entities + b"]>"


NESTED = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"aaaaaaaaaa") for n in range(9))


@pytest.mark.parametrize(
    "entities", [NESTED, b'<!ENTITY e8 SYSTEM "file:///etc/passwd">', b'<!ENTITY % e8 SYSTEM "http://x.invalid/x.dtd"> %e8;']
)
def test_a_sheet_with_entities_is_not_read(entities: bytes, sound: Path, tmp_path: Path) -> None:
    book, findings = read_book(spoilt(sound, tmp_path, {PEOPLE: declared(entities)}))
    assert [(f.code, f.level) for f in findings] == [("BOOK109", Level.ERROR)]
    assert book.people == ()
    assert book.projects == hand_book().projects


@pytest.mark.parametrize("part", [STRINGS, WORKBOOK])
def test_other_parts_with_entities_are_refused(part: str, sound: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_book(spoilt(sound, tmp_path, {part: declared(NESTED)}))


def test_a_bomb_of_strings_is_refused(sound: Path, tmp_path: Path) -> None:
    bomb = b"<si><t>" + b"x" * 60_000_000 + b"</t></si></sst>"
    with pytest.raises(UnreadableFile, match="大得异常"):
        read_book(spoilt(sound, tmp_path, {STRINGS: (b"</sst>", bomb)}))


def test_an_archive_of_too_many_parts_is_refused(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="多得异常"):
        read_book(spoilt(sound, tmp_path, {}, more={f"xl/{'x' * 80}{n}.bin": b"" for n in range(15_000)}))


def test_half_a_file_is_refused(sound: Path, tmp_path: Path) -> None:
    data = sound.read_bytes()
    (tmp_path / "half.xlsx").write_bytes(data[: len(data) // 2])
    with pytest.raises(UnreadableFile, match="损坏"):
        read_book(tmp_path / "half.xlsx")


@pytest.mark.parametrize("cut", [b"<sheetData>", b"</row>"])
def test_half_a_sheet_is_a_finding(cut: bytes, sound: Path, tmp_path: Path) -> None:
    findings = read_book(spoilt(sound, tmp_path, {PEOPLE: (cut, b"")}))[1]
    assert ("BOOK109", Level.ERROR) in {(f.code, f.level) for f in findings}


@pytest.mark.parametrize(
    "number", [b"NaN", b"-INF", b"1E+400", b"1E+999999999", b"1E-999999999", b"1E+9999999999999999999", b"7" * 5000, b"0x10", b"1_000"]
)
def test_what_no_amount_can_be_is_an_error_at_its_cell(number: bytes, sound: Path, tmp_path: Path) -> None:
    findings = read_book(spoilt(sound, tmp_path, {PEOPLE: (STANDARD, b"<v>" + number + b"</v>")}))[1]
    assert [(f.level, f.sides[0].place.cell) for f in findings] == [(Level.ERROR, "G4")]


@pytest.mark.parametrize(
    "rows",
    [
        b"".join(row(n, b"") for n in range(20, 60_000)),
        row(30, b"".join(b'<c r="%s%d"><v>1</v></c>' % (letters, 30) for letters in (b"AAA", b"XFD", b"ZZZ", b"ZZZZZZZ"))),
        row(1_048_577, b'<c r="ZZZZZZZ99999999999"/>'),
        b'<row r="-4"/><row r="four"/><row r="99999999999999999999"/>',
        b'<row r="30"><c t="s"><v>99999</v></c><c t="s"><v>-1</v></c><c t="?"/></row>',
    ],
)
def test_rows_and_cells_beyond_the_sheet_change_nothing(rows: bytes, sound: Path, tmp_path: Path) -> None:
    assert read_book(spoilt(sound, tmp_path, {PEOPLE: (END, rows + END)})) == (hand_book(), ())


def test_countless_merged_cells_are_counted_not_listed(sound: Path, tmp_path: Path) -> None:
    merged = b"<mergeCells>" + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(20, 40_000)) + b"</mergeCells>"
    findings = read_book(spoilt(sound, tmp_path, {PEOPLE: (END, END + merged)}))[1]
    assert {f.code for f in findings} == {"BOOK107"}
    assert len(findings) < 40


def test_errors_of_a_workbook_are_listed_by_publish_and_nothing_is_written(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = spoilt(sound, tmp_path, {PEOPLE: (STANDARD, b"<v>NaN</v>")}), tmp_path / "out"
    assert main(["publish", str(path), "--to", "html", "-o", str(out)]) == 1
    assert "“人员”G4" in capsys.readouterr().err
    assert not out.exists()
    assert main(["publish", str(path), "--to", "html", "-o", str(out), "--draft"]) == 0
    assert ["草稿" in file.name for file in out.iterdir()] == [True]


def test_what_was_compiled_with_errors_is_published_as_a_draft_only(sound: Path, tmp_path: Path) -> None:
    path = spoilt(sound, tmp_path, {PEOPLE: (STANDARD, b"<v>NaN</v>")})
    assert main(["compile", str(path), "--draft", "-o", str(tmp_path / "公开.json")]) == 1
    assert main(["publish", str(tmp_path / "公开.json"), "--to", "html", "-o", str(tmp_path / "out")]) == 1
    assert main(["publish", str(tmp_path / "公开.json"), "--draft", "--to", "html", "-o", str(tmp_path / "out")]) == 0

"""Nothing is published that does not read back as it was meant, and nothing is left behind."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mingsuan.amounts import Amount
from mingsuan.model import Disclosure
from mingsuan.publishing import gate
from mingsuan.publishing import html as pages
from mingsuan.publishing.comparing import differences
from mingsuan.publishing.gate import FORMATS, PublicationRefused, file_name, publish
from mingsuan.publishing.publication import Publication
from tests.publishing.samples import dialect_of, sample, with_a_wrong_total, with_names


def _published(disclosure: Disclosure, out: Path, to: tuple[str, ...] = ("html", "data"), *, draft: bool = False) -> gate.Published:
    return publish(disclosure, dialect_of(disclosure), to, out, draft=draft)


def test_all_formats_are_published_together(tmp_path: Path) -> None:
    made = sample("jiangsu-2017")
    published = _published(made, tmp_path / "out", tuple(FORMATS))
    assert [p.suffix for p in published.files] == [".docx", ".pdf", ".xlsx", ".html", ".zip"]
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(published.files)
    assert published.exceptions == ()


def test_an_error_of_the_check_refuses_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(PublicationRefused, match="核对发现错误") as refused:
        _published(with_a_wrong_total(sample("jiangsu-2017")), tmp_path / "out")
    assert refused.value.findings
    assert not (tmp_path / "out").exists()


def test_numbers_of_the_text_are_checked_too(tmp_path: Path) -> None:
    made = sample("jiangsu-2017")
    number = next(n for n, s in enumerate(made.sections) if s.kind == "overview_note")
    section = made.sections[number]
    wrong = replace(section, text=re.sub(r"增长[\d.]+%", "增长987.65%", section.text))
    assert wrong != section
    with pytest.raises(PublicationRefused, match="核对发现错误"):
        _published(replace(made, sections=(*made.sections[:number], wrong, *made.sections[number + 1 :])), tmp_path)


def test_a_draft_is_written_all_the_same_and_says_what_iswith_a_wrong_total(tmp_path: Path) -> None:
    published = _published(with_a_wrong_total(sample("jiangsu-2017")), tmp_path, draft=True)
    assert all("草稿" in p.name and p.exists() for p in published.files)
    assert any("核对发现错误" in note for note in published.exceptions)


def test_a_writer_that_errs_is_caught_with_table_row_column_and_both_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sample("jiangsu-2017")
    table = made.tables[0]
    row, column, cell = next(a for a in table.amounts() if a[2].amount and a[2].amount.yuan)
    assert cell.amount is not None
    honest = pages.write_html
    printed = f">{cell.amount.text(thousands=True)}<"

    def erring(publication: Publication) -> bytes:
        return honest(publication).replace(printed.encode(), b">7.77<", 1)

    (tmp_path / "earlier.txt").write_text("stays")
    monkeypatch.setattr(pages, "write_html", erring)
    with pytest.raises(PublicationRefused) as refused:
        _published(made, tmp_path, ("data", "html"))
    (difference,) = refused.value.differences["html"]
    assert (difference.table, difference.row, difference.column) == (table.title, row + 1, column.path)
    assert (difference.wanted, difference.found) == (str(cell.amount), str(Amount(Decimal("77700"), "万元", 2)))
    assert [p.name for p in tmp_path.iterdir()] == ["earlier.txt"]


def test_a_lost_paragraph_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sample("jiangsu-2017")
    honest = pages.write_html
    line = made.sections[-1].text.split("\n")[-1]
    monkeypatch.setattr(pages, "write_html", lambda publication: honest(publication).replace(line.encode(), b""))
    with pytest.raises(PublicationRefused, match="文字"):
        _published(made, tmp_path)


def test_files_are_replaced_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sample("jiangsu-2017")
    first = _published(made, tmp_path)
    before = {p: p.read_bytes() for p in first.files}
    moves = Path.replace
    count = 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 4:
            raise OSError(28, "No space left on device")
        return moves(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        publish(made, dialect_of(made), ("html", "data"), tmp_path, dated=date(2019, 1, 1))
    monkeypatch.undo()
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_unknown_formats_tables_and_empty_disclosures_are_refused(tmp_path: Path) -> None:
    made = sample("jiangsu-2017")
    for disclosure, to in (
        (made, ("odt",)),
        (made, ()),
        (replace(made, tables=(replace(made.tables[0], kind="no_such_form"),)), ("html",)),
        (replace(made, tables=(), sections=()), ("html",)),
    ):
        with pytest.raises(PublicationRefused):
            _published(disclosure, tmp_path / "out", to)
    assert not (tmp_path / "out").exists()


def test_what_a_format_cannot_hold_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(PublicationRefused, match="XLSX"):
        _published(with_names(sample("jiangsu-2017"), "字" * 40_000), tmp_path, ("xlsx",))
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_of_departments_are_published_or_refused(tmp_path: Path) -> None:
    made = sample("jiangsu-2017")
    for name in ('江苏省#panic("x")局', "../../etc/江苏省局", "江苏省" + "长" * 200 + "局", "=cmd|'江苏省局'!A1"):
        try:
            published = _published(replace(made, department=name), tmp_path / "out", ("docx", "html"), draft=True)
        except PublicationRefused:
            continue
        assert all(p.parent == tmp_path / "out" and p.exists() for p in published.files)


@pytest.mark.parametrize(
    ("title", "name"), [("2023年某局/部门:预算", "2023年某局_部门_预算"), ("...", "公开文本"), ("长" * 300, "长" * 60)]
)
def test_names_of_files_suit_any_system(title: str, name: str) -> None:
    assert file_name(title) == name


def test_equal_disclosures_do_not_differ_and_places_do_not_count() -> None:
    assert list(differences(sample("jiangsu-2017"), sample("jiangsu-2017"))) == []
    assert list(differences(sample("jiangsu-2017", 1), sample("jiangsu-2017", 2))) != []

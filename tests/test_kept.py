"""What is read from the package's own files is kept, and made again when they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.dialects.dialect import load, names
from mingsuan.dialects.errors import DialectError
from mingsuan.dialects.loading.dialect import read_dialect
from mingsuan.kept import _stamp, kept


class Maker:
    """Makes what its file says, and counts how often."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "data" / "value.yaml"
        self.file.parent.mkdir()
        self.package = folder
        self.file.write_text("one")
        self.times = 0

    def __call__(self) -> list[str]:
        self.times += 1
        return [self.file.read_text()]

    def kept(self) -> list[str]:
        _stamp.cache_clear()  # a new process would look at the files anew
        return kept("value", self, self.package)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def test_made_once_and_read_back(maker: Maker) -> None:
    assert [maker.kept() for _ in range(3)] == [["one"]] * 3
    assert maker.times == 1


def test_made_again_when_a_source_changes(maker: Maker) -> None:
    maker.kept()
    maker.file.write_text("two, of another size")
    assert maker.kept() == ["two, of another size"]
    (maker.file.parent / "more.yaml").write_text("")
    maker.kept()
    assert maker.times == 3


@pytest.mark.parametrize("damage", [b"", b"\x80", b"not a pickle", None])
def test_a_damaged_copy_is_made_again(maker: Maker, tmp_path: Path, damage: bytes | None) -> None:
    maker.kept()
    (copy,) = tmp_path.glob("__pycache__/*.kept")
    copy.write_bytes(copy.read_bytes()[:-3] if damage is None else damage)
    assert maker.kept() == ["one"]
    assert maker.times == 2


def test_a_folder_that_cannot_be_written_is_no_error(maker: Maker, tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("")
    assert [maker.kept() for _ in range(2)] == [["one"]] * 2
    assert maker.times == 2


def test_nothing_is_kept_of_a_value_that_cannot_be_made(maker: Maker, tmp_path: Path) -> None:
    maker.file.unlink()
    with pytest.raises(FileNotFoundError):
        maker.kept()
    assert not list(tmp_path.rglob("*.kept*"))


def test_kept_dialects_are_those_of_the_files() -> None:
    for name in names():
        fresh = read_dialect(name, Path(__file__).parents[1] / "src" / "mingsuan" / "dialects" / "data")
        assert (load(name).title, load(name).forms, load(name).tables) == (fresh.title, fresh.forms, fresh.tables)


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(DialectError, match="没有这个版式"):
        load("nowhere-1999")

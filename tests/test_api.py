"""The public functions: what they promise, and that asking for them imports nothing heavy."""

from __future__ import annotations

import inspect
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import mingsuan
from mingsuan.compiling import Compiled
from mingsuan.compiling.fixing.fix import CannotFix, Edit
from mingsuan.compiling.fixing.fix import fix as put_in
from mingsuan.dialects.errors import DialectError
from mingsuan.model import Disclosure
from tools.walk import misprint

HEAVY = {"click", "duckdb", "jinja2", "lxml", "ortools", "pandas", "pypdfium2", "typst", "xlsxwriter", "yaml"}
EXAMPLE = Path(__file__).parents[1] / "examples" / "luohe-2024.xlsx"
FUNCTIONS = [name for name in mingsuan.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_name_is_a_documented_function(name: str) -> None:
    function = getattr(mingsuan, name)
    assert callable(function)
    told = inspect.getdoc(function) or ""
    arguments = [f"{p}:" for p in inspect.signature(function).parameters]
    assert "Raises:" in told
    assert [a for a in arguments if a not in told] == ([] if "Args:" in told else arguments)


def test_importing_the_package_imports_nothing_that_takes_time() -> None:
    code = "import json, sys, mingsuan; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert not HEAVY.intersection(loaded)
    assert [m for m in loaded if m.startswith("mingsuan.")] == ["mingsuan.version"]


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return mingsuan.compile(EXAMPLE)


def test_what_is_compiled_is_published_read_checked_and_mended(compiled: Compiled, tmp_path: Path) -> None:
    (file,) = mingsuan.publish(compiled, ["docx"], tmp_path).files
    read = mingsuan.read(file)
    assert [t.kind for t in read.tables] == [t.kind for t in compiled.disclosure.tables]
    published = file.read_bytes()
    file.write_bytes(put_in(published, file.name, [misprint(read)]).content)
    done = mingsuan.fix(file, ["1"])
    assert done.content == published
    assert [type(e) for e in done.edits] == [Edit]


def test_a_data_package_of_what_is_compiled_holds_the_ledger(compiled: Compiled, tmp_path: Path) -> None:
    (with_ledger,) = mingsuan.publish(compiled, ["data"], tmp_path / "a").files
    (without,) = mingsuan.publish(compiled.disclosure, ["data"], tmp_path / "b").files
    assert _members(without) < _members(with_ledger)


def _members(file: Path) -> set[str]:
    import zipfile

    return set(zipfile.ZipFile(io.BytesIO(file.read_bytes())).namelist())


def test_without_a_dialect_nothing_is_published_or_lifted(tmp_path: Path) -> None:
    with pytest.raises(DialectError):
        mingsuan.publish(Disclosure(), ["docx"], tmp_path)
    with pytest.raises(DialectError):
        mingsuan.lift(Disclosure())


def test_a_finding_that_does_not_exist_is_not_fixed(compiled: Compiled, tmp_path: Path) -> None:
    (file,) = mingsuan.publish(compiled, ["xlsx"], tmp_path).files
    with pytest.raises(CannotFix):
        mingsuan.fix(file, ["999"])

import os
import sys
import time
from pathlib import Path

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats import legacy
from mingsuan.reading.formats.legacy import office_program, read_legacy
from tests.reading.office_files import docx, ole, p, rows, tbl, xlsx
from tests.reading.shown import tables, texts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the pretended program is a script")

DOC = ole({"WordDocument": b"x"})
PRETENDED = """#!{python}
import pathlib, shutil, sys, time
args = sys.argv[1:]
out = pathlib.Path(args[args.index("--outdir") + 1])
profile = next(a for a in args if a.startswith("-env:UserInstallation="))
assert profile.startswith("-env:UserInstallation=file:///")
here = pathlib.Path(__file__).parent
(here / "profiles").open("a").write(profile + "\\n")
{act}
"""
WRITES = """
out.mkdir()
suffix = args[args.index("--convert-to") + 1].split(":")[0]
shutil.copy(here / f"result.{suffix}", out / f"source.{suffix}")
"""


def pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    """Put a soffice on the search path that acts as told."""
    program = folder / "soffice"
    program.write_text(PRETENDED.format(python=sys.executable, act=act))
    program.chmod(0o755)
    monkeypatch.delenv(legacy.PROGRAM_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_the_conversion_is_read_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, WRITES)
    (tmp_path / "result.docx").write_bytes(docx(p("甲") + tbl(["乙", "1"])))
    document = read_legacy(DOC, "例.doc")
    assert (texts(document), tables(document)) == (["甲"], [[["乙", "1"]]])
    assert document.blocks[0].place.file == "例.doc"
    assert document.problems[0].startswith("这是DOC 文件（旧版 Word 或 WPS 文字），由 LibreOffice 转换为 DOCX 后读取")


def test_workbooks_become_xlsx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, WRITES)
    (tmp_path / "result.xlsx").write_bytes(xlsx({"页": f"<sheetData>{rows(['甲', 1], ['乙', 2])}</sheetData>"}))
    assert tables(read_legacy(ole({"Book": b"x"}), "例.et")) == [[["甲", "1"], ["乙", "2"]]]


def test_every_conversion_has_a_profile_of_its_own_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, WRITES)
    (tmp_path / "result.docx").write_bytes(docx(p("甲")))
    for _ in range(2):
        read_legacy(DOC, "例.doc")
    one, other = (tmp_path / "profiles").read_text().split()
    assert one != other
    assert not Path(one.removeprefix("-env:UserInstallation=file://")).parent.exists()


def test_a_hanging_conversion_is_stopped_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = f"import subprocess; subprocess.Popen(['sh', '-c', 'sleep 2; touch {tmp_path}/alive']); time.sleep(60)"
    pretend(tmp_path, monkeypatch, child)
    begin = time.monotonic()
    with pytest.raises(UnreadableFile, match=r"转换超过0\.8秒"):
        read_legacy(DOC, "例.doc", time_limit=0.8)
    assert time.monotonic() - begin < 10
    time.sleep(2.5)
    assert not (tmp_path / "alive").exists()


@pytest.mark.parametrize("act", ["", "out.mkdir(); (out / 'source.docx').touch()", "sys.exit(3)"], ids=["nothing", "empty", "fails"])
def test_a_conversion_without_result_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    pretend(tmp_path, monkeypatch, act)
    with pytest.raises(UnreadableFile, match="转换不了这个文件"):
        read_legacy(DOC, "例.doc")


def test_a_program_that_cannot_start_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)
    monkeypatch.setenv(legacy.PROGRAM_VARIABLE, str(program))
    with pytest.raises(UnreadableFile, match="启动不了"):
        read_legacy(DOC, "例.doc")


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "office_program", lambda: None)
    with pytest.raises(UnreadableFile) as caught:
        read_legacy(DOC, "例.doc")
    assert "请安装 LibreOffice" in str(caught.value)
    assert "另存为 DOCX" in str(caught.value)


def test_other_sorts_of_files_are_not_converted() -> None:
    with pytest.raises(UnreadableFile, match="这是PDF 文件"):
        read_legacy(b"%PDF-1.7", "例.pdf")


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_libreoffice_itself_converts() -> None:
    rtf = r"{\rtf1\ansi\uc0 \u24037?\u20316?\par\trowd\cellx2000\cellx4000\intbl 1\cell 2\cell\row\pard\par}".encode("ascii")
    document = read_legacy(rtf, "例.rtf")
    assert [text.replace("?", "") for text in texts(document)] == ["工作"]
    assert tables(document) == [[["1", "2"]]]

"""The command: exit status, formats, messages of use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mingsuan.cli.main import cli, main
from mingsuan.model import Disclosure
from mingsuan.reading.document import UnreadableFile
from tests.checking.builders import disclosure, indicators


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> dict[str, Disclosure]:
    """Stands in for reading: documents by file name."""
    known = {
        "poem.txt": Disclosure(),
        "clean.txt": disclosure(indicators(("预算执行率", "100%"))),
        "wrong.txt": disclosure(indicators(("绩效自评完成率", "≥规范"))),
    }

    class Opened:
        def __init__(self, source: Path, name: str = "") -> None:
            self.called = name or source.name

    def read(opened: Opened, *, dialect: str | None = None) -> Disclosure:
        if opened.called not in known:
            raise UnreadableFile(opened.called, "找不到这个文件", "请检查路径")
        return known[opened.called]

    monkeypatch.setattr("mingsuan.reading.opening.Opening", Opened)
    monkeypatch.setattr("mingsuan.reading.read.read", read)
    return known


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "--select", "PERF", "clean.txt"], 0),
        (["check", "--select", "PERF", "wrong.txt"], 1),
        (["check", "--select", "PERF101", "--ignore", "PERF101", "wrong.txt"], 0),
        (["check", "missing.txt"], 2),
        (["check", "poem.txt"], 2),
        (["check", "--select", "PERF", "missing.txt", "wrong.txt", "clean.txt"], 2),
        (["check", "--select", "NONE", "clean.txt"], 2),
        (["check"], 2),
        (["check", "--format", "html", "clean.txt", "wrong.txt"], 2),
        (["explain", "PERF101"], 0),
        (["explain", "NONE"], 2),
        (["rules"], 0),
        (["--help"], 0),
        (["--version"], 0),
        (["check", "--codes", "function", "clean.txt"], 2),
        (["check", "--codes", "nothing=表.csv", "clean.txt"], 2),
        (["check", "--codes", "function=没有这个文件.csv", "clean.txt"], 2),
        (["check", "--select", "PERF", "--last", "missing.txt", "clean.txt"], 2),
        (["check", "--select", "PERF", "--last", "wrong.txt", "clean.txt", "wrong.txt"], 2),
        (["check", "--select", "ACR", "--last", "wrong.txt", "clean.txt"], 0),
        (["check", "--select", "PERF", "--waivers", "没有这个文件.yaml", "wrong.txt"], 2),
        (["nothing"], 2),
    ],
)
def test_the_exit_status_is_1_for_errors_and_2_for_wrong_use(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    if status == 2:
        assert captured.err


@pytest.mark.usefixtures("documents")
def test_an_unreadable_file_gets_its_message_and_the_others_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--select", "PERF", "--format", "json", "missing.txt", "wrong.txt"])
    captured = capsys.readouterr()
    assert "missing.txt：找不到这个文件" in captured.err
    (only,) = json.loads(captured.out)
    assert only["file"] == "wrong.txt"
    assert only["findings"][0]["code"] == "PERF101"


@pytest.mark.usefixtures("documents")
def test_output_is_written_in_one_piece(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "report.html"
    page.write_text("旧", encoding="utf-8")
    assert main(["check", "--select", "PERF", "--format", "html", "-o", str(page), "wrong.txt"]) == 1
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("documents")
def test_a_waived_error_is_no_failure_and_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--select", "PERF101", "--format", "json", "wrong.txt"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    waivers = tmp_path / "waivers.yaml"
    entry = f"{{fingerprint: '{finding['fingerprint']}', reason: 下年更正, person: 张三, date: 2025-03-01}}"
    waivers.write_text(f"waivers:\n- {entry}\n", encoding="utf-8")
    assert main(["check", "--select", "PERF101", "--waivers", str(waivers), "wrong.txt"]) == 0
    shown = capsys.readouterr().out
    assert "已豁免  1个" in shown
    assert "下年更正（张三，2025-03-01）" in shown


@pytest.mark.usefixtures("documents")
def test_waivers_beside_the_document_apply_by_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mingsuan-waivers.yaml").write_text("waivers: 好", encoding="utf-8")
    assert main(["check", "--select", "PERF101", str(tmp_path / "wrong.txt")]) == 2
    assert "mingsuan-waivers.yaml：没有 waivers 列表" in capsys.readouterr().err


@pytest.mark.usefixtures("documents")
def test_a_folder_that_does_not_exist_is_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "PERF", "-o", str(tmp_path / "no" / "report.txt"), "clean.txt"]) == 2
    assert "不能写入" in capsys.readouterr().err


def test_help_does_not_import_what_takes_time() -> None:
    slow = ("yaml", "jinja2", "mingsuan.model")
    code = f"import sys; from mingsuan.cli.main import main; main(['--help']); sys.exit(any(m in sys.modules for m in {slow}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_closed_pipe_is_no_error() -> None:
    code = "import sys; from mingsuan.cli.main import main; sys.exit(main(['rules']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        process.wait()
    assert process.returncode == 0


def test_an_unforeseen_exception_is_one_line_and_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("意外")

    monkeypatch.setattr(cli, "main", fail)
    assert main(["check"]) == 3
    told = capsys.readouterr().err
    assert "ZeroDivisionError：意外" in told
    assert "不是您的操作有误" in told
    assert len(told.splitlines()) == 1
    monkeypatch.setenv("MINGSUAN_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check"])

"""Output is whole or not there, and what fails says why in Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mingsuan.cli.console import Failure, write
from mingsuan.cli.main import main

FULL = Path("/dev/full")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(b"abc", pipe)
    reader.join(10)
    assert read == [b"abc"]
    assert pipe.is_fifo()


def test_a_name_as_long_as_may_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 84)
    write(b"abc", path)
    assert path.read_bytes() == b"abc"


def test_a_full_disk_leaves_the_old_file_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(Failure, match="磁盘已满。请腾出空间"):
        write(b"new", path)
    assert [p.name for p in tmp_path.iterdir()] == ["报告.txt"]
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_result_that_cannot_be_printed_whole_is_said() -> None:
    code = "import sys; from mingsuan.cli.main import main; sys.exit(main(['rules']))"
    with FULL.open("wb") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("错误：结果没有写完整：磁盘已满")


def test_a_terminal_that_lacks_the_marks_still_gets_the_report() -> None:
    code = "import sys; from mingsuan.cli.main import main; sys.exit(main(['explain', 'FIG101']))"
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"FIG101")


@pytest.mark.parametrize("options", [["check", "管道"], ["check", "甲.txt", "--against", "管道"], ["check", "甲.txt", "--waivers", "管道"]])
def test_a_pipe_where_a_file_should_be_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("管道")
    text = "# 2023年郑州市示例办公室部门预算公开\n\n一、收入支出预算总体情况说明\n\n2023年收入总计10万元，支出总计10万元。\n"
    Path("甲.txt").write_text(text, encoding="utf-8")
    assert main(options) == 2
    assert "是管道或设备，不是文件" in capsys.readouterr().err


def test_a_report_for_a_closed_output_says_where_it_can_go(tmp_path: Path) -> None:
    code = "import sys; from mingsuan.cli.main import main; sys.stdout = None; sys.exit(main(['explain', 'FIG101']))"
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr == "错误：标准输出已关闭，结果没有地方写。请用 -o 写入文件。\n"

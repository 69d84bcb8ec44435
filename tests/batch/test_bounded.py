"""Work in a process of its own: what hangs or crashes costs that file, and leaves nothing running."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mingsuan.batch.bounded import CRASHED, TOO_LONG, within
from mingsuan.batch.runs import run

SHORT, LONG = 0.3, 60.0
"""Seconds that a file that hangs is given, and those that others are, however busy the machine is."""


def told(path: Path) -> Mapping[str, Any]:
    """Does what the file says."""
    text = path.read_text(encoding="utf-8")
    if text == "hang":
        time.sleep(LONG)
    if text == "die":
        os._exit(9)
    if text == "start":
        started = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({LONG})"])
        path.with_suffix(".pid").write_text(str(started.pid), encoding="utf-8")
        started.wait()
    if text == "fail":
        raise ValueError("不是预算")
    return {"characters": len(text)}


def one_process() -> Executor:
    return ProcessPoolExecutor(1)


def said(folder: Path, text: str) -> Path:
    path = folder / f"{text}.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "result", "error"), [("四个字母", {"characters": 4}, ""), ("fail", None, "不是预算"), ("die", None, CRASHED)]
)
def test_work_in_time_gives_what_it_gives_here(tmp_path: Path, text: str, result: object, error: str) -> None:
    assert within(told, LONG, said(tmp_path, text)) == (result, error)


def test_what_takes_too_long_is_ended_and_says_after_how_long(tmp_path: Path) -> None:
    begun = time.monotonic()
    result, error = within(told, SHORT, said(tmp_path, "hang"))
    assert (result, error) == (None, f"{TOO_LONG}0.3秒，已中止，没有做完")
    assert time.monotonic() - begun < LONG


def _runs(pid: int) -> bool:
    """Whether a process is there and no mere remains of one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_programs_that_it_started_end_with_it(tmp_path: Path) -> None:
    path = said(tmp_path, "start")
    within(told, 2.0, path)
    pid = int(path.with_suffix(".pid").read_text(encoding="utf-8"))
    for _ in range(100):
        if not _runs(pid):
            break
        time.sleep(0.05)
    assert not _runs(pid)


def test_a_file_that_hangs_costs_a_run_its_own_row_only_and_is_tried_again_by_the_next(tmp_path: Path) -> None:
    paths = [said(tmp_path, text) for text in ("一", "hang", "二三", "die", "四五六")]
    ledger = tmp_path / "账.jsonl"
    first = {d.path.stem: d for d in run(paths, told, label="told 1", ledger=ledger, pool=one_process, seconds=SHORT * 10)}
    assert {name: d.result for name, d in first.items() if d.result} == {
        name: {"characters": len(name)} for name in ("一", "二三", "四五六")
    }
    assert first["hang"].error.startswith(TOO_LONG)
    assert first["die"].error == CRASHED

    paths[1].write_text("好了", encoding="utf-8")
    again = {d.path.stem: d for d in run(paths[:3], told, label="told 1", ledger=ledger, pool=one_process, seconds=LONG)}
    assert {name: d.again for name, d in again.items()} == {"一": True, "hang": False, "二三": True}

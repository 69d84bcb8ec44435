"""Runs over many files: every file has its row, dead workers lose nothing, what was done is not done again."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mingsuan.batch.runs import Done, run


def counted(path: Path) -> Mapping[str, Any]:
    """Counts characters; fails or dies where the file says so."""
    text = path.read_text(encoding="utf-8")
    if text == "die":
        os._exit(9)
    if text == "fail":
        raise ValueError("不是预算")
    return {"characters": len(text)}


def threads() -> Executor:
    return ThreadPoolExecutor(2)


def two_processes() -> Executor:
    return ProcessPoolExecutor(2)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for name, text in {"甲": "一二三", "乙": "fail", "丙": "四"}.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return [*made, tmp_path / "没有.txt"]


def by_name(done: list[Done]) -> dict[str, Done]:
    return {d.path.stem: d for d in done}


def test_every_file_has_its_row(files: list[Path]) -> None:
    done = by_name(list(run(files, counted, label="count 1", pool=threads)))

    assert done["甲"].result == {"characters": 3}
    assert (done["乙"].result, done["乙"].error) == (None, "不是预算")
    assert "打不开" in done["没有"].error
    assert len(done) == 4


def test_a_dead_worker_costs_its_own_file_only(files: list[Path]) -> None:
    files[1].write_text("die", encoding="utf-8")

    done = by_name(list(run(files[:3], counted, label="count 1", pool=two_processes)))

    assert {name: d.result for name, d in done.items()} == {"甲": {"characters": 3}, "乙": None, "丙": {"characters": 1}}
    assert "异常退出" in done["乙"].error


def test_what_was_done_is_taken_from_the_ledger_also_after_a_broken_line(files: list[Path], tmp_path: Path) -> None:
    ledger = tmp_path / "账.jsonl"
    list(run(files, counted, label="count 1", ledger=ledger, pool=threads))
    with ledger.open("a", encoding="utf-8") as file:
        file.write('{"label": "count 1", "sha')

    again = by_name(list(run(files, counted, label="count 1", ledger=ledger, pool=threads)))
    other = by_name(list(run(files, counted, label="count 2", ledger=ledger, pool=threads)))

    assert {name: d.again for name, d in again.items()} == {"甲": True, "乙": False, "丙": True, "没有": False}
    assert not any(d.again for d in other.values())


def test_a_changed_file_is_done_anew(files: list[Path], tmp_path: Path) -> None:
    ledger = tmp_path / "账.jsonl"
    list(run(files[:1], counted, label="count 1", ledger=ledger, pool=threads))
    files[0].write_text("一二三四", encoding="utf-8")

    (done,) = run(files[:1], counted, label="count 1", ledger=ledger, pool=threads)

    assert (done.result, done.again) == ({"characters": 4}, False)


class PartsError(Exception):
    """Cannot be made again from its message alone, as it would be on its way from another process."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}：{why}")


def refused(path: Path) -> Mapping[str, Any]:
    """Fails in its own way."""
    raise PartsError(path.stem, "不是公开文本")


def test_an_exception_that_cannot_travel_costs_no_worker(files: list[Path]) -> None:
    done = by_name(list(run(files[:3], refused, label="refused 1", pool=two_processes)))

    assert {name: d.error for name, d in done.items()} == {name: f"{name}：不是公开文本" for name in ("甲", "乙", "丙")}


def test_what_follows_a_broken_line_of_the_ledger_is_kept(files: list[Path], tmp_path: Path) -> None:
    ledger = tmp_path / "账.jsonl"
    ledger.write_bytes(b'{"label": "count 1", "sha\xff')
    list(run(files[:1], counted, label="count 1", ledger=ledger, pool=threads))

    (again,) = run(files[:1], counted, label="count 1", ledger=ledger, pool=threads)

    assert (again.result, again.again) == ({"characters": 3}, True)


def test_a_run_that_is_stopped_begins_no_further_file(files: list[Path]) -> None:
    begun: list[Path] = []
    stopping = threading.Event()

    def waiting(path: Path) -> Mapping[str, Any]:
        begun.append(path)
        if path != files[0]:
            stopping.wait(10)
        return counted(path)

    stopped = run([files[0], *[files[2]] * 50], waiting, label="waiting 1", pool=lambda: ThreadPoolExecutor(1))
    assert isinstance(stopped, Generator)
    next(stopped)
    threading.Timer(0.05, stopping.set).start()
    stopped.close()

    assert len(begun) <= 2

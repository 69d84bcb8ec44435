"""`make bench` runs every measurement there is, and one that breaks does not cost the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import __main__ as bench

FOLDER = Path(bench.__file__).parent
NOT_MEASURED = {"__main__", "identity_book"}
"""The bench itself, and what prints for a reader what `identities` measures."""


def test_every_measurement_is_run() -> None:
    measured = {path.stem for path in FOLDER.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")}
    assert {part.name for part in bench.PARTS} == measured - NOT_MEASURED


def test_one_that_breaks_is_said_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(arguments: list[str]) -> int:
        print("合计 12")
        raise ValueError(arguments)

    monkeypatch.setattr("bench.rules.main", broken)
    monkeypatch.setattr("bench.scaling.main", lambda: 0)
    monkeypatch.setattr(
        bench, "PARTS", (bench.Part("rules", "规则", ("合计",), seeds=False), bench.Part("scaling", "规模", (), seeds=False))
    )
    assert bench.main([]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-5:-1] == ["规则", "    合计 12", "    中途出错，见上", "规模"]
    assert "ValueError" in said.err


def test_what_takes_long_runs_only_where_everything_is_asked_for() -> None:
    (slow, *_) = (part for part in bench.PARTS if part.whole)
    assert bench.run(slow, full=False) == ["费时较长，未执行；用 --full 执行"]

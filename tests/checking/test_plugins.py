"""Rules of other packages, found through the entry point group mingsuan.rules."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mingsuan.checking import collection
from mingsuan.checking.check import check
from mingsuan.checking.collection import rules
from mingsuan.checking.outcomes import Draft, Outcome
from mingsuan.checking.registry import REGISTERED, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Disclosure, Level, Status


def _good() -> None:
    @rule("XYZ101", level=Level.WARNING, chapter="本市", basis="某市财政局通知")
    def named(subject: Subject) -> Iterator[Outcome]:
        """公开文本写明部门名称。

        错：没有部门名称。
        对：示例市某局
        """
        if not subject.disclosure.department:
            yield Draft("没有部门名称", observed="没有", expected="写明部门名称")


def _broken() -> None:
    @rule("XYZ201", level=Level.WARNING, chapter="本市", basis="常识")
    def half(subject: Subject) -> Iterator[Outcome]:
        """半途而废。"""
        yield from ()

    raise ImportError("缺少依赖")


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Installs packages that bring rules, as pip does, and takes them away again."""
    rules()
    before = dict(REGISTERED)
    monkeypatch.syspath_prepend(str(tmp_path))

    def found(*names: str) -> None:
        for name in names:
            (tmp_path / f"plugged_{name}.py").write_text(f"from {__name__} import _{name}\n\n_{name}()\n", encoding="utf-8")
            folder = tmp_path / f"plugged_{name}-1.0.dist-info"
            folder.mkdir()
            (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: plugged-{name}\nVersion: 1.0\n", encoding="utf-8")
            (folder / "entry_points.txt").write_text(f"[{collection.PLUGINS}]\n{name} = plugged_{name}\n", encoding="utf-8")
        collection.broken_plugins.cache_clear()
        rules.cache_clear()

    yield found
    for name in [n for n in sys.modules if n.startswith("plugged_")]:
        del sys.modules[name]
    REGISTERED.clear()
    REGISTERED.update(before)
    collection.broken_plugins.cache_clear()
    rules.cache_clear()


def test_a_rule_of_a_plugin_is_run_like_any_other(install: Callable[..., None]) -> None:
    install("good")
    assert rules()["XYZ101"].chapter == "本市"
    assert [f.code for f in check(Disclosure(year=2023), None, ("XYZ",)).findings] == ["XYZ101"]


def test_a_broken_plugin_is_a_receipt_and_no_crash(install: Callable[..., None]) -> None:
    install("broken", "good")
    report = check(Disclosure(year=2023), None, ("XYZ",))
    (receipt,) = [r for r in report.receipts if r.status is Status.NOT_EXECUTED]
    assert "broken" in receipt.obligation
    assert "缺少依赖" in receipt.reason
    assert "XYZ201" not in rules()
    assert "XYZ101" in rules()

"""Rules of other packages, found through the entry point group mingsuan.rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint

import pytest

from mingsuan.checking import registry
from mingsuan.checking.check import check
from mingsuan.checking.registry import Draft, Outcome, rule, rules
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


class _Entry(EntryPoint):
    """An entry point that calls a function of this module."""

    def load(self) -> None:
        """Register."""
        {"good": _good, "broken": _broken}[self.name]()


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Installs plug-ins by name, and takes them away again."""
    rules()
    before = dict(registry._REGISTERED)

    def found(*names: str) -> None:
        entries = [_Entry(name, "nowhere:rules", registry.PLUGINS) for name in names]
        monkeypatch.setattr(registry, "entry_points", lambda *, group: entries if group == registry.PLUGINS else [])
        registry.broken_plugins.cache_clear()
        rules.cache_clear()

    yield found
    registry._REGISTERED.clear()
    registry._REGISTERED.update(before)
    registry.broken_plugins.cache_clear()
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

"""The generated pages."""

from __future__ import annotations

from pathlib import Path

from mingsuan.checking.collection import rules
from tools.docs import pages, stale, write


def test_every_rule_has_a_page_with_its_examples() -> None:
    found = pages()
    for code in rules():
        assert "错：" in found[f"rules/{code}.md"]
        assert f"[{code}]" in found["rules/README.md"]


def test_what_is_written_is_not_stale_until_it_is_changed(tmp_path: Path) -> None:
    write(tmp_path)
    assert list(stale(tmp_path)) == []
    (tmp_path / "rules" / "XXX101.md").write_text("无此规则", encoding="utf-8")
    (tmp_path / "commands.md").unlink()
    assert set(stale(tmp_path)) == {"commands.md", "rules/XXX101.md"}

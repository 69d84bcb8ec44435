"""Writes the generated pages: docs/rules/*.md from the rules' docstrings and docs/commands.md from the command line.

`python -m tools.docs` writes them, `python -m tools.docs --check` fails when one is not what the code says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import click

from mingsuan.checking.collection import rules
from mingsuan.checking.registry import Rule
from mingsuan.checking.summary import LEVELS
from mingsuan.cli.main import cli

DOCS = Path(__file__).resolve().parent.parent / "docs"


def pages() -> Mapping[str, str]:
    """Every generated page by its path below docs."""
    return {
        "rules/README.md": _index(),
        **{f"rules/{rule.code}.md": rule_page(rule) for rule in rules().values()},
        "commands.md": _commands(),
    }


def rule_page(rule: Rule) -> str:
    """The manual page of a rule."""
    title, _, rest = rule.manual.partition("\n")
    years = "" if not (rule.since or rule.until) else f"\n年度：{rule.since or ''}—{rule.until or ''}\n"
    example = "\n".join(f"- {line}" for line in rest.strip().splitlines() if line.strip())
    facts = f"级别：{LEVELS[rule.level]}　章：{rule.chapter}　依据：{rule.basis}"
    return f"# {rule.code} {title.rstrip('。')}\n\n{facts}\n{years}\n{title}\n\n{example}\n"


def _index() -> str:
    lines = ["# 规则", "", "由 `python -m tools.docs` 从代码生成，请勿手改。`mingsuan explain 编号` 显示同样的内容。"]
    for chapter, found in groupby(rules().values(), key=lambda r: r.chapter):
        lines += ["", f"## {chapter}", "", "| 编号 | 级别 | 要求 |", "|---|---|---|"]
        lines += [f"| [{r.code}]({r.code}.md) | {LEVELS[r.level]} | {r.title} |" for r in found]
    return "\n".join(lines) + "\n"


def _commands() -> str:
    lines = ["# 命令", "", "由 `python -m tools.docs` 从代码生成，请勿手改。"]
    context = cli.context_class(cli, info_name="mingsuan", terminal_width=100)
    lines += ["", "```text", cli.get_help(context), "```"]
    for name in cli.list_commands(context):
        lines += _command(cli, context, name)
    return "\n".join(lines) + "\n"


def _command(group: click.Group, context: click.Context, name: str) -> Iterator[str]:
    """The help of a command, and of its own commands where it is a group."""
    command = group.get_command(context, name)
    assert command is not None
    inner = command.context_class(command, parent=context, info_name=name, terminal_width=100)
    yield from ("", f"## {inner.command_path}", "", "```text", command.get_help(inner), "```")
    if isinstance(command, click.Group):
        for part in command.list_commands(inner):
            yield from _command(command, inner, part)


def stale(docs: Path = DOCS) -> Iterator[str]:
    """Pages that are missing, differ from the code, or have no rule any more."""
    wanted = pages()
    for path, text in wanted.items():
        page = docs / path
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            yield path
    for page in (docs / "rules").glob("*.md"):
        if f"rules/{page.name}" not in wanted:
            yield f"rules/{page.name}"


def write(docs: Path = DOCS) -> None:
    """Write every page and remove those without a rule."""
    wanted = pages()
    (docs / "rules").mkdir(parents=True, exist_ok=True)
    for page in (docs / "rules").glob("*.md"):
        if f"rules/{page.name}" not in wanted:
            page.unlink()
    for path, text in wanted.items():
        (docs / path).write_text(text, encoding="utf-8")


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        old = list(stale())
        if old:
            print("与代码不符的文档：", "、".join(old), "；请运行 python -m tools.docs", sep="", file=sys.stderr)
        return 1 if old else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())

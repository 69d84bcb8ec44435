"""The manual docs/绩效.md: its example is read, its commands exist, its tables are those of the packs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from mingsuan.cli.main import cli
from mingsuan.performance.evidence import binding_file
from mingsuan.performance.evidence.binding_file import read_binding
from mingsuan.performance.packs.pack import load, names

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "绩效.md").read_text(encoding="utf-8")
EXAMPLE, POSTGRES = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
COMMANDS = [line.partition("#")[0].strip() for block in re.findall(r"```sh\n(.*?)```", MANUAL, re.DOTALL) for line in block.splitlines()]


def test_the_example_is_read_and_uses_every_key(tmp_path: Path) -> None:
    (tmp_path / "佐证.yaml").write_text(EXAMPLE, encoding="utf-8")

    found = read_binding(tmp_path / "佐证.yaml")

    assert (len(found.sources), len(found.entries), len(found.spending)) == (3, 7, 3)
    assert {key for key in binding_file.KEYS if re.search(rf"^{key}:|# 或 {key}:", EXAMPLE, re.MULTILINE)} == set(binding_file.KEYS)


def test_the_example_of_a_server_is_read(tmp_path: Path) -> None:
    (tmp_path / "佐证.yaml").write_text(f"year: 2024\nspending: [{{spent: 1}}]\n{POSTGRES}", encoding="utf-8")

    (source,) = read_binding(tmp_path / "佐证.yaml").sources

    assert (source.server, source.table) == ("service=hotline", "public.calls")


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_exists_with_its_options(line: str) -> None:
    program, *arguments = shlex.split(line)
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group) and arguments and command.get_command(context, arguments[0]):
        inner = command.get_command(context, arguments.pop(0))
        assert inner is not None
        command = inner

    assert program == "mingsuan"
    assert command is not cli
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("-")} <= known


def test_the_schemas_are_those_of_the_packs() -> None:
    for name in names():
        pack = load(name)
        assert f"### {pack.title}（`{name}`）" in MANUAL
        for table in pack.tables:
            assert f"**{table.title}**（`as: {table.name}`）" in MANUAL
            for column in table.columns:
                row = next(line for line in MANUAL.splitlines() if line.startswith(f"| `{column.name}` | {column.title} |"))
                assert all(word in row for word in (*column.headings, *column.values, column.note))
        for measure in pack.measures:
            row = next(line for line in MANUAL.splitlines() if line.startswith(f"| `{measure.name}` | {measure.title} |"))
            assert all(word in row for word in (measure.unit, measure.formula, *measure.by))

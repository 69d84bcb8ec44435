"""What the command line says of itself is Chinese, and complaints name the option, what was wrong, and where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from mingsuan.cli.main import cli, main
from mingsuan.folding import columns

_WORDS_OF_CLICK = re.compile(r"Usage|Options|Commands|Show this|required|default|INTEGER|RANGE|\bFILE\b|\bPATH\b|ARGS|x[<>]=")


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        yield from commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_help_is_chinese_and_folded_by_columns(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("用法：mingsuan")
    assert _WORDS_OF_CLICK.findall(told) == []
    assert max(map(columns, told.splitlines())) <= 80


def test_commands_are_listed_in_the_order_of_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    assert told.index(" check ") < told.index(" new ") < told.index(" compile ") < told.index(" publish ") < told.index(" synth ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("check --nope", "没有选项 --nope"),
        ("check", "没有写“文件|文件夹”。用法见 mingsuan check --help。"),
        ("chek", "没有命令“chek”，相近的有 check"),
        ("fix /没有.docx --finding 1 -o b.docx", "“/没有.docx”不存在"),
        ("show a --finding 0", "选项 --finding：0 不在范围里，应不小于 1"),
        ("new --dialect x --units 501 -o b.xlsx", "选项 --units：501 不在范围里，应为 1 至 500"),
        ("new --dialect x --units 两 -o b.xlsx", "“两”不是整数"),
        ("publish / -o out --date 2023", "“2023”不是日期"),
        ("check a --format pdf", "没有“pdf”，可用的有 text、json"),
        ("check a --select", "选项 --select 后面没有写内容"),
        ("check a --together=1", "选项 --together 后面不写内容"),
        ("explain a b", "多写了 b"),
        ("trace / 单元格", "“/”是文件夹，这里要的是文件"),
    ],
)
def test_a_wrong_call_is_told_in_one_chinese_line(arguments: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("错误：")
    assert told in complaint
    assert len(complaint.splitlines()) == 1

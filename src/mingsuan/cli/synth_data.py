"""The commands synth hotline and synth hall: made-up data of the sector packs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from mingsuan.cli.console import OK, Failure
from mingsuan.refusals import cannot_write

Command = Callable[..., int]

_MOST = 5_000_000
"""Rows of the largest file that one call writes."""


def _options(rows: int, what: str) -> Callable[[Command], Command]:
    """The options that both commands share."""

    def with_options(function: Command) -> Command:
        for option in (
            click.option(
                "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="文件夹", help="写入的文件夹。"
            ),
            click.option("--year", type=click.IntRange(1990, 2100), default=2024, show_default=True, metavar="年", help="数据的年度。"),
            click.option("--count", type=click.IntRange(1, _MOST), default=rows, show_default=True, metavar="N", help=f"{what}的条数。"),
            click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="随机种子；种子相同，写出的相同。"),
        ):
            function = option(function)
        return function

    return with_options


@click.command(short_help="写出仿真的 12345 热线数据：通话记录和工单。")
@_options(10_000, "通话记录")
def hotline(seed: int, count: int, year: int, output: Path) -> int:
    """写出一年的 12345 热线通话记录和工单（CSV），符合数据包 hotline 的格式；工单是通话的五分之一。"""
    from mingsuan.synth.hotline import write_hotline

    return _told(output, lambda: write_hotline(output, seed, count, count // 5, year))


@click.command(short_help="写出仿真的政务服务大厅数据。")
@_options(10_000, "取号和办件记录")
@click.option("--people", type=click.IntRange(1, 10_000), default=350, show_default=True, metavar="N", help="派驻人员数。")
def hall(seed: int, count: int, year: int, people: int, output: Path) -> int:
    """写出一年的政务服务大厅办件记录、开放班次、派驻考勤、设备租用和免费服务（CSV），符合数据包 hall 的格式。"""
    from mingsuan.synth.hall import write_hall

    return _told(output, lambda: write_hall(output, seed, count, people, year))


def _told(output: Path, made: Callable[[], Sequence[Path]]) -> int:
    try:
        paths = made()
    except OSError as error:
        raise Failure(cannot_write(error, output)) from None
    click.echo(f"已在 {output} 写入{'、'.join(path.name for path in paths)}。")
    return OK

"""The command lift."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingsuan.refusals import cannot_write

if TYPE_CHECKING:
    from mingsuan.compiling.book import Book
    from mingsuan.compiling.lifting.lift import Lifted

_SHOWN = 40
"""Contradictions that are listed."""


@click.command(short_help="由公开文本还原预算输入簿。")
@click.argument("files", metavar="文件...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写入的输入簿（.xlsx）。")
@click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。")
def lift(files: Sequence[str], output: Path, dialect: str | None) -> int:
    """由公开的各张表还原一本明细账，写成预算输入簿，可以编制、比较，也可以作为下一年的起点。

    公开的是汇总数，明细账往往不止一种：由汇总数推定的行在备注里写明。各表相互矛盾时，列出不能同时成立的数，其余照样还原。
    给出几个文件时，合为一份公开文本。退出码：0 各数都能还原；1 有矛盾；2 读不了。
    """
    from mingsuan.cli.console import ERRORS, OK, Failure
    from mingsuan.cli.reading import disclosure_of, opening
    from mingsuan.compiling.lifting.book import book_of
    from mingsuan.compiling.lifting.cells import TooManyCells
    from mingsuan.compiling.lifting.lift import lift as lifted_from
    from mingsuan.compiling.lifting.solve import Unsolved
    from mingsuan.dialects.dialect import load

    disclosure = disclosure_of(opening(files), dialect)
    if disclosure.dialect is None or not disclosure.tables or disclosure.year is None:
        raise Failure("没有认出版式、年度或表格，无法还原；可以用 --dialect 指定版式，mingsuan read 可以查看读到了什么。")
    chosen = load(disclosure.dialect)
    try:
        lifted = lifted_from(disclosure, chosen, lambda words: click.echo(words, err=True))
    except (TooManyCells, Unsolved) as error:
        raise Failure(str(error)) from None
    book = book_of(lifted, chosen)
    _write_book(book, output)
    for line in _report(lifted, book):
        click.echo(line)
    click.echo(f"已写入 {output}")
    return ERRORS if lifted.departures else OK


def _write_book(book: Book, output: Path) -> None:
    """Write the workbook beside its place, then put it there."""
    import tempfile

    from mingsuan.cli.console import Failure, write
    from mingsuan.compiling import write_book
    from mingsuan.dialects.dialect import load

    descriptor, name = tempfile.mkstemp(suffix=".xlsx")
    os.close(descriptor)
    try:
        write_book(book, load(book.dialect), name)
        write(Path(name).read_bytes(), output)
    except OSError as error:
        raise Failure(cannot_write(error, output)) from None
    finally:
        Path(name).unlink(missing_ok=True)


def _report(lifted: Lifted, book: Book) -> Iterator[str]:
    lines = len(lifted.ledger.lines)
    yield f"{book.department.name}　{book.year}年　明细{lines}条，其中由公开数唯一确定的{sum(lifted.told)}条，其余为推定"
    yield f"人员{len(book.people)}行，公用定额{len(book.quotas)}行，项目{len(book.projects)}个、测算{len(book.costs)}行"
    for departure in lifted.departures[:_SHOWN]:
        yield departure.finding().message
    if len(lifted.departures) > _SHOWN:
        yield f"另有{len(lifted.departures) - _SHOWN}处矛盾没有列出。"
    if book.department.transfers is None:
        yield "公开文本没有说明有无专项转移支付，请在“部门”表里选择后再编制。"

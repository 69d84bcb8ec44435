"""The commands new, compile and trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingsuan.cli.like import like_option, style_like_file
from mingsuan.refusals import cannot_write, no_pipe, refusal

if TYPE_CHECKING:
    from mingsuan.compiling import Compiled
    from mingsuan.compiling.bundle import Bundle
    from mingsuan.compiling.tracing import Trace
    from mingsuan.model import Finding

OK, ERRORS = 0, 1
MOST_PARTS = 40
"""Parts of a cell that `trace` lists unless all are asked for."""
_SHOWN = 60
"""Findings that `compile` lists."""


def _failure(message: str) -> click.ClickException:
    from mingsuan.cli.console import Failure

    return Failure(message)


@click.command(short_help="新建一份预算输入簿。")
@click.option("--dialect", metavar="名称", required=True, help="公开文本的版式，例如 zhengzhou-2023。")
@click.option("--units", type=click.IntRange(1, 500), default=1, show_default=True, help="预算单位的个数，含机关本级。")
@click.option("--year", type=click.IntRange(2000, 2100), help="预算年度；不写时用版式的最后一年。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写入的工作簿（.xlsx）。")
def new(dialect: str, units: int, year: int | None, output: Path) -> int:
    """新建一份空的预算输入簿（Excel 工作簿），填好后用 mingsuan compile 编制。"""
    from mingsuan.compiling import empty_book, write_book
    from mingsuan.dialects.dialect import load
    from mingsuan.dialects.errors import DialectError

    try:
        chosen = load(dialect)
        write_book(empty_book(chosen, units, year), chosen, output)
    except DialectError as error:
        raise _failure(str(error)) from None
    except OSError as error:
        raise _failure(cannot_write(error, output)) from None
    click.echo(f"已写入 {output}：{chosen.title}，{units}个单位。填好后运行：mingsuan compile {output} -o 公开.json")
    return OK


@click.command(name="compile", short_help="由输入簿编制公开文本的数据。")
@click.argument("source", metavar="工作簿|文件夹", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入公开文本和明细账的数据（JSON）。")
@click.option("--last", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="上年 compile 写出的数据，用作上年数。")
@like_option
@click.option("--draft", is_flag=True, help="有错误级问题时也写出。")
def compile_(source: Path, output: Path | None, last: Path | None, like: Path | None, draft: bool) -> int:
    """由输入簿，或者平台导出的表加列对照（map.yaml），编制公开文本的全部表格和文字。

    列出每个问题所在的工作表和单元格，以及“两上两下”各阶段的变化。退出码：0 没有错误级问题；1 有；2 读不了。
    """
    from mingsuan.cli.console import as_json, write
    from mingsuan.compiling import compile_workbook
    from mingsuan.compiling.bundle import bundle_to_json
    from mingsuan.compiling.last_year import WrongYearError
    from mingsuan.compiling.workbook.columnmap import MapError
    from mingsuan.compiling.workbook.inputs import InputError
    from mingsuan.reading.document import UnreadableFile

    style = style_like_file(like)
    try:
        compiled = compile_workbook(source, _bundle(last) if last is not None else None, style)
    except (UnreadableFile, InputError, MapError, WrongYearError) as error:
        raise _failure(str(error)) from None
    for line in _report(compiled):
        click.echo(line)
    if output is not None and (draft or not compiled.failed):
        write(as_json(bundle_to_json(compiled)).encode(), output)
        click.echo(f"已写入 {output}")
    elif output is not None:
        click.echo("有错误级问题，没有写出；改好再运行，或加 --draft。")
    return ERRORS if compiled.failed else OK


@click.command(short_help="追溯一个数由哪些明细组成。")
@click.argument("disclosure", metavar="公开.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("cell", metavar="单元格")
@click.option("--all", "everything", is_flag=True, help=f"列出全部明细，不止{MOST_PARTS}项。")
def trace(disclosure: Path, cell: str, everything: bool) -> int:
    """追溯公开表里的一个数：它的口径，以及组成它的人员、定额、测算明细和所在的单元格。

    单元格写作 表!行!列 或 表!R5C4，例如 general_budget_expenditure!合计!合计、三公经费支出表!R1C1；同一种表有几张时写 表#2。
    """
    from mingsuan.compiling.tracing import UnknownCellError
    from mingsuan.compiling.tracing import trace as traced

    try:
        found = traced(_bundle(disclosure), cell)
    except UnknownCellError as error:
        raise _failure(str(error)) from None
    for line in _traced(found, len(found.parts) if everything else MOST_PARTS):
        click.echo(line)
    return OK


def _bundle(path: Path) -> Bundle:
    """What `compile` wrote to a file."""
    from mingsuan.compiling.bundle import NoLedgerError, bundle_from_json

    try:
        return bundle_from_json(json.loads(no_pipe(path).read_bytes()))
    except OSError as error:
        raise _failure(f"{path.name}：读不出来（{refusal(error)}）。请检查路径和权限。") from None
    except NoLedgerError as error:
        raise _failure(str(error)) from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _failure(f"{path.name} 不是 mingsuan compile 写出的数据。") from None


def _report(compiled: Compiled) -> Iterator[str]:
    from mingsuan.compiling.stages import moves

    tables, lines = len(compiled.disclosure.tables), len(compiled.ledger.lines)
    yield f"{compiled.roster.name or '（没有部门名称）'}　{compiled.book.year}年　{compiled.dialect.title}"
    yield f"单位{len(compiled.roster.units)}个，项目{len(compiled.roster.projects)}个，明细{lines}条，公开表{tables}张"
    for before, after, changes in moves(compiled.book, compiled.dialect):
        yield f"{before}→{after}"
        for move in changes:
            shown = ("无" if value is None else f"{value:,.2f}元" for value in (move.before, move.after))
            yield f"  {move.label}：{'→'.join(shown)}（{move.difference:+,.2f}元）"
    yield from (_finding(f) for f in compiled.findings[:_SHOWN])
    if len(compiled.findings) > _SHOWN:
        yield f"另有{len(compiled.findings) - _SHOWN}个问题没有列出。"
    yield f"舍入：{compiled.rounding}。"


def _finding(finding: Finding) -> str:
    from mingsuan.checking.summary import LEVELS
    from mingsuan.compiling.compile import as_line

    return f"{LEVELS[finding.level]}　{as_line(finding)}"


def _traced(found: Trace, most: int) -> Iterator[str]:
    printed = "空白" if found.printed is None else str(found.printed)
    yield f"{found.label}：{printed}，账上{found.exact:,.2f}元"
    yield f"口径：{found.region}"
    if found.shared > 1:
        yield f"本表有{found.shared}行共用这一口径，合起来才是上面的数。"
    yield f"由{len(found.parts)}条明细组成："
    for line, origin in found.parts[:most]:
        yield f"  {line.amount:>16,.2f}元　{origin}"
    if len(found.parts) > most:
        rest = sum((line.amount for line, _ in found.parts[most:]), found.exact * 0)
        yield f"  {rest:>16,.2f}元　其余{len(found.parts) - most}条（加 --all 列出）"

"""The command publish."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingsuan.cli.like import like_option, style_like_file
from mingsuan.refusals import cannot_write

if TYPE_CHECKING:
    from mingsuan.dialects.filling.layout import Style
    from mingsuan.ledger import Ledger
    from mingsuan.model import Disclosure

OK, REFUSED = 0, 1
_FORMATS = ("docx", "pdf", "xlsx", "html", "data")
_SHOWN = 20
"""Notes that are listed."""


def _failure(message: str) -> click.ClickException:
    from mingsuan.cli.console import Failure

    return Failure(message)


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(word.strip().lower() for word in value.replace("，", ",").split(",") if word.strip()))
    unknown = [word for word in chosen if word not in _FORMATS]
    if unknown or not chosen:
        raise _failure(f"--to 没有“{'、'.join(unknown)}”这种格式；可用的有 {'、'.join(_FORMATS)}，用逗号隔开。")
    return chosen


def _day(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command(short_help="发布为 Word、PDF、Excel、网页和数据包。")
@click.argument("source", metavar="公开.json|工作簿|文件夹|文件", type=click.Path(exists=True, path_type=Path))
@click.option("--to", "formats", callback=_formats, default=",".join(_FORMATS), show_default=True, metavar="格式,…", help="写成哪些格式。")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="文件夹", help="写入的文件夹。")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), callback=_day, metavar="年-月-日", help="封面和文件属性上的日期；不写则不印。"
)
@click.option("--draft", is_flag=True, help="每页加“草稿”字样；有问题也写出，并列出问题。")
@click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。")
@like_option
def publish(
    source: Path, formats: Sequence[str], output: Path, day: date | None, draft: bool, dialect: str | None, like: Path | None
) -> int:
    """发布公开文本：编制出的数据（JSON）、输入簿，或已有的一份公开文本。

    先核对；写出的每个文件都重新读一遍，与原文逐格相同才放进文件夹，否则一个也不写，并说明哪里不同。
    输入簿有错误级问题也不写，并列出问题。退出码：0 已写出；1 没有发布；2 读不了或用法有误。
    """
    from mingsuan.dialects.dialect import load
    from mingsuan.dialects.errors import DialectError
    from mingsuan.publishing.gate import PublicationRefused
    from mingsuan.publishing.gate import publish as publish_all

    disclosure, ledger, errors = _loaded(source, dialect, style_like_file(like))
    if errors:
        _list_errors(source, errors, refused=not draft)
    if errors and not draft:
        return REFUSED
    name = dialect or disclosure.dialect
    if not name:
        raise _failure(f"{source.name} 没有认出版式，不能排版。请用 --dialect 指定，例如 --dialect zhengzhou-2023。")
    try:
        published = publish_all(disclosure, load(name), formats, output, draft=draft, dated=day, ledger=ledger)
    except PublicationRefused as refused:
        click.echo(str(refused), err=True)
        return REFUSED
    except DialectError as error:
        raise _failure(str(error)) from None
    except OSError as error:
        raise _failure(cannot_write(error, output)) from None
    for file in published.files:
        click.echo(f"已写入 {file}")
    for note in published.exceptions[:_SHOWN]:
        click.echo(f"注意：{note}")
    if len(published.exceptions) > _SHOWN:
        click.echo(f"另有{len(published.exceptions) - _SHOWN}条没有列出。")
    return OK


_Loaded = tuple["Disclosure", "Ledger | None", tuple[str, ...]]
"""What is published, with the ledger where it was compiled, and what was fatal in the workbook that it was compiled from."""


def _list_errors(source: Path, errors: Sequence[str], *, refused: bool) -> None:
    more = [f"另有{len(errors) - _SHOWN}个"] if len(errors) > _SHOWN else []
    click.echo(f"{source.name} 有{len(errors)}个错误{'，没有发布；改好再运行，或加 --draft' if refused else ''}：", err=True)
    for line in (*errors[:_SHOWN], *more):
        click.echo(f"  {line}", err=True)


def _loaded(source: Path, dialect: str | None, style: Style | None) -> _Loaded:
    """From a folder, an input workbook, JSON, or anyone's published file."""
    import mingsuan
    from mingsuan.compiling.workbook.cells import is_input
    from mingsuan.dialects.errors import DialectError
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.formats.files import contents

    try:
        if source.is_dir():
            return _compiled(source, style)
        data = contents(source)
        if is_input(data, source):
            return _compiled(source, style)
        if style is not None:
            raise _failure("--like 只用于输入簿和平台导出的文件夹；已经编制或公开的，表格照原样排。")
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return _from_json(source.name, data)
        return mingsuan.read(source, dialect=dialect), None, ()
    except (UnreadableFile, DialectError) as error:
        raise _failure(str(error)) from None


def _from_json(name: str, data: bytes) -> _Loaded:
    from mingsuan.compiling.bundle import NoLedgerError, bundle_from_json
    from mingsuan.model.json import disclosure_from_json

    try:
        found: Any = json.loads(data.decode("utf-8-sig"))
        try:
            bundle = bundle_from_json(found)
        except NoLedgerError:
            return disclosure_from_json(found), None, ()
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
        raise _failure(f"{name} 不是 mingsuan compile 或 mingsuan read 写出的数据（JSON）。请重新写出后再试。") from None
    return bundle.disclosure, bundle.ledger, bundle.errors


def _compiled(source: Path, style: Style | None) -> _Loaded:
    from mingsuan.compiling import compile_workbook
    from mingsuan.compiling.workbook.columnmap import MapError
    from mingsuan.compiling.workbook.inputs import InputError
    from mingsuan.model import Level

    try:
        compiled = compile_workbook(source, style=style)
    except (InputError, MapError) as error:
        raise _failure(str(error)) from None
    warnings = sum(f.level is Level.WARNING for f in compiled.findings)
    if warnings:
        click.echo(f"注意：输入簿有{warnings}个警告，请运行 mingsuan compile {source.name} 查看。")
    return compiled.disclosure, compiled.ledger, compiled.errors

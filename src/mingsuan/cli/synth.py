"""The commands synth and corrupt: made-up disclosures, and errors put into a disclosure with a record of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingsuan.cli.chinese import Group
from mingsuan.cli.console import OK, Failure, write
from mingsuan.refusals import refusal

if TYPE_CHECKING:
    from mingsuan.dialects.dialect import Dialect
    from mingsuan.model import Disclosure
    from mingsuan.publishing.publication import Publication
    from mingsuan.synth.corruption import Change

_ENDINGS = {"text": "txt", "markdown": "md", "xlsx": "xlsx", "docx": "docx", "html": "html", "pdf": "pdf"}
_MOST = 100_000
"""Files that one call writes."""

_folder = click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="文件夹", help="写入的文件夹。")
_count = click.option("--count", type=click.IntRange(1, _MOST), default=1, show_default=True, metavar="N", help="写几份。")
_seed = click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="随机种子；种子相同，写出的相同。")
_form = click.option("--format", "form", type=click.Choice(list(_ENDINGS)), default="text", show_default=True, help="文件格式。")
_dialect = click.option("--dialect", metavar="名称", help="只用这个版式；不写则各版式轮流。")


@click.group(cls=Group, invoke_without_command=True, short_help="写出仿真的公开文本，用于检验。")
@_count
@_seed
@_dialect
@_form
@_folder
@click.pass_context
def synth(context: click.Context, count: int, seed: int, dialect: str | None, form: str, output: Path | None) -> int:
    """写出仿真的公开文本：随机账套按版式填表，逐格四舍五入，连同文字说明印出，没有错误。

    文件名是版式和种子；种子从 S 起逐份加一。
    """
    if context.invoked_subcommand is not None:
        return OK
    folder = _ready(output)
    written = 0
    for written, (made, name, disclosure) in enumerate(_made_up(count, seed, dialect), 1):  # noqa: B007
        write(_file(disclosure, made, form), folder / f"{name}.{_ENDINGS[form]}")
    click.echo(f"已在 {folder} 写入{written}份公开文本。")
    return OK


@click.command(short_help="在公开文本里放入已知的错误，用于检验。")
@click.argument("file", metavar="[文件]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_count
@_seed
@_dialect
@click.option("--errors", type=click.IntRange(1, 100), default=1, show_default=True, metavar="N", help="每份放入几处错误。")
@click.option("--kind", "kinds", multiple=True, metavar="种类", help="只放这种错误，可多次给出；--kinds 列出全部种类。")
@click.option("--kinds", "listing", is_flag=True, help="列出错误的种类。")
@_form
@_folder
def corrupt(
    file: Path | None,
    count: int,
    seed: int,
    dialect: str | None,
    errors: int,
    kinds: Sequence[str],
    listing: bool,
    form: str,
    output: Path | None,
) -> int:
    """在一份公开文本（不给文件则用仿真的）里放入错误，写出改过的文件和记录（.json：种类、位置、原文、改后）。

    同一种子放入的错误相同。
    """
    from mingsuan.synth.corruption import KINDS, UnknownKindError
    from mingsuan.synth.corruption import corrupt as put_in

    if listing:
        click.echo("\n".join(KINDS))
        return OK
    folder = _ready(output)
    sources = _made_up(count, seed, dialect) if file is None else _read(file, count, seed, dialect)
    total = 0
    for number, (made, name, disclosure) in enumerate(sources):
        try:
            changed, changes = put_in(disclosure, seed + number, errors, kinds)
        except UnknownKindError as error:
            raise Failure(str(error)) from None
        total += len(changes)
        written = f"{name}.{_ENDINGS[form]}"
        write(_file(changed, made, form), folder / written)
        write(_record(written, made, seed + number, changes), folder / f"{name}.json")
    click.echo(f"已在 {folder} 写入{count}份公开文本和记录，共{total}处错误。")
    return OK


def _ready(output: Path | None) -> Path:
    """The folder, made if it does not exist.

    Raises:
        Failure: none is given or it cannot be made.
    """
    if output is None:
        raise Failure("没有说明写到哪里。请加 -o 文件夹。")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"不能建立文件夹 {output}：{refusal(error)}。") from None
    return output


def _made_up(count: int, seed: int, dialect: str | None) -> Iterator[tuple[Dialect, str, Disclosure]]:
    """Made-up disclosures with their dialect and the name of their file, the dialects by turns."""
    from mingsuan.dialects.dialect import load, names
    from mingsuan.dialects.errors import DialectError
    from mingsuan.synth.disclosures import random_disclosure

    chosen = [dialect] if dialect else list(names())
    for number in range(count):
        try:
            form = load(chosen[number % len(chosen)])
        except DialectError as error:
            raise Failure(str(error)) from None
        yield form, f"{form.name}-{seed + number:05d}", random_disclosure(form, seed + number)


def _read(file: Path, count: int, seed: int, dialect: str | None) -> Iterator[tuple[Dialect, str, Disclosure]]:
    """A published file, as often as it is to be corrupted; tables that the dialect has no form for are left out, which is said."""
    from dataclasses import replace

    import mingsuan
    from mingsuan.dialects.dialect import load
    from mingsuan.dialects.errors import DialectError
    from mingsuan.reading.document import UnreadableFile

    try:
        disclosure = mingsuan.read(file, dialect=dialect)
        form = load(dialect or disclosure.dialect or "")
    except UnreadableFile as error:
        raise Failure(str(error)) from None
    except DialectError:
        raise Failure(f"{file.name} 没有认出版式，不能重新印出。请用 --dialect 指定，例如 --dialect zhengzhou-2023。") from None
    known = tuple(t for t in disclosure.tables if t.kind in form.by_kind)
    if len(known) < len(disclosure.tables):
        click.echo(f"注意：有{len(disclosure.tables) - len(known)}张表没有表样，没有印出。", err=True)
    for number in range(count):
        yield form, f"{file.stem}-{seed + number:05d}", replace(disclosure, tables=known)


def _file(disclosure: Disclosure, dialect: Dialect, form: str) -> bytes:
    """The disclosure as a file of some format."""
    from mingsuan.synth.printing import as_markdown, as_text

    if form in ("text", "markdown"):
        return (as_text if form == "text" else as_markdown)(disclosure, dialect).encode()
    from mingsuan.publishing.layout import laid_out

    return _writer(form)(laid_out(disclosure, dialect))


def _writer(form: str) -> Callable[[Publication], bytes]:
    """What writes a format; each brings a library of its own."""
    if form == "xlsx":
        from mingsuan.publishing.xlsx import write_xlsx

        return write_xlsx
    if form == "docx":
        from mingsuan.publishing.docx import write_docx

        return write_docx
    if form == "html":
        from mingsuan.publishing.html import write_html

        return write_html
    from mingsuan.publishing.pdf import write_pdf

    return write_pdf


def _record(file: str, dialect: Dialect, seed: int, changes: Sequence[Change]) -> bytes:
    """What was changed, as JSON."""
    record = {"file": file, "dialect": dialect.name, "seed": seed, "changes": [asdict(c) for c in changes]}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()

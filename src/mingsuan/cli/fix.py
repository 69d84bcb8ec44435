"""The command fix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mingsuan.cli import checking


@click.command(short_help="把接受的改法写进公开文本的副本。")
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--finding", "chosen", multiple=True, required=True, metavar="N", help="问题的编号或指纹；有几种改法的写 N:K。可多次给出。")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写入的副本。")
@checking.options
@click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。")
def fix(file: Path, chosen: Sequence[str], output: Path, dialect: str | None, **wish: Any) -> int:
    """把 check 找到的问题按所列改法改正，写成一份副本（DOCX、XLSX）。

    只改所选的格和句子里的数，其余内容逐字节不变；写出前重读一遍，确认只有这几处不同。原文件不动。
    """
    from mingsuan.cli.check import checked
    from mingsuan.cli.console import OK, Failure, write
    from mingsuan.compiling.fixing.fix import CannotFix, edits_of
    from mingsuan.compiling.fixing.fix import fix as fixed
    from mingsuan.reading.document import UnreadableFile

    if output.resolve() == file.resolve():
        raise Failure("副本不能写在原文件上；请给另一个文件名。")
    disclosure, report = checked([str(file)], dialect, checking.Wish(**wish))
    try:
        done = fixed(file.read_bytes(), file.name, edits_of(report, disclosure, chosen))
    except (CannotFix, UnreadableFile) as error:
        raise Failure(str(error)) from None
    write(done.content, output)
    for edit in done.edits:
        click.echo(f"{edit.place}　{edit.label}：{edit.old}→{edit.new}")
    click.echo(f"已写入 {output}，其余内容不变。")
    return OK

"""The `mingsuan` command: read, check, show, grids, rules, explain.

Whatever takes time to import is imported inside the commands, so that --help answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import mingsuan

if TYPE_CHECKING:
    from mingsuan.codes import UserList
    from mingsuan.model import Disclosure, Report
    from mingsuan.reading.opening import Opening

OK, ERRORS, UNREADABLE = 0, 1, 2
"""Exit status: nothing of level error, something, a file could not be read or the call was wrong."""

_FORMATS = click.Choice(["text", "json", "html"])


class _Failure(click.ClickException):
    """A problem of use: its message goes to standard error."""

    exit_code = UNREADABLE

    def show(self, file: Any = None) -> None:
        """Print the message."""
        click.echo(f"错误：{self.format_message()}", err=True)


class _ReaderGoneError(Exception):
    """Whoever read the output has stopped (| head); click would make an error of a BrokenPipeError."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, help="明算：读取并核对公开的部门预算。")
@click.version_option(mingsuan.__version__, message="%(version)s", help="显示版本。")
def cli() -> None:
    """The group of all commands."""


def _output(function: Any) -> Any:
    return click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；写完整以后才替换旧文件。")(
        function
    )


def _dialect(function: Any) -> Any:
    return click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。")(function)


def _checking(function: Any) -> Any:
    """The options that decide what a check finds."""
    for option in (
        click.option(
            "--codes",
            "lists",
            multiple=True,
            metavar="分类=文件",
            help="先用自备的正式科目表（CSV：code,name）；分类为 function、department_economic、government_economic、revenue，可多次给出。",
        ),
        click.option("--ignore", multiple=True, metavar="编号", help="不用编号以此开头的规则，可多次给出。"),
        click.option("--select", multiple=True, metavar="编号", help="只用编号以此开头的规则，可多次给出。"),
    ):
        function = option(function)
    return function


@cli.command(short_help="读取公开文本，输出数据。")
@click.argument("files", metavar="文件...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="json", show_default=True, help="输出格式。")
@_output
@_dialect
def read(files: Sequence[str], form: str, output: Path | None, dialect: str | None) -> int:
    """读取一份公开文本（“-”为标准输入），输出其中的表、数字和章节。

    给出几个文件时，合为一份公开文本（文字和表格分开公开的）。
    """
    disclosure = _disclosure(_opening(files), dialect)
    if form == "json":
        from mingsuan.model.json import disclosure_to_json

        _emit(_json(disclosure_to_json(disclosure)), output)
    else:
        _emit(_inventory(disclosure), output)
    return OK


@cli.command(short_help="核对公开文本，列出问题。")
@click.argument("files", metavar="文件...", nargs=-1, required=True)
@click.option("--format", "form", type=_FORMATS, default="text", show_default=True, help="输出格式。")
@click.option("--together", is_flag=True, help="几个文件合为一份公开文本核对（文字和表格分开公开的）。")
@_output
@_checking
@_dialect
def check(
    files: Sequence[str],
    form: str,
    together: bool,
    output: Path | None,
    select: Sequence[str],
    ignore: Sequence[str],
    lists: Sequence[str],
    dialect: str | None,
) -> int:
    """核对一份或几份公开文本（“-”为标准输入）。

    退出码：0 没有错误级问题；1 有错误级问题；2 有文件不能读取或用法有误。
    """
    documents = [tuple(files)] if together else [(file,) for file in files]
    if form == "html" and len(documents) > 1:
        raise _Failure("网页报告一次只写一份文件；请逐份核对，或改用 --format json；同一份公开文本的几个文件加 --together。")
    status, parts = OK, []
    user_lists = _user_lists(lists)
    for document in documents:
        try:
            disclosure, report = _checked(document, dialect, select, ignore, user_lists)
        except _Failure as failure:
            if len(documents) == 1:
                raise
            failure.show()
            status = UNREADABLE
            continue
        status = max(status, ERRORS if report.failed else OK)
        parts.append((_called(document), disclosure, report))
    if parts:
        _emit(_rendered(parts, form, several=len(documents) > 1, to_terminal=output is None and sys.stdout.isatty()), output)
    return status


@cli.command(short_help="显示一个问题，画出它所在的页。")
@click.argument("files", metavar="文件...", nargs=-1, required=True)
@click.option("--finding", "number", type=click.IntRange(min=1), required=True, metavar="N", help="问题的编号，与 check 所列相同。")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="把问题所在的页画成图片（PNG），有关的格加框编号；限于 PDF。"
)
@_checking
@_dialect
def show(
    files: Sequence[str],
    number: int,
    output: Path | None,
    select: Sequence[str],
    ignore: Sequence[str],
    lists: Sequence[str],
    dialect: str | None,
) -> int:
    """显示一个问题和它的各处位置；用 -o 画出所在的页。

    给出几个文件时，合为一份公开文本。问题跨页时，第一页写入所给的文件，其余各页写在旁边，文件名加页码。
    """
    from mingsuan.cli.show import NoPictureError, drawn, paths, shown
    from mingsuan.reading.document import UnreadableFile

    if "-" in files:
        raise _Failure("show 要从文件读取，不能用标准输入；请先存为文件。")
    disclosure, report = _checked(files, dialect, select, ignore, _user_lists(lists))
    try:
        text, places = shown(report, disclosure, number)
        _emit(text, None)
        made = paths(output, drawn(places, [Path(file) for file in files])) if output is not None else {}
    except (NoPictureError, UnreadableFile) as error:
        raise _Failure(str(error)) from None
    for path, picture in made.items():
        _write(picture.png, path)
        click.echo(f"    已画出 {picture.file} 第{picture.page}页：{path}")
    return OK


@cli.command(short_help="列出文件里的表格（不解释含义）。")
@click.argument("file", metavar="文件")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="只列 PDF 的这一页。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。")
@_output
def grids(file: str, page: int | None, form: str, output: Path | None) -> int:
    """列出文件里的表格：位置、行数、列数、各格文字、合并的格；“-”为标准输入。

    JSON 的 box 是左、下、右、上（点，自页面左下角起），spans 是合并的格（首行、首列、末行、末列，自 0 起）。
    """
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.listing import as_text
    from mingsuan.reading.listing import grids as list_grids

    try:
        found = list_grids(_input() if file == "-" else Path(file), page=page)
    except UnreadableFile as error:
        raise _Failure(str(error)) from None
    _emit(_json(found) if form == "json" else as_text(found), output)
    return OK


@cli.command(short_help="列出全部规则。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。")
def rules(form: str) -> int:
    """列出全部规则：编号、级别、说明。"""
    from mingsuan.checking.registry import rules as all_rules
    from mingsuan.checking.summary import LEVELS

    if form == "json":
        _emit(
            _json(
                [
                    {"code": r.code, "level": r.level.value, "chapter": r.chapter, "title": r.title, "basis": r.basis}
                    for r in all_rules().values()
                ]
            ),
            None,
        )
    else:
        _emit("".join(f"{r.code}  {LEVELS[r.level]}  {r.chapter}  {r.title}\n" for r in all_rules().values()), None)
    return OK


@cli.command(short_help="解释一条规则。")
@click.argument("code", metavar="编号")
def explain(code: str) -> int:
    """解释一条规则：要求什么，什么是错、什么是对，依据是什么。"""
    from mingsuan.checking.registry import UnknownRuleError
    from mingsuan.checking.registry import explain as find
    from mingsuan.checking.summary import LEVELS

    try:
        rule = find(code)
    except UnknownRuleError as error:
        raise _Failure(str(error)) from None
    _emit(f"{rule.code}  {LEVELS[rule.level]}  {rule.chapter}\n\n{rule.manual}\n\n依据：{rule.basis}\n", None)
    return OK


def _called(files: Sequence[str]) -> str:
    """What reports call the files of a disclosure."""
    return "、".join("标准输入" if file == "-" else Path(file).name for file in files)


def _input() -> bytes:
    """Standard input, as far as a file may be long."""
    from mingsuan.reading.encoding import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _opening(files: Sequence[str]) -> Opening:
    """Begin to read a file, standard input, or several files as one disclosure.

    Raises:
        _Failure: standard input is one of several files.
    """
    from mingsuan.reading.opening import Opening

    if list(files) == ["-"]:
        return Opening(_input(), "标准输入")
    if "-" in files:
        raise _Failure("几个文件合为一份时不能用标准输入；请先存为文件。")
    paths = [Path(file) for file in files]
    return Opening(paths[0] if len(paths) == 1 else paths)


def _disclosure(opening: Opening, dialect: str | None) -> Disclosure:
    """Read what has been opened.

    Raises:
        _Failure: it cannot be read.
    """
    from mingsuan.dialects.errors import DialectError
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.read import read

    try:
        return read(opening, dialect=dialect)
    except (UnreadableFile, DialectError) as error:
        raise _Failure(str(error)) from None


def _user_lists(given: Sequence[str]) -> tuple[UserList, ...]:
    """The official lists of the user's own, each given as kind=file."""
    if not given:
        return ()
    from mingsuan.codes import UnknownClassificationError, UserListError, load_user_list

    found = []
    for one in given:
        kind, sign, path = one.partition("=")
        if not sign or not path:
            raise _Failure(f"--codes “{one}”写法不对：应为“分类=文件”，例如 --codes function=2024年功能科目.csv。")
        try:
            found.append(load_user_list(path, kind))
        except (UserListError, UnknownClassificationError) as error:
            raise _Failure(str(error)) from error
    return tuple(found)


def _checked(
    files: Sequence[str], dialect: str | None, select: Sequence[str], ignore: Sequence[str], user_lists: Sequence[UserList] = ()
) -> tuple[Disclosure, Report]:
    opening = _opening(files)
    # The rules are loaded while another process reads the file.
    from mingsuan.checking.registry import UnknownRuleError
    from mingsuan.checking.registry import rules as all_rules

    all_rules()
    disclosure = _disclosure(opening, dialect)
    if not disclosure.tables and not disclosure.claims:
        unread = "；".join(f"{u.what}（{u.why}）" for u in disclosure.unrecognised[:3])
        raise _Failure(
            f"{_called(files)}：没有读到预算的表和数字，无法核对{unread and f'（未识别：{unread}）'}。"
            "请确认这是部门预算的公开文本；mingsuan grids 可以列出文件里的表格。"
        )
    try:
        wanted, unwanted = tuple(s.upper() for s in select), tuple(i.upper() for i in ignore)
        return disclosure, mingsuan.check(disclosure, select=wanted, ignore=unwanted, user_lists=user_lists)
    except UnknownRuleError as error:
        raise _Failure(str(error)) from None


def _rendered(parts: Sequence[tuple[str, Disclosure, Report]], form: str, *, several: bool, to_terminal: bool) -> str:
    if form == "json":
        from mingsuan.model.json import report_to_json

        found = [{"file": file, **report_to_json(report)} if several else report_to_json(report) for file, _, report in parts]
        return _json(found if several else found[0])
    if form == "html":
        from mingsuan.checking.report_html import report_html

        file, disclosure, report = parts[0]
        return report_html(report, disclosure, name=file)
    from mingsuan.checking.report_text import WIDTH, report_text

    width = min(os.get_terminal_size().columns, 120) if to_terminal else WIDTH
    colour = to_terminal and "NO_COLOR" not in os.environ
    return "\n".join(report_text(report, disclosure, name=file, width=width, colour=colour) for file, disclosure, report in parts)


def _inventory(disclosure: Disclosure) -> str:
    """What was read, in a few lines."""
    lines = [
        f"{disclosure.department or '（未认出部门名称）'}  {disclosure.year or '（年度不明）'}年  版式：{disclosure.dialect or '未认出'}"
    ]
    lines += [f"  {t.place}  {t.title}  {len(t.rows)}行{len(t.columns)}列" for t in disclosure.tables]
    lines += [f"  叙述{len(disclosure.sections)}节，数字{len(disclosure.claims)}个"]
    lines += [f"  未识别：{u.what}（{u.why}）" for u in disclosure.unrecognised]
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def _emit(text: str, output: Path | None) -> None:
    """Print, or write a file."""
    if output is not None:
        _write(text.encode(), output)
        return
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise _ReaderGoneError from None


def _write(content: bytes, output: Path) -> None:
    """Write a file in one piece: to a temporary file beside it, which then takes its place."""
    import tempfile

    try:
        descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise _Failure(f"不能写入 {output}：{error.strerror}。请检查文件夹是否存在、是否有权限。") from None
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(output)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _Failure(f"不能写入 {output}：{error.strerror}。") from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    try:
        status = cli.main(args=None if arguments is None else list(arguments), prog_name="mingsuan", standalone_mode=False)
    except _ReaderGoneError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except click.exceptions.Abort:
        click.echo("已中断。", err=True)
        return UNREADABLE
    except click.ClickException as error:
        error.show()
        return UNREADABLE
    except click.exceptions.Exit as error:
        return error.exit_code
    return status if isinstance(status, int) else OK


if __name__ == "__main__":
    sys.exit(main())

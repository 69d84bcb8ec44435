"""What all commands share: exit status, failures, output that is written in one piece."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from mingsuan.printable import printable
from mingsuan.refusals import cannot_write, refusal

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")

_SHORT = 30
"""Characters of a name that a temporary file begins with: file systems bound the length of a name in bytes."""
OK, ERRORS, UNREADABLE, DEFECT = 0, 1, 2, 3
"""Exit status: nothing of level error, something, a file could not be read or the call was wrong, the program itself failed."""


class Failure(click.ClickException):
    """A problem of use: its message goes to standard error."""

    exit_code = UNREADABLE

    def show(self, file: Any = None) -> None:
        """Print the message."""
        click.echo(f"错误：{printable(self.format_message())}", err=True)


class ReaderGoneError(Exception):
    """Whoever read the output has stopped (| head); click would make an error of a BrokenPipeError."""


def defect(error: Exception) -> str:
    """What a user is told of an exception that nobody foresaw: that the file is not to blame, and what helps to mend the program."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "mingsuan" in f.filename]
    where = f"（{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行）" if frames else ""
    return f"程序出错：{type(error).__name__}：{error}{where}。这是明算的缺陷，不是您的操作有误；请把这一行连同所用的文件告诉我们。"


def uncollected(function: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """Run a function without the collector of cycles.

    Nearly all that one check makes is needed until it ends; to look through it for garbage takes a tenth of the time. Mostly it is the
    only one of its process, so what the first one leaves is not looked through afterwards either.
    """

    @wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            if not gc.get_freeze_count():
                gc.freeze()
            gc.enable()

    return run


def output_option(function: Any) -> Any:
    """Give a command the option -o."""
    return click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；写完整以后才替换旧文件。")(
        function
    )


def dialect_option(function: Any) -> Any:
    """Give a command the option --dialect."""
    return click.option("--dialect", metavar="名称", help="指定版式，不由内容识别。")(function)


def as_json(value: object) -> str:
    """Plain data as the text of a file."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def emit(text: str, output: Path | None) -> None:
    """Print, or write a file.

    Raises:
        Failure: not all of it could be written.
    """
    if output is not None:
        write(text.encode(), output)
        return
    if sys.stdout is None:
        raise Failure("标准输出已关闭，结果没有地方写。请用 -o 写入文件。")
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as error:
        silence()
        raise Failure(f"结果没有写完整：{refusal(error)}。请用 -o 写到有空间的地方。") from None


def silence() -> None:
    """Let what is still to be printed go nowhere, so that the end of the process does not fail at it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(content: bytes, output: Path) -> None:
    """Write a file in one piece: to a temporary file beside it, which then takes its place.

    What is no file (a pipe, a device) is written to as it stands: nothing may take its place.

    Raises:
        Failure: it cannot be written; the old file is left as it was.
    """
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(content)
        else:
            _replace(output, content)
    except OSError as error:
        raise Failure(cannot_write(error, output)) from None


def _replace(output: Path, content: bytes) -> None:
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name[:_SHORT]}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(output)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

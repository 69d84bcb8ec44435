"""The option --like: lay tables out as another publication has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingsuan.cli.console import Failure

if TYPE_CHECKING:
    from mingsuan.dialects.filling.layout import Style


def like_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option to a command."""
    return click.option(
        "--like",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="公开文本|输入簿",
        help="表格照这一份的样子排（是否分单位列示、表下是否注明口径）；不写时照输入簿“部门”表所填。",
    )(command)


def style_like_file(path: Path | None) -> Style | None:
    """How the tables of a file are laid out; None for no file.

    Raises:
        Failure: it cannot be read, or that cannot be told.
    """
    if path is None:
        return None
    import mingsuan
    from mingsuan.compiling import read_book
    from mingsuan.compiling.like import NothingToFollowError, style_like
    from mingsuan.compiling.workbook.cells import is_input
    from mingsuan.dialects.errors import DialectError
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.formats.files import contents

    try:
        book = is_input(contents(path), path)
        return style_like(read_book(path)[0] if book else mingsuan.read(path))
    except (UnreadableFile, DialectError, NothingToFollowError) as error:
        raise Failure(f"--like：{error}") from None

"""Files of the command line → disclosures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingsuan.cli.console import Failure
from mingsuan.printable import printable

if TYPE_CHECKING:
    from mingsuan.model import Disclosure
    from mingsuan.reading.opening import Opening


def called(files: Sequence[str]) -> str:
    """What reports call the files of a disclosure."""
    return printable("、".join("标准输入" if file == "-" else Path(file).name for file in files))


def standard_input() -> bytes:
    """Standard input, as far as a file may be long."""
    from mingsuan.reading.formats.encoding import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def opening(files: Sequence[str]) -> Opening:
    """Begin to read a file, standard input, or several files as one disclosure.

    Raises:
        Failure: standard input is one of several files.
    """
    from mingsuan.reading.opening import Opening

    if list(files) == ["-"]:
        return Opening(standard_input(), "标准输入")
    if "-" in files:
        raise Failure("几个文件合为一份时不能用标准输入；请先存为文件。")
    paths = [Path(file) for file in files]
    return Opening(paths[0] if len(paths) == 1 else paths)


def disclosure_of(opening: Opening, dialect: str | None) -> Disclosure:
    """Read what has been opened.

    Raises:
        Failure: it cannot be read.
    """
    from mingsuan.dialects.errors import DialectError
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.read import read

    try:
        return read(opening, dialect=dialect)
    except (UnreadableFile, DialectError) as error:
        raise Failure(str(error)) from None

"""Typst as this room uses it: our templates, what they set given as strings, no file and no font of the machine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mingsuan.publishing.publication import UnwritableError

if TYPE_CHECKING:
    import typst


@contextmanager
def compiler(template: bytes, failed: str = "排版没有完成", **inputs: str) -> Iterator[typst.Compiler]:
    """The compiler of a template, which finds `inputs` in `sys.inputs`; its root is an empty folder.

    Raises:
        UnwritableError: Typst cannot set it, which is told as `failed`.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="mingsuan-typst-") as empty:
        try:
            yield typst.Compiler(template, root=empty, font_paths=fonts(), sys_inputs=inputs)
        except typst.TypstError as error:
            raise UnwritableError(f"{failed}（{error.message}）") from error


def picture(template: bytes, dots: int, **inputs: str) -> bytes:
    """What a template of one page draws, as PNG of so many dots per inch; the same bytes for the same inputs.

    Raises:
        UnwritableError: it cannot be drawn.
    """
    with compiler(template, "图没有画成", **inputs) as made:
        return one_file(made.compile(format="png", ppi=dots))


def one_file(made: bytes | list[bytes] | None) -> bytes:
    """What was asked for as one file."""
    if not isinstance(made, bytes):
        raise TypeError("Typst returned several files where one was asked for")
    return made


@cache
def fonts() -> typst.Fonts:
    """The two families that documents are set in, and no font of the machine: pages look the same everywhere."""
    import pylopdf_fonts_zh_cn as chinese
    import typst

    folder = Path(str(chinese.serif_path())).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])

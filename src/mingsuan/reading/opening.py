"""A document under way: most files of this trade are PDFs, which another process reads while this one loads what it needs next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from mingsuan.patterns import compile_next
from mingsuan.reading.document import Document
from mingsuan.reading.formats.files import load
from mingsuan.refusals import no_pipe

if TYPE_CHECKING:
    from mingsuan.model import Disclosure


_HEAD = 64
"""Bytes that tell data from anything else."""


class Opening:
    """The reading of the file, bytes or files that make a disclosure, in a thread.

    Little is imported before the thread starts, so that the process that reads a PDF starts at once.
    """

    def __init__(self, source: Path | bytes | Sequence[Path], name: str = "") -> None:
        """Begin to read; `name` is what places and messages call the file, by default its own name."""
        self._source = source
        self._name = name
        self._document: Document | None = None
        self._saved: Disclosure | None = None
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            if _may_be_saved(self._source):
                from mingsuan.reading.saved import saved

                self._saved = saved(self._source, self._name)
            if self._saved is None:
                self._document = _document(self._source, self._name)
        except BaseException as error:
            self._error = error

    def _wait(self) -> None:
        """Until the file is read; what follows needs most of the patterns, so they are compiled meanwhile."""
        while self._thread.is_alive() and compile_next():
            pass
        self._thread.join()

    def saved(self) -> Disclosure | None:
        """Wait; the disclosure, where the file holds one that was saved as data."""
        self._wait()
        return self._saved

    def document(self) -> Document:
        """Wait for the document.

        Raises:
            UnreadableFile: the file cannot be read at all.
        """
        self._wait()
        if self._document is None:
            raise self._error or RuntimeError("reading ended without a document")
        return self._document


def _may_be_saved(source: Path | bytes | Sequence[Path]) -> bool:
    """Whether a file's first bytes may be those of data: what loads data takes time to import."""
    if isinstance(source, Path):
        try:
            with no_pipe(source).open("rb") as file:
                head = file.read(_HEAD)
        except OSError:
            return False
    else:
        head = source[:_HEAD] if isinstance(source, bytes) else b""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _document(source: Path | bytes | Sequence[Path], name: str) -> Document:
    if isinstance(source, Path):
        return load(source, name=name)
    if isinstance(source, bytes):
        return load(data=source, name=name)
    from mingsuan.reading.formats.together import together

    return together([load(path) for path in source])

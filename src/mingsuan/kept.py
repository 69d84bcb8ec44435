"""Values that are read from the package's own files, kept beside it from one run to the next, as Python keeps what it compiles.

Reading a hundred YAML files takes longer than checking a document; reading back what they said takes a few milliseconds.
"""

from __future__ import annotations

import os
import pickle
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")

PACKAGE = Path(__file__).parent
_FOLDER = "__pycache__"
"""Python's own place for what can be made again. Where it cannot be written, nothing is kept."""
_SUFFIXES = (".py", ".yaml", ".csv")


def kept(name: str, make: Callable[[], Value], package: Path = PACKAGE) -> Value:
    """What `make` gives, or the copy of it that was kept when every file of the package was as it is now.

    Args:
        name: of the copy; one value, one name.
        make: makes a value that can be pickled out of nothing but files of the package; what it raises is raised.
        package: the folder of the package.
    """
    path = package / _FOLDER / f"{name}.{sys.implementation.cache_tag}.kept"
    stamp = _stamp(package)
    # A copy that is missing, cut off or of other files is made again: none of that is the user's concern.
    with suppress(Exception), path.open("rb") as file:
        if pickle.load(file) == stamp:
            value: Value = pickle.load(file)
            return value
    value = make()
    _keep(path, stamp, value)
    return value


def _keep(path: Path, stamp: tuple[int, int], value: object) -> None:
    """Write the copy whole or not at all; a folder that cannot be written is no error."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        try:
            with draft.open("wb") as file:
                pickle.dump(stamp, file, protocol=5)
                pickle.dump(value, file, protocol=5)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


@cache
def _stamp(package: Path) -> tuple[int, int]:
    """Changes whenever a file of the package does: newest time of all, and what tells their paths, sizes and times from others."""
    files = sorted(_below(str(package)))
    return max((when for _, _, when in files), default=0), zlib.crc32(repr(files).encode())


def _below(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_SUFFIXES):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
            elif entry.name != _FOLDER and entry.is_dir():
                yield from _below(entry.path)

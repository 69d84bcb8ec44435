"""The files that bench.fuzz has read, and the process that reads them as a user's does."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import mingsuan
from bench.mangling import Donors, mangled, packed
from bench.shared import CORPUS, SEEDS, SHARED
from bench.writers import WRITERS, converted, libreoffice
from mingsuan.reading.document import UnreadableFile

ROOT = Path(__file__).resolve().parents[1]
SHARES = {"pdf": 40, "docx": 17, "xlsx": 17, "html": 10, "xls": 8, "zip": 6, "md": 2}
"""How many of a hundred files are of each sort."""
CHECKED = 10
"""Of so many files that can be read one is checked as well."""
ADDRESSES = 6_000_000_000
"""Bytes of address space of the process that reads, so that a failure of the bounds does not bring the machine down."""
READ, NOTED, REFUSED = "读出", "读出，并说明缺失", "拒绝，说明原因"
VAGUE, RAISED, CRASHED, HUNG, FULL = "拒绝，原因不清", "异常", "崩溃", "超时", "内存超限"
FAILURES = (VAGUE, RAISED, CRASHED, HUNG, FULL)
_BROKEN = "异常退出"
"""What the reason says of a process that ended without an answer."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FOREIGN = re.compile(r"Error|Exception|Traceback|0x[0-9a-f]{6}")


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes:
        number: its number.
        name: the file it was made from.
        how: what was done to it.
        what: one of the words above.
        why: the reason given, or the traceback.
        seconds: wall time.
        own: peak megabytes of the process.
        children: peak megabytes of the largest child so far in the chunk; it counts at least what its parent had.
    """

    number: int
    name: str
    how: str
    what: str
    why: str
    seconds: float
    own: float = 0.0
    children: float = 0.0


def prepared(folder: Path) -> dict[str, bytes]:
    """The sound files, made once and kept in `folder`."""
    if not folder.is_dir():
        making = folder.with_name("making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for name, data in _made():
            (making / name).write_bytes(data)
        making.rename(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _made() -> Iterator[tuple[str, bytes]]:
    yield from ((path.name, path.read_bytes()) for path in sorted(CORPUS.glob("*.pdf")))
    yield from ((path.name, path.read_bytes()) for path in sorted((ROOT / "examples").glob("*.md")))
    books = []
    for seed in SEEDS:
        source = json.loads((SHARED / "gold" / f"{seed}.json").read_text(encoding="utf-8"))
        written = [(f"{seed}-{n}.{writer.kind}", writer.write(source)) for n, writer in enumerate(WRITERS)]
        yield from written
        yield f"{seed}.zip", zipped(written)
        books.append((seed, next(data for name, data in written if name.endswith(".xlsx"))))
    program = libreoffice()
    for (seed, _), made in zip(books, converted(books, "xlsx", "xls", program) if program else [None] * len(books), strict=True):
        if made is not None:
            yield f"{seed}.xls", made


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of some files and of an archive with one of them."""
    first, *rest = files
    return packed([("附表.zip", packed([first])), *rest])


def mutant(files: Mapping[str, bytes], seed: int, number: int) -> tuple[str, str, bytes]:
    """File `number`: the sound file's name, what was done, and the bytes."""
    chance = Random(f"{seed}:{number}")
    there = sorted({name.rpartition(".")[2] for name in files})
    (sort,) = chance.choices(there, [SHARES[sort] for sort in there])
    own = [name for name in files if name.endswith(f".{sort}")]
    name = chance.choice(own)
    return (name, *mangled(files[name], Donors(tuple(files[other] for other in own)), chance))


def tried(number: int, name: str, how: str, data: bytes) -> Outcome:
    """Read a file as a user's process does."""
    _forget_peak()
    start = time.perf_counter()
    what, why = _read(data, name, checked=number % CHECKED == 0)
    return Outcome(number, name, how, what, why, round(time.perf_counter() - start, 3), *_peaks())


def _read(data: bytes, name: str, *, checked: bool) -> tuple[str, str]:
    try:
        disclosure = mingsuan.read(data, name=name)
        if checked:
            mingsuan.check(disclosure)
    except UnreadableFile as error:
        broken = _traceback(data) if _BROKEN in error.what else ""
        if broken:
            return RAISED, broken
        return (REFUSED if is_clear(error, name) else VAGUE), str(error)
    except Exception:  # whatever it is, it is what this bench looks for
        return RAISED, traceback.format_exc()[-3_000:]
    problems = [unread.why for unread in disclosure.unrecognised if unread.what == "文件"]
    return (NOTED, "；".join(problems)[:300]) if problems else (READ, "")


def _traceback(data: bytes) -> str:
    """The exception that ended the process which reads PDFs, "" where it was its bounds or a crash of pdfium, as it is there for."""
    command = [sys.executable, "-X", "utf8", "-m", "mingsuan.reading.formats.pdf.worker", '["read"]']
    done = subprocess.run(command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    told = done.stderr.decode("utf-8", errors="replace")
    return "" if "Traceback" not in told or "MemoryError" in told else told[-3_000:]


def is_clear(error: UnreadableFile, name: str) -> bool:
    """Whether a refusal names the file, says in Chinese what is wrong and what to do, and shows nothing of the program."""
    told = min(len(_CHINESE.findall(words)) for words in (error.what, error.remedy)) >= 5
    return told and str(error).startswith(name) and _FOREIGN.search(error.what.replace(name, "")) is None


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peaks() -> tuple[float, float]:
    """Peak megabytes of this process since `_forget_peak` and of its largest child, 0 where the system does not tell."""
    with contextlib.suppress(OSError, ImportError, StopIteration):
        import resource

        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
        return round(own, 1), round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1)
    return 0.0, 0.0


def serve(seed: int, folder: Path) -> None:
    """Read the files whose numbers come on standard input, an outcome on standard output for each."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    files = prepared(folder)
    for line in sys.stdin:
        number = int(line)
        print(json.dumps(asdict(tried(number, *mutant(files, seed, number)))), flush=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]))

"""Questions of a user's own, asked in a process of their own: what the engine does not bound itself, the system does.

A string function may take gigabytes and half a minute before the engine looks up; here that costs one question.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.evidence import LARGEST, Value
from mingsuan.performance.evidence.files import DataFile
from mingsuan.performance.evidence.limits import USUAL, Limits
from mingsuan.performance.evidence.session import too_long
from mingsuan.refusals import refusal
from mingsuan.values import dataclass

START = 20.0
"""Seconds that the process may take besides those of the question: to begin, and to read the tables."""
_WORKER = "mingsuan.performance.evidence.worker"


@dataclass(frozen=True, slots=True)
class Asked:
    """A table that a question may read; `pack` and `kind` say how its columns are typed, "" for text."""

    name: str
    file: DataFile
    pack: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The one value that a question gives, and the names of the tables that it read."""

    value: Value
    read: tuple[str, ...]


def ask(tables: tuple[Asked, ...], question: str, where: str, limits: Limits = USUAL) -> Told:
    """The one value that a SELECT gives; `where` is what messages call the question.

    Raises:
        EvidenceError: it is no SELECT, does not give one value, asks for what is not there, takes too long or needs too much memory.
    """
    task = {
        "tables": [{"name": t.name, "file": asdict(t.file) | {"path": str(t.file.path)}, "pack": t.pack, "kind": t.kind} for t in tables],
        "question": question,
        "where": where,
        "limits": asdict(limits),
    }
    command = [sys.executable, "-X", "utf8", "-m", _WORKER]
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(
            command,
            input=json.dumps(task).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds + START,
            env=os.environ | paths,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_long(where, limits) from None
    except OSError as error:
        raise EvidenceError(where, f"查询程序无法启动（{refusal(error)}）", "请检查系统的内存和进程数限制后再试") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise EvidenceError(where, "查询没有完成（占用的时间或内存超过限制）", "请把查询写简单些，或先在业务系统里汇总") from None
    if "error" in answer:
        raise EvidenceError(*answer["error"])
    return Told(_value(answer["value"], where), tuple(answer["read"]))


def _value(found: list[Any], where: str) -> Value:
    """The value of evidence that the worker found: a sort and a text.

    Raises:
        EvidenceError: it is no value that a target could be compared with.
    """
    sort, text = found
    if sort == "day":
        return date.fromisoformat(text)
    if sort == "text":
        return str(text)
    number = Decimal(text)
    if not number.is_finite() or abs(number) > LARGEST:
        raise EvidenceError(where, f"查询得到的“{text}”不是可以使用的数", "请检查除数是否为零、数据有无异常大的数")
    return number

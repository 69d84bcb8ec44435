"""The process that asks one question for another: the task as JSON on standard input, the answer as JSON on standard output.

`python -m mingsuan.performance.evidence.worker` is run by `apart`, never by hand.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.files import DataFile
from mingsuan.performance.evidence.limits import Limits
from mingsuan.performance.evidence.session import Session

_AROUND = 2_000
"""Megabytes of address space that the interpreter and the engine take besides the engine's own bound."""
_LONGEST = 200
"""Characters of a word that a value may have."""


def main() -> None:
    """Do the task within the bounds."""
    task = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    try:
        answer = _told(task, limits)
    except EvidenceError as error:
        answer = {"error": [error.where, error.what, error.remedy]}
    sys.stdout.write(json.dumps(answer))


def _told(task: dict[str, Any], limits: Limits) -> dict[str, Any]:
    files = {
        table["name"]: DataFile(**table["file"] | {"path": Path(table["file"]["path"]), "problems": tuple(table["file"]["problems"])})
        for table in task["tables"]
    }
    with Session.over(files, limits) as session:
        for table in task["tables"]:
            if table["pack"]:
                from mingsuan.performance.packs.columns import typed
                from mingsuan.performance.packs.pack import load as load_pack

                typed(session, table["name"], load_pack(table["pack"]).table(table["kind"]))
        _confine(int(limits.seconds) + 5, (limits.memory + _AROUND) << 20)
        answer = session.ask(task["question"], task["where"])
        if len(answer.rows) != 1 or len(answer.columns) != 1 or answer.rows[0][0] is None:
            got = f"{len(answer.rows)}行{len(answer.columns)}列" if answer.rows != ((None,),) else "空值"
            raise EvidenceError(task["where"], f"查询应得到一个值，实得{got}", "请改写查询，只取一个数")
        return {"value": _sorted(answer.rows[0][0]), "read": session.named_in(task["question"])}


def _sorted(found: object) -> list[str]:
    """A value as its sort and its text."""
    if isinstance(found, date):
        return ["day", (found.date() if isinstance(found, datetime) else found).isoformat()]
    if isinstance(found, int | float | Decimal):
        return ["number", str(Decimal(repr(found)) if isinstance(found, float) else Decimal(found))]
    return ["text", str(found)[:_LONGEST]]


def _confine(seconds: int, memory: int) -> None:
    """Bound this process from here on in time and address space, and let it write no file, where the system can."""
    try:
        import resource
    except ImportError:  # Windows bounds none of it; the parent still ends a process that takes too long
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    bounds = (
        (resource.RLIMIT_CPU, spent + 2 * seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, bound in bounds:
        _, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, hard))


if __name__ == "__main__":
    main()

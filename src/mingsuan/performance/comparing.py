"""An evaluation beside that of the year before, which `mingsuan evaluate --format json` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from mingsuan.amounts import parse_number
from mingsuan.performance.evaluation import Evaluation
from mingsuan.performance.evidence.errors import EvidenceError
from mingsuan.performance.evidence.plain_yaml import text_of
from mingsuan.performance.names import keyed
from mingsuan.values import dataclass

_REMEDY = "请用上年的 mingsuan evaluate --format json 重新生成"


@dataclass(frozen=True, slots=True)
class Total:
    """What a project scored: `grade` is "" where the score was incomplete."""

    name: str
    points: Decimal
    grade: str


@dataclass(frozen=True)
class Compared:
    """A project ("" for the department) in two years, None where it has no score; `change` is in points."""

    name: str
    last: Total | None
    this: Total | None

    @property
    def change(self) -> Decimal | None:
        """How many points more; None where one of the scores is missing or incomplete, for those are of different things."""
        if self.last is None or self.this is None or not (self.last.grade and self.this.grade):
            return None
        return self.this.points - self.last.points


@dataclass(frozen=True)
class LastYear:
    """The scores of an earlier evaluation."""

    year: int | None
    totals: tuple[Total, ...]


def totals_of(evaluation: Evaluation) -> tuple[Total, ...]:
    """The scores of an evaluation."""
    return tuple(Total(one.name, one.score.total, one.score.grade) for one in evaluation.scored)


def compared(this: tuple[Total, ...], last: tuple[Total, ...]) -> tuple[Compared, ...]:
    """Projects of two years in the order of the later one, then what only the earlier one has."""
    new, old = ({keyed(total.name): total for total in totals} for totals in (this, last))
    return tuple(Compared((new.get(key) or old[key]).name, old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old)))


def read_last(path: Path) -> LastYear:
    """The scores that an earlier run wrote.

    Raises:
        EvidenceError: the file is not what `mingsuan evaluate --format json` writes.
    """
    try:
        found = json.loads(text_of(path))
    except (ValueError, RecursionError):
        raise EvidenceError(path.name, "不是正确的 JSON", _REMEDY) from None
    if not isinstance(found, dict) or not isinstance(found.get("projects"), list):
        raise EvidenceError(path.name, "不是绩效自评的结果", _REMEDY)
    year = found.get("year")
    listed = [one for one in (found.get("overall"), *found["projects"]) if one is not None]
    return LastYear(year if isinstance(year, int) else None, tuple(_totals(path.name, listed)))


def _totals(file: str, listed: list[object]) -> Iterator[Total]:
    for one in listed:
        spec = one if isinstance(one, dict) else {}
        name, grade, points = spec.get("project"), spec.get("grade"), parse_number(str(spec.get("total")))
        if not isinstance(name, str) or not isinstance(grade, str) or points is None:
            raise EvidenceError(file, "有的项目没有名称、得分或等级", _REMEDY)
        yield Total(name, points, grade)

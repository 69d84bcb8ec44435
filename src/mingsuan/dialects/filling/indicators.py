"""The lines of a form that list performance indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.dialects.filling.lines import LaidLine, amounts_of
from mingsuan.dialects.forms import Block, Indicators
from mingsuan.dialects.roster import Aim, RosterProject
from mingsuan.model import RowKey


def indicator_lines(block: Block, rows: Indicators, aims: Sequence[Aim]) -> Iterator[LaidLine]:
    """One row per indicator; names of the upper levels on the first row that they cover."""
    more = [c.path for c in block.columns if c.path not in rows.levels]
    above: tuple[str, ...] = ()
    for aim in aims:
        shown = {
            path: name
            for depth, (path, name) in enumerate(zip(rows.levels, aim.levels, strict=True))
            if depth == len(rows.levels) - 1 or aim.levels[: depth + 1] != above[: depth + 1]
        }
        above = aim.levels
        values = (aim.target, *(aim.note for _ in more[1:]))
        yield LaidLine({**shown, **{p: v for p, v in zip(more, values, strict=True) if v}})


def summary_lines(block: Block, keys: Mapping[str, str], project: RosterProject) -> Iterator[LaidLine]:
    """A project and its indicators side by side by first level; amounts on its first row."""
    columns = {c.indicator: c.path for c in block.columns if c.indicator}
    groups = {first: [a for a in project.aims if a.levels[0] == first] for first, _ in columns}
    key = RowKey(project=project.code)
    for number in range(max(1, *(len(aims) for aims in groups.values()))):
        texts = {keys["unit_or_project"]: project.code, keys["name"]: project.name} if number == 0 else {}
        for first, aims in groups.items():
            if number < len(aims):
                texts[columns[first, "name"]] = aims[number].levels[2]
                texts[columns[first, "value"]] = aims[number].target
        yield LaidLine(texts, key, amounts_of(block) if number == 0 else ())

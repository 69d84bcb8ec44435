"""The characters of a page → runs: what is printed in one go, without a wide gap, as far as it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mingsuan.patterns import regex
from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.geometry import Box, Matrix
from mingsuan.reading.formats.pdf.glyphs import Glyphs, glyphs, spot
from mingsuan.reading.formats.pdf.limits import MAX_CHARACTERS
from mingsuan.reading.formats.pdf.opening import Page
from mingsuan.reading.formats.pdf.sight import Sight

GAP = 0.3
"""Ems between two characters of a text object that part it."""
TOUCH = 0.15
"""Ems between two text objects that go on with each other (some producers write each character as an object of its own)."""
OVERLAP = 0.6
"""Ems by which a character may stand over the one before: the widths that a font states are not always its own."""
BLANK = 0.6
"""Ems of blanks that part a run."""
LEVEL = 0.1
"""Ems by which the baselines and sizes of a run may differ."""
_SAME = 0.2
"""Ems by which text printed again over itself may be shifted."""
_RECENT = 60
"""Runs of the same text before it with which one is compared."""
_ODD = regex(
    "[^ -~\u00a0-\u00bf\u00d7\u00f7\u0391-\u03c9\u2000-\u27bf\u2900-\u2bff\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef"
    "\U00020000-\U000323af]"
)
"""What is neither Chinese nor ASCII, nor a sign that Chinese text uses: private, undefined and control characters, other scripts."""


class Run(NamedTuple):
    """Characters printed in one go, in their frame of reading (see `Glyphs`).

    Attributes:
        text: its characters, blanks at the ends dropped.
        starts: u where each begins.
        ends: u where each ends.
        line: v of the baseline.
        top: v of the upper edge.
        bottom: v of the lower edge.
        turn: quarter turns clockwise from upright.
        breaks: where the characters of a further text object begin.
    """

    text: str
    starts: Sequence[float]
    ends: Sequence[float]
    line: float
    top: float
    bottom: float
    turn: int = 0
    breaks: Sequence[int] = ()

    @property
    def size(self) -> float:
        """Height of an em."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """Its extent on the page."""
        if self.turn == 0:
            return Box(self.starts[0], self.top, self.ends[-1], self.bottom)
        (x0, y0), (x1, y1) = spot(self.starts[0], self.top, self.turn), spot(self.ends[-1], self.bottom, self.turn)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    @property
    def pieces(self) -> Iterator[Run]:
        """What each text object shows of it; all at once where some show single characters, as producers do that place each."""
        ends = (0, *self.breaks, len(self.text))
        for start, end in pairwise(ends if all(b - a > 1 for a, b in pairwise(ends)) else (0, len(self.text))):
            yield self._replace(text=self.text[start:end], starts=self.starts[start:end], ends=self.ends[start:end], breaks=())

    def centre(self, index: int) -> tuple[float, float]:
        """Centre of a character on the page."""
        u, v = (self.starts[index] + self.ends[index]) / 2, (self.top + self.bottom) / 2
        return (u, v) if self.turn == 0 else spot(u, v, self.turn)


class Writing(NamedTuple):
    """The text of a page.

    Attributes:
        runs: what is seen, in the order of the file.
        hidden: number of characters that are in the file and not seen.
        unknown: number of seen characters whose meaning the file does not tell, or tells wrongly.
        whole: all characters were read.
    """

    runs: tuple[Run, ...]
    hidden: int
    unknown: int
    whole: bool


def writing(page: Page, text: int, within: Mapping[int, Matrix]) -> Writing:
    """The runs of a page; `within` places the text objects of form XObjects."""
    count = native.character_count(text)
    found = glyphs(text, min(max(count, 0), MAX_CHARACTERS), page.view)
    sight = Sight(page, text, found, within)
    shown: list[Run] = []
    hidden = unknown = 0
    for start, end in _stretches(found):
        seen = sight.seen(start, end)
        if len(seen) < end - start:
            hidden += sum(1 for i in range(start, end) if i not in seen and not found.characters[i].isspace())
        runs = list(_runs(found, seen))
        shown += runs
        mapped = not native.has_no_meaning(text, found.indices[start])
        unknown += sum([_unknown(run.text) if mapped else len(run.text) for run in runs])
    return Writing(tuple(_once(shown)), hidden, unknown, count <= MAX_CHARACTERS)


def _stretches(found: Glyphs) -> Iterator[tuple[int, int]]:
    """Ranges of characters that follow each other without a wide gap; blanks count as characters."""
    first = 0
    end = line = em = 0.0
    owner = turn = -1
    columns = zip(found.starts, found.ends, found.lines, found.tops, found.bottoms, found.owners, found.turns, strict=True)
    for index, (start, finish, own_line, top, bottom, own, own_turn) in enumerate(columns):
        size, gap = bottom - top, start - end
        if own == owner:
            joined = -OVERLAP * em <= gap <= GAP * em
        else:
            joined = -TOUCH * em <= gap <= TOUCH * em and -LEVEL * em <= size - em <= LEVEL * em
        if not (joined and -LEVEL * em <= own_line - line <= LEVEL * em and own_turn == turn):
            if index:
                yield first, index
            first, line, em, turn = index, own_line, size, own_turn
        end, owner = finish, own
    if found.indices:
        yield first, len(found.indices)


def _runs(found: Glyphs, seen: Sequence[int]) -> Iterator[Run]:
    """The run that some characters are, or several where wide blanks part them."""
    if not seen:
        return
    text = "".join([found.characters[i] for i in seen])
    if text.split() == [text]:
        yield _run(found, seen, text)
        return
    first = last = -1
    for place, character in enumerate(text):
        if character.isspace():
            continue
        if first >= 0 and place - last > 1 and _blank(found, seen[last], seen[place]):
            yield _run(found, seen[first : last + 1], text[first : last + 1])
            first = -1
        first, last = (place if first < 0 else first), place
    if first >= 0:
        yield _run(found, seen[first : last + 1], text[first : last + 1])


def _blank(found: Glyphs, before: int, after: int) -> bool:
    """Whether the blanks between two characters part them."""
    return found.starts[after] - found.ends[before] > BLANK * (found.bottoms[before] - found.tops[before])


def _run(found: Glyphs, seen: Sequence[int], text: str) -> Run:
    first, last = seen[0], seen[-1] + 1
    turn, line, top, bottom = found.turns[first], found.lines[first], found.tops[first], found.bottoms[first]
    owners = found.owners
    breaks = [] if owners[first] == owners[last - 1] else [n for n, (a, b) in enumerate(pairwise(seen), 1) if owners[a] != owners[b]]
    if last - first == len(seen):
        return Run(text, found.starts[first:last], found.ends[first:last], line, top, bottom, turn, breaks)
    return Run(text, [found.starts[i] for i in seen], [found.ends[i] for i in seen], line, top, bottom, turn, breaks)


def _once(runs: Iterable[Run]) -> list[Run]:
    """Runs without those printed again over themselves, as some producers make bold and shadows."""
    places: dict[str, list[Run]] = {}
    kept: list[Run] = []
    for run in runs:
        before = places.get(run.text)
        if before is None:
            places[run.text] = [run]
        elif any(_over(run, other) for other in before[-_RECENT:]):
            continue
        else:
            before.append(run)
        kept.append(run)
    return kept


def _over(run: Run, other: Run) -> bool:
    near = _SAME * (run.bottom - run.top)
    return -near <= run.line - other.line <= near and abs(run.starts[0] - other.starts[0]) <= near and run.turn == other.turn


def _unknown(text: str) -> int:
    """Characters that no disclosure holds, which show that the file maps its characters wrongly."""
    return 0 if text.isascii() and text.isprintable() else len(_ODD.findall(text))

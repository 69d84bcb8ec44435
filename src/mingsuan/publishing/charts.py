"""Charts as SVG: bars with their names and numbers, told apart by pattern and word as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mingsuan.publishing.publication import Picture
from mingsuan.publishing.widths import ems
from mingsuan.values import dataclass

_WIDTH, _NAMES, _END = 470.0, 150.0, 92.0
"""Points of the whole, of the names at the left, of the words at the right."""
_ROW, _BAR, _SIZE = 22.0, 12.0, 9.0
_FONTS = "Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
COLOURS = {"good": "#2E7D5B", "middle": "#C98A1B", "bad": "#B5373D", "none": "#8A94A6"}
"""Dark enough to be read on white, and apart in lightness too."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        share: of the full length, 0 to 1.
        says: the word and number behind it.
        colour: a key of `COLOURS`.
    """

    name: str
    share: float
    says: str
    colour: str = "none"


def bars(title: str, given: Sequence[Bar]) -> Picture:
    """A chart of horizontal bars; the table beside it has the same numbers."""
    height = _ROW * len(given) + 30
    full = _WIDTH - _NAMES - _END
    alt = f"{title}：" + "；".join(f"{bar.name}{bar.says}" for bar in given)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" width="{_WIDTH:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(alt)}" font-family="{_FONTS}" font-size="{_SIZE:g}">',
        f'<rect width="{_WIDTH:g}" height="{height:g}" fill="#ffffff"/>',
        f'<text x="0" y="13" font-size="11" fill="#1F2933">{escape(title)}</text>',
    ]
    for number, bar in enumerate(given):
        top = 24 + _ROW * number
        long = max(0.0, min(1.0, bar.share)) * full
        lines += [
            f'<text x="{_NAMES - 6:g}" y="{top + 10:g}" text-anchor="end" fill="#1F2933">{escape(_fitted(bar.name))}</text>',
            f'<rect x="{_NAMES:g}" y="{top:g}" width="{full:g}" height="{_BAR:g}" fill="#EEF1F5"/>',
            f'<rect x="{_NAMES:g}" y="{top:g}" width="{long:.1f}" height="{_BAR:g}" fill="{COLOURS[bar.colour]}"/>',
            f'<text x="{_NAMES + full + 6:g}" y="{top + 10:g}" fill="#1F2933">{escape(bar.says)}</text>',
        ]
    return Picture("".join([*lines, "</svg>"]), alt, _WIDTH, height)


def _fitted(name: str) -> str:
    """A name as long as its place allows."""
    most = (_NAMES - 10) / _SIZE
    if ems(name) <= most:
        return name
    while ems(name) > most - 1:
        name = name[:-1]
    return f"{name}…"

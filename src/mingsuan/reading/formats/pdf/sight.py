"""Which characters of a page a reader sees: not what is off the page, clipped away, drawn without ink, or a slanting watermark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import atan2, degrees

from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.clipping import window
from mingsuan.reading.formats.pdf.geometry import Box, Matrix
from mingsuan.reading.formats.pdf.glyphs import Glyphs, spot
from mingsuan.reading.formats.pdf.opening import Page
from mingsuan.values import dataclass

_SKEW = 3.0
"""Degrees by which text may lean off an axis; a watermark leans more."""
_QUARTER = 90.0
_INKLESS = (native.INVISIBLE, native.CLIP_ONLY)


@dataclass(frozen=True)
class Sight:
    """What of a page's characters is seen.

    Attributes:
        page: the open page.
        text: its open text.
        glyphs: the characters.
        within: where text objects of form XObjects stand; the others stand on the page itself.
    """

    page: Page
    text: int
    glyphs: Glyphs
    within: Mapping[int, Matrix]

    def seen(self, start: int, end: int) -> Sequence[int]:
        """The characters of a stretch that are seen; text objects of one stretch are drawn alike, so the first speaks for all it shows."""
        if not self._is_drawn(start):
            return ()
        whole = range(start, end)
        owners = self.glyphs.owners
        opening = self._window(owners[start])
        if self._holds(opening, start) and self._holds(opening, end - 1):
            return whole
        openings = {owner: self._window(owner, exactly=True) for owner in {owners[i] for i in whole}}
        return [i for i in whole if self._holds(openings[owners[i]], i)]

    def _window(self, owner: int, *, exactly: bool = False) -> Box:
        return window(owner, self.within.get(owner, self.page.view), exactly=exactly).meets(self.page.box)

    def _holds(self, box: Box, index: int) -> bool:
        glyphs = self.glyphs
        u, v = (glyphs.starts[index] + glyphs.ends[index]) / 2, (glyphs.tops[index] + glyphs.bottoms[index]) / 2
        return box.holds(*spot(u, v, glyphs.turns[index]))

    def _is_drawn(self, index: int) -> bool:
        if native.render_mode(self.glyphs.owners[index]) in _INKLESS:
            return False
        if not native.character_matrix(self.text, self.glyphs.indices[index], native.FLOAT[0]):
            return True
        lean = degrees(atan2(native.FLOATS[1], native.FLOATS[0])) % _QUARTER
        return min(lean, _QUARTER - lean) <= _SKEW

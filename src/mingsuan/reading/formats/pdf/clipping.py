"""Which part of a drawn object its clip path leaves to be seen."""

from __future__ import annotations

from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.geometry import EVERYWHERE, Box, Matrix

_RECTANGLE = (4, 5)
"""Segments of a rectangle, closed by a line or not."""
_MOST_POINTS = 60
"""Points of a clip path that is looked at; a longer one is taken to hide nothing."""
_MOST_PATHS = 20
"""Clip paths of one object that are looked at."""
_point, _segment = native.segment_point, native.clip_segment
_FLOATS, _X, _Y = native.FLOATS, native.FLOAT[0], native.FLOAT[1]


def window(handle: int, place: Matrix, *, exactly: bool = False) -> Box:
    """The box through which an object is seen; `place` leads from its coordinates to the page as it is shown.

    Clip paths are taken for boxes, as those of tables and text are. Asking pdfium for a point is what costs: unless `exactly`, a path of
    as many points as a rectangle is taken for one that two opposite corners tell, which may be too small if it is none.
    """
    clip = native.clip_path(handle)
    paths = native.clip_count(clip) if clip else 0
    if paths <= 0:
        return EVERYWHERE
    left, low, right, high = EVERYWHERE
    for path in range(min(paths, _MOST_PATHS)):
        count = native.clip_segment_count(clip, path)
        if not 0 < count <= _MOST_POINTS:
            continue
        x0, y0, x1, y1 = _extent(clip, path, count) if exactly or count not in _RECTANGLE else _diagonal(clip, path)
        left, right = x0 if x0 > left else left, x1 if x1 < right else right
        low, high = y0 if y0 > low else low, y1 if y1 < high else high
    if left == EVERYWHERE.left:
        return EVERYWHERE
    return place.box(left, low, right if right > left else left, high if high > low else low)


def _diagonal(clip: int, path: int) -> tuple[float, float, float, float]:
    """Two opposite corners of a rectangle, in order."""
    _point(_segment(clip, path, 0), _X, _Y)
    x0, y0 = _FLOATS[0], _FLOATS[1]
    _point(_segment(clip, path, 2), _X, _Y)
    x1, y1 = _FLOATS[0], _FLOATS[1]
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


def _extent(clip: int, path: int, count: int) -> tuple[float, float, float, float]:
    """The extent of all points of a path."""
    xs, ys = [], []
    for index in range(count):
        _point(_segment(clip, path, index), _X, _Y)
        xs.append(_FLOATS[0])
        ys.append(_FLOATS[1])
    return min(xs), min(ys), max(xs), max(ys)

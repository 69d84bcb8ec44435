"""What is drawn on a page beside text: pieces of rules, and how much of it is covered with images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import zip_longest
from typing import NamedTuple

from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.clipping import window
from mingsuan.reading.formats.pdf.geometry import EVERYWHERE, IDENTITY, Box, Matrix, around
from mingsuan.reading.formats.pdf.limits import MAX_DEPTH, MAX_OBJECTS, MAX_SEGMENTS
from mingsuan.reading.formats.pdf.opening import Page
from mingsuan.values import dataclass

THIN = 3.0
"""Points that a rule is thick at most …"""
BAND = 6.0
"""… or, where it is `SLENDER` times as long as thick, this."""
SLENDER = 15.0
STRAIGHT = 0.5
"""Points by which a level line may rise."""
_LIGHT = 250
"""Darkest part of a colour that is white to the eye."""
_FAINT = 13
"""Opacity of 255 below which nothing is seen."""


class Piece(NamedTuple):
    """A straight piece of a rule.

    Attributes:
        at: y of a level piece, x of an upright one.
        start: where it begins on the other axis.
        end: where it ends.
        thickness: its thickness.
        seams: where pieces met that were joined to it: cells that draw their own borders leave them at column boundaries.
    """

    at: float
    start: float
    end: float
    thickness: float
    seams: tuple[float, ...] = ()


@dataclass
class Drawing:
    """What a page shows beside text, while it is collected.

    Attributes:
        level: pieces from left to right.
        upright: pieces from top to bottom.
        images: boxes of the images.
        within: where text objects of form XObjects stand, by their handles; the others stand on the page itself.
        paths: number of paths that are seen.
        objects: number of objects.
        segments: number of path segments that were looked at.
        whole: nothing was left out because of the bounds.
    """

    level: list[Piece] = field(default_factory=list)
    upright: list[Piece] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    within: dict[int, Matrix] = field(default_factory=dict)
    paths: int = 0
    objects: int = 0
    segments: int = 0
    whole: bool = True


def drawing(page: Page) -> Drawing:
    """Collect what a page draws, also through form XObjects."""
    found = Drawing()
    count = native.object_count(page.handle)
    get = native.page_object
    for index in range(_within_bounds(found, count)):
        handle = get(page.handle, index)
        kind = native.object_type(handle)
        if kind != native.TEXT:
            _collect(found, handle, kind, page.view, 0)
    found.level = [piece for piece in found.level if _on_page(piece, page.width, page.height)]
    found.upright = [piece for piece in found.upright if _on_page(piece, page.height, page.width)]
    return found


def _on_page(piece: Piece, along: float, across: float) -> bool:
    return -THIN <= piece.at <= across + THIN and piece.end >= 0 and piece.start <= along


def _within_bounds(found: Drawing, count: int) -> int:
    allowed = min(max(count, 0), MAX_OBJECTS - found.objects)
    found.objects += allowed
    found.whole = found.whole and allowed >= count
    return allowed


def _collect(found: Drawing, handle: int, kind: int, place: Matrix, depth: int) -> None:
    if kind == native.PATH:
        _add_path(found, handle, place)
    elif kind == native.IMAGE:
        found.images.append(_bounds(handle, place).meets(window(handle, place)))
    elif kind == native.FORM:
        _add_form(found, handle, place, depth + 1)


def _add_form(found: Drawing, form: int, outer: Matrix, depth: int) -> None:
    if depth > MAX_DEPTH:
        found.whole = False
        return
    place = _matrix(form).then(outer)
    for index in range(_within_bounds(found, native.form_object_count(form))):
        handle = native.form_object(form, index)
        kind = native.object_type(handle)
        if kind == native.TEXT:
            found.within[handle] = place
        else:
            _collect(found, handle, kind, place, depth)


def _matrix(handle: int) -> Matrix:
    return Matrix(*native.FLOATS) if native.object_matrix(handle, native.FLOAT[0]) else IDENTITY


def _bounds(handle: int, place: Matrix) -> Box:
    at = native.FLOAT
    if not native.object_bounds(handle, at[0], at[1], at[2], at[3]):
        return Box(0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = native.FLOATS[:4]
    return place.box(left, bottom, right, top)


def _add_path(found: Drawing, handle: int, place: Matrix) -> None:
    fills, strokes = _painted(handle)
    if not fills and not strokes:
        return
    found.paths += 1
    seen = window(handle, place)
    box = _bounds(handle, place)
    if seen is not EVERYWHERE:
        box = box.meets(seen)
    if is_thin(box):
        _add_box(found, box, seen)
        return
    strands = list(_strands(found, handle, _matrix(handle).then(place)))
    if strokes:
        for strand in strands:
            _add_strokes(found, strand, seen)
    else:
        _add_fills(found, [around(strand.points) for strand in strands if not strand.curved], seen)


def _painted(handle: int) -> tuple[bool, bool]:
    """Whether a path's inside and its outline are seen."""
    native.draw_mode(handle, *native.INTEGER)
    fills, strokes = native.INTEGERS
    return fills != 0 and _shows(native.fill_colour, handle), strokes != 0 and _shows(native.stroke_colour, handle)


def _shows(colour: native.Function, handle: int) -> bool:
    """Whether a colour is neither white nor transparent; a pattern has no colour and is seen."""
    if not colour(handle, *native.UNSIGNED_AT):
        return True
    red, green, blue, opacity = native.UNSIGNED
    return opacity >= _FAINT and (red < _LIGHT or green < _LIGHT or blue < _LIGHT)


def is_thin(box: Box) -> bool:
    """Whether a filled box is a rule and not an area."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if width <= THIN or height <= THIN:
        return True
    short, long = (width, height) if width < height else (height, width)
    return short <= BAND and long >= SLENDER * short


def _add_box(found: Drawing, box: Box, seen: Box) -> None:
    """Add a thin box as a piece; a dot belongs to rules of both directions, since it sits where they cross."""
    if seen is not EVERYWHERE:
        box = box.meets(seen)
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if width >= height or width <= THIN:
        found.level.append(Piece((top + bottom) / 2, left, right, height))
    if height > width or height <= THIN >= width:
        found.upright.append(Piece((left + right) / 2, top, bottom, width))


class _Strand(NamedTuple):
    """A connected strand of a path: its points, whether it is closed, whether it holds curves."""

    points: list[tuple[float, float]]
    closed: bool
    curved: bool


def _strands(found: Drawing, handle: int, place: Matrix) -> Iterator[_Strand]:
    """The connected strands of a path."""
    count = native.segment_count(handle)
    allowed = min(count, MAX_SEGMENTS - found.segments)
    found.segments += allowed
    found.whole = found.whole and allowed >= count
    points: list[tuple[float, float]] = []
    closed = curved = False
    for index in range(allowed):
        segment = native.path_segment(handle, index)
        kind = native.segment_type(segment)
        if kind == native.MOVE_TO and points:
            yield _Strand(points, closed, curved)
            points, closed, curved = [], False, False
        curved = curved or kind not in (native.MOVE_TO, native.LINE_TO)
        native.segment_point(segment, native.FLOAT[0], native.FLOAT[1])
        points.append(place.point(native.FLOATS[0], native.FLOATS[1]))
        closed = closed or bool(native.segment_closes(segment))
    if points:
        yield _Strand(points, closed, curved)


def _add_fills(found: Drawing, boxes: Sequence[Box], seen: Box) -> None:
    """Thin boxes are rules, and so are the four sides of a thin frame: a box and the box left out of it."""
    for box, following in zip_longest(boxes, boxes[1:]):
        if is_thin(box):
            _add_box(found, box, seen)
        elif following is not None:
            for side in _sides(box, following):
                _add_box(found, side, seen)


def _sides(outer: Box, inner: Box) -> list[Box]:
    """The sides of a frame, none where it is thick or no frame; either box may be drawn first."""
    if inner.width > outer.width:
        outer, inner = inner, outer
    margins = (inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom)
    if min(margins) < -STRAIGHT or max(margins) > THIN or max(margins) <= 0:
        return []
    sides = (
        Box(outer.left, outer.top, inner.left, outer.bottom),
        Box(outer.left, outer.top, outer.right, inner.top),
        Box(inner.right, outer.top, outer.right, outer.bottom),
        Box(outer.left, inner.bottom, outer.right, outer.bottom),
    )
    return [side for side, margin in zip(sides, margins, strict=True) if margin > 0]


def _add_strokes(found: Drawing, strand: _Strand, seen: Box) -> None:
    points = strand.points
    ends = [*points[1:], points[0]] if strand.closed else points[1:]
    for (x0, y0), (x1, y1) in zip(points, ends, strict=False):
        if abs(x1 - x0) <= STRAIGHT or abs(y1 - y0) <= STRAIGHT:
            left, right = (x0, x1) if x0 <= x1 else (x1, x0)
            _add_box(found, Box(left, y0, right, y1) if y0 <= y1 else Box(left, y1, right, y0), seen)

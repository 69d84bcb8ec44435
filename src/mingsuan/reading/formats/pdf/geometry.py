"""Boxes and matrices: points on the page as it is shown, from its top left corner, y downwards."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points, `left <= right` and `top <= bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its horizontal extent."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its vertical extent."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it or on its edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: Box) -> Box:
        """What both cover; empty boxes have no extent where they do not meet."""
        left, top, right, bottom = self
        x0, y0, x1, y1 = other
        left, top = left if left > x0 else x0, top if top > y0 else y0
        right, bottom = right if right < x1 else x1, bottom if bottom < y1 else y1
        return Box(left, top, right if right > left else left, bottom if bottom > top else top)

    def joins(self, other: Box) -> Box:
        """The least box around both."""
        return Box(min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom))


EVERYWHERE = Box(float("-inf"), float("-inf"), float("inf"), float("inf"))


class Matrix(NamedTuple):
    """An affine map as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: Matrix) -> Matrix:
        """The map that does this one first and `outer` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The least box around where a rectangle goes, given by two opposite corners."""
        if self.b == 0 and self.c == 0:
            left, right = self.a * x0 + self.e, self.a * x1 + self.e
            top, bottom = self.d * y0 + self.f, self.d * y1 + self.f
            if left > right:
                left, right = right, left
            return Box(left, top, right, bottom) if top <= bottom else Box(left, bottom, right, top)
        return around([self.point(x0, y0), self.point(x1, y0), self.point(x0, y1), self.point(x1, y1)])


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


def around(points: list[tuple[float, float]]) -> Box:
    """The least box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))

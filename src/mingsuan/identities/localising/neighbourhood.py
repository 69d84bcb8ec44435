"""Which figures may be wrong at all: those around violated identities, without those that satisfied ones hold fast."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

from mingsuan.identities.identity import Sort
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation
from mingsuan.values import dataclass

ACTIVE_AT_MOST = 300
"""Figures that one search may change; where more come into question, the component is said to be unlocalised."""


@dataclass(frozen=True)
class Neighbourhood:
    """A problem cut out of a document.

    Attributes:
        active: figures that may be changed.
        equations: every equation that one of them is a member of, and every violated one.
    """

    active: tuple[int, ...]
    equations: tuple[Equation, ...]


def neighbourhood(arithmetic: Arithmetic, failing: Sequence[Equation], ring: int) -> Neighbourhood | None:
    """The figures of violated equations and, per further ring, those of the equations around; None where that is too much.

    A figure that is the only one in question of a satisfied equation cannot be changed without breaking it, and so is not in
    question; that thins a ring of hundreds of figures to a handful.
    """
    reached = dict.fromkeys(n for e in failing for n in (*e.left, *e.right))
    for _ in range(ring):
        reached = dict.fromkeys((*reached, *_around(arithmetic, reached)))
    active = _loose(arithmetic, reached, {id(e) for e in failing})
    if not active or len(active) > ACTIVE_AT_MOST:
        return None
    kept = tuple(n for n in reached if n in active)
    equations = {id(e): e for e in (*failing, *arithmetic.touched(kept))}
    return Neighbourhood(kept, tuple(equations.values()))


def _around(arithmetic: Arithmetic, numbers: Collection[int]) -> list[int]:
    return [n for e in arithmetic.touched(numbers) if e.identity.sort is not Sort.CONTAINED for n in (*e.left, *e.right)]


def _loose(arithmetic: Arithmetic, reached: Collection[int], failing: Collection[int]) -> set[int]:
    """What is left of some figures when those that satisfied equations hold fast are taken out, again and again."""
    active = set(reached) - arithmetic.unreadable
    holding = [e for e in arithmetic.touched(active) if not e.contained and id(e) not in failing]
    inside = {id(e): sum(n in active for n in {*e.left, *e.right}) for e in holding}
    known = {id(e) for e in holding}
    waiting = deque(e for e in holding if inside[id(e)] == 1)
    while waiting:
        equation = waiting.popleft()
        fast = next((n for n in (*equation.left, *equation.right) if n in active), None)
        if fast is None or not active.isdisjoint(equation.lifts - {fast}):
            continue
        active.discard(fast)
        for other in arithmetic.of(fast):
            if id(other) in known:
                inside[id(other)] -= 1
                if inside[id(other)] == 1:
                    waiting.append(other)
    return active

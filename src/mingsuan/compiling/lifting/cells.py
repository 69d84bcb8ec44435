"""The cells that a ledger may have money in, seen from three sides: by function, by economic class and by project.

No table joins all axes. Each side keeps the axes that all share (use, unit, kind, class, fund, origin) and one of its own; where the
sides agree on what they share, a ledger with all axes can be joined from them (`lift_join`). So there are thousands of cells, not the
millions of the full product, and cells of which a blank or zero says that they are empty are never made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

from mingsuan.compiling.lifting.axes import SPENT, Choices, Option
from mingsuan.identities.bits import Bits
from mingsuan.values import dataclass

SHARED = ("use", "unit", "kind", "head", "fund", "origin", "post")
"""What cells of two sides must agree on; `head` is the three-digit department class."""
CELLS_AT_MOST = 200_000
"""Cells of one side; a disclosure with more has too few blanks to be lifted in bounded time."""


class TooManyCells(Exception):
    """A disclosure leaves too much open."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(f"可能有金额的组合超过{CELLS_AT_MOST}个，无法在有限时间内还原；请检查各表的空格和编码是否读取完整")


class Cell(NamedTuple):
    """A place where money may be.

    Attributes:
        shared: values of `SHARED`; "" where the side does not have the axis.
        own: codes of the side's own axes.
        mask: its region.
        cost: how unlikely it is.
    """

    shared: tuple[str, ...]
    own: tuple[str, ...]
    mask: int
    cost: int


@dataclass(frozen=True)
class Side:
    """The cells of one side.

    Attributes:
        name: function, pair or project.
        blocks: for each field of bits, the blocks that the side can tell apart.
    """

    name: str
    bits: Bits
    cells: tuple[Cell, ...]
    blocks: Mapping[int, tuple[int, ...]]
    _held: dict[tuple[int, int], int] = field(default_factory=dict, repr=False, compare=False)

    def tells(self, mask: int) -> bool:
        """Whether a region is a union of what the side can tell apart."""
        return all(not (b & mask) or not (b & ~mask) for own, blocks in self.blocks.items() if own & ~mask for b in blocks)

    def inside(self, mask: int) -> int:
        """Bit set of the cells that lie in a region."""
        found = (1 << len(self.cells)) - 1
        for own in self.bits.fields:
            if own & ~mask:
                found &= self._inside(own, mask & own)
        return found

    def _inside(self, own: int, part: int) -> int:
        key = (own, part)
        if key not in self._held:
            self._held[key] = sum(bits for block, bits in self._by_block[own].items() if not block & ~part)
        return self._held[key]

    @cached_property
    def _by_block(self) -> Mapping[int, Mapping[int, int]]:
        found: dict[int, dict[int, list[int]]] = {own: {} for own in self.bits.fields}
        for number, cell in enumerate(self.cells):
            for own in self.bits.fields:
                found[own].setdefault(cell.mask & own, []).append(number)
        return {own: {block: _bit_set(numbers, len(self.cells)) for block, numbers in blocks.items()} for own, blocks in found.items()}


def members(bits: int) -> Iterator[int]:
    """The numbers of a bit set, ascending."""
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield 8 * place + low.bit_length() - 1
            byte ^= low


def _bit_set(numbers: Sequence[int], size: int) -> int:
    found = bytearray(size // 8 + 1)
    for number in numbers:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


@dataclass
class Maker:
    """Makes the cells of a side, axis after axis, leaving out what is known to be empty.

    Attributes:
        empty: regions that hold nothing.
        whole: the region of all cells: of one year and measure.
        usual: no region tells 人员经费 from 公用经费, so that the class decides which it is.
    """

    bits: Bits
    choices: Choices
    empty: Sequence[int]
    whole: int
    usual: bool = False
    _own: dict[tuple[str, str], int] = field(default_factory=dict)

    def sides(self, *, classes: bool, projects: bool) -> tuple[Side, ...]:
        """The sides that the regions need: by function always, by class and by project where they are told apart."""
        made = [self._side("function", (self.choices.functions,), heads=classes, left=True)]
        if classes:
            made.append(self._side("pair", (self.choices.pairs,), heads=False, left=False))
        if projects:
            made.append(self._side("project", (self.choices.projects,), heads=False, left=False))
        return tuple(made)

    def _side(self, name: str, own: Sequence[Sequence[Option]], *, heads: bool, left: bool) -> Side:
        axes = {"function": ("function",), "pair": ("department", "government"), "project": ("project",)}[name]
        levels: list[Sequence[Option]] = [*own, self.choices.kinds]
        if name == "project":
            levels.pop()
        if heads:
            levels.append(self._heads)
        common = [self.choices.units, self.choices.funds, self.choices.origins, self.choices.posts]
        cells = list(self._walk([*levels, *common], {"use": SPENT}, axes))
        if left and self.choices.left:
            cells.extend(self._walk([self.choices.left, *common[:3]], {}, axes))
        return Side(name, self.bits, tuple(cells), self._blocks([*levels, *common], left))

    @cached_property
    def _heads(self) -> tuple[Option, ...]:
        return tuple(Option({"head": head}) for head in dict.fromkeys(p.codes.get("department", "")[:3] for p in self.choices.pairs))

    def _walk(self, levels: Sequence[Sequence[Option]], start: Mapping[str, str], own: Sequence[str]) -> Iterator[Cell]:
        mask = self._narrowed(self.whole, start)
        made = 0
        waiting: list[tuple[int, dict[str, str], int, int, list[int]]] = [(0, dict(start), mask, 0, self._still(self.empty, mask))]
        while waiting:
            level, codes, mask, cost, empty = waiting.pop()
            if level == len(levels):
                made += 1
                if made > CELLS_AT_MOST:
                    raise TooManyCells
                shared = tuple(codes.get(axis, "") for axis in SHARED)
                if "department" in codes:
                    shared = (*shared[:3], codes["department"][:3], *shared[4:])
                yield Cell(shared, tuple(codes.get(axis, "") for axis in own), mask, cost)
                continue
            for option in reversed(levels[level]):
                odd = _odd(codes, option)
                if (odd and self.usual) or self._contradicts(codes, option):
                    continue
                further = self._narrowed(mask, option.codes)
                left = empty if further == mask else self._still(empty, further)
                if not any(not further & ~e for e in left):
                    waiting.append((level + 1, {**codes, **option.codes}, further, cost + option.cost + odd, left))

    def _contradicts(self, codes: Mapping[str, str], option: Option) -> bool:
        """Whether an option says other codes than those chosen so far."""
        return any(codes.get(axis, code) != code for axis, code in option.codes.items()) or self._wrong_post(codes, option)

    def _wrong_post(self, codes: Mapping[str, str], option: Option) -> bool:
        """Where posts are told apart, basic spending has one and nothing else has."""
        basic = codes.get("kind") in ("人员经费", "公用经费") and len(self.choices.posts) > 1
        return "post" in option.codes and bool(option.codes["post"]) != basic

    def _still(self, empty: Sequence[int], mask: int) -> list[int]:
        """The empty regions that some part of a mask may lie in."""
        return [e for e in empty if not self.bits.disjoint(e, mask)]

    def _narrowed(self, mask: int, codes: Mapping[str, str]) -> int:
        for axis, code in codes.items():
            mask &= self._restricted(axis, code)
        return mask

    def _restricted(self, axis: str, code: str) -> int:
        """All bits of the other axes and the code's own atom; "" restricts nothing, as what has no code lies in no region of codes."""
        key = (axis, code)
        if key not in self._own:
            real = "department" if axis == "head" else axis
            node = self.bits.node(real, code) if code else 0
            if not node:
                self._own[key] = self.bits.full
            else:
                field_of = next(own for own in self.bits.fields if own & node)
                self._own[key] = self.bits.full & ~field_of | node
        return self._own[key]

    def _blocks(self, levels: Sequence[Sequence[Option]], left: bool) -> Mapping[int, tuple[int, ...]]:
        """What a side tells apart on each field; a field that it has no axis for is one block."""
        found: dict[int, dict[int, None]] = {own: {} for own in self.bits.fields}
        for options in levels:
            for option in options:
                for axis, code in option.codes.items():
                    mask = self._restricted(axis, code)
                    for own in self.bits.fields:
                        if own & ~mask:
                            found[own][mask & own] = None
        uses = [self.bits.node("use", u) for u in (SPENT, *(o.codes["use"] for o in self.choices.left if left))]
        for own in self.bits.fields:
            if any(u & own for u in uses):
                found[own] = dict.fromkeys(u for u in uses)
        return {own: tuple(blocks) or (self.whole & own,) for own, blocks in found.items()}


def _odd(codes: Mapping[str, str], option: Option) -> int:
    """How unusual a class is for a kind: 人员经费 of 301 and 303, 公用经费 of the others."""
    kind = option.codes.get("kind", codes.get("kind", ""))
    code = option.codes.get("head") or codes.get("department", "")[:3]
    if not code or not kind or ("head" not in option.codes and "kind" not in option.codes):
        return 0
    return 3 if (kind == "人员经费" and code not in ("301", "303")) or (kind == "公用经费" and code in ("301", "303")) else 0


__all__ = ["CELLS_AT_MOST", "SHARED", "Cell", "Maker", "Side", "TooManyCells", "members"]

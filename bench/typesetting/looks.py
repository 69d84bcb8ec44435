"""How a table is ruled: a look says of each side of each cell whether it is drawn, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bench.layouts import Box
from bench.typesetting.sources import Source


class Ink(Enum):
    """What a rule is drawn with."""

    THIN = "细线"
    THICK = "粗线"
    GREY = "灰线"
    DASHED = "虚线"
    DOTTED = "点线"
    DOUBLE = "双线"
    FILLED = "填充矩形"


@dataclass(frozen=True)
class Look:
    """How a table is ruled and set.

    Attributes:
        name: what it is called in the summary.
        rows, columns: rules between rows and between columns.
        sides: rules at the left and right.
        ends: rules above the first and below the last row.
        heading: a rule below the heading.
        groups: rules below headings that stand over several columns.
        ink: what the rules are drawn with.
        shaded: every other row has a grey ground.
        wraps: long text goes on on a further line, else its column is as wide as it is.
        overruns: long text runs over the side of its cell.
        form: the table is drawn by a form XObject that is scaled and shifted.
        turn: quarter turns clockwise by which the page is shown turned.
        lying: the table is set turned by a quarter on an upright page.
        least: F1 that reading it back must reach.
    """

    name: str
    rows: bool = True
    columns: bool = True
    sides: bool = True
    ends: bool = True
    heading: bool = True
    groups: bool = True
    ink: Ink = Ink.THIN
    shaded: bool = False
    wraps: bool = True
    overruns: bool = False
    form: bool = False
    turn: int = 0
    lying: bool = False
    least: float = 0.99

    @property
    def is_ruled(self) -> bool:
        """Whether rules show every cell; where not, a merged key is printed on its first line only, as such tables do."""
        return self.rows and self.columns


@dataclass(frozen=True)
class Sides:
    """Which sides of a cell are drawn."""

    left: bool
    top: bool
    right: bool
    bottom: bool


def sides(look: Look, source: Source, box: Box) -> Sides:
    """The sides of a cell that a look draws."""
    bottom, right = box.row + box.rows, box.column + box.columns
    return Sides(
        left=look.columns if box.column else look.sides,
        top=_level(look, source, box.row),
        right=look.columns if right < source.table.width else look.sides,
        bottom=_level(look, source, bottom) or (look.groups and bottom < source.heads and box.columns > 1 and box.text != ""),
    )


def _level(look: Look, source: Source, boundary: int) -> bool:
    """Whether a boundary between rows is drawn throughout."""
    if boundary in (0, source.table.height):
        return look.ends
    return look.heading if boundary == source.heads else look.rows


RULED = Look("全线")
_OPEN = {"rows": False, "columns": False, "sides": False, "groups": False, "least": 0.95}
LOOKS = (
    RULED,
    replace(RULED, name="粗线", ink=Ink.THICK),
    replace(RULED, name="灰线", ink=Ink.GREY),
    replace(RULED, name="虚线", ink=Ink.DASHED),
    replace(RULED, name="点线", ink=Ink.DOTTED),
    replace(RULED, name="双线", ink=Ink.DOUBLE),
    replace(RULED, name="填充矩形作线", ink=Ink.FILLED),
    replace(RULED, name="左右无边线", sides=False),
    replace(RULED, name="四边无边线", sides=False, ends=False),
    replace(RULED, name="隔行底纹", shaded=True),
    replace(RULED, name="文字越线", wraps=False, overruns=True),
    replace(RULED, name="表单对象", form=True),
    replace(RULED, name="页面旋转90°", turn=1),
    replace(RULED, name="页面旋转180°", turn=2),
    replace(RULED, name="页面旋转270°", turn=3),
    replace(RULED, name="文字旋转90°", lying=True),
    replace(RULED, name="横卧的表单对象", lying=True, form=True, turn=1),
    replace(RULED, name="只有行线", columns=False, sides=False, least=0.95),
    replace(RULED, name="只有列线", rows=False, least=0.95),
    replace(RULED, name="无内线", rows=False, columns=False, groups=False, least=0.95),
    replace(RULED, name="只有外框", rows=False, columns=False, heading=False, groups=False, least=0.95),
    Look("三线表", **_OPEN),  # type: ignore[arg-type]
    replace(RULED, name="三线表（有组线）", rows=False, columns=False, sides=False, least=0.95),
    Look("三线表（虚线）", ink=Ink.DASHED, **_OPEN),  # type: ignore[arg-type]
    Look("三线表（不折行）", wraps=False, **_OPEN),  # type: ignore[arg-type]
    replace(
        RULED, name="只有底纹", rows=False, columns=False, sides=False, ends=False, heading=False, groups=False, shaded=True, least=0.95
    ),
    replace(RULED, name="无线", rows=False, columns=False, sides=False, ends=False, heading=False, groups=False, least=0.95),
)

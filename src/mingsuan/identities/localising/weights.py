"""How likely an edit is: by the kind of slip that it undoes, and by the role of the figure that it changes.

Costs decide between repairs: the kind first (a known slip is cheaper than an arbitrary number; two known slips are a little cheaper too,
since of all numbers few are made by a slip), the role only among repairs of equal kinds, where it orders and excludes nothing.
"""

from __future__ import annotations

KIND = 100
"""What one unit of a kind's cost weighs against all roles together."""
SIGN, UNSAID, SLIP, ARBITRARY, FILLED, NEGATIVE = 5 * KIND, 9 * KIND, 10 * KIND, 21 * KIND, 18 * KIND, 27 * KIND
"""The only minus of a table; a known slip in a zero of a table that prints zeros (no other number stands there as often); a known slip;
an arbitrary wrong number; an amount where nothing is printed; an arbitrary number that would have to be negative where none is printed so:
likelier two slips met."""
WHOLE = 25 * KIND
"""A slip of a whole column, of rows or of a table: less than three slips of cells, more than two."""
ROWS = 15 * KIND
"""Two neighbouring rows in each other's place: less than an arbitrary number, for few exchanges make what fails hold exactly."""
RARE = 2 * KIND
"""What one step of `edits.RARITY` weighs between values that fit: a slip that may have made any of many numbers fits by chance."""
UNUSUAL = 4 * KIND
"""What an amount weighs that stands where custom has none."""
AS_LIKELY = KIND
"""By how much one repair may surprise more than another and still be told beside it."""
OFF_AT_MOST = 15 * KIND
"""What one relation weighs at most by what it leaves over: one that fails says no more, however far it is off."""
ROUGH = 4 * SLIP
"""What slips of cells that meet cost at most while slips of many cells are looked for: dearer ones would be one of these."""


def of_role(*, total: bool, claim: bool, confirmations: int) -> int:
    """What changing a figure costs by its role: totals are computed, and what other relations confirm is rarely wrong. Below `KIND` / 10.

    A claim of the narrative is retyped from a table, and so is wrong more often than the table.
    """
    return min(confirmations, 5) + (3 if total else 0) - (1 if claim else 0) + 1

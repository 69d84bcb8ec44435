"""A table of four classes by two kinds, in which slips meet in the same sums."""

from __future__ import annotations

from mingsuan.dialects.dialect import Dialect
from mingsuan.identities import Derivation, Sort
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation
from mingsuan.identities.localising.proposals import Proposer
from tests.identities.pocket import derived, printed

CLASSES = ("2050101", "2080505", "2210201", "2130104")
AMOUNTS = {"2050101": (500.20, 200.05), "2080505": (115.10, 97.10), "2210201": (61.37, 30.02), "2130104": (18.33, 7.94)}


def spending(city: Dialect, **changes: str) -> Derivation:
    """A table of four classes by two kinds; a change is called by column and class: b2050101 is its 基本."""
    rows = {c: [f"{sum(AMOUNTS[c]):.2f}", f"{AMOUNTS[c][0]:.2f}", f"{AMOUNTS[c][1]:.2f}"] for c in CLASSES}
    sums = [sum(float(rows[c][n]) for c in CLASSES) for n in range(3)]
    cells = {f"{letter}{c}": rows[c][n] for c in CLASSES for n, letter in enumerate("tbp")}
    cells |= {f"{letter}0": f"{sums[n]:.2f}" for n, letter in enumerate("tbp")}
    cells |= changes
    lines = [f" | 合计 | {cells['t0']} | {cells['b0']} | {cells['p0']}"]
    lines += [f"f{c} | {c} | {cells[f't{c}']} | {cells[f'b{c}']} | {cells[f'p{c}']}" for c in CLASSES]
    return derived(city, printed(city, "spending", "\n".join(["键 | 编码 | 合计 | 基本 | 项目", *lines])))


def around(derivation: Derivation) -> tuple[Proposer, list[Equation]]:
    hard = [i for i in derivation.identities if i.sort is not Sort.CONVENTION]
    arithmetic = Arithmetic(derivation.meaning.figures, hard)
    return Proposer(derivation.meaning, arithmetic), [e for e in arithmetic.equations if arithmetic.fails(e)]

"""The algebra: trees of codes, regions on them, lines and ledgers."""

from mingsuan.ledger.lines import AXES, Ledger, Line
from mingsuan.ledger.regions import WHOLE, Box, Region
from mingsuan.ledger.trees import ROOT, Axes, NamedTree, PrefixTree, Selection, Tree, UnknownNode

__all__ = [
    "AXES",
    "ROOT",
    "WHOLE",
    "Axes",
    "Box",
    "Ledger",
    "Line",
    "NamedTree",
    "PrefixTree",
    "Region",
    "Selection",
    "Tree",
    "UnknownNode",
]

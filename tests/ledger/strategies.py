"""Small random trees, selections, boxes and lines, and what they mean leaf by leaf."""

from decimal import Decimal

from hypothesis import strategies as st

from mingsuan.ledger import Axes, Box, Line, NamedTree, PrefixTree, Selection, Tree
from mingsuan.ledger.trees import ROOT, select

FUNCTIONS = ("201", "20103", "2010301", "2010302", "20104", "2010401", "208", "20805", "2080505")
"""Codes of lines and of marks; 2010399 and 210 occur in lines only, so that "the rest" is never empty."""
UNITS = ("003", "003001", "003002", "003002001", "004")

KIND = NamedTree(
    "kind",
    {"基本": ROOT, "人员": "基本", "公用": "基本", "项目": ROOT, "运转": "项目", "特定": "项目"},
    {"基本支出": "基本"},
)
FUND = NamedTree("fund", {"政府": ROOT, "一般": "政府", "拨款": "一般", "收费": "一般", "基金": "政府", "单位": ROOT}, {})
USE = NamedTree("use", {"支出": ROOT, "结转": ROOT}, {})
AXES = Axes(
    {
        "function": PrefixTree("function", (3, 5)),
        "unit": PrefixTree("unit", (3, 6, 9)),
        "kind": KIND,
        "fund": FUND,
        "use": USE,
    }
)
NODES = {
    "function": FUNCTIONS,
    "unit": UNITS,
    "kind": tuple(KIND.parents),
    "fund": tuple(FUND.parents),
    "use": tuple(USE.parents),
}


def selections(axis: str) -> st.SearchStrategy[Selection]:
    """Any set of leaves that marks on the axis' nodes describe."""
    tree: Tree = AXES[axis]
    return st.dictionaries(st.sampled_from((ROOT, *NODES[axis])), st.booleans(), max_size=5).map(lambda marks: select(tree, marks))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """A box on up to three axes, with what its axes imply written out: a kind or function is one of spending, never of carry-out."""
    axes = draw(st.lists(st.sampled_from(sorted(NODES)), max_size=3, unique=True))
    if {"function", "kind"} & set(axes) and "use" in axes:
        axes.remove("use")
    return Box.of({axis: draw(selections(axis)) for axis in axes}).completed()


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A spending line, or money carried out, which has no function and no kind."""
    amount = Decimal(draw(st.integers(1, 999)))
    unit = draw(st.sampled_from((*UNITS, "005")))
    fund = draw(st.sampled_from(FUND.leaves()))
    if draw(st.booleans()):
        return Line(amount, unit, fund, use="结转")
    function = draw(st.sampled_from((*FUNCTIONS, "2010399", "210")))
    return Line(amount, unit, fund, function=function, kind=draw(st.sampled_from(KIND.leaves())))


def lies_in(line: Line, box: Box) -> bool:
    """Whether a line lies in a box, axis by axis and mark by mark."""
    return all(selection.covers(AXES[axis], str(getattr(line, axis))) for axis, selection in box.sides)

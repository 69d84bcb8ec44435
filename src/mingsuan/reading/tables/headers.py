"""Header rows → which headings of a form are printed, in which words.

A header may have up to four rows whose lower ones are shifted because merged cells vanished, groups that slipped by one,
names that are cut off or blank. A row's labels keep their order though, so each row is aligned with the form's headings
as a sequence; where a label stands is only a hint.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from mingsuan.dialects.names import bare, is_of_which
from mingsuan.model import CellKind
from mingsuan.reading.tables.headings import Heading, Label, group_of, last_word
from mingsuan.reading.tables.lexicon import Lexicon, Node

MAX_ROWS = 5
"""Header rows of the deepest official form (4) and one for the title."""

_UNDER = 0.3
"""How much speaks for a heading that the form has under the one that is printed over the label."""
_STRAY = 0.3
"""How much speaks against a column that only some tables have under a heading that is not printed over the label."""
_DEPTH, _FAR = 0.15, 0.3
"""How much speaks for a heading of the label's own row, and against one far from its column."""
_PART = 0.4
"""How much speaks against a heading that is no 其中 where the label is one."""
_ALONE = 0.25
"""How much speaks against the heading of a column where other labels stand below."""
_SUBTOTALS = frozenset({"小计", "合计"})


def decode(lexicon: Lexicon, rows: Sequence[Sequence[Label]]) -> Heading:
    """Align the labels of header rows with a form's headings."""
    printed: dict[str, Label] = {}
    unknown: list[Label] = []
    repeated: list[Label] = []
    placed = _is_placed(rows)
    agreement, left = _printed(lexicon, rows, printed, placed=placed)
    labels = len(printed)
    strays: set[str] = set()
    for label, over in left:
        known = lexicon.find(label.text, label.relative)
        free = [(n, s) for n, s in known if n.path not in printed and s == 1.0]
        if len(free) == 1:
            printed[free[0][0].path] = label
            labels, agreement = labels + 1, agreement + 0.8
            strays.add(free[0][0].path)
        elif not known:
            labels += 1
            unknown.append(label)
        elif _is_said_again(lexicon, label, over, printed):
            repeated.append(label)
        else:
            unknown.append(label)
    whole = with_lone_groups(lexicon, _with_groups(lexicon, printed))
    return Heading(lexicon, whole, tuple(unknown), labels, agreement, len(rows), frozenset(strays), placed, tuple(repeated))


def _is_said_again(lexicon: Lexicon, label: Label, over: str, printed: Mapping[str, Label]) -> bool:
    """Whether a label left over is a heading that the header has elsewhere in the same words, not the part of another column."""
    nodes = [n for n, _ in lexicon.find(label.text, label.relative)]
    if over in lexicon.by_path and lexicon.by_path[over].leaf and all(n.leaf for n in nodes):
        return False
    return any(bare(printed[n.path].text) == bare(label.text) for n in nodes if n.path in printed)


def _printed(
    lexicon: Lexicon, rows: Sequence[Sequence[Label]], printed: dict[str, Label], *, placed: bool
) -> tuple[float, list[tuple[Label, str]]]:
    """Align row by row, which fills `printed`: the sum of the agreements, and labels left over with what stands above them."""
    agreement = 0.0
    left: list[tuple[Label, str]] = []
    above: dict[int, str] = {}
    for number, row in enumerate(rows):
        below = rows[number + 1] if placed and number + 1 < len(rows) else ()
        row = [label for label in row if not (placed and _is_subtotal(lexicon, label, above))]
        matched = _align(lexicon, row, above, _over(row, below), printed)
        for label in row:
            if label.column not in matched:
                left.append((label, _nearest(above, label)))
            elif matched[label.column][0].path not in printed:
                node, score = matched[label.column]
                agreement += score
                printed[node.path] = label
        above = _above(above, row, matched, placed=placed)
    return agreement, left


def _is_subtotal(lexicon: Lexicon, label: Label, above: Mapping[int, str]) -> bool:
    """Whether a label is the subtotal of the column right above it, which the form does not divide: it prints that column."""
    over = lexicon.by_path.get(above.get(label.column, ""))
    return over is not None and over.leaf and bare(label.text) in _SUBTOTALS


def _is_placed(rows: Sequence[Sequence[Label]]) -> bool:
    """Whether the labels of a header stand over their columns: of several rows, one leaves room for what a merged cell covers."""
    return len(rows) < 2 or any(row and row[-1].column - row[0].column >= len(row) for row in rows)


def _with_groups(lexicon: Lexicon, printed: Mapping[str, Label]) -> dict[str, Label]:
    """The labels with those of totals that bear the name of their group given to the group where a part's label stands left of them.

    A total stands before its parts; where it does not, the row below was pushed together and the label heads the parts.
    """
    found = dict(printed)
    for path, label in printed.items():
        node, above = lexicon.by_path[path], lexicon.by_path.get(group_of(path))
        if not node.leaf or lexicon.leaves[node.first].kind is not CellKind.AMOUNT:
            continue
        if above is None or bare(label.text) not in above.names:
            continue
        parts = (other for p, other in printed.items() if p != path and p.startswith(f"{above.path}/") and other.row > label.row)
        if any(part.column < label.column for part in parts):
            found.setdefault(above.path, found.pop(path))
    return found


def with_lone_groups(lexicon: Lexicon, printed: Mapping[str, Label]) -> dict[str, Label]:
    """The labels with those of groups that print no column of their own given to the one column that bears their name."""
    found = dict(printed)
    for node in lexicon.nodes:
        label = printed.get(node.path)
        if node.leaf or label is None or any(path.startswith(f"{node.path}/") for path in printed):
            continue
        known = lexicon.find(label.text, label.relative)
        bearers = [n for n, score in known if n.leaf and score == 1.0 and n.path.startswith(f"{node.path}/")]
        bearers = [n for n in bearers if is_of_which(label.text) == is_of_which(last_word(n.path))] or bearers
        if len(bearers) == 1:
            found[bearers[0].path] = label
    return found


def _above(above: Mapping[int, str], row: Sequence[Label], matched: Mapping[int, tuple[Node, float]], *, placed: bool) -> dict[int, str]:
    """Columns and paths of the headings over the next row: groups, and where labels stand over their columns, all others too."""
    groups = {column: node.path for column, (node, _) in matched.items() if not node.leaf}
    if not placed:
        return groups or dict(above)
    own = {label.column: matched[label.column][0].path if label.column in matched else label.text for label in row}
    return {**above, **own}


def _nearest(above: Mapping[int, str], label: Label) -> str:
    """The path of the heading that a label stands under, "" if there is none."""
    return next((above[column] for column in sorted(above, reverse=True) if column <= label.column), "")


def _over(row: Sequence[Label], below: Sequence[Label]) -> frozenset[int]:
    """The columns of those labels of a row that stand over others."""
    ends = [*(label.column for label in row[1:]), max((label.column for label in below), default=0) + 1]
    return frozenset(a.column for a, end in zip(row, ends, strict=True) if any(a.column <= b.column < end for b in below))


def _align(
    lexicon: Lexicon, labels: Sequence[Label], above: Mapping[int, str], over_others: Container[int], printed: Mapping[str, Label]
) -> dict[int, tuple[Node, float]]:
    """The best monotone match of one row's labels with headings, by the label's column.

    Args:
        lexicon: the form's headings.
        labels: of the row.
        above: columns and paths of the headings above the row.
        over_others: columns of the labels that stand over others.
        printed: headings that rows above print.
    """
    states: list[tuple[float, int, tuple[tuple[int, Node, float], ...]]] = [(0.0, -1, ())]
    for label in labels:
        fresh: dict[int, tuple[float, int, tuple[tuple[int, Node, float], ...]]] = {}
        over = _nearest(above, label)
        for node, score in lexicon.find(label.text, label.relative):
            if node.path in printed and printed[node.path].column != label.column:
                continue
            gain = score + _likely(lexicon, node, label, over, over_others)
            before = max((s for s in states if s[1] < node.first), key=lambda s: s[0], default=None)
            if before is not None:
                state = (before[0] + gain, node.last, (*before[2], (label.column, node, score)))
                if node.last not in fresh or fresh[node.last][0] < state[0]:
                    fresh[node.last] = state
        for state in fresh.values():
            states = [s for s in states if not (s[1] >= state[1] and s[0] <= state[0])]
            states.append(state)
    best = max(states, key=lambda s: s[0])
    return {column: (node, score) for column, node, score in best[2]}


def _likely(lexicon: Lexicon, node: Node, label: Label, over: str, over_others: Container[int]) -> float:
    """What the place of a label says for its being a heading besides its words."""
    gathered = _UNDER if over and node.path.startswith(f"{over}/") else 0.0
    of_which = is_of_which(label.text)
    same = of_which and is_of_which(last_word(node.path))
    stray = _STRAY if node.leaf and node.depth and not gathered and not same and lexicon.leaves[node.first].variant else 0.0
    alone = _ALONE if node.leaf and label.column in over_others else 0.0
    depth = _DEPTH if node.depth == label.row else 0.0
    part = _PART if of_which and not same else 0.0
    return gathered - stray - alone - part + depth - min(_FAR, 0.03 * abs(node.first - label.column))

"""The paths of columns in the words that a header prints, completed from the form where the print is cut off or blank."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.names import bare, plain
from mingsuan.patterns import regex
from mingsuan.reading.tables.headings import Heading, group_of

_STANDS_ALONE = regex(r"(?:收入|支出|拨款|预算|资金|费|费用|项目|情况|安排|合计|小计|名称|编码|代码|结余|数|类)\Z")


def paths(heading: Heading, leaves: Sequence[int]) -> dict[int, str]:
    """The column paths of some leaves in the words printed, completed from the form where the print is cut off or blank."""
    shared = _shared_labels(heading)
    full = {n: _path(heading, heading.lexicon.leaves[n].path, shared, frozenset()) for n in leaves}
    absent = _absent_levels(heading)
    short = {n: _path(heading, heading.lexicon.leaves[n].path, shared, absent) for n in leaves}
    return short if len(set(short.values())) == len(short) else full


def _path(heading: Heading, form_path: str, shared: frozenset[str], absent: frozenset[str]) -> str:
    words: list[str] = []
    parts = form_path.split("/")
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        if path in absent or path not in heading.lexicon.by_path:
            continue
        node = heading.lexicon.by_path[path]
        label = heading.printed.get(path)
        own = parts[depth - 1]
        words.append(own if label is None or path in shared else completed(label.text, own, node.names))
    return "/".join(words)


def _shared_labels(heading: Heading) -> frozenset[str]:
    """Leaves whose printed label could as well be that of a neighbour (one heading spans both): the form tells them apart."""
    found: set[str] = set()
    for path, label in heading.printed.items():
        known = heading.lexicon.find(label.text, label.relative)
        siblings = [n for n, s in known if n.leaf and s == 1.0 and group_of(n.path) == group_of(path)]
        if len(siblings) > 1:
            found.update(n.path for n in siblings)
    return frozenset(found)


def _absent_levels(heading: Heading) -> frozenset[str]:
    """Groups below the top of which a whole level under one parent is not printed: the found table lacks that level."""
    below: dict[str, list[str]] = {}
    for node in heading.lexicon.nodes:
        if not node.leaf and node.depth > 0:
            below.setdefault(group_of(node.path), []).append(node.path)
    return frozenset(p for groups in below.values() if not any(g in heading.printed for g in groups) for p in groups)


def completed(printed: str, own: str, names: Sequence[str]) -> str:
    """A heading's words as printed, or the form's where the print is cut off."""
    words = bare(printed)
    if words == bare(own) or words in names:
        return printed
    for name in (own, *names):
        whole = bare(name)
        if whole.startswith(words) and _is_cut(words, whole):
            return name
    return printed or plain(own)


def _is_cut(words: str, whole: str) -> bool:
    """Whether a name that begins a longer one was cut off rather than worded shorter."""
    unbalanced = words.count("(") != words.count(")") or words.count('"') % 2 == 1
    return unbalanced or (whole.startswith(words) and not _STANDS_ALONE.search(words))

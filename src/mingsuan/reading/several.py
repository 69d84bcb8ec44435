"""Several public texts in one file: where the second begins.

Two departments, two years or a department and its unit, bound together, contradict each other in every number without being wrong. They
are known by their tables: most kinds are printed again, in a second set, with other amounts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise, takewhile

from mingsuan.amounts import Amount
from mingsuan.model import OTHER_TEXT, Table, Unrecognised
from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Grid, Paragraph
from mingsuan.reading.narrative.facts import Cover, cover_of, disclosers
from mingsuan.reading.narrative.passages import is_body_name
from mingsuan.reading.narrative.sections import narrative
from mingsuan.reading.ordinals import Form, compact, ordinal

LEAST_TABLES = 3
"""Kinds of tables that must be printed again, and differ, before a file is taken for two texts."""
MOST = Fraction(3, 5)
"""Share of the kinds of the smaller set that must be printed again and differ."""
SAME, ALL = Fraction(1, 2), Fraction(1)
"""Share of the amounts of a table that stand in another as well if that is the same, printed once more: where no title names another text
between them, and where one does (a department's tables are much like those of its largest unit)."""
LONGEST_LINE = 60
"""Characters of the longest line of a title page, or over a table."""
MAX_LINES = 12
"""Lines of a title page before its list of contents, or over a table."""

_CONTENTS = frozenset({"目录", "目次"})


def several(document: Document, tables: Sequence[Table]) -> tuple[Document, Unrecognised] | None:
    """The first of several public texts, and what is left out of a document whose tables are `tables`; None where there is one only."""
    cuts = list(_covers(document.blocks)) or list(_cuts(document.blocks, tables))
    if not cuts:
        return None
    first = Document(document.name, document.blocks[: cuts[0]], document.problems)
    place = document.blocks[cuts[0]].place
    names = f"{_name(first.blocks)}、{_name(document.blocks[cuts[0] :])}{'等' if len(cuts) > 1 else ''}"
    count = "两" if len(cuts) == 1 else str(len(cuts) + 1)
    why = f"文件里有{count}份公开文本（{names}），只核对了第一份；其余从{place}开始，请分开核对"
    return first, Unrecognised(OTHER_TEXT, why, place)


def _name(blocks: Sequence[Block]) -> str:
    cover = _cover(blocks)
    return f"{cover.department or '未写名称'}{cover.year or ''}{'年' if cover.year else ''}"


def _cover(blocks: Sequence[Block]) -> Cover:
    alone = Document("", tuple(blocks))
    return cover_of(alone, narrative(alone))


def _covers(blocks: Sequence[Block]) -> Iterator[int]:
    """The numbers of the blocks that open a title page, with a list of contents or first part under it, between tables."""
    tables = [n for n, block in enumerate(blocks) if isinstance(block, Grid)]
    for last, following in pairwise(tables[LEAST_TABLES - 1 : 1 - LEAST_TABLES]):
        heads = (n for n in range(last + 1, following) if _restarts(blocks[n]))
        first = {head: _first_line(blocks, range(last + 1, head)) for head in heads}
        found = next((start for head, start in first.items() if _is_of_another(blocks[start:head], blocks[:start])), None)
        if found is not None:
            yield found


def _cuts(blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[int]:
    """The numbers of the blocks with which further texts begin."""
    while length := _first_set(tables):
        between = range(_number(blocks, tables[length - 1].place) + 1, _number(blocks, tables[length].place))
        cover = _cover(blocks[: between.start])
        named = any(_names_another(blocks[n], cover) for n in between)
        cut = _beginning(blocks, between, cover)
        if not cut or not _differ(tables[:length], tables[length:], ALL if named else SAME):
            return
        yield cut
        tables = tables[length:]


def _first_set(tables: Sequence[Table]) -> int:
    """How many tables make up the first set, 0 where there is no other: it ends where most kinds were printed once and will be again."""
    again = _printed_again(tables)
    if len(again) < LEAST_TABLES:
        return 0
    change = [0] * (len(tables) + 1)
    for first, second in again.values():
        change[first + 1] += 1
        change[second + 1] -= 1
    open_at = list(accumulate(change))
    return max(range(1, len(tables)), key=lambda n: (open_at[n], n))


def _differ(one: Sequence[Table], rest: Sequence[Table], same: Fraction) -> bool:
    """Whether most kinds of the smaller set are in the other as well, with other amounts."""
    first, second = ({t.kind: t for t in reversed(tables)} for tables in (one, rest))
    differing = sum(kind in second and not _alike(table, second[kind], same) for kind, table in first.items())
    return differing >= max(LEAST_TABLES, int(MOST * min(len(first), len(second))))


def _printed_again(tables: Sequence[Table]) -> Mapping[str, tuple[int, int]]:
    """Kind → the numbers of its first table and of the next one that does not stand right behind it."""
    first: dict[str, int] = {}
    again: dict[str, tuple[int, int]] = {}
    for number, table in enumerate(tables):
        if table.kind not in first:
            first[table.kind] = number
        elif table.kind not in again and tables[number - 1].kind != table.kind:
            again[table.kind] = (first[table.kind], number)
    return again


def _alike(one: Table, other: Table, same: Fraction) -> bool:
    """Whether two tables have a share of their amounts in common, be it in another unit, or either of them prints none."""
    few, many = sorted((_amounts(one), _amounts(other)), key=len)
    known = [a.yuan for a in many]
    return sum(_is_among(a, many, known) for a in few) >= same * len(few)


def _amounts(table: Table) -> list[Amount]:
    return sorted((c.amount for _, _, c in table.amounts() if c.amount and c.amount.yuan), key=lambda a: a.yuan)


def _is_among(amount: Amount, others: Sequence[Amount], known: Sequence[Decimal]) -> bool:
    at = bisect_left(known, amount.yuan)
    return any(abs(other.yuan - amount.yuan) <= max(other.half, amount.half) for other in others[max(0, at - 1) : at + 1])


def _beginning(blocks: Sequence[Block], between: range, cover: Cover) -> int:
    """The number of the block with which the next text begins, between the last table of a text and the first of the next one."""
    head = next((n for n in between if _restarts(blocks[n]) or _names_another(blocks[n], cover)), between.stop)
    return _first_line(blocks, range(between.start, head))


def _first_line(blocks: Sequence[Block], above: range) -> int:
    """The first line of the title page over a block: of its page or, where there are no pages, the first that names a discloser."""
    lines = sorted(takewhile(lambda n: _is_line(blocks[n]), reversed(above[-MAX_LINES:])))
    if not lines or blocks[lines[-1]].place.page is not None:
        return min(lines, default=above.stop)
    return next((n for n in lines if _names_body(blocks[n]) or list(_titles(blocks[n]))), above.stop)


def _names_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_body_name(compact(block.text))


def _number(blocks: Sequence[Block], place: Place) -> int:
    """The block that a place stands in."""
    around = [n for n, b in enumerate(blocks) if (b.place.file, b.place.sheet) == (place.file, place.sheet)]
    before = [n for n in around if _order(blocks[n].place) <= _order(place)]
    return before[-1] if before else around[0] if around else 0


def _order(place: Place) -> tuple[float, ...]:
    page, top, *rest = place.order
    return (page, round(top), *rest) if place.box else place.order


def _restarts(block: Block) -> bool:
    """Whether a block is the heading of a list of contents or a first part."""
    if not isinstance(block, Paragraph):
        return False
    part = ordinal(block.text)
    return (part is not None and part.form is Form.PART and part.number == 1) or compact(block.text) in _CONTENTS


def _is_of_another(page: Sequence[Block], before: Sequence[Block]) -> bool:
    """Whether a title page, whose words may be spread over lines, names another discloser or year than what stands before it."""
    lines = [*page, *_joined(page)]
    return any(map(list, map(_titles, lines))) and any(_names_another(line, _cover(before)) for line in lines)


def _joined(page: Sequence[Block]) -> Iterator[Paragraph]:
    if page:
        yield Paragraph("".join(block.text for block in page if isinstance(block, Paragraph)), page[0].place)


def _names_another(block: Block, cover: Cover) -> bool:
    """Whether a block is a title that names another discloser or year."""
    return any(_differs(year, name, cover) for year, name in _titles(block))


def _titles(block: Block) -> Iterable[tuple[int | None, str]]:
    """Whom and which years a block names that is a title."""
    return disclosers(block.text) if isinstance(block, Paragraph) and _is_line(block) and ordinal(block.text) is None else ()


def _differs(year: int | None, name: str, cover: Cover) -> bool:
    """Whether a year or body is another than the cover's, be it named without its region."""
    known = cover.department
    return (None not in (year, cover.year) and year != cover.year) or bool(name and known and not known.endswith(name))


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) <= LONGEST_LINE and not block.text.rstrip().endswith(("。", "；", "，"))

"""The large parts of a disclosure: title page, list of contents, narrative, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mingsuan.patterns import regex
from mingsuan.reading.document import Block, Document, Grid, Paragraph
from mingsuan.reading.narrative.passages import passages, reads_as_title
from mingsuan.reading.ordinals import Form, compact, ordinal, without_ordinal
from mingsuan.values import dataclass

MAX_LINE = 60
"""Characters of the longest title of a table or entry of a list of contents."""
_LEAST_TITLE = 4
"""Characters of the shortest title that tells a heading without ordinal."""
_AHEAD = 4
"""Blocks that may stand between a table's title and the line that proves it to be one (form number, year, name, unit)."""

_CONTENTS = {"目录", "目次"}
_ANNEX = regex(rf"附(?:件|表|录)[一二三四五六七八九十\d]{{0,3}}(?:[:：].{{0,{MAX_LINE}}}|.{{0,{MAX_LINE}}}表)?$")
_ANNEX_LABEL = regex(r"附(?:件|表|录)[一二三四五六七八九十\d]{0,3}[:：]?")
_TABLES_PART = regex(r"附|表(?:[（(][^）)]*[）)])?$")
_TABLE_TITLE = regex(r"表(?:[（(][^）)]*[）)])?$")
_UNDER_A_TITLE = regex(
    r"(?:金额)?单位[:：].{0,4}元"
    r"|(?:部门|单位|预算单位|编制单位|填报单位)(?:[（(]单位[）)])?名?称?[:：]"
    r"|[（(]?\d{4}[）)]?年度?[）)]?$"
)
_FORM_NUMBER = regex(r"(?:预算|公开|附表?)\d{1,2}表?$|表\d{1,2}$")
_RESUMES = regex(r"(?:说明|解释|职责|概况)$")
_RESUMES_UNNUMBERED = regex(r"情况说明$")
_DISCLOSER = regex(r"^(?:本?(?:部门|单位))(?=.{4})")
_LEADER = regex(r"[.．…·\s_-]*(?:[.．…·_-]{2,}|\t)[.．…·\s_-]*[（(]?\d{1,4}[）)]?$|[.．…·_-]{3,}$")
_SENTENCE = regex(r"[。；！？]")


@dataclass(frozen=True)
class Layout:
    """A document by its large parts.

    Attributes:
        cover: lines before the list of contents or, without one, before the first heading.
        contents: lines of the list of contents.
        narrative: paragraphs of the text, None where a table stands between them.
        annex: what stands in the parts that hold tables, titles and notes included.
    """

    cover: tuple[Paragraph, ...]
    contents: tuple[Paragraph, ...]
    narrative: tuple[Paragraph | None, ...]
    annex: tuple[Block, ...]


def layout(document: Document) -> Layout:
    """Tell title page, contents, narrative and tables apart, in each of the files that make the document."""
    parts = [_layout(list(blocks)) for _, blocks in groupby(document.blocks, key=lambda block: block.place.file)]
    if len(parts) == 1:
        return parts[0]
    narrative: list[Paragraph | None] = []
    for part in parts:
        narrative += [*([None] if narrative else []), *part.narrative]
    return Layout(
        tuple(line for part in parts for line in part.cover),
        tuple(line for part in parts for line in part.contents),
        tuple(narrative),
        tuple(block for part in parts for block in part.annex),
    )


def _layout(printed: Sequence[Block]) -> Layout:
    blocks = list(_with_contents_as_lines(printed))
    heading = next((n for n, block in enumerate(blocks) if isinstance(block, Paragraph) and compact(block.text) in _CONTENTS), None)
    if heading is None:
        start = _cover_end(blocks)
        cover, entries = blocks[:start], []
    else:
        start = _contents_end(blocks, heading + 1)
        cover, entries = blocks[:heading], blocks[heading + 1 : start]
    narrative, annex = _narrative_and_annex(blocks[start:])
    return Layout(tuple(_paragraphs(cover)), tuple(_paragraphs(entries)), narrative, annex)


def contents(document: Document) -> tuple[str, ...]:
    """The titles that the document's own lists of contents name, in order, without ordinals, dots and page numbers.

    A second list at the head of the tables that repeats titles adds nothing; where it is the only one, or names more, its titles count.
    """
    parts = layout(document)
    titles = [_entry_title(passage.text) for passage in passages(parts.contents)]
    titles += [_entry_title(line.text) for line in _annex_list(parts.annex)]
    return tuple(dict.fromkeys(title for title in titles if title))


def _with_contents_as_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with a list of contents whose page numbers stand behind a tab (so that it looks like a grid) as lines."""
    in_contents = False
    for block in blocks:
        if isinstance(block, Paragraph):
            in_contents = in_contents or compact(block.text) in _CONTENTS
        elif in_contents and all(_page_numbered([cell.text for cell in row]) for row in block.rows):
            yield from (Paragraph(row[0].text, row[0].place) for row in block.rows if row[0].text)
            continue
        else:
            in_contents = False
        yield block


def _page_numbered(cells: Sequence[str]) -> bool:
    rest = [text for text in cells[1:] if text]
    return len(rest) <= 1 and all(text.isdecimal() for text in rest) and (ordinal(cells[0]) is not None or bool(rest))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    return (block for block in blocks if isinstance(block, Paragraph))


def _cover_end(blocks: Sequence[Block]) -> int:
    """Number of blocks before the first heading, sentence or table."""
    for position, block in enumerate(blocks):
        if isinstance(block, Grid) or (block.heading is not None and block.heading > 1):
            return position
        if ordinal(block.text) is not None or _SENTENCE.search(block.text) or len(block.text) > MAX_LINE or _opens_table(blocks, position):
            return position
    return len(blocks)


def _contents_end(blocks: Sequence[Block], start: int) -> int:
    """Where the text begins: at the heading that the list names first, or else at the first line that is no entry of a list."""
    if start >= len(blocks) or not isinstance(first := blocks[start], Paragraph):
        return start
    for position in range(start + 1, len(blocks)):
        block = blocks[position]
        if isinstance(block, Grid):
            break
        if _same_heading(first.text, block.text):
            return position
    for position in range(start, len(blocks)):
        block = blocks[position]
        if isinstance(block, Grid) or _SENTENCE.search(block.text) or len(block.text) > MAX_LINE:
            return position
    return len(blocks)


def names_heading(title: str, line: str) -> bool:
    """Whether a line without ordinal is the heading that a title of the list of contents names: 部门机构设置 heads 某局机构设置."""
    words = _DISCLOSER.sub("", title)
    return len(words) >= _LEAST_TITLE and ordinal(line) is None and reads_as_title(line) and compact(line).endswith(words)


def _same_heading(entry: str, heading: str) -> bool:
    """Whether a heading of the text is the one an entry names; names of departments come and go between the two."""
    named, found = ordinal(entry), ordinal(heading)
    if found is None:
        title = _entry_title(entry)
        return title == compact(heading) if named is None else names_heading(title, heading)
    if named is None:
        return False
    if (named.form, named.number) != (found.form, found.number):
        return False
    listed, title = _entry_title(entry), compact(found.rest)
    return named.form is Form.PART or listed in title or (title != "" and title in listed) or title.endswith(listed[-4:])


def _narrative_and_annex(blocks: Sequence[Block]) -> tuple[tuple[Paragraph | None, ...], tuple[Block, ...]]:
    narrative: list[Paragraph | None] = []
    annex: list[Block] = []
    in_tables = seen_grid = False
    heading = 0
    for position, block in enumerate(blocks):
        seen_grid = seen_grid or isinstance(block, Grid)
        if in_tables and isinstance(block, Paragraph):
            in_tables = not (_resumes_narrative(blocks, position, seen_grid=seen_grid) or _goes_on(blocks, position, heading))
        elif isinstance(block, Paragraph):
            in_tables = _opens_annex(blocks, position, begun=bool(narrative))
        if in_tables:
            annex.append(block)
        else:
            narrative.append(block if isinstance(block, Paragraph) else None)
        heading = _heading_behind(block, heading, in_tables=in_tables)
    return tuple(narrative), tuple(annex)


def _heading_behind(block: Block, heading: int, *, in_tables: bool) -> int:
    """Number of the last heading 一、二、… of the part of the text that a block stands in, 0 before the first."""
    number = ordinal(block.text) if isinstance(block, Paragraph) else None
    if number is not None and number.form is Form.PART:
        return 0
    return number.number if number is not None and number.form is Form.CHINESE and not in_tables else heading


def _goes_on(blocks: Sequence[Block], position: int, heading: int) -> bool:
    """Whether the next heading stands behind tables within the text (五、绩效信息, its tables, 六、政府采购), a sentence below it."""
    block, below = blocks[position], blocks[position + 1] if position + 1 < len(blocks) else None
    number = ordinal(block.text) if heading and isinstance(block, Paragraph) else None
    return (
        number is not None
        and number.form is Form.CHINESE
        and number.number == heading + 1
        and reads_as_title(number.rest)
        and _TABLES_PART.search(compact(number.rest)) is None
        and isinstance(below, Paragraph)
        and _SENTENCE.search(below.text) is not None
    )


def _opens_annex(blocks: Sequence[Block], position: int, *, begun: bool) -> bool:
    block = blocks[position]
    if not isinstance(block, Paragraph):
        return False
    words = compact(block.text)
    return _is_tables_part(blocks, position) or (begun and _ANNEX.match(words) is not None) or _opens_table(blocks, position)


def _is_tables_part(blocks: Sequence[Block], position: int) -> bool:
    """第四部分 附表, on one line or two."""
    title = _part_title(blocks, position)
    return title is not None and _TABLES_PART.search(title) is not None


def _part_title(blocks: Sequence[Block], position: int) -> str | None:
    block = blocks[position]
    part = ordinal(block.text) if isinstance(block, Paragraph) else None
    if part is None or part.form is not Form.PART:
        return None
    below = blocks[position + 1] if position + 1 < len(blocks) else None
    return compact(part.rest or (below.text if isinstance(below, Paragraph) else ""))[:MAX_LINE]


def _resumes_narrative(blocks: Sequence[Block], position: int, *, seen_grid: bool) -> bool:
    """A part that holds no tables follows, or, after tables, a heading that only a narrative has."""
    title = _part_title(blocks, position)
    if title is not None:
        return _TABLES_PART.search(title) is None
    block = blocks[position]
    heading = ordinal(block.text) if seen_grid and isinstance(block, Paragraph) else None
    if seen_grid and heading is None and isinstance(block, Paragraph):
        return reads_as_title(block.text) and _RESUMES_UNNUMBERED.search(compact(block.text)) is not None
    return (
        heading is not None
        and heading.form is Form.CHINESE
        and len(heading.rest) <= MAX_LINE
        and _RESUMES.search(compact(heading.rest)) is not None
    )


def _opens_table(blocks: Sequence[Block], position: int) -> bool:
    """Whether a line is the title of a table: it says so, and a grid or the lines that stand over one follow soon."""
    block = blocks[position]
    if not isinstance(block, Paragraph) or len(block.text) > MAX_LINE:
        return False
    words = compact(block.text)
    if not (_TABLE_TITLE.search(words) or _FORM_NUMBER.match(words)) or _SENTENCE.search(words):
        return False
    for below in blocks[position + 1 : position + 1 + _AHEAD]:
        if isinstance(below, Grid) or _UNDER_A_TITLE.match(compact(below.text[:MAX_LINE])):
            return True
        if _SENTENCE.search(below.text) or ordinal(below.text) is not None:
            return False
    return False


def _annex_list(annex: Sequence[Block]) -> Iterator[Paragraph]:
    """The list of tables at the head of the annex, before the first table."""
    for position, block in enumerate(annex):
        if isinstance(block, Grid) or len(block.text) > MAX_LINE or _UNDER_A_TITLE.match(compact(block.text)):
            return
        if _is_table_entry(block.text) and not _opens_table(annex, position):
            yield block


def _is_table_entry(line: str) -> bool:
    entry = ordinal(line)
    return entry is not None and entry.form is not Form.PART and _TABLE_TITLE.search(_entry_title(line)) is not None


def _entry_title(line: str) -> str:
    words = _LEADER.sub("", line[: 2 * MAX_LINE].strip())
    return compact(without_ordinal(_ANNEX_LABEL.sub("", words, count=1) if _ANNEX_LABEL.match(compact(words)) else words))

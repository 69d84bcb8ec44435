"""The sections of the narrative.

Ordinals decide where a section stands (一、 over （一） over 1、 over (1)), whatever depth a conversion marked it with. Whether a numbered
line is a heading at all is decided for its whole list: headings are short, hold no sentence and have something under them; duties,
units and numbered sentences are text of the section they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingsuan.model import Section
from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Block, Document, Paragraph
from mingsuan.reading.narrative.layout import contents, layout, names_heading
from mingsuan.reading.narrative.passages import Passage, passages, reads_as_title
from mingsuan.reading.narrative.section_kinds import HOLDERS_OF_PROJECTS, PROJECT, section_kind
from mingsuan.reading.ordinals import Form, Ordinal, compact, ordinal, without_ordinal
from mingsuan.values import dataclass

MAX_DEPTH = 8
"""Levels of lists within lists that are told apart."""
MAX_MARKED = 60
"""Characters of the longest heading that is known by its mark alone (Markdown #)."""
_SECTION_NAME = regex(r"(?:说明|名词解释|主要职能|主要职责|机构设置)$")
ABOVE_ALL = 0
"""Mark of a heading that stands above all numbered ones."""
_PART = r"第[一二三四五六七八九十]{1,2}部分"
_TABLES_HEADING = regex(rf"(?:{_PART})?(?!{_PART})[\u4e00-\u9fff（）()]{{4,40}}(?:19|20)\d\d年度?(?:部门|单位)(?:预算|决算)表$")
"""What heads all tables where no 第二部分 does."""
_SHARE = 3
"""A list is one of headings if at least one in this many of its items looks like one."""
_FIGURE = regex(r"\d[\d,.]*\s*(?:万|亿)?元")
_LABEL_END = regex(r"[。；：:，]|\s*\d[\d,.]*\s*(?:万|亿)?元|\s+[万亿]元")
_MAX_LABEL = 50


@dataclass(frozen=True, slots=True)
class _Item:
    """A passage in the tree of lists.

    Attributes:
        above: position of the numbered item that it stands under, None at the top.
        level: its depth if it is numbered or marked, 0 if it is plain text.
    """

    passage: Passage
    ordinal: Ordinal | None
    above: int | None
    level: int

    @property
    def siblings(self) -> tuple[int | None, Form | None]:
        """What the items of one list have in common."""
        return self.above, self.ordinal.form if self.ordinal else None

    @property
    def looks_like_heading(self) -> bool:
        return reads_as_title(self.ordinal.rest if self.ordinal else self.passage.text)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A section before its text is known."""

    title: str
    kind: str | None
    path: str
    runs_in: bool
    """Its line is a paragraph of its own text as well."""


def narrative(document: Document) -> tuple[Section, ...]:
    """The sections of the text in order; tables, their titles and notes, title page and list of contents are not among them.

    Text before the first heading is a section of level 0 without a title. Every character of the narrative is in exactly one section's
    heading or text (in both for a numbered paragraph that heads others).
    """
    parts = layout(document)
    items = _nested(passages(_with_unnumbered_headings(parts.narrative, contents(document))))
    headings = _headings(items)
    texts: dict[int | None, list[Passage]] = {None: [], **{position: [] for position in headings}}
    for position, item in enumerate(items):
        if position in headings:
            if headings[position].runs_in:
                texts[position].append(item.passage)
        else:
            texts[_section_of(position, items, headings)].append(item.passage)
    opening = texts.pop(None)
    sections = [_section(items[n], headings[n], texts[n]) for n in headings]
    return ((_untitled(opening),) if opening else ()) + _with_tables_part(sections, parts.annex)


def _with_tables_part(sections: Sequence[Section], annex: Sequence[Block]) -> tuple[Section, ...]:
    """The sections with the heading over the tables that names the discloser instead of a part (某局2024年度部门决算表)."""
    over = next((b for b in annex if isinstance(b, Paragraph) and _TABLES_HEADING.match(compact(b.text))), None)
    if over is None:
        return tuple(sections)
    part, order = (over.place.file, over.place.sheet), over.place.order
    behind = (n for n, s in enumerate(sections) if (s.place.file, s.place.sheet) == part and s.place.order > order)
    at = next(behind, len(sections))
    title = compact(over.text)
    return (*sections[:at], Section(title, "tables", 1, over.place, "", title), *sections[at:])


def _with_unnumbered_headings(lines: Sequence[Paragraph | None], listed: Sequence[str]) -> Iterator[Paragraph | None]:
    """The lines, of which those that head a section without an ordinal are marked.

    Where nothing else tells the large parts of a text (第一部分, a mark of the source), they are told by lines that the list of contents
    names and by lines with the words of a heading that open a page.
    """
    text = [line for line in lines if line is not None]
    if any(line.heading is not None or _is_part(line) for line in text):
        yield from lines
        return
    page = None
    for line in lines:
        opens_page = line is not None and line.place.page is not None and line.place.page != page
        if line is not None:
            page = line.place.page
        if line is not None and (any(names_heading(title, line.text) for title in listed) or (opens_page and _names_section(line.text))):
            yield replace(line, heading=ABOVE_ALL)
        else:
            yield line


def _is_part(line: Paragraph) -> bool:
    number = ordinal(line.text)
    return number is not None and number.form is Form.PART


def _names_section(text: str) -> bool:
    """Whether a line without ordinal has the last words of a heading."""
    return ordinal(text) is None and reads_as_title(text) and _SECTION_NAME.search(compact(text)) is not None


def _untitled(text: Sequence[Passage]) -> Section:
    body, origins = _text(text)
    return Section("", None, 0, text[0].place, body, "", origins)


def _section(item: _Item, heading: _Heading, text: Sequence[Passage]) -> Section:
    body, origins = _text(text)
    return Section(heading.title, heading.kind, item.level, item.passage.place, body, heading.path, origins)


def _text(paragraphs: Sequence[Passage]) -> tuple[str, tuple[tuple[int, Place], ...]]:
    origins = []
    offset = 0
    for passage in paragraphs:
        origins += [(offset + start, place) for start, place in passage.origins]
        offset += len(passage.text) + 1
    return "\n".join(passage.text for passage in paragraphs), tuple(origins)


def _section_of(position: int, items: Sequence[_Item], headings: Mapping[int, _Heading]) -> int | None:
    above = items[position].above
    while above is not None and above not in headings:
        above = items[above].above
    return above


def _nested(lines: Sequence[Passage]) -> tuple[_Item, ...]:
    """The passages as a tree of lists."""
    items: list[_Item] = []
    open_items: list[int] = []
    for passage in lines:
        number = ordinal(passage.text)
        if number is None and not _is_marked_heading(passage):
            items.append(_Item(passage, None, open_items[-1] if open_items else None, 0))
            continue
        keep, level = _depth(number, passage, [items[n] for n in open_items])
        del open_items[keep:]
        items.append(_Item(passage, number, open_items[-1] if open_items else None, level))
        open_items.append(len(items) - 1)
    return tuple(items)


def _is_marked_heading(passage: Passage) -> bool:
    return passage.mark is not None and len(passage.text) <= MAX_MARKED and reads_as_title(passage.text)


def _depth(number: Ordinal | None, passage: Passage, over: Sequence[_Item]) -> tuple[int, int]:
    """How many of the open items stay open over a new one, and its level."""
    if number is None:
        return _marked_depth(1 if passage.mark is None else passage.mark, over)
    if number.form >= Form.ARABIC:
        for position in range(len(over) - 1, -1, -1):
            earlier = over[position].ordinal
            if earlier is not None and earlier.form is number.form and earlier.number + 1 == number.number:
                return position, over[position].level
        if _starts_inner_list(number, over):
            return len(over), over[-1].level + 1
    keep = len(over)
    while keep and over[keep - 1].level >= number.form:
        keep -= 1
    return keep, int(number.form)


def _starts_inner_list(number: Ordinal, over: Sequence[_Item]) -> bool:
    """A list 1、2、 within part (5) of item 4、 of another list of the same form."""
    forms = [item.ordinal.form for item in over if item.ordinal is not None]
    return number.number == 1 and number.form in forms[:-1] and forms[-1] is not number.form and len(over) < MAX_DEPTH


def _marked_depth(mark: int, over: Sequence[_Item]) -> tuple[int, int]:
    """A heading without ordinal stands below the last one that is marked less deep; a list within the text ends."""
    keep = len(over)
    while keep and (keep >= MAX_DEPTH or (over[keep - 1].passage.mark or 0) >= mark or _is_item(over[keep - 1])):
        keep -= 1
    return keep, over[keep - 1].level + 1 if keep else 1


def _is_item(item: _Item) -> bool:
    """Whether a numbered passage that is not marked is one of a list of the text, below which no marked heading stands."""
    deep = item.ordinal is not None and item.ordinal.form >= Form.ARABIC
    return item.passage.mark is None and (deep or not item.looks_like_heading)


def _headings(items: Sequence[_Item]) -> dict[int, _Heading]:
    """The items that head a section, by position."""
    lists = _Lists(items)
    found: dict[int, _Heading] = {}
    for position, item in enumerate(items):
        if item.level == 0 or (item.above is not None and item.above not in found):
            continue
        above = found[item.above] if item.above is not None else None
        is_project = above is not None and above.kind in HOLDERS_OF_PROJECTS and lists.tells_projects(item)
        in_project = above is not None and _is_project(above.kind)
        if is_project or in_project or lists.is_of_headings(item):
            runs_in = not item.looks_like_heading and item.level > Form.PART
            title = _label(item) if runs_in else _title(item)
            kind = PROJECT if is_project else _kind(item, title, above)
            found[position] = _Heading(title, kind, f"{above.path}/{title}" if above else title, runs_in)
    return found


def _kind(item: _Item, title: str, above: _Heading | None) -> str | None:
    is_part = item.ordinal is not None and item.ordinal.form is Form.PART
    return section_kind(without_ordinal(title), is_part=is_part, above=above.kind if above else None)


def _is_project(kind: str | None) -> bool:
    return kind is not None and kind.startswith(PROJECT) and kind not in HOLDERS_OF_PROJECTS


class _Lists:
    """The lists of a narrative, and which of them are lists of headings."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self._under: dict[int, int] = {}
        self._numbered_under: dict[int, int] = {}
        self._size: dict[object, int] = {}
        self._like: dict[object, int] = {}
        self._projects: set[object] = set()
        for item in items:
            if item.above is not None:
                self._under[item.above] = self._under.get(item.above, 0) + 1
                self._numbered_under[item.above] = self._numbered_under.get(item.above, 0) + (item.ordinal is not None)
        for position, item in enumerate(items):
            self._size[item.siblings] = self._size.get(item.siblings, 0) + 1
            self._like[item.siblings] = self._like.get(item.siblings, 0) + self._is_like_heading(position, item)
            if self._numbered_under.get(position, 0) > 1 and _FIGURE.search(item.passage.text):
                self._projects.add(item.siblings)

    def _is_like_heading(self, position: int, item: _Item) -> bool:
        deep = item.ordinal is not None and item.ordinal.form > Form.CHINESE
        return item.looks_like_heading and (not deep or position in self._under)

    def is_of_headings(self, item: _Item) -> bool:
        """Parts and marked headings always; other lists if enough of their items look like headings and, deeper down, head something."""
        if item.ordinal is None or item.ordinal.form is Form.PART:
            return True
        return self._like[item.siblings] * _SHARE >= self._size[item.siblings]

    def tells_projects(self, item: _Item) -> bool:
        """Whether the item's list is one of projects: sums of money with numbered parts under them."""
        return item.ordinal is not None and item.ordinal.form is Form.ARABIC and item.siblings in self._projects


def _title(item: _Item) -> str:
    if item.ordinal is None:
        return compact(item.passage.text).rstrip(":：")
    space = " " if item.ordinal.form is Form.PART and item.ordinal.rest else ""
    return compact(item.ordinal.text) + space + compact(item.ordinal.rest).rstrip(":：")


def _label(item: _Item) -> str:
    """Ordinal and first words of a numbered paragraph, up to a stop or a figure."""
    if item.ordinal is None:
        return compact(item.passage.text)[:_MAX_LABEL]
    end = _LABEL_END.search(item.ordinal.rest, 1)
    words = compact(item.ordinal.rest[: end.start()] if end else item.ordinal.rest)
    return compact(item.ordinal.text) + (words if len(words) <= _MAX_LABEL else "")

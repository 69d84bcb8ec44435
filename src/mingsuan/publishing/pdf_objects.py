"""A PDF file that Typst wrote, taken apart: its objects, pages and bookmarks.

ISO 32000-1. Only what Typst writes is understood: every object in the open, none compressed, one classic table of cross references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from mingsuan.patterns import regex
from mingsuan.publishing.publication import UnwritableError
from mingsuan.values import dataclass

STREAM = b"\nstream\n"
KEYED = regex(rb"(\d+) (\d+) 0 R")
"""An entry of a tree of numbers."""


@dataclass(frozen=True)
class Mark:
    """A bookmark: its title as written, the number of what it leads to, and of the page that is on, from 0."""

    title: bytes
    goal: int
    page: int


@dataclass(frozen=True)
class Part:
    """A file taken apart.

    Attributes:
        objects: by number; what stands before a stream, and the stream.
        catalog: the root of all.
        trailer: with the number of the properties.
        pages: how many it has.
        marks: its bookmarks in order.
        outline: numbers of the objects that make up the bookmarks.
    """

    objects: Sequence[tuple[bytes, bytes]] = field(repr=False)
    catalog: int
    properties: int
    pages: int
    marks: tuple[Mark, ...]
    outline: frozenset[int]

    @classmethod
    def of(cls, data: bytes) -> Part:
        """Take a file apart.

        Raises:
            UnwritableError: it is not written as Typst does.
        """
        objects = _objects(data)
        trailer = data[data.rindex(b"trailer") :]
        catalog = _number(trailer, b"/Root")
        page_node = objects[_number(objects[catalog][0], b"/Pages")][0]
        kids = [int(n) for n in re.findall(rb"(\d+) 0 R", found(rb"/Kids\[([^\]]*)\]", page_node))]
        items = [*_outline(objects, _number(objects[catalog][0], b"/Outlines"))] if b"/Outlines" in objects[catalog][0] else []
        order = {number: place for place, number in enumerate(kids)}
        marks = tuple(_mark(objects, n, order) for n in items[1:])
        return cls(objects, catalog, _number(trailer, b"/Info"), len(kids), marks, frozenset(items))

    @property
    def marked(self) -> tuple[int, ...]:
        """The pages that the bookmarks lead to, from 0."""
        return tuple(m.page for m in self.marks)

    def root(self, key: bytes) -> int:
        """The number of what the catalog names."""
        return _number(self.objects[self.catalog][0], b"/" + key)


def _strange(lacking: str) -> UnwritableError:
    return UnwritableError(f"排版程序写出的 PDF 不是预期的样子（没有 {lacking}）")


def found(pattern: bytes, text: bytes) -> bytes:
    """What a pattern finds first.

    Raises:
        UnwritableError: it finds nothing.
    """
    match = re.search(pattern, text, re.DOTALL)
    if match is None:
        raise _strange(pattern.decode())
    return match[1]


def _number(text: bytes, key: bytes) -> int:
    return int(found(re.escape(key) + rb" (\d+) 0 R", text))


def _objects(data: bytes) -> list[tuple[bytes, bytes]]:
    """The objects by number; number 0 is none."""
    start = int(found(rb"startxref\s+(\d+)\s+%%EOF\s*$", data[-64:]))
    head = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [fn]\r?\n ?)+)trailer").match(data, start)
    if head is None or len(head[2]) != 20 * int(head[1]):
        raise _strange("xref")
    places = [int(data[at : at + 10]) for at in range(head.start(2), head.end(2), 20)]
    ends = dict(zip(ordered := sorted(places[1:]), [*ordered[1:], start], strict=True))
    objects = [(b"", b"")]
    for number, place in enumerate(places[1:], 1):
        body = data[place + len(b"%d 0 obj\n" % number) : ends[place]].rstrip().removesuffix(b"endobj").rstrip(b"\n")
        before, stream, after = body.partition(STREAM)
        objects.append((before, stream + after))
    return objects


def _outline(objects: Sequence[tuple[bytes, bytes]], number: int) -> Iterator[int]:
    """The numbers of an entry of the outline and of all below it, in order."""
    yield number
    below = _next(objects, number, b"/First")
    while below:
        yield from _outline(objects, below)
        below = _next(objects, below, b"/Next")


def _next(objects: Sequence[tuple[bytes, bytes]], number: int, key: bytes) -> int:
    """What an entry of the outline names before its title, 0 for nothing."""
    links = objects[number][0].partition(b"/Title")[0]
    return _number(links, key) if key in links else 0


def _mark(objects: Sequence[tuple[bytes, bytes]], number: int, order: Mapping[int, int]) -> Mark:
    text = objects[number][0]
    goal = int(found(rb".*/Dest (\d+) 0 R", text))
    return Mark(found(rb"/Title(.*)/Dest ", text), goal, order[int(found(rb"^\[(\d+) 0 R", objects[goal][0]))])

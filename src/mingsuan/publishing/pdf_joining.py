"""PDF files that Typst wrote → one: pages, bookmarks, links from the contents, page labels, and the tags that screen readers follow.

ISO 32000-1. Only what Typst writes is understood: every object in the open, none compressed, one classic table of cross references.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from mingsuan.patterns import regex
from mingsuan.publishing.pdf_objects import KEYED, STREAM, Part, found
from mingsuan.publishing.publication import UnwritableError

MARK = "mark:"
"""Links to this with a number lead to the bookmark of that number."""
_TOKEN = regex(rb"\\.|[()]|(\d+) 0 R", re.DOTALL)
_LINK = regex(rb"/A<<[^<>]*/URI\(" + MARK.encode() + rb"(\d+)\)>>")
_TAGGED = regex(rb"(/StructParents? )(\d+)")
_HEADERS = regex(rb"/Headers\[[^\]]*\]")
_NAMED = regex(rb"\(([^()]*)\)(\d+) 0 R")


def joined(parts: Sequence[Part], levels: Sequence[int]) -> bytes:
    """One file of some parts; `levels` are those of their bookmarks, in order.

    Raises:
        UnwritableError: a part is not written as Typst does, or has other bookmarks.
    """
    return _Joining(parts, levels).written()


class _Joining:
    """Numbers given to the objects of all parts, and what is written anew: the roots of pages, tags, labels and bookmarks."""

    def __init__(self, parts: Sequence[Part], levels: Sequence[int]) -> None:
        self.parts, self.levels = parts, levels
        self.marks = [(n, mark) for n, part in enumerate(parts) for mark in part.marks]
        if len(self.marks) != len(levels):
            raise UnwritableError(f"排版写出{len(self.marks)}个书签，应有{len(levels)}个")
        self.catalog, self.tree, self.tags, self.whole, self.labels, self.bookmarks = range(1, 7)
        self.first_mark = self.bookmarks + 1
        self.last = self.first_mark + len(levels) - 1
        self.metadata, self.properties = self.last + 1, self.last + 2
        self.last += 2
        self.numbers = [self._given(part) for part in parts]
        self.tag_shifts = [0, *accumulate(self._tag_count(part) for part in parts)]
        self.page_shifts = [0, *accumulate(part.pages for part in parts)]

    def _given(self, part: Part) -> Mapping[int, int]:
        """The new numbers of a part's objects, of those that are kept."""
        roots = {part.catalog, part.properties, *(part.root(key) for key in (b"Metadata", b"StructTreeRoot", b"PageLabels"))}
        kept = [n for n in range(1, len(part.objects)) if n not in roots and n not in part.outline]
        given = dict(zip(kept, range(self.last + 1, self.last + 1 + len(kept)), strict=True))
        self.last += len(kept)
        return given | {part.root(b"StructTreeRoot"): self.whole}

    def _tag_count(self, part: Part) -> int:
        return 1 + max((int(key) for key, _ in KEYED.findall(self._tag_keys(part))), default=-1)

    def _tag_keys(self, part: Part) -> bytes:
        return found(rb"/ParentTree<</Nums\[([^\]]*)\]", part.objects[part.root(b"StructTreeRoot")][0])

    def written(self) -> bytes:
        """The file."""
        out = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
        places = [0] * (self.last + 1)
        for number, text in self._all():
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
        mark = b64encode(hashlib.sha256(out).digest()[:16]).decode().encode()
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f\r\n" % len(places)
        out += b"".join(b"%010d 00000 n\r\n" % place for place in places[1:])
        out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[(%s)(%s)]>>\nstartxref\n%d\n%%%%EOF" % (
            len(places),
            self.catalog,
            self.properties,
            mark,
            mark,
            start,
        )
        return bytes(out)

    def _all(self) -> Iterator[tuple[int, bytes]]:
        yield from self._roots()
        yield from self._outlined()
        for place, part in enumerate(self.parts):
            numbers = self.numbers[place]
            for old, (text, stream) in enumerate(part.objects):
                if numbers.get(old, 0) > self.properties:
                    yield numbers[old], self._moved(place, text) + stream

    def _moved(self, place: int, text: bytes) -> bytes:
        """An object of a part as it stands in the whole."""
        if text.startswith(b"<</Type/Annot"):
            text = _LINK.sub(lambda m: b"/Dest MARK%d" % int(m[1]), text)
        text = _renumbered(text, self.numbers[place])
        if text.startswith((b"<</Type/Page/", b"<</Type/Annot")):
            text = re.sub(rb"/Dest MARK(\d+)", lambda m: b"/Dest " + self._goal(int(m[1])), text)
            return _TAGGED.sub(lambda m: m[1] + b"%d" % (int(m[2]) + self.tag_shifts[place]), text)
        if text.startswith(b"<</Type/Pages/"):
            return text.replace(b"/Pages/", b"/Pages/Parent %d 0 R/" % self.tree, 1)
        if text.startswith(b"<</Type/StructElem/S/Document/"):
            return text.replace(b"/S/Document/", b"/S/Part/", 1)
        if text.startswith(b"<</Type/StructElem/S/T"):
            own = self._prefix(place)
            text = text.replace(b"/ID(", b"/ID(" + own, 1)
            return _HEADERS.sub(lambda m: m[0].replace(b"(", b"(" + own), text, count=1)
        return text

    def _ref(self, place: int, old: int) -> bytes:
        return b"%d 0 R" % self.numbers[place][old]

    def _goal(self, number: int) -> bytes:
        place, mark = self.marks[number]
        return self._ref(place, mark.goal)

    def _prefix(self, place: int) -> bytes:
        """What makes the names of a part's headings of columns its own; in the order of the parts."""
        return b"P%05d" % place

    def _roots(self) -> Iterator[tuple[int, bytes]]:
        first, pages = self.parts[0], self.page_shifts[-1]
        top = first.objects[first.catalog][0]
        for key, number in (("Pages", self.tree), ("Metadata", self.metadata), ("PageLabels", self.labels), ("StructTreeRoot", self.tags)):
            top = re.sub(rb"/%s \d+ 0 R" % key.encode(), b"/%s %d 0 R" % (key.encode(), number), top)
        top = re.sub(rb"/Outlines \d+ 0 R", b"", top)
        yield self.catalog, top.removesuffix(b">>") + (b"/Outlines %d 0 R>>" % self.bookmarks if self.levels else b">>")
        kids = b" ".join(self._ref(n, part.root(b"Pages")) for n, part in enumerate(self.parts))
        yield self.tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)
        yield from self._tagged()
        yield self.labels, b"<</Nums[%s]>>" % b" ".join(self._page_labels())
        yield self.properties, first.objects[first.properties][0]
        yield self.metadata, _with_pages(b"".join(first.objects[first.root(b"Metadata")]), pages)

    def _page_labels(self) -> Iterator[bytes]:
        for n, part in enumerate(self.parts):
            for page, label in KEYED.findall(part.objects[part.root(b"PageLabels")][0]):
                yield b"%d %s" % (int(page) + self.page_shifts[n], self._ref(n, int(label)))

    def _tagged(self) -> Iterator[tuple[int, bytes]]:
        """The tree of tags: the parts of one document, whose numbered and named leaves are sorted as the parts are."""
        roots = [part.objects[part.root(b"StructTreeRoot")][0] for part in self.parts]
        numbered, named, kids = [], [], []
        for n, (part, root) in enumerate(zip(self.parts, roots, strict=True)):
            kids += [self._ref(n, int(old)) for old in re.findall(rb"(\d+) 0 R", found(rb"/K\[([^\]]*)\]", root))]
            numbered += [
                b"%d %s" % (int(key) + self.tag_shifts[n], self._ref(n, int(old))) for key, old in KEYED.findall(self._tag_keys(part))
            ]
            names = re.search(rb"/IDTree<</Names\[([^\]]*)\]", root)
            own = self._prefix(n)
            named += [b"(%s%s)%s" % (own, name, self._ref(n, int(old))) for name, old in _NAMED.findall(names[1] if names else b"")]
        roles = re.search(rb"/RoleMap<<[^<>]*>>", roots[0])
        ids = b"/IDTree<</Names[%s]>>" % b"".join(named) if named else b""
        yield (
            self.tags,
            b"<</Type/StructTreeRoot%s/K[%d 0 R]/ParentTree<</Nums[%s]>>%s>>"
            % (roles[0] if roles else b"", self.whole, b" ".join(numbered), ids),
        )
        yield self.whole, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (self.tags, b" ".join(kids))

    def _outlined(self) -> Iterator[tuple[int, bytes]]:
        """The bookmarks, each below the last one before it that is of a higher level."""
        above: list[int] = []
        parents: list[int] = []
        for n, level in enumerate(self.levels):
            while above and self.levels[above[-1]] >= level:
                above.pop()
            parents.append(above[-1] if above else -1)
            above.append(n)
        below: dict[int, list[int]] = {}
        for n, parent in enumerate(parents):
            below.setdefault(parent, []).append(n)
        top = below.get(-1, [])
        if top:
            yield self.bookmarks, b"<</Type/Outlines%s/Count %d>>" % (self._ends(top), len(top))
        for n, (_, mark) in enumerate(self.marks):
            peers, inner = below[parents[n]], below.get(n, [])
            at = peers.index(n)
            before = b"/Prev %d 0 R" % (self.first_mark + peers[at - 1]) if at else b""
            after = b"/Next %d 0 R" % (self.first_mark + peers[at + 1]) if at + 1 < len(peers) else b""
            parent = self.bookmarks if parents[n] < 0 else self.first_mark + parents[n]
            folded = b"%s/Count %d" % (self._ends(inner), -len(inner)) if inner else b""
            yield (
                self.first_mark + n,
                b"<</Parent %d 0 R%s%s%s/Title%s/Dest %s>>" % (parent, before, after, folded, mark.title, self._goal(n)),
            )

    def _ends(self, members: Sequence[int]) -> bytes:
        return b"/First %d 0 R/Last %d 0 R" % (self.first_mark + members[0], self.first_mark + members[-1])


def _renumbered(text: bytes, numbers: Mapping[int, int]) -> bytes:
    """An object with the new numbers in its references; what looks like one in a string stays."""
    depth = 0

    def new(match: re.Match[bytes]) -> bytes:
        nonlocal depth
        if match[0] in (b"(", b")"):
            depth += 1 if match[0] == b"(" else -1
        return b"%d 0 R" % numbers[int(match[1])] if match[1] and not depth else match[0]

    return _TOKEN.sub(new, text)


def _with_pages(metadata: bytes, pages: int) -> bytes:
    """The properties in XML with another number of pages."""
    head, stream, rest = metadata.partition(STREAM)
    content = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % pages, rest.removesuffix(b"\nendstream"))
    return re.sub(rb"/Length \d+", b"/Length %d" % len(content), head) + stream + content + b"\nendstream"

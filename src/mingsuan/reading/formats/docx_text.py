"""What the paragraphs of a DOCX print: runs, fields, symbols and breaks, with the ordinals of lists and the text boxes in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.reading.formats.docx_styles import PLAIN, Style, hidden_by, numbering_of, outline
from mingsuan.reading.formats.numbering import Counters
from mingsuan.reading.formats.wordml import GONE, MAX_DEPTH, PPR, RPR, R, T, W, is_on, properties_of, value_of
from mingsuan.values import dataclass

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = W + "txbxContent"
ALTERNATE, _CHOICE, _FALLBACK = (_COMPATIBLE + tag for tag in ("AlternateContent", "Choice", "Fallback"))
_FIELD, _BREAK, _TAB, _SYMBOL = (W + tag for tag in ("fldChar", "br", "tab", "sym"))
_LINE_BREAKS = {W + "cr"}
_HYPHEN = W + "noBreakHyphen"
_NOTES = {W + "footnoteReference", W + "endnoteReference"}
_PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
}
_OBJECT, FOREIGN = W + "object", W + "altChunk"
_SYMBOLS = {
    "wingdings": {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFC: "√", 0xFD: "☒", 0xFE: "☑", 0xFB: "×"},
    "wingdings 2": {0x52: "☑", 0x54: "☒", 0x53: "☒", 0xA3: "□", 0x2A: "□", 0x50: "√", 0x4F: "×"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB9: "≠", 0xB0: "°"},
}
_ENDS_ORDINAL = regex(r"[、．.）)：:\s]\Z|[^\x00-\x7f]\Z")


@dataclass
class _Field:
    """A field that is open: its code comes first, what it shows after the separator."""

    shows: bool = False


@dataclass
class _Text:
    """The pieces of a paragraph: printed text, with line breaks as newlines, and the text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass
class Texts:
    """What paragraphs print, in the order of the document: ordinals are counted on the way, and fields stay open across paragraphs.

    Attributes:
        seen: how many things of a sort were met that are not read.
    """

    styles: Mapping[str, Style]
    counters: Counters
    fields: list[_Field] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def printed(self, element: etree._Element) -> tuple[str, Sequence[etree._Element]]:
        """A paragraph's text with its ordinal, and its text boxes."""
        properties = properties_of(element, PPR)
        style = self.styles.get(value_of(properties, "pStyle") or "", PLAIN)
        found = _Text()
        self._gather(element, found, hidden=bool(style.hidden), depth=0)
        if self.fields:
            self.fields[:] = [f for f in self.fields if f.shows]
        text = "".join(found.pieces)
        if properties is None and style is PLAIN:
            return text, found.boxes
        listed, level = numbering_of(properties)
        number = listed if listed is not None else style.list
        if number is None or number == "0" or (not text.strip() and _mark_is_unseen(properties)):
            return text, found.boxes
        ordinal = self.counters.next(number, level if level is not None else style.depth or 0)
        gap = "" if not ordinal or _ENDS_ORDINAL.search(ordinal) else " "
        return ordinal + gap + text.lstrip(), found.boxes

    def heading(self, element: etree._Element) -> int | None:
        """The level of a paragraph that is a heading."""
        properties = properties_of(element, PPR)
        if properties is None:
            return None
        own = value_of(properties, "outlineLvl")
        return outline(properties) if own is not None else self.styles.get(value_of(properties, "pStyle") or "", PLAIN).heading

    def _gather(self, parent: etree._Element, found: _Text, *, hidden: bool, depth: int) -> None:
        """Collect the printed pieces of a paragraph; `hidden` is what its style says of runs that say nothing."""
        if depth > MAX_DEPTH:
            return
        for element in parent:
            tag = element.tag
            if tag == R:
                properties = properties_of(element, RPR)
                if (properties is None and not hidden) or not self._is_hidden(properties, hidden=hidden):
                    self._run(element, found, hidden=hidden, depth=depth + 1)
            elif tag in GONE:
                continue
            elif tag == ALTERNATE:
                for branch in branch_of(element):
                    self._gather(branch, found, hidden=hidden, depth=depth + 1)
            elif tag == _MATH + "t":
                found.pieces.append(element.text or "")
            else:
                self._gather(element, found, hidden=hidden, depth=depth + 1)

    def _is_hidden(self, properties: etree._Element | None, *, hidden: bool) -> bool:
        own = hidden_by(properties)
        if own is not None:
            return own
        styled = self.styles.get(value_of(properties, "rStyle") or "", PLAIN).hidden
        return hidden if styled is None else styled

    def _run(self, run: etree._Element, found: _Text, *, hidden: bool, depth: int) -> None:
        for element in run:
            tag = element.tag
            if tag == T:
                self._say(element.text or "", found)
            elif tag == _FIELD:
                self._field(element.get(W + "fldCharType", ""))
            elif tag == _TAB:
                self._say("\t", found)
            elif tag == _BREAK or tag in _LINE_BREAKS:
                self._say("\n", found)
            elif tag == _SYMBOL:
                self._say(_symbol(element), found)
            elif tag == _HYPHEN:
                self._say("-", found)
            elif tag in _NOTES:
                self.count("notes")
            elif tag not in GONE:
                self._inside(element, found, hidden=hidden, depth=depth)

    def _say(self, text: str, found: _Text) -> None:
        if not self.fields or all(f.shows for f in self.fields):
            found.pieces.append(text)

    def _field(self, what: str) -> None:
        if what == "begin":
            self.fields.append(_Field())
        elif what == "separate" and self.fields:
            self.fields[-1].shows = True
        elif what == "end" and self.fields:
            self.fields.pop()

    def _inside(self, element: etree._Element, found: _Text, *, hidden: bool, depth: int) -> None:
        """What is neither text nor a mark: drawings with text boxes or pictures, embedded objects, ruby, wrappers."""
        if depth > MAX_DEPTH:
            return
        if element.tag == ALTERNATE:
            for branch in branch_of(element):
                self._run(branch, found, hidden=hidden, depth=depth + 1)
            return
        if element.tag == _BOX:
            found.boxes.append(element)
            return
        if element.tag in _PICTURES:
            self.count("pictures")
        elif element.tag == _OBJECT:
            self.count("objects")
            return
        for child in element:
            if child.tag == R:
                self._gather(element, found, hidden=hidden, depth=depth + 1)
                return
            if child.tag not in GONE:
                self._inside(child, found, hidden=hidden, depth=depth + 1)

    def count(self, what: str) -> None:
        """Note that something was met that is not read."""
        self.seen[what] = self.seen.get(what, 0) + 1


def branch_of(alternate: etree._Element) -> Sequence[etree._Element]:
    """The one branch of alternatives that is read: the first with a text box, else the first."""
    branches = [b for b in alternate if b.tag in (_CHOICE, _FALLBACK)]
    boxed = next((b for b in branches if next(b.iter(_BOX), None) is not None), None)
    return [boxed] if boxed is not None else branches[:1]


def _mark_is_unseen(properties: etree._Element | None) -> bool:
    """Whether the end of a paragraph is deleted or hidden, so that without text nothing of it is left."""
    mark = properties.find(RPR) if properties is not None else None
    return mark is not None and (mark.find(W + "del") is not None or is_on(mark, "vanish"))


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font, as the usual character that looks like it; "" where none is known."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get(element.get(W + "font", "").lower(), {}).get(code & 0xFF)
    return known if known is not None else chr(code) if 0x20 <= code < 0xD800 else ""

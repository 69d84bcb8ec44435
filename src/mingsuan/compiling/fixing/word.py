"""Edits in the bytes of a Word document.

The reader says at which line or cell a number is printed, not in which bytes: text is cut into runs, ordinals and hidden text are
counted in. So every number that looks like the one to change is marked in a copy, the copy is read, and the mark that comes out at the
wanted place tells which one it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Protocol
from xml.sax.saxutils import escape

from mingsuan.patterns import regex
from mingsuan.places import Place
from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.formats.docx import read_docx
from mingsuan.reading.formats.package import Package
from mingsuan.values import dataclass

MARKS_AT_MOST = 6_000
"""Numbers that look alike; so many private characters there are to mark them with."""
_FIRST_MARK = 0xE000
_TOKEN = regex(r"<(?P<close>/?)(?P<name>[\w.-]+(?::[\w.-]+)?)(?P<rest>[^<>]*?)(?P<empty>/?)>|(?P<text>[^<]+)")


class Wanted(Protocol):
    """What an edit must tell."""

    @property
    def place(self) -> Place:
        """Cell or line."""
        ...

    @property
    def label(self) -> str:
        """How a finding names it."""
        ...

    @property
    def old(self) -> str:
        """Digits as printed."""
        ...

    @property
    def new(self) -> str:
        """Digits instead."""
        ...

    @property
    def quote(self) -> str:
        """Words around it, "" for a cell."""
        ...


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character of a paragraph and where its source text stands."""

    text: str
    start: int
    end: int


Found = tuple[tuple[int, int], ...]
"""The stretches of source text that print one number, in order."""


def changed_document(data: bytes, before: Document, edits: Sequence[Wanted]) -> Mapping[str, bytes]:
    """The main part of the document with the edits made.

    Raises:
        ValueError: a number does not stand exactly once at its place; the message says where.
    """
    package = Package.open(data, before.name)
    main = package.main_part("word/document.xml")
    source = package.bytes_of(main).decode("utf-8")
    changes: list[tuple[int, int, str]] = []
    for edit in edits:
        found = _occurrences(source, edit.old)
        chosen = found[_place_of(data, main, source, found, edit, before.name)]
        changes.extend((start, end, escape(edit.new) if n == 0 else "") for n, (start, end) in enumerate(chosen))
    return {package.members[main].filename: _with(source, changes).encode("utf-8")}


def _with(source: str, changes: Sequence[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(changes, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _occurrences(source: str, digits: str) -> list[Found]:
    """Every print of a number that is no part of a longer one."""
    inner = r"\s*".join(map(re.escape, digits))
    pattern = re.compile(rf"(?<![\d.,，]){inner}(?!\s*[\d]|[.,，]\d)")
    found: list[Found] = []
    for letters in _paragraphs(source):
        text = "".join(letter.text for letter in letters)
        found.extend(_stretches(letters[m.start() : m.end()]) for m in pattern.finditer(text))
    return found


def _stretches(letters: Sequence[_Letter]) -> Found:
    joined: list[tuple[int, int]] = []
    for letter in letters:
        if joined and joined[-1][1] == letter.start:
            joined[-1] = (joined[-1][0], letter.end)
        else:
            joined.append((letter.start, letter.end))
    return tuple(joined)


def _paragraphs(source: str) -> Iterator[list[_Letter]]:
    """The printed characters of each paragraph; one inside another (a text box) is a paragraph of its own."""
    open_paragraphs: list[list[_Letter]] = []
    in_text = False
    for token in _TOKEN.finditer(source):
        name = (token["name"] or "").rpartition(":")[2]
        if token["text"] is not None:
            if in_text and open_paragraphs:
                open_paragraphs[-1].extend(_letters(token["text"], token.start()))
        elif name == "p" and not token["empty"]:
            if token["close"]:
                if open_paragraphs:
                    yield open_paragraphs.pop()
            else:
                open_paragraphs.append([])
        elif name == "t":
            in_text = not token["close"] and not token["empty"]


def _letters(text: str, start: int) -> Iterator[_Letter]:
    for piece in re.finditer(r"&[^;]{1,10};|.", text, re.DOTALL):
        yield _Letter(unescape(piece[0]), start + piece.start(), start + piece.end())


def _place_of(data: bytes, main: str, source: str, found: Sequence[Found], edit: Wanted, name: str) -> int:
    """Which occurrence is the one at the wanted place."""
    if not found or len(found) > MARKS_AT_MOST:
        raise ValueError(f"在{edit.place}没有找到“{edit.label}”印的{edit.old}，请手工改。")
    marked = [(start, end, chr(_FIRST_MARK + n) if k == 0 else "") for n, one in enumerate(found) for k, (start, end) in enumerate(one)]
    text = _text_at(read_docx(_replaced(data, main, _with(source, marked)), name), edit.place)
    here = [ord(c) - _FIRST_MARK for c in text if _FIRST_MARK <= ord(c) < _FIRST_MARK + len(found)]
    if len(here) > 1 and edit.quote:
        here = _quoted(text, here, edit)
    if len(here) != 1:
        times = "没有找到" if not here else f"有{len(here)}处都是"
        raise ValueError(f"在{edit.place}{times}“{edit.label}”印的{edit.old}，不能确定改哪一处，请手工改。")
    return here[0]


def _quoted(text: str, marks: Sequence[int], edit: Wanted) -> list[int]:
    """The marks that stand in the quotation."""
    chosen = []
    for mark in marks:
        plain = "".join(
            "\0" if ord(c) == _FIRST_MARK + mark else edit.old if ord(c) - _FIRST_MARK in marks else c for c in re.sub(r"\s", "", text)
        )
        start = plain.replace("\0", edit.old).find(edit.quote)
        if start >= 0 and start <= plain.find("\0") < start + len(edit.quote):
            chosen.append(mark)
    return chosen


def _text_at(document: Document, place: Place) -> str:
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.place == place:
            return block.text
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    if cell.place == place and cell.text:
                        return cell.text
    return ""


def _replaced(data: bytes, part: str, source: str) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            same = info.filename.replace("\\", "/").lstrip("/").lower() == part.lower()
            new.writestr(info, source.encode("utf-8") if same else old.read(info.filename))
    return out.getvalue()

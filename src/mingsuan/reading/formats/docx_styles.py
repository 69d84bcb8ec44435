"""The styles of a DOCX: which paragraphs are headings, which runs are hidden, which lists number them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.reading.formats.numbering import LEVELS
from mingsuan.reading.formats.wordml import OFF, PPR, RPR, VAL, W, value_of
from mingsuan.values import dataclass

_HEADING = regex(r"(?:heading|标题)\s*([1-9])\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of the paragraphs or runs that name it, None where it says nothing."""

    heading: int | None = None
    hidden: bool | None = None
    list: str | None = None
    depth: int | None = None


PLAIN = Style()


def styles_of(root: etree._Element | None) -> Mapping[str, Style]:
    """The styles by their ids, with what they take from those they are based on."""
    if root is None:
        return {}
    own: dict[str, Style] = {}
    based: dict[str, str] = {}
    for element in root.iterchildren(W + "style"):
        key = element.get(W + "styleId", "")
        own[key] = _style(element)
        parent = element.find(W + "basedOn")
        if parent is not None:
            based[key] = parent.get(VAL, "")
    return {key: _inherited(key, own, based) for key in own}


def _inherited(key: str, own: Mapping[str, Style], based: Mapping[str, str]) -> Style:
    line_of_styles = [key]
    while len(line_of_styles) < 20 and (parent := based.get(line_of_styles[-1])) in own and parent not in line_of_styles:
        line_of_styles.append(str(parent))
    found = [own[k] for k in line_of_styles]

    def first(values: Iterator[int | None]) -> int | None:
        return next((v for v in values if v is not None), None)

    return Style(
        first(s.heading for s in found),
        next((s.hidden for s in found if s.hidden is not None), None),
        next((s.list for s in found if s.list is not None), None),
        first(s.depth for s in found),
    )


def _style(element: etree._Element) -> Style:
    named = value_of(element, "name")
    title = _HEADING.match(named.strip()) if named else None
    paragraph, run = element.find(PPR), element.find(RPR)
    listed, depth = numbering_of(paragraph)
    return Style(int(title[1]) if title else outline(paragraph), hidden_by(run), listed, depth)


def outline(properties: etree._Element | None) -> int | None:
    """Depth of a heading from the outline level; 9 and above is body text."""
    level = value_of(properties, "outlineLvl")
    return int(level) + 1 if level in set("012345678") else None


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """The list that a paragraph belongs to, and its depth in it from 0."""
    numbering = properties.find(W + "numPr") if properties is not None else None
    depth = value_of(numbering, "ilvl")
    return value_of(numbering, "numId"), int(depth) if depth is not None and depth.isdecimal() and int(depth) < LEVELS else None


def hidden_by(properties: etree._Element | None) -> bool | None:
    """Whether text is hidden, None where nothing is said of it."""
    found = properties.find(W + "vanish") if properties is not None else None
    return None if found is None else found.get(VAL, "1") not in OFF

"""What of a web page is its article, by how much text and how many links its elements hold; the rest is the site around it."""

from __future__ import annotations

import re
from dataclasses import field
from urllib.parse import urlsplit

from lxml import etree

from mingsuan.patterns import regex
from mingsuan.values import dataclass

MAX_MARKS = 800_000
"""Tags and attributes of a page; the longest disclosure has some 300,000."""
MOST_OF_IT = 0.7
"""Share of a page's text, links apart, that a container marked as the article must hold to be taken for it."""
LINKED = 0.6
"""Share of links in the text of a block of navigation."""
FEW_LINKS = 3
"""Links that make a block navigation."""
SHORT = 200
"""Characters, links apart, of a block that its name alone makes furniture of the site."""
_UNSEEN = {
    *("script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "canvas", "audio", "video", "object", "map"),
    *("select", "option", "datalist", "textarea", "button", "input", "nav", "aside", "dialog", "colgroup", "col"),
}
_FURNITURE_TAGS = {"div", "ul", "ol", "section", "header", "footer", "form", "p", "dl", "span", "table"}
_FURNITURE = regex(
    r"(?:^|[-_ ])(?:nav|navbar|menu|footer|foot|header|top|topbar|crumbs?|breadcrumbs?|share|sharing|sidebar|position|location|copyright"
    r"|banner|toolbar|search|login|related|pagination|pager|print|qrcode|friendlink|links)\d?(?:$|[-_ ])",
    re.IGNORECASE,
)
_ARTICLE = regex(
    r"(?:^|[-_ ])(?:trs_editor|ucapcontent|zoom|zoomcon|pages_content|article(?:[-_]?(?:content|body|con|main))?|contents?|con_text"
    r"|(?:main|news|info|xxgk|editor)[-_]?content|view|details?)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ATTACHED = regex(r"\.(?:pdf|docx?|xlsx?|xlsm|wps|et|ofd|rtf|zip|rar|7z|pptx?|csv|txt)\Z", re.IGNORECASE)
_HIDDEN = regex(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE)
_HIDDEN_CLASS = regex(r"(?:^|[},])\s*\.([\w-]+)\s*\{[^{}]*display\s*:\s*none[^{}]*\}", re.IGNORECASE)


def _hidden_classes(root: etree._Element) -> frozenset[str]:
    """Classes that the page's own style sheets hide."""
    sheets = "".join(style.text or "" for style in root.iter("style"))
    return frozenset(_HIDDEN_CLASS.findall(sheets[:MAX_MARKS]))


@dataclass(frozen=True, slots=True)
class _Weight:
    """Characters of an element: outside links, inside links, and how many links."""

    plain: int = 0
    linked: int = 0
    links: int = 0
    files: int = 0

    @property
    def is_navigation(self) -> bool:
        """Mostly links, and not to files."""
        return self.links >= FEW_LINKS and not self.files and self.linked >= LINKED * (self.plain + self.linked)


_NOTHING = _Weight()


@dataclass(frozen=True)
class Weighed:
    """A page of which is known how much text and how many links each element holds."""

    hidden_classes: frozenset[str]
    weights: dict[etree._Element, _Weight] = field(default_factory=dict)

    def text_of(self, element: etree._Element) -> int:
        """The shown characters of an element, links apart."""
        return self.weights.get(element, _NOTHING).plain

    @classmethod
    def of(cls, root: etree._Element) -> Weighed:
        """A page with the characters of every element counted, without recursion, children before parents."""
        weighed = cls(_hidden_classes(root))
        hidden = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            unseen = weighed.is_unseen(element)
            if event == "start":
                hidden += unseen
                continue
            hidden -= unseen
            if unseen or hidden:
                continue
            weight = weighed._summed(element)
            if element.tag == "a" and element.get("href"):
                weight = _Weight(0, weight.plain + weight.linked, 1, int(is_file(element.get("href", ""))))
            if weight is not _NOTHING:
                weighed.weights[element] = weight
        return weighed

    def _summed(self, element: etree._Element) -> _Weight:
        """The weights of an element's children, with the text between them."""
        plain, linked, links, files = len((element.text or "").strip()), 0, 0, 0
        for child in element:
            plain += len((child.tail or "").strip())
            held = self.weights.get(child)
            if held is not None:
                plain, linked, links, files = plain + held.plain, linked + held.linked, links + held.links, files + held.files
        return _Weight(plain, linked, links, files) if plain or links else _NOTHING

    def is_unseen(self, element: etree._Element) -> bool:
        """Whether the page does not show an element."""
        if element.tag in _UNSEEN:
            return True
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            return True
        return bool(self.hidden_classes) and not self.hidden_classes.isdisjoint(element.get("class", "").split())

    def article(self, root: etree._Element) -> etree._Element:
        """The smallest container that is marked as the article and holds most of the text, else the whole page."""
        whole = self.weights.get(root, _NOTHING).plain
        marked = [e for e, weight in self.weights.items() if weight.plain >= MOST_OF_IT * whole and _is_marked(e)]
        if not whole or not marked:
            return root
        return min(marked, key=lambda e: self.weights[e].plain)

    def is_furniture(self, element: etree._Element) -> bool:
        """Whether a block is the site's: navigation, footers, share buttons."""
        if element.tag not in _FURNITURE_TAGS:
            return False
        weight = self.weights.get(element, _NOTHING)
        if weight.is_navigation:
            return True
        if weight.plain > SHORT or weight.files or element.tag in ("p", "span") or next(element.iter("table"), None) is not None:
            return False
        named = f"{element.get('id', '')} {element.get('class', '')}"
        return element.tag in ("footer",) or _FURNITURE.search(named) is not None


def is_file(address: str) -> bool:
    """Whether an address is that of a document to download."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("", "http", "https", "file") and _ATTACHED.search(parts.path) is not None


def _is_marked(element: etree._Element) -> bool:
    if element.tag in ("article", "main"):
        return True
    if element.tag not in ("div", "section", "td"):
        return False
    return any(_ARTICLE.search(element.get(key, "")) is not None for key in ("id", "class"))

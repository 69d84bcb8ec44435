"""How the identities of the gold are written: clauses, the tables that they name, signed terms, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

NARRATIVE = "叙述"
_SCOPE = re.compile(r"T\d\dE?|叙述|说明[一二三四五六七八九十、（）]*")
_CODE = re.compile(r"(?<![\d.])(\d{3,7})(?:-(\d\d))?(?![\d.])")
_TAIL = re.compile(
    r"[，,]?\s*(?:误差\s*0|\d+\s*行全部(?:成立|相等)|在舍入容差[^，。；）]*|差\s*0\.1(?!\d)|[（(]?逐一相等[）)]?|（其余[^（）]*）|元折万元(?:四舍五入)?)"
)


def clauses_of(text: str) -> Iterator[str]:
    """The text in pieces that each hold one chain at most."""
    text = text.replace("−", "-").replace("－", "-").replace("＝", "=").replace("≈", "=").replace("→", "=")
    text = re.sub(r"[，,]?\s*相?差\s*0(?:\.\d+)?(?![\d.])", "", text)
    text = re.sub(r"（(= [^（）]*)）", r" \1", text)
    text = re.sub(r"([^，。；：（）]*=[^；（）]*)（(\d[\d.]*(?:、\d[\d.]*)+)）", _spread, text)
    text = re.sub(r"(?<!上年)（([^（）]*?(?:=|、T)[^（）]*)）", _unwrapped, text)
    text = re.sub(r"(?<=[\s=])[一二三四五六七八九十]+、", "", text)
    text = _TAIL.sub("", text)
    text = re.sub(r"[，,]\s*与\s*(?=T|本年|支出合计|基本支出)", " = ", text)
    text = re.sub(r"\((\d[\d +.]*)\)/10000", r"\1", text)
    text = re.sub(r"(?<!上年)（(?![境类）])[^（）]*）", "", text)
    text = re.sub(r"，\s*(?=\d[\d.]* ÷)", "；", text)
    for sentence in re.split(r"[；。]|，且", text):
        for piece in re.split(r"[，]", sentence):
            head, colon, body = piece.partition("：")
            if colon and ("=" not in head or "逐列" in head or " - T" in head) and not re.search(r"其中$|叙述[^=]*$|劳务派遣$", head):
                yield head
                yield body
            else:
                yield piece


def _spread(match: re.Match[str]) -> str:
    """安排 = 支出（584、249）: 安排 584 = 支出 584；安排 249 = 支出 249."""
    heads = [h for h in match[1].split("，") if h.count("=") == 1 and not re.search(r"0\s*$", h)]
    return "；".join(f"{side[0]} {v} = {side[1]} {v}" for v in match[2].split("、") for side in (h.split("=") for h in heads))


def _unwrapped(match: re.Match[str]) -> str:
    inner = match[1]
    return f" {inner[1:]} " if inner.startswith("= ") else f"；{inner}；" if "=" in inner else ""


def scopes_of(text: str) -> tuple[str, ...]:
    found = [NARRATIVE if not s.startswith("T") else s for s in _SCOPE.findall(text)]
    return tuple(dict.fromkeys(found))


def alternatives(part: str, scopes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """T03、T05 or T03/T05: each of them holds; what an addend names within a sum is looked up in all."""
    named = scopes_of(part)
    return [(s,) for s in named] if len(named) > 1 and "+" not in part else [named or scopes]


def terms_of(part: str) -> list[tuple[int, str]]:
    """Signed terms; a minus before a bracket turns the signs in it."""
    found: list[tuple[int, str]] = []
    sign, turned, term = 1, [1], ""
    for match in re.finditer(r"(?P<op>\s*\+\s*|\s-\s|(?<=\d)-(?=\d+\.))|.", part):
        piece = match.group()
        if match["op"]:
            found.append((sign * turned[-1], term.strip()))
            sign, term = (1 if piece.strip() == "+" else -1), ""
        elif piece == "(":
            turned.append(turned[-1] * sign)
            sign = 1
        elif piece == ")":
            turned = turned[:-1] or [1]
        else:
            term += piece
    found.append((sign * turned[-1], term.strip()))
    return [(s, t) for s, t in found if t]


def is_computed(part: str) -> bool:
    """A bare number between two sums (… = 1231.5，与 …) is no printed one."""
    return bool(re.fullmatch(r"\s*-?\d+(?:\.\d+)?\s*(?:万?元|万)?\s*", part)) or not part


def codes_of(term: str) -> list[str]:
    found = [a + b for a, b in _CODE.findall(re.sub(r"T\d\dE?", "", term))]
    return [c for c in found if len(c) in (3, 5, 7) and c[0] in "235"]

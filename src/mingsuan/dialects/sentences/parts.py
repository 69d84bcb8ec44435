"""The text of a sentence template taken apart: words, `{slots}`, `[optional parts]` and `(first|other)` wordings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.values import dataclass


@dataclass(frozen=True)
class Literal:
    """Words as they stand."""

    text: str


@dataclass(frozen=True)
class Gap:
    """Where a slot stands."""

    name: str


@dataclass(frozen=True)
class Choice:
    """Wordings of one thing, the first is written; `optional` ones may be left out."""

    options: tuple[tuple[Part, ...], ...]
    optional: bool = False


Part = Literal | Gap | Choice


def gaps(parts: Sequence[Part]) -> Iterator[str]:
    """Names of the slots of a wording in the order of the text."""
    for part in parts:
        if isinstance(part, Gap):
            yield part.name
        elif isinstance(part, Choice):
            for option in part.options:
                yield from gaps(option)


def required(parts: Sequence[Part]) -> Iterator[str]:
    """Names of the slots that are written in any case."""
    for part in parts:
        if isinstance(part, Gap):
            yield part.name
        elif isinstance(part, Choice) and not part.optional:
            yield from required(part.options[0])


def parse_wording(text: str) -> tuple[Part, ...]:
    """Take a template's text apart.

    Raises:
        ValueError: brackets do not pair; the message says where, in Chinese.
    """
    parts, end = _parse(text, 0, "")
    if end != len(text):
        raise ValueError(f"“{text[end:]}”多出括号")
    return parts


def _parse(text: str, start: int, closing: str) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    position = start
    while position < len(text) and text[position] not in closing:
        character = text[position]
        if character == "{":
            end = text.find("}", position)
            if end < 0:
                raise ValueError(f"“{text[position:]}”缺“}}”")
            parts.append(Gap(text[position + 1 : end]))
            position = end + 1
        elif character in "[(":
            choice, position = _parse_choice(text, position)
            parts.append(choice)
        elif character in "])}|":
            raise ValueError(f"“{text[position:]}”的括号不成对")
        else:
            end = position
            while end < len(text) and text[end] not in "{}[]()|":
                end += 1
            parts.append(Literal(text[position:end]))
            position = end
    return tuple(parts), position


def _parse_choice(text: str, start: int) -> tuple[Choice, int]:
    optional = text[start] == "["
    closing = "]" if optional else ")"
    options: list[tuple[Part, ...]] = []
    position = start
    while True:
        option, position = _parse(text, position + 1, f"|{closing}")
        options.append(option)
        if position >= len(text):
            raise ValueError(f"“{text[start:]}”缺“{closing}”")
        if text[position] == closing:
            return Choice(tuple(options), optional), position + 1

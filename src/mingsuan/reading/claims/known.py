"""A paragraph of running text with what is known of it before its claims are read."""

from __future__ import annotations

import re
from functools import cached_property

from mingsuan.dialects.sentences.sentences import SectionContext, Sentences
from mingsuan.reading.claims.class_paths import ClassNames
from mingsuan.reading.narrative.numbers import PrintedNumber, without_markup
from mingsuan.reading.narrative.running import RunningText
from mingsuan.values import dataclass

_LEAST_NAME = 4
"""Characters from which a discloser's name is taken for nothing else."""


@dataclass(frozen=True)
class KnownParagraph:
    """A paragraph that states numbers.

    Attributes:
        running: the paragraph itself.
        numbers: every number in it, in order.
        sentences: templates and phrases of the dialect.
        context: what holds in its section, None if nothing is known.
        year: fiscal year of the document, None if it is not known.
        classes: the functional classes that the document's tables print.
        discloser: name of the department or unit that discloses, "" if it is not known.
    """

    running: RunningText
    numbers: tuple[PrintedNumber, ...]
    sentences: Sentences
    context: SectionContext | None
    year: int | None
    classes: ClassNames
    discloser: str = ""

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return self.running.text

    @cached_property
    def plain(self) -> str:
        """The text with white space for its markup, character by character."""
        return without_markup(self.text)

    def head(self, index: int) -> str:
        """The words of a number's clause before it, without white space and markup, after the number before.

        The discloser's own name says nothing of what the number is (示例局收入预算 is 收入预算).
        """
        start = self.numbers[index - 1].end if index else 0
        words = re.sub(r"\s", "", self.plain[start : self.numbers[index].start])
        return words.replace(self.discloser, "") if len(self.discloser) >= _LEAST_NAME else words

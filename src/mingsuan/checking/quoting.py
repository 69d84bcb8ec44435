"""What rules on wording find in the sentences of the narrative, and how findings quote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft
from mingsuan.checking.subject import Sentence, Subject
from mingsuan.model import Side
from mingsuan.places import Place
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

_OF_NUMBER = frozenset("0123456789,.%％")
_AROUND = 14
"""Characters on either side of a match that are quoted with it."""
_LONGEST = 40
"""Characters around a match at most."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a pattern finds in a sentence."""

    sentence: Sentence
    match: re.Match[str]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.sentence.place_of(self.match)

    @property
    def side(self) -> Side:
        """Where it stands, with the words around it."""
        return Side(self.place, "叙述", self.words())

    def words(self, around: int = _AROUND) -> str:
        """The words with those around them; no number is cut."""
        text, begin, end = self.sentence.text, max(0, self.match.start() - around), self.match.end() + around
        if around:
            while begin > 0 and text[begin - 1] in _OF_NUMBER and text[begin] in _OF_NUMBER and self.match.start() - begin < _LONGEST:
                begin -= 1
            while 0 < end < len(text) and text[end - 1] in _OF_NUMBER and text[end] in _OF_NUMBER and end - self.match.end() < _LONGEST:
                end += 1
        return compact(text[begin:end])

    def draft(self, wrong: str, right: str, *, around: int = _AROUND, fix: str = "") -> Draft:
        """A finding that quotes it after what is wrong with it."""
        quote = self.words(around)
        return Draft(f"{wrong}：“{quote}”", (self.side,), quote, right, fix=fix)


def mentions(subject: Subject, *patterns: re.Pattern[str]) -> Iterator[Mention]:
    """What patterns find in the sentences of the narrative, in order."""
    for sentence in subject.sentences:
        for pattern in patterns:
            for match in pattern.finditer(sentence.text):
                yield Mention(sentence, match)

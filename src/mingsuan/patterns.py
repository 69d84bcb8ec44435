"""Regular expressions that are compiled when they are first used, or while there is nothing better to do.

The rooms have some four hundred; to compile them all takes longer than to check a short document, which uses a quarter of them.
"""

from __future__ import annotations

import re
from collections import deque
from contextlib import suppress
from typing import Any, AnyStr, cast

_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groupindex", "groups")


_waiting: deque[Late] = deque()
"""Those that nobody has asked anything of, in the order in which they were made."""


class Late:
    """A regular expression that has nothing but its text until something else is asked of it."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        """Keep the text."""
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        self.compile()
        return vars(self)[name]

    def compile(self) -> None:
        """Become the compiled expression."""
        compiled = re.compile(self.pattern, self.flags)
        # Found in the instance from now on, these cost no more than those of the compiled expression.
        vars(self).update({asked: getattr(compiled, asked) for asked in _ASKED})


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for the patterns of modules; a mistake in one shows when it is first used, and in the test of all of them."""
    late = Late(pattern, flags)
    _waiting.append(late)
    return cast("re.Pattern[AnyStr]", late)


def compile_next() -> bool:
    """Compile one that nobody has used yet, for whoever has to wait anyway; False if there is none.

    A mistake in one is left for its user to hear of.
    """
    while _waiting:
        late = _waiting.popleft()
        if _ASKED[0] not in vars(late):
            with suppress(re.error):
                late.compile()
            return True
    return False

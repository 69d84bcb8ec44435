"""Regular expressions that are compiled when they are first used.

The rooms have some four hundred; to compile them all takes longer than to check a short document, which uses a quarter of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groupindex", "groups")


class Late:
    """A regular expression that has nothing but its text until something else is asked of it."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        """Keep the text."""
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        # Found in the instance from now on, these cost no more than those of the compiled expression.
        vars(self).update({asked: getattr(compiled, asked) for asked in _ASKED})
        return vars(self)[name]


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for the patterns of modules; a mistake in one shows when it is first used, and in the test of all of them."""
    return cast("re.Pattern[AnyStr]", Late(pattern, flags))

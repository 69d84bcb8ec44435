"""Mistakes of an author of dialect data."""

from __future__ import annotations

from collections.abc import Iterable


class DialectError(Exception):
    """A dialect's data is wrong; the message names file, key, what is wrong and what to do, in Chinese."""

    def __init__(self, file: str, key: str, what: str, remedy: str) -> None:
        """Put the message together."""
        super().__init__(f"{file}：{key}：{what}。{remedy}。")
        self.file, self.key, self.what, self.remedy = file, key, what, remedy


class NoSuchDialect(DialectError):
    """There is no dialect of a name; the message lists those that there are."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Put the message together."""
        super().__init__(name, "name", "没有这个版式", f"可用的有：{'、'.join(known)}")
        self.args = (f"{self.what}：{name}。{self.remedy}。",)

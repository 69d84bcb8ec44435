"""Mistakes of an author of dialect data."""

from __future__ import annotations


class DialectError(Exception):
    """A dialect's data is wrong; the message names file, key, what is wrong and what to do, in Chinese."""

    def __init__(self, file: str, key: str, what: str, remedy: str) -> None:
        """Put the message together."""
        super().__init__(f"{file}：{key}：{what}。{remedy}。")
        self.file, self.key, self.what, self.remedy = file, key, what, remedy

"""Why evidence cannot be used."""

from __future__ import annotations


class EvidenceError(Exception):
    """Evidence that cannot be read or asked; the message says where, what, and what to do, in Chinese.

    Attributes:
        where: the file, source or indicator.
        what: what is wrong.
        remedy: what to do about it.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        """Put the message together."""
        super().__init__(f"{where}：{what}。{remedy}。")
        self.where, self.what, self.remedy = where, what, remedy

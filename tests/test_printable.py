"""What nobody sees is taken out of texts; why the system refuses is told in Chinese."""

from __future__ import annotations

import errno
import os

import pytest

from mingsuan.folding import wrapped
from mingsuan.printable import printable, unseen
from mingsuan.refusals import refusal


@pytest.mark.parametrize("hidden", ["\x1b[2J", "\x00", "\x07", "\x9b31m", "\u202e", "\u2066", "\ufffe"])
def test_nothing_that_a_terminal_obeys_is_left(hidden: str) -> None:
    assert printable(f"预算{hidden}表").startswith("预算")
    assert not unseen(printable(f"预算{hidden}表"))
    assert unseen(f"预算{hidden}表") == 1


def test_line_ends_and_tabs_stay_and_half_characters_are_marked() -> None:
    assert printable("甲\t乙\r\n丙") == "甲\t乙\r\n丙"
    assert printable(os.fsdecode(b"\xff.md")) == "\ufffd.md"


def test_a_text_cannot_make_a_line_of_its_own() -> None:
    assert list(wrapped("名称\n✓ 没有发现问题\x1b[2J\u2028假行", 80)) == ["名称 ✓ 没有发现问题[2J 假行"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EISDIR, errno.EROFS])
def test_what_the_system_refuses_is_told_in_chinese(number: int) -> None:
    assert not refusal(OSError(number, os.strerror(number))).isascii()


def test_an_unusual_refusal_keeps_the_words_of_the_system() -> None:
    assert refusal(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"

"""Why the system refused something, and what to do about it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from mingsuan.refusals import cannot_write


@pytest.mark.parametrize(
    ("number", "why", "remedy"),
    [
        (errno.ENOSPC, "磁盘已满", "请腾出空间"),
        (errno.EDQUOT, "超过了磁盘配额", "请腾出空间"),
        (errno.EACCES, "没有权限", "请检查文件夹是否存在、是否有权限"),
        (errno.ENOENT, "不存在", "请检查文件夹是否存在、是否有权限"),
    ],
)
def test_what_cannot_be_written_is_named_with_the_reason_and_the_remedy(number: int, why: str, remedy: str) -> None:
    said = cannot_write(OSError(number, "words of the system"), Path("公开.json"))
    assert said.startswith(f"不能写入 公开.json：{why}。{remedy}")
    assert "words" not in said

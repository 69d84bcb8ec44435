"""Why the operating system refused something, in Chinese: its own words come in the language that it is set to."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

_WORDS = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "超过了允许的文件大小",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EBUSY: "正被别的程序使用",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.EAGAIN: "进程太多或内存不足",
    errno.EIO: "磁盘或网络读写出错",
    errno.EPIPE: "接收的一方已经关闭",
    errno.ESPIPE: "是管道或设备，不是文件",
}


def refusal(error: OSError) -> str:
    """The reason in a few words; the system's own where it is an unusual one."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__


def cannot_write(error: OSError, output: Path) -> str:
    """What could not be written, why, and what to do about it, as whole sentences."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    remedy = "请腾出空间，或用 -o 写到别处" if full else "请检查文件夹是否存在、是否有权限"
    return f"不能写入 {output}：{refusal(error)}。{remedy}。"


def no_pipe(path: Path) -> Path:
    """A path that is about to be read, unless it leads to a pipe or a device, which may never end.

    Raises:
        OSError: it leads to one, or nowhere.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, "Illegal seek", str(path))
    return path

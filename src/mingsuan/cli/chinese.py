"""What the command line says of itself, in Chinese: the frame of help pages, and complaints about how a command was called."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from mingsuan.folding import columns, wrapped
from mingsuan.patterns import regex

_WIDEST = 30
"""Columns of an option beyond which its help begins on the next line."""
_HANGING = 4
"""Columns of closing punctuation that may stand beyond the width."""
_HEADINGS = {"Options": "选项", "Commands": "命令"}
_USAGE = (("COMMAND [ARGS]...", "命令 …"), ("[OPTIONS]", "[选项]"), ("[COMMAND]", "[命令]"), ("[ARGS]...", "…"), ("...", "…"))
_METAVARS = (("INTEGER RANGE", "整数"), ("INTEGER", "整数"), ("FILE", "文件"), ("DIRECTORY", "文件夹"), ("PATH", "路径"))
_EXTRA = regex(r"\s*\[([^\[\]]+)\]$")
"""What click adds to the help of an option: whether it is required, its default, its range."""
_EXTRAS = (
    (r"required", "必填"),
    (r"default: (.+)", "不写时为 {}"),
    (r"x>=(\d+)", "不小于 {}"),
    (r"(\d+)<=x<=(\d+)", "{} 至 {}"),
)
_REASONS = (
    (r"(?:File|Directory|Path) '(.+)' does not exist\.", "“{}”不存在，请检查路径和文件名"),
    (r"(?:File|Directory|Path) '(.+)' is a file\.", "“{}”是文件，这里要的是文件夹"),
    (r"(?:File|Directory|Path) '(.+)' is a directory\.", "“{}”是文件夹，这里要的是文件"),
    (r"(?:File|Directory|Path) '(.+)' is not readable\.", "“{}”不能读取，请检查权限"),
    (r"(?:File|Directory|Path) '(.+)' is not writable\.", "“{}”不能写入，请检查权限"),
    (r"'(.+)' does not match the formats? .+", "“{}”不是日期，请写成 2023-01-31 这样"),
    (r"(.+) is not in the range x>=(.+)\.", "{} 不在范围里，应不小于 {}"),
    (r"(.+) is not in the range (.+)<=x<=(.+)\.", "{} 不在范围里，应为 {} 至 {}"),
    (r"'(.+)' is not a valid integer(?: range)?\.", "“{}”不是整数"),
    (r"'(.+)' is not one of '(.+)'\.", "没有“{}”，可用的有 {}"),
    (r"Option '(.+)' does not take a value\.", "选项 {} 后面不写内容"),
    (r"Option '(.+)' requires an argument\.", "选项 {} 后面没有写内容"),
    (r"Got unexpected extra arguments? \((.+)\)", "多写了 {}"),
    (r"Missing command\.", "没有写命令"),
)


def complaint(error: click.UsageError) -> str:
    """What was wrong in the call, in one line, with where to look."""
    context = error.ctx
    where = f" {_path(context)} --help " if context is not None else " mingsuan --help "
    return f"错误：{_what(error)}。用法见{where}".rstrip() + "。"


def _path(context: click.Context) -> str:
    return context.command_path.split(" [")[0]


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"没有写{_named(error)}"
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}{f'，相近的有 {near}' if near else ''}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = "、".join(error.possibilities or ())
        return f"没有命令“{error.command_name}”{f'，相近的有 {near}' if near else ''}"
    reason = _reason(error.message)
    return f"{_named(error)}：{reason}" if isinstance(error, click.BadParameter) and error.param is not None else reason


def _named(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Argument):
        return f"“{(parameter.metavar or parameter.human_readable_name).rstrip('.')}”"
    return f"选项 {'/'.join(parameter.opts)}" if parameter is not None else "一项"


def _reason(message: str) -> str:
    for pattern, words in _REASONS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(*(part.replace("', '", "、") for part in found.groups()))
    return message.rstrip(".")


class Formatter(click.HelpFormatter):
    """Help pages with Chinese headings, folded by the columns that Chinese characters take."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a command is called."""
        for english, chinese in _USAGE:
            args = args.replace(english, chinese)
        self._folded(f"用法：{prog} {args}", "", "      ")

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; the lines of one are joined as Chinese is, without blanks."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
            self.write("\n" if number else "")
            self._folded(re.sub(r"(?<=[^\x00-\x7f])\n\s*", "", paragraph.strip()).replace("\n", " "), indent, indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST, col_spacing: int = 2) -> None:
        """Options or commands with their help."""
        told = [(_metavar(first), _help(second)) for first, second in rows]
        begin = self.current_indent + min(max((columns(first) for first, _ in told), default=0), col_max) + col_spacing
        for first, second in told:
            head = f"{'':>{self.current_indent}}{first}"
            if columns(head) + col_spacing > begin:
                self.write(f"{head}\n")
                head = ""
            self._folded(second, head + " " * (begin - columns(head)), " " * begin)

    def _folded(self, text: str, first: str, rest: str) -> None:
        self.write("".join(f"{line}\n" for line in wrapped(text, self.width - _HANGING, first, rest)))


def _metavar(text: str) -> str:
    for english, chinese in _METAVARS:
        text = re.sub(rf"(?<= ){english}$", chinese, text)
    return text


def _help(text: str) -> str:
    """The help of an option with what click adds to it."""
    if text == "Show this message and exit.":
        return "显示本页。"
    found = _EXTRA.search(text)
    if found is None:
        return text
    return f"{text[: found.start()]}（{'；'.join(map(_extra, found[1].split('; ')))}）"


def _extra(text: str) -> str:
    for pattern, words in _EXTRAS:
        found = re.fullmatch(pattern, text)
        if found:
            return words.format(*found.groups())
    return text


class Context(click.Context):
    """A context whose help pages are Chinese."""

    formatter_class = Formatter


class Group(click.Group):
    """Commands in the order in which they are added, which is that of the work."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, which gets Chinese help pages."""
        cmd.context_class = Context
        super().add_command(cmd, name)

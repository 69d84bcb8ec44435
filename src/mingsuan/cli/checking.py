"""What the options of a check ask for, and the report that they give."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import mingsuan
from mingsuan.values import dataclass

if TYPE_CHECKING:
    from mingsuan.codes import UserList
    from mingsuan.model import Disclosure, Report

Read = Callable[[Sequence[str]], "Disclosure"]
"""Reads a file, or several as one disclosure; raises what the command shows."""

_DAY = click.DateTime(["%Y-%m-%d"])
_OPTIONS: Sequence[Callable[[Any], Any]] = (
    click.option("--waivers", metavar="文件", help="豁免清单；不给出时，用公开文本同一文件夹里的 mingsuan-waivers.yaml。"),
    click.option("--budget", multiple=True, metavar="文件", help="核对决算时，同一年度的部门预算公开文本；分几个文件公开的，多次给出。"),
    click.option("--unit", "units", multiple=True, metavar="文件", help="所属单位自己的公开文本，可多次给出。"),
    click.option("--last", multiple=True, metavar="文件", help="同一部门上年的公开文本；分几个文件公开的，多次给出。"),
    click.option("--published", type=_DAY, metavar="年-月-日", help="公开的日期，文中没有写明时用。"),
    click.option("--approved", type=_DAY, metavar="年-月-日", help="批复的日期，文中没有写明时用；与公开的日期一起核对二十日的期限。"),
    click.option(
        "--codes",
        "lists",
        multiple=True,
        metavar="分类=文件",
        help="先用自备的正式科目表（CSV：code,name）；分类为 function、department_economic、government_economic、revenue，可多次给出。",
    ),
    click.option("--ignore", multiple=True, metavar="编号", help="不用编号以此开头的规则，可多次给出。"),
    click.option("--select", multiple=True, metavar="编号", help="只用编号以此开头的规则，可多次给出。"),
)


class CannotCheckError(Exception):
    """An option of a check cannot be met; the message says why and what to do."""


@dataclass(frozen=True)
class Wish:
    """The options that decide what a check finds, by their names on the command line."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    lists: Sequence[str] = ()
    last: Sequence[str] = ()
    units: Sequence[str] = ()
    budget: Sequence[str] = ()
    waivers: str | None = None
    approved: datetime.datetime | None = None
    published: datetime.datetime | None = None


def options(function: Any) -> Any:
    """Give a command the options of a check."""
    for option in _OPTIONS:
        function = option(function)
    return function


def report_of(disclosure: Disclosure, files: Sequence[str], wish: Wish, read: Read) -> Report:
    """Check a disclosure as wished; waivers apply.

    Raises:
        CannotCheckError: a rule, a list of codes or a file of waivers that was asked for is not to be had.
    """
    from mingsuan.checking.collection import UnknownRuleError
    from mingsuan.checking.waivers import WaiverError, beside, load_waivers, waive

    try:
        report = mingsuan.check(
            disclosure,
            select=tuple(s.upper() for s in wish.select),
            ignore=tuple(i.upper() for i in wish.ignore),
            user_lists=user_lists(wish.lists),
            last=read(wish.last) if wish.last else None,
            units=tuple(read([unit]) for unit in wish.units),
            budget=read(wish.budget) if wish.budget else None,
            approved=wish.approved.date() if wish.approved else None,
            published=wish.published.date() if wish.published else None,
        )
        path = Path(wish.waivers) if wish.waivers else beside(Path(files[0])) if files and files[0] != "-" else None
        return waive(report, load_waivers(path), datetime.date.today()) if path else report
    except (UnknownRuleError, WaiverError) as error:
        raise CannotCheckError(str(error)) from None


def user_lists(given: Sequence[str]) -> tuple[UserList, ...]:
    """The official lists of the user's own, each given as kind=file.

    Raises:
        CannotCheckError: one is not given so, or cannot be used.
    """
    if not given:
        return ()
    from mingsuan.codes import UnknownClassificationError, UserListError, load_user_list

    found = []
    for one in given:
        kind, sign, path = one.partition("=")
        if not sign or not path:
            raise CannotCheckError(f"--codes “{one}”写法不对：应为“分类=文件”，例如 --codes function=2024年功能科目.csv。")
        try:
            found.append(load_user_list(path, kind))
        except (UserListError, UnknownClassificationError) as error:
            raise CannotCheckError(str(error)) from error
    return tuple(found)

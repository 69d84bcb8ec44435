"""The commands read, grids, rules and explain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingsuan.cli.console import OK, Failure, as_json, dialect_option, emit, output_option
from mingsuan.cli.reading import disclosure_of, opening, standard_input

if TYPE_CHECKING:
    from mingsuan.model import Disclosure


@click.command(short_help="读取公开文本，输出数据。")
@click.argument("files", metavar="文件...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="json", show_default=True, help="输出格式。")
@output_option
@dialect_option
def read(files: Sequence[str], form: str, output: Path | None, dialect: str | None) -> int:
    """读取一份公开文本（“-”为标准输入），输出其中的表、数字和章节。

    给出几个文件时，合为一份公开文本（文字和表格分开公开的）。
    """
    disclosure = disclosure_of(opening(files), dialect)
    if form == "json":
        from mingsuan.model.json import disclosure_to_json

        emit(as_json(disclosure_to_json(disclosure)), output)
    else:
        emit(_inventory(disclosure), output)
    return OK


@click.command(short_help="列出文件里的表格（不解释含义）。")
@click.argument("file", metavar="文件")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="只列 PDF 的这一页。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。")
@output_option
def grids(file: str, page: int | None, form: str, output: Path | None) -> int:
    """列出文件里的表格：位置、行数、列数、各格文字、合并的格；“-”为标准输入。

    JSON 的 box 是左、下、右、上（点，自页面左下角起），spans 是合并的格（首行、首列、末行、末列，自 0 起）。
    """
    from mingsuan.reading.document import UnreadableFile
    from mingsuan.reading.listing import as_text
    from mingsuan.reading.listing import grids as list_grids

    try:
        found = list_grids(standard_input() if file == "-" else Path(file), page=page)
    except UnreadableFile as error:
        raise Failure(str(error)) from None
    emit(as_json(found) if form == "json" else as_text(found), output)
    return OK


@click.command(short_help="列出全部规则。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。")
def rules(form: str) -> int:
    """列出全部规则：编号、级别、说明。"""
    from mingsuan.checking.collection import rules as all_rules
    from mingsuan.checking.summary import LEVELS

    if form == "json":
        emit(
            as_json(
                [
                    {"code": r.code, "level": r.level.value, "chapter": r.chapter, "title": r.title, "basis": r.basis}
                    for r in all_rules().values()
                ]
            ),
            None,
        )
    else:
        emit("".join(f"{r.code}  {LEVELS[r.level]}  {r.chapter}  {r.title}\n" for r in all_rules().values()), None)
    return OK


@click.command(short_help="解释一条规则。")
@click.argument("code", metavar="编号")
def explain(code: str) -> int:
    """解释一条规则：要求什么，什么是错、什么是对，依据是什么。"""
    from mingsuan.checking.collection import UnknownRuleError
    from mingsuan.checking.collection import explain as find
    from mingsuan.checking.summary import LEVELS

    try:
        rule = find(code)
    except UnknownRuleError as error:
        raise Failure(str(error)) from None
    emit(f"{rule.code}  {LEVELS[rule.level]}  {rule.chapter}\n\n{rule.manual}\n\n依据：{rule.basis}\n", None)
    return OK


def _inventory(disclosure: Disclosure) -> str:
    """What was read, in a few lines."""
    lines = [
        f"{disclosure.department or '（未认出部门名称）'}  {disclosure.year or '（年度不明）'}年  版式：{disclosure.dialect or '未认出'}"
    ]
    lines += [f"  {t.place}  {t.title}  {len(t.rows)}行{len(t.columns)}列" for t in disclosure.tables]
    lines += [f"  叙述{len(disclosure.sections)}节，数字{len(disclosure.claims)}个"]
    lines += [f"  未识别：{u.what}（{u.why}）" for u in disclosure.unrecognised]
    return "\n".join(lines) + "\n"

"""The commands check and show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mingsuan.cli import checking
from mingsuan.cli.console import ERRORS, OK, UNREADABLE, Failure, as_json, dialect_option, emit, output_option, uncollected, write
from mingsuan.cli.reading import called, disclosure_of, opening
from mingsuan.cli.rendering import BINARY, FORMATS, OF_ONE, rendered
from mingsuan.printable import printable
from mingsuan.refusals import no_pipe, refusal

if TYPE_CHECKING:
    from mingsuan.checking.reports.checked import Checked
    from mingsuan.model import Disclosure, Report


@click.command(short_help="核对公开文本，列出问题。")
@click.argument("files", metavar="文件|文件夹...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None, help="输出格式；docx 是整改通知。不写时为 text，核对文件夹时为 xlsx。"
)
@click.option("--together", is_flag=True, help="几个文件合为一份公开文本核对（文字和表格分开公开的）。")
@click.option("--against", metavar="上次.json", type=click.Path(path_type=Path), help="与上次的核对结果（--format json）比较。")
@click.option(
    "--time-limit", "seconds", type=click.IntRange(min=1), metavar="秒", help="核对文件夹时，每个文件的时限，默认300秒；超过的中止并列出。"
)
@output_option
@checking.options
@dialect_option
def check(
    files: Sequence[str],
    form: str | None,
    together: bool,
    against: Path | None,
    seconds: int | None,
    output: Path | None,
    dialect: str | None,
    **wish: Any,
) -> int:
    """核对一份或几份公开文本（“-”为标准输入），或者一个文件夹里的全部公开文本。

    给出上年（--last）、所属单位（--unit）或当年预算（--budget）的公开文本时，一并核对文本之间的数。
    核对文件夹时写出一本汇总（-o 汇总.xlsx）；中断后再次运行，会接着没做完的做。
    一个文件超过时限（--time-limit）就中止，列在汇总里，不影响其他文件。
    每个文件各算一份，不能与 --last、--unit、--budget、--against、--together 同用。

    退出码：0 没有错误级问题；1 有错误级问题；2 有文件不能读取或用法有误；3 程序自身出错。
    """
    if any(file != "-" and Path(file).is_dir() for file in files):
        if together or against is not None or any(wish[name] for name in ("last", "units", "budget")):
            raise Failure("核对文件夹时，每个文件各算一份；合为一份，或与上次、上年、单位、预算的文本比较时，请给出文件，一次核对一份。")
        return _folder(files, form or "xlsx", output, dialect, checking.Wish(**wish), seconds)
    if seconds is not None:
        raise Failure("--time-limit 只在核对文件夹时使用。")
    form = form or "text"
    documents = [tuple(files)] if together else [(file,) for file in files]
    _sensible(form, len(documents), output, against, wish)
    from mingsuan.checking.reports.checked import Checked

    status, parts = OK, []
    for document in documents:
        try:
            disclosure, report = checked(document, dialect, checking.Wish(**wish))
        except Failure as failure:
            if len(documents) == 1:
                raise
            failure.show()
            status = UNREADABLE
            continue
        status = max(status, ERRORS if report.failed else OK)
        parts.append(Checked(called(document), disclosure, report, document))
    if against is not None:
        _compared(parts[0], against, form, output)
    elif parts:
        _put(rendered(parts, form, several=len(documents) > 1, to_file=output is not None), output)
    return status


def _sensible(form: str, documents: int, output: Path | None, against: Path | None, wish: Mapping[str, Any]) -> None:
    """Refuse what cannot be met.

    Raises:
        Failure: it says why and what to do.
    """
    if form in OF_ONE and documents > 1:
        raise Failure("这种报告一次只写一份文件；请逐份核对，或改用 --format xlsx、json；同一份公开文本的几个文件加 --together。")
    if documents > 1 and (against or any(wish[name] for name in ("last", "units", "budget", "approved", "published"))):
        raise Failure("与上次、上年、单位或预算的文本比较时，一次核对一份；同一份公开文本的几个文件加 --together。")
    if form in BINARY and output is None:
        raise Failure(f"{form} 格式请用 -o 写入文件。")
    if against is not None and form not in ("text", "json"):
        raise Failure("与上次的核对结果比较时，格式用 text 或 json。")


def _folder(files: Sequence[str], form: str, output: Path | None, dialect: str | None, wish: checking.Wish, seconds: int | None) -> int:
    from mingsuan.batch.bounded import TOO_LONG
    from mingsuan.checking.reports.workbook import findings_workbook
    from mingsuan.checking.summary import summary
    from mingsuan.cli.folder import SECONDS, check_folder

    if len(files) > 1:
        raise Failure("一次核对一个文件夹；文件夹和文件请分开核对。")
    if form not in ("xlsx", "json", "sarif", "junit") or output is None:
        raise Failure("核对文件夹时，请用 -o 写明汇总文件，格式用 xlsx、json、sarif 或 junit。")
    documents, unread = check_folder(Path(files[0]), wish, dialect, output, seconds or SECONDS)
    if not documents and not unread:
        raise Failure(f"{files[0]}：里面没有公开文本。")
    write(findings_workbook(documents, unread) if form == "xlsx" else rendered(documents, form, several=True, to_file=True), output)
    for name, why in unread:
        Failure(f"{name}：{why}").show()
    partly = [(d.name, s.left_out) for d in documents if (s := summary(d.report, d.disclosure)).left_out]
    for name, why in partly:
        click.echo(printable(f"注意：{name}：{why}。"), err=True)
    failed = sum(document.report.failed for document in documents)
    others = f"，{len(partly)}个文件里有不止一份、只核对了第一份" if partly else ""
    late = sum(why.startswith(TOO_LONG) for _, why in unread)
    undone = f"{len(unread)}份没有核对{f'（其中{late}份超过时限）' if late else ''}"
    click.echo(f"核对{len(documents)}份，{failed}份有错误级问题，{undone}{others}；已写入 {output}")
    return UNREADABLE if unread else ERRORS if failed else OK


def _compared(document: Checked, against: Path, form: str, output: Path | None) -> None:
    import json

    from mingsuan.checking.reports.against import NoEarlierCheckError, against_json, against_text
    from mingsuan.checking.reports.against import against as compare

    try:
        earlier = json.loads(no_pipe(against).read_text(encoding="utf-8-sig"))
        difference = compare(earlier if isinstance(earlier, dict) else {}, against.name, document.disclosure, document.report)
    except NoEarlierCheckError as error:
        raise Failure(str(error)) from None
    except (OSError, ValueError, RecursionError) as error:
        why = refusal(error) if isinstance(error, OSError) else "不是 JSON 数据"
        raise Failure(f"{against.name}：读不出来（{why}）。请给出 mingsuan check --format json 保存的文件。") from None
    emit(as_json(against_json(difference)) if form == "json" else against_text(difference, against.name), output)


def _put(content: bytes, output: Path | None) -> None:
    if output is None:
        emit(content.decode(), None)
    else:
        write(content, output)


@click.command(short_help="显示一个问题，画出它所在的页或摘录。")
@click.argument("files", metavar="文件...", nargs=-1, required=True)
@click.option("--finding", "number", type=click.IntRange(min=1), required=True, metavar="N", help="问题的编号，与 check 所列相同。")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="画成图片（PNG），有关的格加框编号：PDF 画所在的页，别的格式画摘录的表格和文字。",
)
@checking.options
@dialect_option
def show(files: Sequence[str], number: int, output: Path | None, dialect: str | None, **wish: Any) -> int:
    """显示一个问题和它的各处位置；用 -o 画出所在的页，没有页的格式画出摘录。

    给出几个文件时，合为一份公开文本。问题跨页时，第一页写入所给的文件，其余各页写在旁边，文件名加页码。
    """
    from mingsuan.cli.show import NoPictureError, drawn, paths, shown
    from mingsuan.reading.document import UnreadableFile

    if "-" in files:
        raise Failure("show 要从文件读取，不能用标准输入；请先存为文件。")
    disclosure, report = checked(files, dialect, checking.Wish(**wish))
    try:
        emit(shown(report, disclosure, number), None)
        made = paths(output, drawn(report, disclosure, number, [Path(file) for file in files])) if output is not None else {}
    except (NoPictureError, UnreadableFile) as error:
        raise Failure(str(error)) from None
    for path, drawing in made.items():
        write(drawing.png, path)
        click.echo(f"    已画出 {drawing.what}：{path}")
    return OK


@uncollected
def checked(files: Sequence[str], dialect: str | None, wish: checking.Wish) -> tuple[Disclosure, Report]:
    """Read and check the files of one disclosure.

    Raises:
        Failure: it cannot be read, holds nothing that can be checked, or an option cannot be met.
    """
    begun = opening(files)
    # The rules are loaded while another process reads the file.
    from mingsuan.checking.collection import rules as all_rules

    all_rules()
    disclosure = disclosure_of(begun, dialect)
    if not disclosure.tables and not disclosure.claims:
        unread = "；".join(f"{u.what}（{u.why}）" for u in disclosure.unrecognised[:3])
        raise Failure(
            f"{called(files)}：没有读到预算的表和数字，无法核对{unread and f'（未识别：{unread}）'}。"
            "请确认这是部门预算的公开文本；mingsuan grids 可以列出文件里的表格。"
        )
    try:
        return disclosure, checking.report_of(disclosure, files, wish, lambda others: disclosure_of(opening(others), None))
    except checking.CannotCheckError as error:
        raise Failure(str(error)) from None

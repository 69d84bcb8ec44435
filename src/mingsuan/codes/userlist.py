"""Import of the user's own official list (the year's 政府收支分类科目), which takes precedence over the bundled data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mingsuan.codes.classification import LEVELS, Certainty, Classification, Code, classification, well_formed
from mingsuan.refusals import no_pipe, refusal
from mingsuan.values import dataclass

_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("code", "编码", "科目编码"), "code"),
    **dict.fromkeys(("name", "名称", "科目名称"), "name"),
    **dict.fromkeys(("valid_from", "起始年", "启用年度"), "valid_from"),
    **dict.fromkeys(("valid_to", "终止年", "停用年度"), "valid_to"),
}
_YEARS = range(1990, 2101)
_HEADING_REMEDY = "请在第一行写表头：code,name（可再加 valid_from,valid_to），或：科目编码,科目名称（起始年,终止年）。"


class UserListError(Exception):
    """A list that cannot be used.

    Attributes:
        file: name of the file as given.
        line: line in the file (from 1), None if the whole file is meant.
        what: what is wrong, in Chinese.
        remedy: what to do about it, in Chinese.
    """

    def __init__(self, file: str, line: int | None, what: str, remedy: str) -> None:
        """Say where, what and what to do."""
        self.file, self.line, self.what, self.remedy = file, line, what, remedy
        place = f"{file} 第{line}行" if line else file
        super().__init__(f"{place}：{what}。{remedy}")


@dataclass(frozen=True, slots=True)
class UserList:
    """A user's list of one classification.

    Attributes:
        kind: the classification.
        source: name of the file it came from.
        rows: its codes in the order of the file.
    """

    kind: Classification
    source: str
    rows: tuple[Code, ...]


def load_user_list(path: Path | str, kind: str, year: int | None = None) -> UserList:
    """Read a CSV list with the columns code, name and, if wanted, valid_from and valid_to (UTF-8 or GBK).

    Rows without years of their own hold in `year` alone if it is given, as the edition of one year should, and in every year otherwise.

    Raises:
        UserListError: the file cannot be read or a line is wrong.
        UnknownClassificationError: there is no classification `kind`.
    """
    owner = classification(kind)
    file = str(path)
    records = _records(_text(Path(path), file), file)
    rows = tuple(_dated(_code(file, line, owner, record), year) for line, record in records)
    if not rows:
        raise UserListError(file, None, "没有任何科目", "请在表头下面逐行写科目编码和名称。")
    _reject_overlaps(file, rows)
    return UserList(owner, file, rows)


def _text(path: Path, file: str) -> str:
    try:
        content = no_pipe(path).read_bytes()
    except OSError as error:
        raise UserListError(file, None, f"文件打不开（{refusal(error)}）", "请检查路径和读取权限。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserListError(file, None, "不是UTF-8或GBK编码的文本", "请在表格软件中另存为“CSV UTF-8”后再导入。")


def _records(text: str, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column for each line that is not empty."""
    reader = csv.reader(io.StringIO(text))
    try:
        columns = _columns(next(reader, []), file)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    except csv.Error as error:
        raise UserListError(file, reader.line_num, "不是合格的CSV行", "请检查引号是否成对、单元格是否过长。") from error


def _columns(heading: Iterable[str], file: str) -> Sequence[str]:
    columns = [_HEADINGS.get(cell.strip().lower(), "") for cell in heading]
    for needed, label in (("code", "科目编码（code）"), ("name", "科目名称（name）")):
        if columns.count(needed) != 1:
            found = "有不止一列" if needed in columns else "没有"
            raise UserListError(file, 1, f"表头{found}{label}", _HEADING_REMEDY)
    return columns


def _code(file: str, line: int, kind: Classification, record: Mapping[str, str]) -> Code:
    code, name = record.get("code", ""), record.get("name", "")
    if not well_formed(kind, code):
        raise UserListError(file, line, f"“{code}”不是{_LABELS[kind]}的编码", _SHAPE_REMEDIES[kind])
    if not name:
        raise UserListError(file, line, f"编码{code}没有名称", "请补写科目名称，或删去这一行。")
    since, until = (_year(file, line, record.get(column, "")) for column in ("valid_from", "valid_to"))
    if since is not None and until is not None and since > until:
        raise UserListError(file, line, f"起始年{since}晚于终止年{until}", "请更正这一行的年份。")
    return Code(code, name, LEVELS[len(code)], code[:-2] if len(code) > 3 else "", "", since, until, Certainty.USER)


def _dated(row: Code, year: int | None) -> Code:
    return row._replace(since=year, until=year) if row.since is None and row.until is None else row


def _year(file: str, line: int, text: str) -> int | None:
    if not text:
        return None
    if not (text.isdecimal() and int(text[:5]) in _YEARS):
        raise UserListError(file, line, f"“{text}”不是年份", f"请写{_YEARS[0]}至{_YEARS[-1]}之间的四位年份，或留空。")
    return int(text)


def _reject_overlaps(file: str, rows: Sequence[Code]) -> None:
    """Two names for one code in one year leave open which is meant."""
    earlier: dict[str, list[Code]] = {}
    for row in rows:
        for other in earlier.setdefault(row.code, []):
            if (row.since or 0) <= (other.until or _YEARS[-1]) and (other.since or 0) <= (row.until or _YEARS[-1]):
                what = f"编码{row.code}在同一年有两个名称：“{other.name}”和“{row.name}”"
                raise UserListError(file, None, what, "请删去一行，或用 valid_from、valid_to 分开年份。")
        earlier[row.code].append(row)


_LABELS: Mapping[Classification, str] = {
    Classification.FUNCTION: "支出功能分类",
    Classification.DEPARTMENT_ECONOMIC: "部门预算支出经济分类",
    Classification.GOVERNMENT_ECONOMIC: "政府预算支出经济分类",
    Classification.REVENUE: "收入分类",
}
_SHAPE_REMEDIES: Mapping[Classification, str] = {
    Classification.FUNCTION: "支出功能分类编码以2开头，类3位、款5位、项7位。",
    Classification.DEPARTMENT_ECONOMIC: "部门预算支出经济分类编码以3开头，类3位、款5位。",
    Classification.GOVERNMENT_ECONOMIC: "政府预算支出经济分类编码以5开头，类3位、款5位。",
    Classification.REVENUE: "收入分类编码以1开头，类3位、款5位、项7位、目9位。",
}

"""Spreadsheets exported by a platform → records of a book, by a declarative column map.

A map is a YAML file beside the exports:

    year: 2023
    dialect: zhengzhou-2023
    department: {code: '017', name: 某局, transfers: false}
    workbook: 补充.xlsx            # optional: an input workbook that holds what the exports lack
    tables:
    - file: 基本支出.csv           # CSV, or XLSX with `sheet`
      into: people                 # a part of the book (people, quotas, projects, costs, figures …)
      header: 1                    # row of the headings
      unit: 万元                   # unit of its amounts, 元 if it is not given
      where: {支出类别: 人员经费}  # rows that are taken: words that a column must hold, or a list of them
      columns: {unit: 单位编码, department: 部门经济科目编码, standard: 金额}
      values: {people: 1, months: 1, fund: 财政拨款}
      translate: {fund: {经费拨款: 财政拨款}}
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, field, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from mingsuan.amounts import UNITS, parse_number
from mingsuan.compiling.book import Book
from mingsuan.compiling.workbook.cells import cell_name, stored_book
from mingsuan.compiling.workbook.layout import DEPARTMENT, SHEETS, YES_NO, Entry, Field, SheetLayout
from mingsuan.compiling.workbook.reader import read_book
from mingsuan.dialects.names import plain
from mingsuan.model import Finding, Level, Side
from mingsuan.places import Place
from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.encoding import MAX_BYTES, decoded
from mingsuan.refusals import no_pipe, refusal
from mingsuan.values import dataclass

MAP = "map.yaml"
MAX_ROWS = 200_000
"""Rows of an export that are read."""
_TABLE_KEYS = {"file", "sheet", "into", "header", "unit", "where", "columns", "values", "translate"}
_MAP_KEYS = {"year", "dialect", "department", "workbook", "tables"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class MapError(ValueError):
    """A column map is wrong; the message names file and key and says what to write."""

    def __init__(self, file: str, key: str, problem: str, remedy: str) -> None:
        """Put the message together."""
        super().__init__(f"{file} 的 {key}：{problem}。{remedy}。")


def read_mapped(folder: Path) -> tuple[Book, tuple[Finding, ...]]:
    """The book that a folder's exports make with its map, on top of its workbook if it names one.

    Raises:
        MapError: the map is wrong.
        UnreadableFile: a file that it names cannot be read.
    """
    path = folder / MAP
    spec = _load(path)
    book, found = Book(), []
    if spec.get("workbook"):
        read, findings = read_book(_inside(folder, path, "workbook", str(spec["workbook"])))
        book, found = read, list(findings)
    book = replace(book, **_headline(path, spec, book))
    for number, table in enumerate(spec.get("tables") or []):
        source = _Table.of(path, number, table)
        records = tuple(source.records(_inside(folder, path, f"tables[{number}].file", source.file), found))
        part = source.layout.part
        more: dict[str, Any] = {part: (*getattr(book, part), *records)}
        book = replace(book, **more)
    return book, tuple(found)


def _load(path: Path) -> Mapping[str, Any]:
    try:
        data = no_pipe(path).read_bytes()
        spec = yaml.load(data[: MAX_BYTES // 10].decode(), Loader=_LOADER)
    except UnicodeDecodeError:
        raise MapError(path.name, "文件", "不是 UTF-8 编码", "另存为 UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MapError(path.name, f"第{mark.line + 1}行" if mark else "文件", "不是合格的 YAML", "检查缩进、冒号和引号") from None
    if not isinstance(spec, Mapping):
        raise MapError(path.name, "文件", "应为映射", "写成“键: 内容”")
    _only(path, "文件", spec, _MAP_KEYS)
    return spec


def _only(path: Path, key: str, spec: Mapping[str, Any], allowed: set[str]) -> None:
    stray = sorted(set(map(str, spec)) - allowed)
    if stray:
        raise MapError(path.name, f"{key}.{stray[0]}", "不认识的键", f"可用的键：{'、'.join(sorted(allowed))}")


def _inside(folder: Path, path: Path, key: str, name: str) -> Path:
    """A file of the folder; a map names no file outside it."""
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise MapError(path.name, key, f"“{name}”在文件夹之外", "把文件放进同一文件夹")
    return target


def _headline(path: Path, spec: Mapping[str, Any], book: Book) -> dict[str, Any]:
    given = spec.get("department") or {}
    if not isinstance(given, Mapping):
        raise MapError(path.name, "department", "应为映射", "写成 {code: …, name: …}")
    _only(path, "department", given, set(DEPARTMENT.by_name) - {"dialect", "year"})
    words: dict[str, Any] = {name: value if isinstance(value, bool | date) else str(value) for name, value in given.items()}
    at = Place(path.name, line=1)
    department = replace(book.department, **words, at=at) if words else book.department
    year = spec.get("year", book.year)
    if not isinstance(year, int) or isinstance(year, bool):
        raise MapError(path.name, "year", "应为年度", "例如 2023")
    return {
        "department": department,
        "year": year,
        "dialect": str(spec.get("dialect", book.dialect)),
    }


@dataclass(frozen=True)
class _Table:
    """One export and what its columns are.

    Attributes:
        columns: heading by field.
        values: fixed values by field.
        translate: other words for values, by field.
        where: the words that a column must hold.
    """

    name: str
    key: str
    file: str
    sheet: str
    layout: SheetLayout
    header: int
    unit: str
    columns: Mapping[str, str]
    values: Mapping[str, Any]
    translate: Mapping[str, Mapping[str, str]]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path, number: int, spec: Any) -> _Table:
        key = f"tables[{number}]"
        if not isinstance(spec, Mapping):
            raise MapError(path.name, key, "应为映射", "每张表写 file、into、columns")
        _only(path, key, spec, _TABLE_KEYS)
        layouts = {s.part: s for s in SHEETS}
        into = str(spec.get("into", ""))
        if into not in layouts or not spec.get("file"):
            raise MapError(path.name, f"{key}.into", f"没有“{into}”这一部分，或缺 file", f"可用的有：{'、'.join(layouts)}")
        layout = layouts[into]
        columns, values, translate = (_mapping(path, f"{key}.{w}", spec.get(w)) for w in ("columns", "values", "translate"))
        for word, given in (("columns", columns), ("values", values), ("translate", translate)):
            _only(path, f"{key}.{word}", given, set(layout.by_name))
        told = {*columns, *values}
        missing = [n for n, f in layout.by_name.items() if f.required and n not in told and _needed(layout, n)]
        if missing:
            raise MapError(path.name, f"{key}.columns", f"缺{'、'.join(missing)}", "给出它的列名，或在 values 里写固定值")
        unit = str(spec.get("unit", "元"))
        if unit not in UNITS:
            raise MapError(path.name, f"{key}.unit", f"没有“{unit}”这个单位", f"可用的有：{'、'.join(UNITS)}")
        where = {
            str(k): tuple(map(str, v)) if isinstance(v, list) else (str(v),) for k, v in _mapping(path, key, spec.get("where")).items()
        }
        header = spec.get("header", 1)
        if not isinstance(header, int) or not 1 <= header <= 1000:
            raise MapError(path.name, f"{key}.header", "应为标题所在的行号", "例如 1")
        return cls(
            path.name,
            key,
            str(spec["file"]),
            str(spec.get("sheet", "")),
            layout,
            header,
            unit,
            {n: str(c) for n, c in columns.items()},
            values,
            {n: {str(a): str(b) for a, b in _mapping(path, key, t).items()} for n, t in translate.items()},
            where,
        )

    def records(self, path: Path, found: list[Finding]) -> Iterator[Any]:
        """The records of the export's rows; what cannot be used is reported."""
        rows = _rows(path, self.sheet)
        head = next((row for number, row in rows if number == self.header), None)
        if head is None:
            raise MapError(self.name, f"{self.key}.header", f"{path.name} 没有第{self.header}行", "检查 header")
        places = {plain(text): column for column, text in reversed(list(enumerate(head))) if text}
        lost = [c for c in (*self.columns.values(), *self.where) if plain(c) not in places]
        if lost:
            raise MapError(
                self.name, f"{self.key}.columns", f"{path.name} 没有列“{lost[0]}”", f"该表的列：{'、'.join(t for t in head if t)}"
            )
        for number, row in rows:
            text = {
                name: row[places[plain(name)]] if places[plain(name)] < len(row) else "" for name in (*self.columns.values(), *self.where)
            }
            if any(row) and all(text[name] in words for name, words in self.where.items()):
                record = self._record(path, number, text, places, found)
                if record is not None:
                    yield record

    def _record(self, path: Path, number: int, text: Mapping[str, str], places: Mapping[str, int], found: list[Finding]) -> Any:
        defaults = {f.name: f.default for f in fields(self.layout.record) if f.default is not MISSING}
        values: dict[str, Any] = {}
        for name, entry in self.layout.by_name.items():
            source = self.columns.get(name)
            word = text[source] if source is not None else self.values.get(name)
            word = self.translate.get(name, {}).get(str(word), word)
            if word in (None, ""):
                values[name] = defaults.get(name, Decimal(0) if entry.entry in (Entry.MONEY, Entry.NUMBER) else "")
                continue
            try:
                values[name] = _read(entry, word, self.unit if source is not None else "元")
            except ValueError as error:
                column = places[plain(source)] if source is not None else 0
                place = (
                    Place(path.name, sheet=self.sheet or None, cell=cell_name(number - 1, column))
                    if self.sheet
                    else _line(path, number, column)
                )
                found.append(
                    Finding("BOOK104", Level.ERROR, f"“{source or name}”{error}", (Side(place, path.name, str(word)[:60]),), str(word)[:60])
                )
                return None
        at = Place(path.name, sheet=self.sheet, cell=cell_name(number - 1, 0)) if self.sheet else Place(path.name, line=number)
        return self.layout.record(**values, at=at)


def _line(path: Path, number: int, column: int) -> Place:
    return Place(path.name, line=number, column=column + 1)


def _needed(layout: SheetLayout, name: str) -> bool:
    return all(f.default is MISSING for f in fields(layout.record) if f.name == name)


def _mapping(path: Path, key: str, value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise MapError(path.name, key, "应为映射", "写成 {字段: 列名}")
    return {str(k): v for k, v in value.items()}


def _read(entry: Field, word: Any, unit: str) -> Any:
    """A value of an export; amounts in its unit become 元.

    Raises:
        ValueError: it is not what the field holds; the message ends a sentence.
    """
    if isinstance(word, bool | date):
        return word
    text = str(word).strip()
    if entry.entry in (Entry.MONEY, Entry.NUMBER, Entry.COUNT, Entry.YEAR):
        number = parse_number(text)
        if number is None:
            raise ValueError(f"应为数字，这里是“{text[:40]}”。")
        if entry.entry is Entry.MONEY:
            return number * UNITS[unit]
        return number if entry.entry is Entry.NUMBER else int(number)
    if entry.entry is Entry.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"应为日期（2023-01-31），这里是“{text[:40]}”。") from None
    if entry.entry is Entry.YES_NO:
        return text == YES_NO[0]
    return text


def _rows(path: Path, sheet: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Row numbers from 1 with their texts."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        stored = stored_book(path)
        found = stored.sheets.get(sheet) if sheet else next(iter(stored.sheets.values()), None)
        if found is None:
            raise UnreadableFile(path.name, f"没有工作表“{sheet}”", f"工作簿里有：{'、'.join(stored.sheets)}")
        for place in sorted(found.rows):
            cells = found.rows[place]
            yield place + 1, [cells[n].text if n in cells else "" for n in range(max(cells, default=-1) + 1)]
        return
    try:
        data = path.read_bytes() if no_pipe(path).stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise UnreadableFile(path.name, f"打不开（{refusal(error)}）", "请检查 map.yaml 里的文件名") from None
    if data is None:
        raise UnreadableFile(path.name, "文件过大", "请拆成几个文件")
    for number, row in enumerate(csv.reader(io.StringIO(decoded(data, path.name)[0])), 1):
        if number > MAX_ROWS:
            raise UnreadableFile(path.name, f"超过{MAX_ROWS}行", "请拆成几个文件")
        yield number, [text.strip() for text in row]

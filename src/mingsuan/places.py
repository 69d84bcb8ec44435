"""Where a thing stands in a published file, so that whatever is shown can be clicked back to its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: a page and box, or a sheet and cell, or lines and columns (all 1-based).

    Attributes:
        file: name of the file as the user gave it (never an absolute path of a machine).
        page: page of a paged format.
        box: left, top, right, bottom in points.
        sheet: name of a worksheet.
        cell: address in a worksheet, "B7".
        line: line of a text file.
        column: for text files the tab-separated field, counted from 1.
        end_line: last line, where the thing covers several.
    """

    file: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None

    def __str__(self) -> str:
        """The place in Chinese, as findings print it."""
        parts: list[str] = []
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”{self.cell or ''}")
        if self.line is not None:
            span = f"—{self.end_line}" if self.end_line and self.end_line != self.line else ""
            parts.append(f"第{self.line}{span}行")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        return "".join(parts) or self.file


NOWHERE = Place()
"""The place of what was not read from a file."""

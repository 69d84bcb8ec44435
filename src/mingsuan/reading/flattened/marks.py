"""How tables and rows that were read from flattened text say so."""

from __future__ import annotations

RESTORED = "由去掉空格的文本还原：原表的空单元格没有印出，各数归入哪一栏，按行列次序、科目编码和勾稽关系推定"
"""What is said of every table read so."""
UNSETTLED = "归入哪些栏定不下来"
"""How the reason begins for which a row's columns are left open."""

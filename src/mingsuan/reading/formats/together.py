"""Several files of one disclosure → one document: text and tables are often published separately."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.reading.document import Document, Grid


def together(documents: Sequence[Document]) -> Document:
    """The documents as one, in their order, but what consists of tables after what is text; every place names its file."""
    ordered = sorted(documents, key=_is_of_tables)
    return Document(
        "、".join(document.name for document in ordered),
        tuple(block for document in ordered for block in document.blocks),
        tuple(f"{document.name}：{problem}" for document in ordered for problem in document.problems),
    )


def _is_of_tables(document: Document) -> bool:
    """Whether most of what a document prints stands in tables."""
    tables = lines = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            tables += sum(len(cell.text) for row in block.rows for cell in row)
        else:
            lines += len(block.text)
    return tables > lines

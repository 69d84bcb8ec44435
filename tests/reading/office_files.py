"""Tiny Office files for tests, written by hand so that no library shares a mistake with the readers."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path), content)
    return buffer.getvalue()


def relations(targets: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>' for key, kind, target in targets)
    return f'<Relationships xmlns="{P}">{listed}</Relationships>'


def docx(body: str, *, styles: str = "", numbering: str = "", head: str = "") -> bytes:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations([("r1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations([("r1", "styles", "styles.xml"), ("r2", "numbering", "numbering.xml")]),
    }
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    return zipped(parts)


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc>{properties and f'<w:tcPr>{properties}</w:tcPr>'}{p(text) if not text.startswith('<') else text}</w:tc>"


def tbl(*rows: Sequence[str]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(c if c.startswith('<w:tc') else tc(c) for c in row) + '</w:tr>' for row in rows)}</w:tbl>"


RULED = 1
MONEY = 2
"""Numbers of the cell styles of `xlsx`: side borders, side borders with #,##0.00."""

STYLES = (
    f'<styleSheet xmlns="{S}"><numFmts count="1"><numFmt numFmtId="176" formatCode="#,##0.00"/></numFmts>'
    '<borders><border/><border><left style="thin"/><right style="thin"/></border></borders>'
    '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="0" borderId="1"/><xf numFmtId="176" borderId="1"/>{more}</cellXfs></styleSheet>'
)


def xlsx(
    sheets: Mapping[str, str],
    *,
    strings: Sequence[str] = (),
    more_styles: str = "",
    states: Mapping[str, str] | None = None,
    book: str = "",
) -> bytes:
    """A workbook; a sheet is the XML inside <worksheet>."""
    hidden = states or {}
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="r{n}" state="{hidden.get(title, "visible")}"/>' for n, title in enumerate(sheets, 1)
    )
    targets = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations([*targets, ("s", "styles", "styles.xml"), ("t", "sharedStrings", "sharedStrings.xml")]),
        "xl/styles.xml": STYLES.replace("{more}", more_styles),
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{"".join(f"<si>{item}</si>" for item in strings)}</sst>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{S}">{inner}</worksheet>' for n, inner in enumerate(sheets.values(), 1)}
    return zipped(parts)


def cell(address: str, value: str | float, style: int = 0) -> str:
    if isinstance(value, str):
        return f'<c r="{address}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{address}" s="{style}"><v>{value!r}</v></c>'


def rows(*lines: Sequence[str | float | None], style: int = 0, first: int = 1) -> str:
    """Rows from column A on; None leaves a cell out."""
    out = []
    for n, line in enumerate(lines, first):
        cells = (cell(f"{chr(65 + c)}{n}", value, style) for c, value in enumerate(line) if value is not None)
        out.append(f'<row r="{n}">{"".join(cells)}</row>')
    return "".join(out)


def merges(*ranges: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{r}{chr(34)}/>' for r in ranges)}</mergeCells>"


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file whose streams all stand in big sectors."""
    sector = 512
    padded = {name: data.ljust(max(4096, -(-len(data) // sector) * sector), b"\0") for name, data in streams.items()}
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    chains: list[int] = []
    content = b""
    for n, (name, data) in enumerate(padded.items(), 1):
        start, count = len(chains), len(data) // sector
        chains += [*range(start + 1, start + count), 0xFFFFFFFE]
        content += data
        entries.append(_entry(name, 2, start, len(data), right=n + 1 if n < len(padded) else 0xFFFFFFFF))
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // sector) * sector, b"\0")
    first_directory = len(chains)
    count = len(directory) // sector
    chains += [*range(first_directory + 1, first_directory + count), 0xFFFFFFFE]
    table_sectors = -(-(len(chains) + 8) // 128)
    first_table = len(chains)
    chains += [0xFFFFFFFD] * table_sectors
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(table_sectors * sector, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, table_sectors, first_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    numbers = list(range(first_table, first_table + table_sectors))
    header += struct.pack("<109I", *numbers, *[0xFFFFFFFF] * (109 - len(numbers)))
    return header + content + directory + table


def _entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls(
    sheets: Mapping[str, bytes], *, strings: Sequence[bytes] = (), globals_: bytes = b"", states: Mapping[str, int] | None = None
) -> bytes:
    """A workbook of BIFF8 records; cell style 0 is plain, 1 has side borders, 2 has them with #,##0.00."""
    bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    styles = record(0x041E, struct.pack("<HHB", 176, 8, 0) + b"#,##0.00")
    styles += b"".join(
        record(0x00E0, struct.pack("<HH", 0, f) + bytes(6) + bytes([b]) + bytes(9)) for f, b in ((0, 0), (0, 0x11), (176, 0x11))
    )
    shared = record(0x00FC, struct.pack("<II", len(strings), len(strings)) + b"".join(strings)) if strings else b""
    names = {title: title.encode("utf-16-le") for title in sheets}
    listed = sum(4 + 8 + len(raw) for raw in names.values())
    eof = record(0x000A)
    offset = len(bof) + len(globals_) + len(styles) + len(shared) + listed + len(eof)
    entries = b""
    bodies = b""
    for title, body in sheets.items():
        state = (states or {}).get(title, 0)
        entries += record(0x0085, struct.pack("<IBBBB", offset + len(bodies), state, 0, len(title), 1) + names[title])
        bodies += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + body + eof
    return ole({"Workbook": bof + globals_ + styles + entries + shared + eof + bodies})


def xls_number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def xls_label(row: int, column: int, text: str, style: int = 0) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, style, len(text), 1) + text.encode("utf-16-le"))

"""PDF files that no program writes: loops, lies and bombs, put together byte by byte."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

MEGABYTE = 1_000_000
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>"


def file(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects."""
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size))
    out += b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, table, size, trailer, start)
    return bytes(out)


def book(content: bytes, *, page: bytes = PAGE, pages: bytes = PAGES, trailer: bytes = b"") -> bytes:
    """A file of one page."""
    return file({1: CATALOG, 2: pages, 3: page, 4: content}, trailer)


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def deflated(unit: bytes, times: int) -> bytes:
    """A unit packed many times over, without the work of packing it again: after a full flush a packed piece stands for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + piece * times + b"\x03\x00" + bytes(4)


def many_pages(count: int) -> bytes:
    """Pages that share what they show."""
    first = 10
    kids = b" ".join(b"%d 0 R" % (first + number) for number in range(count))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
    shared = {1: CATALOG, 2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), 4: stream(b"BT /F 9 Tf 70 700 Td (2023) Tj ET"), 5: font}
    return file(shared | {first + number: page for number in range(count)})


def in_object_stream(extends: bool) -> bytes:
    """Catalog and pages in an object stream, which goes on in itself or is said to be inside itself."""
    inner = b"1 0 2 40 5 80 "
    body = CATALOG.ljust(40) + PAGES.ljust(40) + b"<</Type/ObjStm/N 1>>"
    entries = b"/Type/ObjStm/N 3/First %d" % len(inner) + (b"/Extends 5 0 R" if extends else b"")
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, content in {3: PAGE, 4: stream(b""), 5: stream(inner + body, entries)}.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    own = (1, offsets[5], 0) if extends else (2, 5, 2)
    rows = ((0, 0, 0), (2, 5, 0), (2, 5, 1), (1, offsets[3], 0), (1, offsets[4], 0), own, (1, start, 0))
    table = b"".join(bytes([kind]) + value.to_bytes(3, "big") + bytes([last]) for kind, value, last in rows)
    # /Prev leads back to the same table.
    out += b"6 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Size 7/W[1 3 1]/Root 1 0 R/Prev %d" % start)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

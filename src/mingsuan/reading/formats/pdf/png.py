"""Pixels → PNG."""

from __future__ import annotations

import struct
import zlib

GREY, RGB = 0, 2
"""Colour types."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(pixels: bytes, stride: int, width: int, height: int, depth: int, colours: int) -> bytes:
    """PNG of rows of `stride` bytes each, `depth` bits a sample."""
    rows = b"".join(b"\0" + pixels[start : start + stride] for start in range(0, stride * height, stride))
    head = struct.pack(">2L5B", width, height, depth, colours, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

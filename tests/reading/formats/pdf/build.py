"""A minimal PDF writer for tests: rules, areas, text with a ToUnicode map, form XObjects, images, clips, rotation.

Coordinates are PDF's own: points from the lower left corner. A character is as wide as its em, an ASCII one half as wide.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

EM = 9.0
ASCII_WIDTH = 500
WIDE = 1000


@dataclass
class Sheet:
    """A page under construction; `parts` are content streams by name that `form` draws."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    content: list[str] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    images: list[str] = field(default_factory=list)

    def draw(self, *operators: str) -> Sheet:
        """Add raw operators."""
        self.content.extend(operators)
        return self

    def text(self, x: float, y: float, text: str, size: float = EM, mode: int = 0, turn: int = 0) -> Sheet:
        """Print text at a baseline, turned by quarter turns against the clock."""
        a, b = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
        return self.draw(f"BT /F {size} Tf {mode} Tr {a} {b} {-b} {a} {x} {y} Tm {shown(text)} Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> Sheet:
        """Stroke a line."""
        return self.draw(f"{width} w {x0} {y0} m {x1} {y1} l S")

    def fill(self, x: float, y: float, width: float, height: float, grey: float = 0) -> Sheet:
        """Fill a rectangle."""
        return self.draw(f"q {grey} g {x} {y} {width} {height} re f Q")

    def image(self, x: float, y: float, width: float, height: float) -> Sheet:
        """Place a grey picture."""
        self.images = ["I"]
        return self.draw(f"q {width} 0 0 {height} {x} {y} cm /I Do Q")

    def form(self, name: str, inner: Sheet, matrix: str = "1 0 0 1 0 0") -> Sheet:
        """Draw what another sheet holds through a form XObject."""
        self.forms[name] = "\n".join(inner.content)
        return self.draw(f"q {matrix} cm /{name} Do Q")


def shown(text: str) -> str:
    """A string operand: each character is its own code."""
    return f"<{text.encode('utf-16-be').hex()}>"


def ruled(
    sheet: Sheet, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], *, rules: bool = True, width: float = 0.5
) -> Sheet:
    """A table with boundaries at `xs` and, downwards, at `ys`, its texts near the left of their cells."""
    if rules:
        for y in ys:
            sheet.line(xs[0], y, xs[-1], y, width)
        for x in xs:
            sheet.line(x, ys[0], x, ys[-1], width)
    return written(sheet, xs, ys, texts)


def written(sheet: Sheet, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]) -> Sheet:
    """Only the texts of a table."""
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            if text:
                sheet.text(xs[column] + 3, ys[row + 1] + 5, text)
    return sheet


def pdf(*sheets: Sheet, mapped: bool = True, encrypted: bool = False) -> bytes:
    """The file. Unless `mapped`, its font does not tell what its codes mean."""
    objects: dict[int, str] = {1: "<</Type/Catalog/Pages 2 0 R>>", 3: _font(mapped), 4: _descendant(), 5: _stream({}, _to_unicode())}
    objects |= {6: _descriptor(), 7: _stream({}, _square_font().decode("latin-1")), 8: _every_character_square()}
    kids = []
    for sheet in sheets:
        number = max(objects) + 1
        kids.append(number)
        _add_page(objects, number, sheet)
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>"
    return _file(objects, encrypted=encrypted)


def _add_page(objects: dict[int, str], number: int, sheet: Sheet) -> None:
    objects[number] = ""
    content = number + 1
    objects[content] = _stream({}, "\n".join(sheet.content))
    named = {}
    for name, body in sheet.forms.items():
        named[name] = max(objects) + 1
        box = f"[-2000 -2000 {2000 + sheet.width} {2000 + sheet.height}]"
        objects[named[name]] = _stream({"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": "<</Font<</F 3 0 R>>>>"}, body)
    for name in sheet.images:
        named[name] = max(objects) + 1
        kind = {"Type": "/XObject", "Subtype": "/Image", "Width": "1", "Height": "1", "ColorSpace": "/DeviceGray", "BitsPerComponent": "8"}
        objects[named[name]] = _stream(kind, "w")
    resources = f"<</Font<</F 3 0 R>>/XObject<<{' '.join(f'/{n} {k} 0 R' for n, k in named.items())}>>>>"
    crop = f"/CropBox[{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
    objects[number] = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width} {sheet.height}]{crop}/Rotate {sheet.rotate}"
        f"/Resources {resources}/Contents {content} 0 R>>"
    )


def _font(mapped: bool) -> str:
    unicode_map = "/ToUnicode 5 0 R" if mapped else ""
    return f"<</Type/Font/Subtype/Type0/BaseFont/Plain/Encoding/Identity-H/DescendantFonts[4 0 R]{unicode_map}>>"


def _descendant() -> str:
    widths = f"/DW {WIDE}/W[32 126 {ASCII_WIDTH}]"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Plain{system}{widths}/FontDescriptor 6 0 R/CIDToGIDMap 8 0 R>>"


def _descriptor() -> str:
    return (
        "<</Type/FontDescriptor/FontName/Plain/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200"
        "/CapHeight 700/StemV 80/FontFile2 7 0 R>>"
    )


def _square_font() -> bytes:
    """A TrueType font whose only visible glyph is a square, so that tests do not depend on the fonts of a machine."""
    square = struct.pack(">hhhhhHH4B", 1, 50, 0, 450, 700, 3, 0, 1, 1, 1, 1) + struct.pack(">4h4h", 50, 400, 0, -400, 0, 0, 700, 0)
    tables = {
        b"glyf": square,
        b"head": struct.pack(">4LHH2Q4h2H3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 50, 0, 450, 700, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, 800, -200, 0, 500, *([0] * 11), 1),
        b"hmtx": struct.pack(">Hhh", 500, 0, 50),
        b"loca": struct.pack(">3L", 0, 0, len(square)),
        b"maxp": struct.pack(">L14H", 0x10000, 2, 4, 1, *([0] * 11)),
    }
    offset = 12 + 16 * len(tables)
    directory, bodies = struct.pack(">L4H", 0x10000, len(tables), 64, 2, 32), b""
    for tag, body in tables.items():
        directory += tag + struct.pack(">3L", 0, offset + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    return directory + bodies


def _every_character_square() -> str:
    return _stream({"Filter": "/FlateDecode"}, zlib.compress(b"\0\1" * 65536).decode("latin-1"))


def _to_unicode() -> str:
    ranges = "\n".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256))
    blocks = [ranges.split("\n")[start : start + 100] for start in range(0, 256, 100)]
    body = "\n".join(f"{len(b)} beginbfrange\n" + "\n".join(b) + "\nendbfrange" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    )


def _stream(entries: Mapping[str, str], body: str) -> str:
    return f"<<{''.join(f'/{k} {v}' for k, v in entries.items())}/Length {len(body)}>>\nstream\n{body}\nendstream"


def _file(objects: Mapping[int, str], *, encrypted: bool) -> bytes:
    parts = ["%PDF-1.7\n"]
    offsets = {}
    position = len(parts[0])
    for number, body in sorted(objects.items()):
        offsets[number] = position
        parts.append(f"{number} 0 obj\n{body}\nendobj\n")
        position += len(parts[-1])
    size = max(objects) + 1
    table = "".join(f"{offsets[n]:010d} 00000 n \n" if n in offsets else "0000000000 65535 f \n" for n in range(size))
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>/ID[<00><00>]" if encrypted else ""
    parts.append(f"xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R{lock}>>\nstartxref\n{position}\n%%EOF\n")
    return "".join(parts).encode("latin-1")


def lines(*texts: str, x: float = 70, top: float = 760, step: float = 20) -> Iterable[tuple[float, float, str]]:
    """Places of lines below each other."""
    return [(x, top - step * number, text) for number, text in enumerate(texts)]

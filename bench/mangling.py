"""Sound files → damaged and hostile ones: bytes, PDF objects and streams, parts of packages and their XML.

`mangled(data, donors, chance)` is a function of its arguments only, so a file is made again from the seed of `chance`.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

MOST = 4_000_000
"""Bytes of a mangled file; runs that would make more are cut."""
_DEEP = 3_000
"""Nesting that an XML part is given."""
_NUMBERS = tuple(b"0 -1 1 65535 65536 2147483647 -2147483648 4294967295 99999999999999999999 1e309 0.00001".split())
_WORDS = (0, 1, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?\bendobj", re.DOTALL)
_STREAM = re.compile(rb"(?<=stream)(\r?\n)(.*?)(?=\r?\n?endstream)", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w.#-])-?\d+(?:\.\d+)?(?![\w.])")
_REFERENCE = re.compile(rb"\b\d+(?= 0 R\b)")
_ELEMENT = re.compile(rb"<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)")
_TAG = re.compile(rb"</?[A-Za-z_][^<>]*>")
_VALUE = re.compile(rb'(?<==")[^"<>]*(?=")')
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
_TAIL = b"\xe4\xb8\x80"


class Donors(NamedTuple):
    """Other sound files, whose pieces are spliced in."""

    files: Sequence[bytes]


Mangler = Callable[[bytes, Donors, Random], bytes]


def mangled(data: bytes, donors: Donors, chance: Random) -> tuple[str, bytes]:
    """A damaged or hostile version of a file, and what was done to it."""
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        mangler = chance.choice(manglers(data))
        data = mangler(data, donors, chance)[:MOST]
        done.append(mangler.__name__)
        if not data:
            break
    return "+".join(done), data


def manglers(data: bytes) -> Sequence[Mangler]:
    """What can be done to a file of this sort; what reaches deep comes up as often as what breaks the surface."""
    if data.startswith(b"%PDF"):
        return (*_BYTES, *_PDF, *_PDF)
    if data.startswith(b"PK"):
        return (*_BYTES, *_PACKAGE * 5)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return (*_BYTES, *_RECORDS * 4)
    return (*_BYTES, *_XML) if data.lstrip()[:1] == b"<" else _BYTES


def _run(data: bytes, chance: Random, most: int = 2_000) -> tuple[int, int]:
    """Where a run begins and ends."""
    begin = chance.randrange(len(data) + 1)
    return begin, min(len(data), begin + chance.randint(1, most))


def flip_bits(data: bytes, donors: Donors, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, max(1, len(data) // 2_000)))):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncate(data: bytes, donors: Donors, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def drop_run(data: bytes, donors: Donors, chance: Random) -> bytes:
    begin, end = _run(data, chance)
    return data[:begin] + data[end:]


def zero_run(data: bytes, donors: Donors, chance: Random) -> bytes:
    begin, end = _run(data, chance)
    return data[:begin] + bytes(end - begin) + data[end:]


def repeat_run(data: bytes, donors: Donors, chance: Random) -> bytes:
    begin, end = _run(data, chance)
    return data[:begin] + data[begin:end] * chance.choice((2, 3, 200)) + data[end:]


def splice(data: bytes, donors: Donors, chance: Random) -> bytes:
    """A run replaced by one of another file."""
    other = chance.choice(donors.files)
    (begin, end), (first, last) = _run(data, chance, 20_000), _run(other, chance, 20_000)
    return data[:begin] + other[first:last] + data[end:]


def swap_runs(data: bytes, donors: Donors, chance: Random) -> bytes:
    (a, b), (c, d) = sorted((_run(data, chance), _run(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def repeat_objects(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Objects defined again at the end, maybe under another number."""
    objects = _OBJECT.findall(data)
    if not objects:
        return data
    again = b"\n".join(_renumbered(chance.choice(objects), chance) for _ in range(chance.choice((1, 5, 50))))
    return data + b"\n" + again


def _renumbered(piece: bytes, chance: Random) -> bytes:
    return piece if chance.random() < 0.5 else re.sub(rb"^\d+", str(chance.randrange(1, 300)).encode(), piece)


def swap_streams(data: bytes, donors: Donors, chance: Random) -> bytes:
    found = list(_STREAM.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(chance.sample(found, 2), key=lambda match: match.start())
    return data[: one.start(2)] + two[2] + data[one.end(2) : two.start(2)] + one[2] + data[two.end(2) :]


def mangle_stream(data: bytes, donors: Donors, chance: Random) -> bytes:
    """What a stream holds is damaged and packed again, so that the damage is not stopped by the packing."""
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    match = chance.choice(found)
    try:
        content = zlib.decompress(match[2])
    except zlib.error:
        return data
    inner = chance.choice((flip_bits, drop_run, repeat_run, swap_runs, change_numbers, splice_stream))
    changed = inner(content or b" ", donors, chance)[:MOST]
    return data[: match.start(2)] + zlib.compress(changed) + data[match.end(2) :]


def splice_stream(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Drawing operators that ask for much: forms, deep states, huge matrices."""
    words = (b"q " * 5_000, b"1e30 0 0 1e30 0 0 cm ", b"0 0 m 1e9 1e9 l S " * 300, b"BT /F1 1e9 Tf ", b"/Fm0 Do " * 500, b"[1] 0 d " * 900)
    begin = chance.randrange(len(data) + 1)
    return data[:begin] + b"\n" + chance.choice(words) + b"\n" + data[begin:]


def change_numbers(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Some numbers made extreme: lengths, counts, boxes, offsets."""
    share = chance.choice((0.001, 0.01, 0.2))
    return _NUMBER.sub(lambda match: chance.choice(_NUMBERS) if chance.random() < share else match[0], data)


def redirect_references(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Some references to objects lead elsewhere, which makes loops."""
    targets = sorted(set(_REFERENCE.findall(data)))
    share = chance.choice((0.01, 0.1, 0.5))
    return _REFERENCE.sub(lambda match: chance.choice(targets) if chance.random() < share else match[0], data)


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of some parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of two parts with one name, which is meant
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content[:MOST], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    """The members of an archive, none where it is damaged already."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, struct.error):
        return []


def mangle_part(data: bytes, donors: Donors, chance: Random) -> bytes:
    """A part is damaged and packed again, so that the damage reaches its reader; the big parts come up most."""
    parts = _parts(data)
    if not parts:
        return data
    (chosen,) = chance.choices(range(len(parts)), [1 + len(content) for _, content in parts] if chance.random() < 0.6 else None)
    name, content = parts[chosen]
    if content:
        parts[chosen] = name, chance.choice(manglers(content))(content, donors, chance)
    return packed(parts)


def drop_part(data: bytes, donors: Donors, chance: Random) -> bytes:
    parts = _parts(data)
    if parts:
        parts.pop(chance.randrange(len(parts)))
    return packed(parts) if parts else data


def swap_parts(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Two parts hold what the other should."""
    parts = _parts(data)
    if len(parts) < 2:
        return data
    one, two = chance.sample(range(len(parts)), 2)
    parts[one], parts[two] = (parts[one][0], parts[two][1]), (parts[two][0], parts[one][1])
    return packed(parts)


def rename_part(data: bytes, donors: Donors, chance: Random) -> bytes:
    """A part under a hostile name."""
    parts = _parts(data)
    if not parts:
        return data
    chosen = chance.randrange(len(parts))
    name = chance.choice(("../../../tmp/x", "/etc/passwd", "C:\\x", "a/" * 200, "", "\x00", parts[chosen][0].upper(), "总表.zip"))
    parts[chosen] = name or "-", parts[chosen][1]
    return packed(parts)


def repeat_elements(data: bytes, donors: Donors, chance: Random) -> bytes:
    found = _some(_ELEMENT, data, chance)
    if found is None:
        return data
    return data[: found.end()] + found[0] * chance.choice((1, 20, 3_000)) + data[found.end() :]


def swap_tags(data: bytes, donors: Donors, chance: Random) -> bytes:
    """A tag replaced by another of the file."""
    one, two = _some(_TAG, data, chance), _some(_TAG, data, chance)
    return data if one is None or two is None else data[: one.start()] + two[0] + data[one.end() :]


def nest_deeply(data: bytes, donors: Donors, chance: Random) -> bytes:
    """An element in itself again and again."""
    found = _some(_ELEMENT, data, chance)
    if found is None:
        return data
    name, times = found[1], chance.choice((50, _DEEP))
    nested = b"<" + name + b">"
    return data[: found.start()] + nested * times + found[0] + (b"</" + name + b">") * times + data[found.end() :]


def change_values(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Attributes made extreme: spans, indices, references, formats."""
    share = chance.choice((0.002, 0.05, 0.5))
    values = (*_NUMBERS, b"", b"A1:XFD1048576", b"XFD1048576", b"../../x", b'#,##0.00;[Red]"' * 40, _TAIL * 3_000)
    return _VALUE.sub(lambda match: chance.choice(values) if chance.random() < share else match[0], data)


def declare_entities(data: bytes, donors: Donors, chance: Random) -> bytes:
    """A document type with entities, used in the text."""
    body = re.sub(rb"^\s*<\?xml.*?\?>", b"", data, count=1)
    used = _TAG.sub(lambda match: match[0] + (b"&b;&c;" if chance.random() < 0.01 else b""), body)
    return b'<?xml version="1.0"?>' + _ENTITIES + used


def _some(pattern: re.Pattern[bytes], data: bytes, chance: Random) -> re.Match[bytes] | None:
    """A match somewhere behind a place chosen at random."""
    return pattern.search(data, chance.randrange(len(data) + 1)) or pattern.search(data)


def change_words(data: bytes, donors: Donors, chance: Random) -> bytes:
    """Some 16- and 32-bit numbers made extreme: sectors, lengths of records, rows, columns, offsets."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 40))):
        wide = chance.choice((2, 4))
        place = 2 * chance.randrange(max(1, len(data) // 2 - 2))
        changed[place : place + wide] = struct.pack("<I", chance.choice(_WORDS))[:wide]
    return bytes(changed)


def swap_sectors(data: bytes, donors: Donors, chance: Random) -> bytes:
    one, two = sorted(chance.choices(range(len(data) // 512), k=2))
    if one == two:
        return data
    a, b = 512 * one, 512 * two
    return data[:a] + data[b : b + 512] + data[a + 512 : b] + data[a : a + 512] + data[b + 512 :]


_BYTES: tuple[Mangler, ...] = (flip_bits, truncate, drop_run, zero_run, repeat_run, splice, swap_runs)
_PDF: tuple[Mangler, ...] = (repeat_objects, swap_streams, mangle_stream, mangle_stream, change_numbers, redirect_references)
_PACKAGE: tuple[Mangler, ...] = (mangle_part, mangle_part, mangle_part, mangle_part, drop_part, swap_parts, rename_part)
_XML: tuple[Mangler, ...] = (repeat_elements, swap_tags, nest_deeply, change_values, declare_entities)
_RECORDS: tuple[Mangler, ...] = (change_words, swap_sectors)

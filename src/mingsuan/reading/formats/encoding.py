"""Bytes → characters: which encoding a text file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator

from mingsuan.reading.document import UnreadableFile
from mingsuan.values import dataclass

MAX_BYTES = 50_000_000
"""The longest disclosures have some 200 kB of text."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFEFF, 0x200B])
_SPACES = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""Line breaks that editors do not count as lines."""
_REPLACED = "\ufffd"
_SAMPLE = 20_000
_FEW = 0.02
"""Share of damaged or control characters that a text may have."""
_MANY = 0.9
"""Share of the other characters that must be usual ones before a guessed encoding is believed."""
_REMEDY = "请用文本编辑器打开原文件，另存为 UTF-8 编码的文本后再试"


@dataclass(frozen=True, slots=True)
class _Candidate:
    encoding: str
    believe: Callable[[str], bool]
    """Whether a decoded sample looks like what people write."""


def decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file and what was lost in decoding it, one Chinese sentence each.

    Raises:
        UnreadableFile: the file is empty, too large, binary, or in an encoding that is not known.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile(name, "文件是空的，没有任何文字", "请检查文件是否上传或导出完整，换一份文件再试")
    for text, problem in _attempts(data):
        clean = text.translate(_CONTROLS)
        if not clean.strip():
            raise UnreadableFile(name, "文件里只有空白，没有任何文字", "请检查文件是否上传或导出完整，换一份文件再试")
        dropped = len(text) - len(clean) - text.startswith("\ufeff")
        problems = [problem] if problem else []
        if dropped:
            problems.append(f"文件含有{dropped}个控制字符，已略去")
        return clean.translate(_SPACES), tuple(problems)
    raise UnreadableFile(name, "文件不是文本，或者编码无法识别（已按 UTF-8、UTF-16、GB18030 逐一尝试）", _REMEDY)


def too_large(size: int, name: str) -> UnreadableFile:
    """The error for a file of `size` bytes, more than `MAX_BYTES`."""
    return UnreadableFile(
        name,
        f"文件有{size / 1_000_000:,.0f}MB，超过{MAX_BYTES // 1_000_000}MB的上限，没有读取",
        "一份部门预算公开文本通常不足1MB，请确认选对了文件；若是多份合在一起，请拆开后再试",
    )


def _attempts(data: bytes) -> Iterator[tuple[str, str | None]]:
    """Readings of the bytes that look like text, the likeliest first."""
    marked = next(((bom, encoding) for bom, encoding in _BOMS if data.startswith(bom)), None)
    if marked is not None:
        candidates: tuple[_Candidate, ...] = (_Candidate(marked[1], _is_printable),)
        data = data[len(marked[0]) :]
    else:
        candidates = (
            _Candidate("utf-8", _is_printable),
            _Candidate("utf-16-le", _is_usual),
            _Candidate("utf-16-be", _is_usual),
            _Candidate("gb18030", _is_usual),
        )
    for candidate in candidates:
        if not candidate.believe(_sample(data, candidate.encoding)):
            continue
        text = data.decode(candidate.encoding, errors="replace")
        damaged = text.count(_REPLACED)
        if damaged == 0:
            yield text, None
        elif damaged == 1 and text.endswith(_REPLACED):
            yield text[:-1], "文件在一个字符的中间断开，结尾可能不完整"
        elif damaged <= _FEW * _beyond_ascii(text):
            yield text, f"有{damaged}处字节无法解码，已用“{_REPLACED}”代替"


def _sample(data: bytes, encoding: str) -> str:
    return data[:_SAMPLE].decode(encoding, errors="ignore")


def _beyond_ascii(text: str) -> int:
    return len(text) - sum(map(str.isascii, text)) if not text.isascii() else 0


def _is_printable(sample: str) -> bool:
    """Control characters are rare in it."""
    return len(sample) > 0 and len(sample) - len(sample.translate(_CONTROLS)) <= _FEW * len(sample)


def _is_usual(sample: str) -> bool:
    """Its characters are in the everyday set GB 2312, as nearly all of any official Chinese text is.

    Bytes read in a wrong encoding scatter over rare characters of which that set has few.
    """
    foreign = [c for c in sample if not c.isascii()]
    usual = len("".join(foreign).encode("gb2312", errors="ignore")) / 2
    return _is_printable(sample) and usual >= _MANY * len(foreign)

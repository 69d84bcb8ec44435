"""The characters of a web page: which encoding its server or its own mark says, and what the bytes show."""

from __future__ import annotations

import re

from mingsuan.patterns import regex
from mingsuan.reading.formats.encoding import MAX_BYTES, decoded, too_large

_META_CHARSET = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = regex(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_HEAD = 4096
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz"}


def text_of(data: bytes, name: str, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """The page's characters: UTF-8 where the bytes are, else as the server or the page declares, else by looking."""
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        found = _META_CHARSET.search(data[:_HEAD]) or _XML_CHARSET.search(data[:_HEAD])
        declared = [charset] if charset else []
        declared += [found[1].decode("ascii", errors="replace")] if found else []
        for encoding in declared:
            text = _decoded(data, encoding)
            if text is not None:
                return text, ()
    return decoded(data, name)


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text if nearly all bytes fit the encoding."""
    try:
        text = data.decode(_CHINESE.get(encoding.lower(), encoding), errors="replace")
    except (LookupError, UnicodeError):
        return None
    return text.replace("\0", "") if text.count("\ufffd") * 1000 <= len(text) else None

"""Tables set by WeasyPrint from a web page, borders collapsed."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bench.typesetting.as_html import page
from bench.typesetting.looks import Ink, Look
from bench.typesetting.sheet import MARGIN, WIDTH
from bench.typesetting.sources import Source

INKS = frozenset(Ink) - {Ink.FILLED}
_TALL = 1500.0
_STYLE = """
@font-face {{ font-family: sc; src: url({font}) }}
@page {{ size: {width}pt {height}pt; margin: {margin}pt }}
body {{ font: 8pt/1.25 sc; margin: 0 }}
p {{ margin: 4pt 0 }}
table {{ border-collapse: collapse; table-layout: fixed }}
td {{ vertical-align: middle; word-break: break-all; height: 1.25em }}
"""
_LYING = "div {{ position: relative; left: {shift}pt; width: {width}pt; transform-origin: top left; transform: rotate(90deg) }}"


def typeset(sources: Sequence[Source], look: Look) -> bytes:
    """A page for each table."""
    import pylopdf_fonts_zh_cn
    import weasyprint

    for name in ("weasyprint", "fontTools", "fontTools.subset"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    across, down = (_TALL, WIDTH) if look.lying else (WIDTH, _TALL)
    style = _STYLE.format(font=pylopdf_fonts_zh_cn.sans_path().as_uri(), width=across, height=down, margin=MARGIN)
    if look.lying:
        style += _LYING.format(shift=_TALL - 2 * MARGIN, width=WIDTH - 2 * MARGIN)
    return bytes(weasyprint.HTML(string=page(sources, look, style)).write_pdf())

"""The functions of pdfium that the reader calls, on plain integers.

pypdfium2's bindings wrap every handle in a pointer object; a page takes thousands of calls, and the same functions with integers for
handles and addresses cost half as much. Calls that only look something up keep the interpreter's lock, which is cheaper than letting
it go. pdfium keeps state of its own and must be used by one thread at a time: `LOCK` says which.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from ctypes import CFUNCTYPE, PYFUNCTYPE, addressof, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p, cast
from typing import Any

from pypdfium2_raw import bindings as raw  # type: ignore[import-untyped]

LOCK = threading.RLock()
"""Held while pdfium is at work."""

# pypdfium2 does this when it is imported, with helpers that take longer to import than the bindings; a second time it changes nothing.
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2))

Function = Callable[..., Any]

HANDLE = c_void_p
TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
MOVE_TO, LINE_TO = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
INVISIBLE, CLIP_ONLY = raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP
NEEDS_PASSWORD = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def _look_up(name: str, result: Any, *arguments: Any) -> Function:
    """A short function, called with the interpreter's lock held."""
    return PYFUNCTYPE(result, *arguments)(_address(name))


def _work(name: str, result: Any, *arguments: Any) -> Function:
    """A function that may take long; other threads run meanwhile."""
    return CFUNCTYPE(result, *arguments)(_address(name))


def _address(name: str) -> int:
    return cast(getattr(raw, name), c_void_p).value or 0


load_document = _work("FPDF_LoadMemDocument64", HANDLE, c_char_p, c_size_t, c_char_p)
close_document = _work("FPDF_CloseDocument", None, HANDLE)
last_error = _look_up("FPDF_GetLastError", c_uint)
page_count = _look_up("FPDF_GetPageCount", c_int, HANDLE)
load_page = _work("FPDF_LoadPage", HANDLE, HANDLE, c_int)
close_page = _work("FPDF_ClosePage", None, HANDLE)
page_width = _look_up("FPDF_GetPageWidthF", c_float, HANDLE)
page_height = _look_up("FPDF_GetPageHeightF", c_float, HANDLE)
to_page = _look_up("FPDF_DeviceToPage", c_int, HANDLE, c_int, c_int, c_int, c_int, c_int, c_int, c_int, c_void_p, c_void_p)

load_text = _work("FPDFText_LoadPage", HANDLE, HANDLE)
close_text = _work("FPDFText_ClosePage", None, HANDLE)
character_count = _look_up("FPDFText_CountChars", c_int, HANDLE)
all_text = _look_up("FPDFText_GetText", c_int, HANDLE, c_int, c_int, c_void_p)
character = _look_up("FPDFText_GetUnicode", c_uint, HANDLE, c_int)
text_object = _look_up("FPDFText_GetTextObject", HANDLE, HANDLE, c_int)
loose_box = _look_up("FPDFText_GetLooseCharBox", c_int, HANDLE, c_int, c_void_p)
origin = _look_up("FPDFText_GetCharOrigin", c_int, HANDLE, c_int, c_void_p, c_void_p)
character_matrix = _look_up("FPDFText_GetMatrix", c_int, HANDLE, c_int, c_void_p)
is_generated = _look_up("FPDFText_IsGenerated", c_int, HANDLE, c_int)
has_no_meaning = _look_up("FPDFText_HasUnicodeMapError", c_int, HANDLE, c_int)
render_mode = _look_up("FPDFTextObj_GetTextRenderMode", c_int, HANDLE)

object_count = _look_up("FPDFPage_CountObjects", c_int, HANDLE)
page_object = _look_up("FPDFPage_GetObject", HANDLE, HANDLE, c_int)
form_object_count = _look_up("FPDFFormObj_CountObjects", c_int, HANDLE)
form_object = _look_up("FPDFFormObj_GetObject", HANDLE, HANDLE, c_size_t)
object_type = _look_up("FPDFPageObj_GetType", c_int, HANDLE)
object_bounds = _look_up("FPDFPageObj_GetBounds", c_int, HANDLE, c_void_p, c_void_p, c_void_p, c_void_p)
object_matrix = _look_up("FPDFPageObj_GetMatrix", c_int, HANDLE, c_void_p)
fill_colour = _look_up("FPDFPageObj_GetFillColor", c_int, HANDLE, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_colour = _look_up("FPDFPageObj_GetStrokeColor", c_int, HANDLE, c_void_p, c_void_p, c_void_p, c_void_p)
draw_mode = _look_up("FPDFPath_GetDrawMode", c_int, HANDLE, c_void_p, c_void_p)
segment_count = _look_up("FPDFPath_CountSegments", c_int, HANDLE)
path_segment = _look_up("FPDFPath_GetPathSegment", HANDLE, HANDLE, c_int)
segment_type = _look_up("FPDFPathSegment_GetType", c_int, HANDLE)
segment_point = _look_up("FPDFPathSegment_GetPoint", c_int, HANDLE, c_void_p, c_void_p)
segment_closes = _look_up("FPDFPathSegment_GetClose", c_int, HANDLE)
clip_path = _look_up("FPDFPageObj_GetClipPath", HANDLE, HANDLE)
clip_count = _look_up("FPDFClipPath_CountPaths", c_int, HANDLE)
clip_segment_count = _look_up("FPDFClipPath_CountPathSegments", c_int, HANDLE, c_int)
clip_segment = _look_up("FPDFClipPath_GetPathSegment", HANDLE, HANDLE, c_int, c_int)

new_bitmap = _look_up("FPDFBitmap_CreateEx", HANDLE, c_int, c_int, c_int, c_void_p, c_int)
free_bitmap = _look_up("FPDFBitmap_Destroy", None, HANDLE)
fill_rectangle = _look_up("FPDFBitmap_FillRect", c_int, HANDLE, c_int, c_int, c_int, c_int, c_ulong)
render_page = _work("FPDF_RenderPageBitmap", None, HANDLE, HANDLE, c_int, c_int, c_int, c_int, c_int, c_int)

FLOATS = (c_float * 6)()
"""Where a function puts numbers that are taken out at once."""
DOUBLES = (c_double * 2)()
UNSIGNED = (c_uint * 4)()
INTEGERS = (c_int * 2)()
FLOAT = tuple(addressof(FLOATS) + 4 * i for i in range(6))
"""Addresses of the places of `FLOATS`."""
DOUBLE = tuple(addressof(DOUBLES) + 8 * i for i in range(2))
UNSIGNED_AT = tuple(addressof(UNSIGNED) + 4 * i for i in range(4))
INTEGER = tuple(addressof(INTEGERS) + 4 * i for i in range(2))

"""How much of a PDF is read: bounds that no disclosure comes near and that a hostile file runs into."""

from __future__ import annotations

MAX_PAGES = 2_000
"""Pages of a file; the longest disclosures have some 300."""
MAX_CHARACTERS = 60_000
"""Characters of a page."""
MAX_OBJECTS = 60_000
"""Drawn objects of a page, those inside form XObjects included."""
MAX_SEGMENTS = 200_000
"""Path segments of a page that are looked at."""
MAX_DEPTH = 12
"""Form XObjects within form XObjects."""
MAX_RULES = 6_000
"""Joined rules of a page; a drawing with more is no table."""
MAX_CELLS = 20_000
"""Grid positions of one table."""
MAX_ALL_CELLS = 600_000
"""Grid positions of a file."""
MAX_ALL_CHARACTERS = 5_000_000
"""Characters of a file."""

SECONDS = 120.0
"""Time that a worker process has for one file."""
MEMORY = 1_000_000_000
"""Address space in bytes that a worker process may take beside what it has when it starts."""

"""Where the real documents and their transcriptions stand: ../shared beside the repository, or MINGSUAN_SHARED."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("MINGSUAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "corpus"
SEEDS = ("000", "001", "003", "004")
"""The seeds that were transcribed by hand."""


def seed_path(seed: str, shared: Path = SHARED) -> Path:
    """The text of a seed by its number.

    Raises:
        FileNotFoundError: there is none.
    """
    found = next((shared / "seeds").glob(f"{seed}_*.txt"), None)
    if found is None:
        raise FileNotFoundError(f"no seed {seed} in {shared / 'seeds'}; set MINGSUAN_SHARED to where it is")
    return found


def real_documents() -> list[Path]:
    """Every PDF of the corpus and text of the seeds; none where there are no shared files."""
    return [*sorted(CORPUS.glob("*.pdf")), *sorted((SHARED / "seeds").glob("*.txt"))]

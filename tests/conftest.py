"""Settings of all tests, and the shared material of the project where it stands beside it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A deadline per example fails on a busy machine, where the first example also pays for loading the data; speed has tests of its own.
# The same examples every time, so that a failure is that of a change; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("mingsuan", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "mingsuan"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds, transcriptions and codes; tests that need it are skipped without it."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("shared/ is not beside the project")
    return folder


@pytest.fixture(scope="session")
def seed(shared: Path) -> Callable[[str], bytes]:
    """The bytes of a seed by its number: seed("000")."""

    def read(number: str) -> bytes:
        (path,) = (shared / "seeds").glob(f"{number}_*")
        return path.read_bytes()

    return read

"""What the tests of identities share."""

import pytest

from mingsuan.dialects.dialect import Dialect
from tests.identities.pocket import pocket


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Dialect:
    """The pocket-size dialect."""
    return pocket(tmp_path_factory.mktemp("dialects"))

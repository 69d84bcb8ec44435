"""What printed amounts must agree, derived from forms; and which of them is wrong when they do not."""

from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.identity import Identity, Sort, Violation
from mingsuan.identities.localising.causes import Candidate, Cause, Extent
from mingsuan.identities.localising.localise import LOCALISED_AT_MOST, is_beyond, localise
from mingsuan.identities.scope import derived

__all__ = [
    "LOCALISED_AT_MOST",
    "Candidate",
    "Cause",
    "Derivation",
    "Extent",
    "Identity",
    "Sort",
    "Violation",
    "derive",
    "derived",
    "is_beyond",
    "localise",
]

"""Why some identities of the gold are not derived: seed and number (counted from 0) → the reason. Checked to be still missing by the bench."""

from __future__ import annotations

from collections.abc import Mapping

WHY_MISSING: Mapping[str, str] = {}

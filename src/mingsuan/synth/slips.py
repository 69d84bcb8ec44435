"""What an error makes of a disclosure."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from mingsuan.model import Disclosure

Altered = tuple[Disclosure, str, str, str]
"""A disclosure with one error; its place; what stood there before and what does after."""
Slip = Callable[[Disclosure, Random], Altered | None]
"""Puts an error of one kind into a disclosure; None where it has no room for it."""

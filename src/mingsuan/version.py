"""The version, which rooms below the public API may name too."""

__version__ = "0.1.0.dev0"

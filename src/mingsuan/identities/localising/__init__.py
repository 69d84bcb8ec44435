"""Failing identities → causes: which printed number is wrong, and what it should be (DESIGN.md, section 5)."""

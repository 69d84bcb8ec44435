"""From a published disclosure back to the book behind it (DESIGN.md, section 6)."""

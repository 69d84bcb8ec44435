"""Bytes → pages, paragraphs, grids (one module per format) → tables and claims."""

"""Grids → filled forms: which form a table is, what its columns and rows mean, and what its cells say."""

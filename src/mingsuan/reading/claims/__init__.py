"""Sections → claims: every number that the narrative states, what it is a number of, and how claims go together."""

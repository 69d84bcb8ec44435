"""Causes → roots: which causes are one, and what is told of each."""

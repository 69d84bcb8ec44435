"""Accepted repairs put into the published files themselves."""

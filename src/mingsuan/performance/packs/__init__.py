"""Sector packs: what the data of a trade looks like, what is wrong with it, and which indicators it answers."""

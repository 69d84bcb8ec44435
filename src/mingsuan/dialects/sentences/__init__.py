"""The sentences of a dialect: written from values, and found again in print."""

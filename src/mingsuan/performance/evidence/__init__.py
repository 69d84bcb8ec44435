"""Evidence: what shows whether a target was reached — a value with its attachment, or a bounded question to data that a unit has."""

"""Performance indicators: what a printed target demands, and the indicators of a disclosure in one list."""

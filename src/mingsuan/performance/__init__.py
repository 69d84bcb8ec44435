"""Performance management: evidence for targets, monitoring, evaluation, and the use of their results."""

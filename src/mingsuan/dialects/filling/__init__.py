"""Forms filled from a ledger."""

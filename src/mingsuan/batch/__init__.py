"""Work over many files: in parallel, resumable, and with one row for each file whatever becomes of it."""

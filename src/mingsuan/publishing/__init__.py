"""A disclosure → the files that an office publishes, each read back before it counts as written."""

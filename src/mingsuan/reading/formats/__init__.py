"""Bytes → documents: one module per format, and how a file is opened, bounded and told by its content."""

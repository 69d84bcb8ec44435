"""Disclosure → findings and receipts: the rules, how they are run, and the reports."""

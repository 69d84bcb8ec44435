"""Dialects: the forms, sections, sentences, conventions and obligations that an authority prescribes, as data."""

"""Paragraphs → sections, and what the text tells of the discloser."""

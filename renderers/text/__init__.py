"""Texts of figures: translation, events in words, summaries of a line."""

"""Texts: spelling, numbers in words, escaping, display in notebooks."""

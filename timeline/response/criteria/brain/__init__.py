"""Criteria of tumours of the brain."""

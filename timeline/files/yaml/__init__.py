"""YAML: its nodes with their places, and its text, read and written."""

"""Edits of the text of a file at its entries, checked before they are given out."""

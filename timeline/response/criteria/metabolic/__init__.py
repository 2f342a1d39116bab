"""Criteria of the uptake of FDG in solid tumours: PERCIST 1.0 and EORTC 1999."""

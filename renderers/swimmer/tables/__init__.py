"""Swimmer plots from plain tables: rows read, checked, and drawn."""

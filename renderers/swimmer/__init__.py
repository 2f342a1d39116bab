"""Swimmer plots: lanes as data, from cases or from plain tables, and their layout."""

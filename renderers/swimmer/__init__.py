"""Lanes of time beside one another: as data, from readings or from plain tables, and on paper."""

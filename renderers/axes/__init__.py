"""Axes: calendar, elapsed time, values, percent change."""

"""Dates as vague as they are known, durations, and the forms in which both are written."""

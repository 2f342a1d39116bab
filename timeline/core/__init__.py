"""Spans, dates, durations, printed numbers and state machines. Nothing here knows of cancer."""

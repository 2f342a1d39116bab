"""Histories and studies that are true, and what a truthful report prints of them.

The truth is drawn first and worked out here, by code of its own; then it is recorded as vaguely as
records have it and printed under one of the conventions in use. An audit that contradicts such
a print raises a false alarm.
"""

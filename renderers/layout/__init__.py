"""Placement: bars and markers of vague dates, labels, free space."""

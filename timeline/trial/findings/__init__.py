"""Findings of trials as arrays: lesions and the parts of a response, and what they come to."""

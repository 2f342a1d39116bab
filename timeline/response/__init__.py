"""The rules of response on arrays of scans: one patient or a million by the same code."""

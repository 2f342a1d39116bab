"""The sections of a patient timeline, one above the other."""

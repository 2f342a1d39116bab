"""A patient's treatment history as a checked timeline."""

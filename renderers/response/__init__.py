"""Spider and waterfall plots: the change of one patient, the axis, thresholds and names."""

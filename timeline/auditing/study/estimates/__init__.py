"""Rules on confidence limits, p values, ratios and summaries of a study."""

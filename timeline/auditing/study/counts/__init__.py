"""Rules on counts, percentages, response rates and adverse events of a study."""

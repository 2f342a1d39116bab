"""Rules on words that a report uses for one subject."""

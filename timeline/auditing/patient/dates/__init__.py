"""Rules on printed dates, ages and their order."""

"""Rules on responses, sizes, laboratory values and toxicity."""

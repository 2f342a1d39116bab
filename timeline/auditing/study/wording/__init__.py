"""Rules on definitions, references and comparisons in words."""

"""Forest plots: estimates with their limits, a row a subgroup."""

"""Rules on drugs, doses, cycles and radiotherapy."""

"""Tables of trials as arrays: sources, columns, values, dates."""

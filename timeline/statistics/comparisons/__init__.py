"""Two groups compared: p values, tables of two by two, two means."""

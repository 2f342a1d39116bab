"""CSV tables: rows with positions, columns by name, and what is wrong in them."""

"""The grids of the editor: what the browser shows of them, and what is said beside them."""

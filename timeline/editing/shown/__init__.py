"""What a page shows of a grid: which columns, and which problem is at which cell."""

"""The lanes of a swimmer plot on the page: their heights, their bars and their markers."""

"""A figure as data: marks, styles, marker shapes, and the pages of journals."""

"""The settings: each question on which the sources disagree, its answers and its default."""

"""The settings: each question on which sources disagree, with its answers and default."""

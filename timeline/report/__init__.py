"""The claims of a published report: printed figures, each with its place."""

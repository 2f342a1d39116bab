"""The derived parameters: one row each, and the arrays that each is derived from."""

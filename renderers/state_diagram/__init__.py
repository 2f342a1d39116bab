"""The drawing of a state machine, its table, and a path through it."""

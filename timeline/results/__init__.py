"""Results as data: the status of each scan, and each outcome with its alternatives."""

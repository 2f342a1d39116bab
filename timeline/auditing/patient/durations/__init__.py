"""Rules on printed durations: PFS, OS and other times of one patient."""

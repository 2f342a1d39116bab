"""What a report prints of a study, and the definitions by which it can be compared."""

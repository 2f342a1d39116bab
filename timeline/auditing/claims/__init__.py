"""What the checks of one patient and of a study both read from claims."""

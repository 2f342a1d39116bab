"""Rules on survival figures, follow-up and the calendar of a study."""

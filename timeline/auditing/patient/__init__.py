"""Rules of one patient: dates, durations, responses, treatment."""

"""Survival: Kaplan-Meier estimates, their bounds under vague dates, checks of printed curves."""

"""Kaplan-Meier curves, from cases or from a table."""

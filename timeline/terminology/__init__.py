"""Controlled terms: response categories, criteria, endpoints, drugs, sites of the body."""

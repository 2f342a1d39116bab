"""Survival times from tables: columns, codes of events, groups and strata."""

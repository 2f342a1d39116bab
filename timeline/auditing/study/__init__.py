"""Rules of a study: counts, rates, tables, survival figures."""

"""Cases for others: drafts, tables, and copies without identity."""

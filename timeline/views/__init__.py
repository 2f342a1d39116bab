"""What the commands print and write: tables for people, pages, JSON."""

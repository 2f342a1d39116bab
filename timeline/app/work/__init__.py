"""What the pages have made in other processes: summaries, exports, drafts, marked reports."""

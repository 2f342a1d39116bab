"""From the record of one line to the scans that the response engine reads."""

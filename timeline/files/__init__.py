"""Files read and written: YAML with positions, claim tables, the one writer of output."""

"""The output of the commands: tables in the terminal, pages, and JSON."""

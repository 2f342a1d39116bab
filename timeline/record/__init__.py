"""The facts of one patient: dated events, their order, findings, lines of therapy."""

"""What a text that a cell does not take may become: as a person chooses."""

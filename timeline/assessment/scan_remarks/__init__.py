"""What is unusual in one scan: a printed change, or a call of the authors."""

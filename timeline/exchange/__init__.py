"""Cases on their way out of the house that recorded them: sharing without identity."""

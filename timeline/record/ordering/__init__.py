"""The order of the events of a case: stated, known from their dates, or from their kinds."""

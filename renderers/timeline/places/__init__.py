"""Where a timeline draws what has no known date: beside, between or after other events."""

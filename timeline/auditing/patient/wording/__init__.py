"""Rules on words that a report prints at several places: names, sides, ordinals, panels."""

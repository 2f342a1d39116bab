"""A printed figure against the record: the values that are possible, and how a print may differ."""

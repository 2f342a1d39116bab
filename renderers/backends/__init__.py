"""A scene as ink, as files, as pages, as words and data."""

"""Backends: a scene as a picture, an HTML page, a legend, pages, data and files."""

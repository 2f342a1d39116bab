"""Spiders and waterfalls from plain tables: rows read, baselines found, changes computed."""

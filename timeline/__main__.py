"""``python -m timeline`` is the same as ``timeline``."""

from timeline.cli import run

run()

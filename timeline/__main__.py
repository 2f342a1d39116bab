"""``python -m timeline`` is the same as ``timeline``."""

from timeline.cli.app import run

run()

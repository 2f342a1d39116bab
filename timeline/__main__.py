"""``python -m timeline`` is the same as ``timeline``."""

from timeline.cli import app

app(prog_name="timeline")
